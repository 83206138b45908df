package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("campaigns")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 200},
			&core.TextField{Name: "messageBody", Required: true, Min: 1, Max: 1600},
		)
		err := relations(app, c,
			relation{name: "sender", to: "senders"},
			relation{name: "lists", to: "lists", many: true},
			relation{name: "segment", to: "segments"},
		)
		if err != nil {
			return err
		}
		c.Fields.Add(&core.BoolField{Name: "everyone"})
		dates(c, "sendAt", "expiresAt")
		c.Fields.Add(&core.BoolField{Name: "archived"})
		autodates(c)
		c.AddIndex("idx_campaigns_org_created", false, "`org`, `created`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor, "sender", "lists", "segment")
		c.UpdateRule = update(editor, "sender", "lists", "segment")
		c.DeleteRule = types.Pointer(editor)
		return app.Save(c)
	}, drop("campaigns"))
}
