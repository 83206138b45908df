package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// hearing remembers until when all that people wrote is among the messages, and what the last looks at
// the provider's list brought that no webhook had. It has one row from the first look on.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE hearing (
				id INTEGER PRIMARY KEY CHECK (id = 1), until TEXT NOT NULL, barred INTEGER NOT NULL DEFAULT 0,
				missed INTEGER NOT NULL DEFAULT 0, wordless INTEGER NOT NULL DEFAULT 0, missedAt TEXT NOT NULL DEFAULT ''
			)`)
	}, func(app core.App) error {
		return execute(app, "DROP TABLE hearing")
	})
}
