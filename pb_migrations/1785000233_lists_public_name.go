package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a list is called on a person's own page. A list without it is not shown there: names like "slow
// payers" are for the team.
func init() {
	m.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("lists")
		if err != nil {
			return fmt.Errorf("find lists: %w", err)
		}
		c.Fields.Add(&core.TextField{Name: "publicName", Max: 100})
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("lists")
		if err != nil {
			return fmt.Errorf("find lists: %w", err)
		}
		c.Fields.RemoveByName("publicName")
		return app.Save(c)
	})
}
