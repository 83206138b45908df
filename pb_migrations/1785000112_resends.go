package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What operators had sent again although it may have left: one line an order in resend_orders, which
// nobody can change afterwards, and one line an attempt in resends, where a late receipt of that
// earlier attempt goes. An earlier attempt that has a provider's id proves that a person got two texts.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE resend_orders (
				id TEXT PRIMARY KEY, org TEXT NOT NULL, run TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL,
				actor TEXT NOT NULL, actorName TEXT NOT NULL
			) WITHOUT ROWID`,
			`CREATE INDEX idx_resend_orders_run ON resend_orders (run, at)`,
			`CREATE TRIGGER resend_orders_no_update BEFORE UPDATE ON resend_orders
				BEGIN SELECT RAISE(ABORT, 'resend_orders is append-only'); END`,
			`CREATE TRIGGER resend_orders_no_delete BEFORE DELETE ON resend_orders
				BEGIN SELECT RAISE(ABORT, 'resend_orders is append-only'); END`,
			`CREATE TABLE resends (
				message TEXT, attempt INTEGER, resendOrder TEXT NOT NULL, sentAt TEXT NOT NULL, status TEXT NOT NULL,
				sequence INTEGER NOT NULL DEFAULT 0, plivoUuid TEXT NOT NULL DEFAULT '', errorCode TEXT NOT NULL DEFAULT '',
				segments INTEGER NOT NULL DEFAULT 0, costMicros INTEGER NOT NULL DEFAULT 0, network TEXT NOT NULL DEFAULT '',
				PRIMARY KEY (message, attempt)
			) WITHOUT ROWID`,
		)
	}, func(app core.App) error {
		return execute(app, "DROP TABLE resends", "DROP TABLE resend_orders")
	})
}
