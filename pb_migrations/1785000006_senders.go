package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("senders")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 100},
			&core.SelectField{Name: "kind", Required: true, MaxSelect: 1, Values: []string{
				"long_code", "toll_free", "short_code", "alphanumeric", "powerpack",
			}},
			&core.TextField{Name: "number", Max: 20},
			&core.TextField{Name: "powerpackUuid", Max: 64},
			&core.NumberField{Name: "ratePerSecond", Min: types.Pointer(0.0), Max: types.Pointer(1000.0)},
			&core.NumberField{Name: "dailyCap", OnlyInt: true, Min: types.Pointer(0.0)},
			&core.BoolField{Name: "enabled"},
		)
		autodates(c)
		// In the whole installation: an inbound text finds its organisation by the number it came to.
		c.AddIndex("idx_senders_number", true, "`number`", "`number` != ''")
		c.AddIndex("idx_senders_org", false, "`org`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(owner)
		c.UpdateRule = update(owner)
		c.DeleteRule = types.Pointer(owner)
		return app.Save(c)
	}, drop("senders"))
}
