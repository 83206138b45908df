package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who filled in a form and was asked to answer YES. Not a collection, so that no rule can ever open
// it. Each index answers one of the questions of the caps: how many to this number, from this form,
// this network, to this block of numbers, since when.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE optin_requests (
				id TEXT PRIMARY KEY, org TEXT NOT NULL, form TEXT NOT NULL, list TEXT NOT NULL, phoneNumber TEXT NOT NULL,
				network TEXT NOT NULL, block TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL, method TEXT NOT NULL,
				disclosure TEXT NOT NULL, evidence TEXT NOT NULL, message TEXT NOT NULL
			) WITHOUT ROWID`,
			`CREATE INDEX idx_optin_requests_number ON optin_requests (org, phoneNumber, at)`,
			`CREATE INDEX idx_optin_requests_form ON optin_requests (form, at)`,
			`CREATE INDEX idx_optin_requests_network ON optin_requests (network, at)`,
			`CREATE INDEX idx_optin_requests_block ON optin_requests (block, at)`,
		)
	}, func(app core.App) error {
		return execute(app, "DROP TABLE optin_requests")
	})
}
