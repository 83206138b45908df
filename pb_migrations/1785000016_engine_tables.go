package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Tables that nobody reads through the record API. They are not collections, so that no rule can ever
// open them by mistake, and WITHOUT ROWID because each is read by its primary key alone.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE consent_heads (
				org TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL
			) WITHOUT ROWID`,
			`CREATE TABLE run_counters (
				run TEXT, kind TEXT, key TEXT, n INTEGER NOT NULL, PRIMARY KEY (run, kind, key)
			) WITHOUT ROWID`,
			`CREATE TABLE idempotency_keys (
				user TEXT, route TEXT, key TEXT, bodyHash TEXT, status INTEGER, answer TEXT, at TEXT,
				PRIMARY KEY (user, route, key)
			) WITHOUT ROWID`,
			`CREATE TABLE webhook_nonces (
				nonce TEXT PRIMARY KEY, bodyHash TEXT, at TEXT
			) WITHOUT ROWID`,
			`CREATE INDEX idx_webhook_nonces_at ON webhook_nonces (at)`,
			`CREATE TABLE import_errors (
				import TEXT, row INTEGER, phoneNumber TEXT, code TEXT, detail TEXT, PRIMARY KEY (import, row)
			) WITHOUT ROWID`,
			`CREATE TABLE sender_usage (
				sender TEXT, day TEXT, n INTEGER NOT NULL, PRIMARY KEY (sender, day)
			) WITHOUT ROWID`,
		)
	}, func(app core.App) error {
		return execute(app,
			"DROP TABLE sender_usage",
			"DROP TABLE import_errors", "DROP TABLE webhook_nonces", "DROP TABLE idempotency_keys",
			"DROP TABLE run_counters", "DROP TABLE consent_heads",
		)
	})
}
