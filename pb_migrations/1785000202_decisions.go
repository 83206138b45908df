package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What decisions were made by. Rule sets stay for good, so that a run that ended long ago can be
// decided again; situations are kept once, and a message points at its own by a small number.
func init() {
	m.Register(func(app core.App) error {
		if err := execute(app,
			`CREATE TABLE rule_sets (hash TEXT PRIMARY KEY, version TEXT NOT NULL, data TEXT NOT NULL, firstUsed TEXT NOT NULL) WITHOUT ROWID`,
			`CREATE TABLE decision_bases (id INTEGER PRIMARY KEY, data TEXT NOT NULL UNIQUE)`,
		); err != nil {
			return err
		}
		c, err := app.FindCollectionByNameOrId("messages")
		if err != nil {
			return fmt.Errorf("find messages: %w", err)
		}
		c.Fields.Add(&core.NumberField{Name: "basis", OnlyInt: true, Hidden: true})
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("messages")
		if err != nil {
			return fmt.Errorf("find messages: %w", err)
		}
		c.Fields.RemoveByName("basis")
		if err := app.Save(c); err != nil {
			return err
		}
		return execute(app, "DROP TABLE decision_bases", "DROP TABLE rule_sets")
	})
}
