package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("suppressions")
		// An empty org means the whole installation; only superusers pass the rules with one.
		if err := relations(app, c, relation{name: "org", to: "organizations"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "phoneNumber", Required: true, Max: 64},
			&core.TextField{Name: "reason", Max: 200},
			&core.TextField{Name: "source", Max: 200},
			&core.AutodateField{Name: "created", OnCreate: true},
		)
		c.AddIndex("idx_suppressions_org_phone", true, "`org`, `phoneNumber`", "")
		c.AddIndex("idx_suppressions_phone", false, "`phoneNumber`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor)
		// Lifted by a consent event, never by hand.
		c.UpdateRule, c.DeleteRule = nil, nil
		return app.Save(c)
	}, drop("suppressions"))
}
