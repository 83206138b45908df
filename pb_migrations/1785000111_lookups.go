package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// lookups remembers how often the provider's list was asked about an attempt whose outcome is unknown,
// when it is to be asked next (the empty text: never again) and how many texts it could be.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE lookups (
				message TEXT, attempt INTEGER, asks INTEGER NOT NULL, at TEXT NOT NULL, next TEXT NOT NULL, found INTEGER NOT NULL,
				PRIMARY KEY (message, attempt)
			) WITHOUT ROWID`,
		)
	}, func(app core.App) error {
		return execute(app, "DROP TABLE lookups")
	})
}
