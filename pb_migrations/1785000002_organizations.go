package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("organizations")
		c.Fields.Add(
			&core.TextField{Name: "name", Required: true, Max: 200},
			&core.TextField{Name: "slug", Required: true, Max: 80, Pattern: `^[a-z0-9](-?[a-z0-9]){0,39}$`},
			&core.BoolField{Name: "archived"},
			&core.TextField{Name: "defaultCountry", Required: true, Max: 2, Pattern: `^[A-Z]{2}$`},
			&core.TextField{Name: "timezone", Required: true, Max: 64},
			&core.TextField{Name: "sendFrom", Max: 5, Pattern: `^([01][0-9]|2[0-3]):[0-5][0-9]$`},
			&core.TextField{Name: "sendUntil", Max: 5, Pattern: `^([01][0-9]|2[0-3]):[0-5][0-9]$`},
			&core.TextField{Name: "brand", Max: 100},
			&core.TextField{Name: "helpText", Max: 300},
			&core.NumberField{Name: "frequencyCap", OnlyInt: true, Min: types.Pointer(0.0)},
		)
		autodates(c)
		c.AddIndex("idx_organizations_slug", true, "`slug`", "")
		// The rules speak of memberships and follow with that collection; until then nobody but
		// superusers comes in.
		return app.Save(c)
	}, drop("organizations"))
}
