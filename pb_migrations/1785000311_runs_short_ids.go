package migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The id of a run is an "r" and its key, since each of its messages has it twice, in the row and in an
// index: 19 bytes less of 335. Runs from before keep their ids of fifteen characters.
func init() {
	shortest := func(app core.App, least int) error {
		c, err := app.FindCollectionByNameOrId("runs")
		if err != nil {
			return fmt.Errorf("find runs: %w", err)
		}
		id, ok := c.Fields.GetByName(core.FieldNameId).(*core.TextField)
		if !ok {
			return fmt.Errorf("the id of runs is a %T, want a text", c.Fields.GetByName(core.FieldNameId))
		}
		id.Min = least
		return app.Save(c)
	}
	m.Register(func(app core.App) error {
		return shortest(app, 6)
	}, func(app core.App) error {
		return shortest(app, 15)
	})
}
