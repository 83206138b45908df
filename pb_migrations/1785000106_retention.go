package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// How many days an organisation keeps messages; 0, as it begins, for good. Thirty at least: receipts, reports and the cap on
// texts a number look back that far. A run remembers when its messages began to be deleted.
func init() {
	change := func(app core.App, name string, do func(*core.Collection)) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find %s: %w", name, err)
		}
		do(c)
		return app.Save(c)
	}
	m.Register(func(app core.App) error {
		err := change(app, "organizations", func(c *core.Collection) {
			c.Fields.Add(&core.NumberField{Name: "keepMessagesDays", OnlyInt: true, Min: types.Pointer(30.0), Max: types.Pointer(36500.0)})
		})
		if err != nil {
			return err
		}
		return change(app, "runs", func(c *core.Collection) { dates(c, "messagesDeletedAt") })
	}, func(app core.App) error {
		if err := change(app, "runs", func(c *core.Collection) { c.Fields.RemoveByName("messagesDeletedAt") }); err != nil {
			return err
		}
		return change(app, "organizations", func(c *core.Collection) { c.Fields.RemoveByName("keepMessagesDays") })
	})
}
