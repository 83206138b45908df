package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// former_subscribers remembers whose number a deleted subscriber's id stood for, as a text keeps the
// address of her own page for longer than the record lives. A trigger writes it, so that no way of
// deleting goes around it. INSERT OR REPLACE asks it because the connection has recursive_triggers on.
// Those who were deleted before are known from the messages they got.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			`CREATE TABLE former_subscribers (id TEXT PRIMARY KEY, org TEXT NOT NULL, phoneNumber TEXT NOT NULL) WITHOUT ROWID`,
			`CREATE TRIGGER subscribers_former AFTER DELETE ON subscribers BEGIN
				INSERT INTO former_subscribers (id, org, phoneNumber) VALUES (old.id, old.org, old.phoneNumber)
				ON CONFLICT (id) DO UPDATE SET org = excluded.org, phoneNumber = excluded.phoneNumber;
			END`,
			`INSERT INTO former_subscribers (id, org, phoneNumber)
				SELECT m.subscriber, m.org, m.phoneNumber FROM messages m
				WHERE m.direction = 'outbound' AND m.subscriber != '' AND NOT EXISTS (SELECT 1 FROM subscribers s WHERE s.id = m.subscriber)
				ON CONFLICT (id) DO NOTHING`,
		)
	}, func(app core.App) error {
		return execute(app, "DROP TRIGGER subscribers_former", "DROP TABLE former_subscribers")
	})
}
