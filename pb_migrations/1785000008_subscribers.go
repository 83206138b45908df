package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("subscribers")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "phoneNumber", Required: true, Max: 64},
			&core.TextField{Name: "firstName", Max: 200},
			&core.TextField{Name: "lastName", Max: 200},
			&core.TextField{Name: "language", Max: 35},
			&core.TextField{Name: "timezone", Max: 64},
			&core.TextField{Name: "state", Max: 2},
			&core.JSONField{Name: "attributes", MaxSize: 64 << 10},
		)
		if err := relations(app, c, relation{name: "lists", to: "lists", many: true}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.SelectField{Name: "status", Required: true, MaxSelect: 1, Values: []string{
				"new", "pending", "subscribed", "unsubscribed", "invalid",
			}},
			&core.TextField{Name: "country", Max: 2},
			&core.TextField{Name: "zones", Max: 2000},
			&core.TextField{Name: "numberWarning", Max: 500},
		)
		dates(c, "consentedAt", "consentExpiresAt")
		autodates(c)
		c.AddIndex("idx_subscribers_org_phone", true, "`org`, `phoneNumber`", "")
		c.AddIndex("idx_subscribers_org_id", false, "`org`, `id`", "")
		c.AddIndex("idx_subscribers_org_status", false, "`org`, `status`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor, "lists")
		c.UpdateRule = update(editor, "lists")
		c.DeleteRule = types.Pointer(editor)
		return app.Save(c)
	}, drop("subscribers"))
}
