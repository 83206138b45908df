package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("lists")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 200},
			&core.SelectField{Name: "optIn", MaxSelect: 1, Values: []string{"single", "double"}},
			&core.BoolField{Name: "archived"},
		)
		autodates(c)
		c.AddIndex("idx_lists_org_name", true, "`org`, `name`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor)
		c.UpdateRule = update(editor)
		// Archived instead: deleting a list of 50,000 members stalled every writer for 1.4 s.
		c.DeleteRule = nil
		return app.Save(c)
	}, drop("lists"))
}
