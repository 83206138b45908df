package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// fence is the database's half of the memory by which a restored or copied data folder is known; a file
// of the folder is the other half. It has one row from the first start on. The second half of its
// columns tells what was found of a folder that was restored or copied.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE fence (
				id INTEGER PRIMARY KEY CHECK (id = 1),
				generation INTEGER NOT NULL, mark TEXT NOT NULL, at TEXT NOT NULL, dbPlace TEXT NOT NULL, filePlace TEXT NOT NULL,
				reason TEXT NOT NULL DEFAULT '', since TEXT NOT NULL DEFAULT '', foundAt TEXT NOT NULL DEFAULT '',
				replayedAt TEXT NOT NULL DEFAULT '', bound INTEGER NOT NULL DEFAULT 0, doubted INTEGER NOT NULL DEFAULT 0,
				strangers INTEGER NOT NULL DEFAULT 0, heard INTEGER NOT NULL DEFAULT 0, wordless INTEGER NOT NULL DEFAULT 0
			)`,
			// Texts of ours that the provider knows and no row stands for.
			`CREATE TABLE restored_texts (plivoUuid TEXT PRIMARY KEY, phoneNumber TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID`,
		)
	}, func(app core.App) error {
		return execute(app, "DROP TABLE restored_texts", "DROP TABLE fence")
	})
}
