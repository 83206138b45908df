package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How many rows of a file are sorted together before they are written, which says what the offset
// counts. An import that an older version began has 0, and goes on in the order of its file.
func init() {
	change := func(app core.App, do func(*core.Collection)) error {
		c, err := app.FindCollectionByNameOrId("imports")
		if err != nil {
			return fmt.Errorf("find imports: %w", err)
		}
		do(c)
		return app.Save(c)
	}
	m.Register(func(app core.App) error {
		return change(app, func(c *core.Collection) { counts(c, "sortedRows") })
	}, func(app core.App) error {
		return change(app, func(c *core.Collection) { c.Fields.RemoveByName("sortedRows") })
	})
}
