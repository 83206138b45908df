package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What was ever written to and by a number, and its conversation. The record API asks for an empty
// field with "= ” OR IS NULL", from which no partial index follows; 20 bytes a message.
func init() {
	change := func(app core.App, do func(*core.Collection)) error {
		c, err := app.FindCollectionByNameOrId("messages")
		if err != nil {
			return fmt.Errorf("find messages: %w", err)
		}
		do(c)
		return app.Save(c)
	}
	m.Register(func(app core.App) error {
		return change(app, func(c *core.Collection) { c.AddIndex("idx_messages_number", false, "`phoneNumber`", "") })
	}, func(app core.App) error {
		return change(app, func(c *core.Collection) { c.RemoveIndex("idx_messages_number") })
	})
}
