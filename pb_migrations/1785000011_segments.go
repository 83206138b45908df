package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("segments")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 200},
			&core.TextField{Name: "filter", Max: 2000},
		)
		autodates(c)
		c.AddIndex("idx_segments_org_name", true, "`org`, `name`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor)
		c.UpdateRule = update(editor)
		c.DeleteRule = types.Pointer(editor)
		return app.Save(c)
	}, drop("segments"))
}
