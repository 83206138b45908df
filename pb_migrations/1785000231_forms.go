package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// Public opt-in forms. A form's address is /join/ and its slug; an organisation without a form of its
// own slug has one made of defaults.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("forms")
		if err := relations(app, c, orgField,
			relation{name: "list", to: "lists"}, relation{name: "sender", to: "senders"}); err != nil {
			return err
		}
		zero := types.Pointer(0.0)
		c.Fields.Add(
			&core.TextField{Name: "slug", Required: true, Max: 40, Pattern: `^[a-z0-9](-?[a-z0-9]){0,39}$`},
			&core.BoolField{Name: "closed"},
			&core.TextField{Name: "title", Max: 100},
			&core.TextField{Name: "intro", Max: 500},
			// Instead of the sentence that is made of the brand; kept word for word with each consent.
			&core.TextField{Name: "disclosure", Max: 2000},
			&core.TextField{Name: "frequency", Max: 100},
			&core.URLField{Name: "termsUrl"},
			&core.URLField{Name: "privacyUrl"},
			&core.TextField{Name: "keyword", Max: 20, Pattern: `^[A-Za-z0-9]{2,20}$`},
			&core.TextField{Name: "accent", Max: 7, Pattern: `^#[0-9a-fA-F]{6}$`},
			// ISO alpha-2 codes, separated by blanks; empty: the organisation's own country.
			&core.TextField{Name: "countries", Max: 200, Pattern: `^[A-Z]{2}( [A-Z]{2})*$`},
			// What a form may cost: texts a day, and an hour from one network and to one block of
			// numbers. 0 means the default.
			&core.NumberField{Name: "perDay", OnlyInt: true, Min: zero},
			&core.NumberField{Name: "perNetworkHour", OnlyInt: true, Min: zero},
			&core.NumberField{Name: "perBlockHour", OnlyInt: true, Min: zero},
		)
		autodates(c)
		// In the whole installation: the address names the form alone.
		c.AddIndex("idx_forms_slug", true, "`slug`", "")
		c.AddIndex("idx_forms_org", false, "`org`", "")
		c.ListRule = types.Pointer(member)
		c.ViewRule = types.Pointer(member)
		c.CreateRule = create(editor, "list", "sender")
		c.UpdateRule = update(editor, "list", "sender")
		c.DeleteRule = types.Pointer(editor)
		return app.Save(c)
	}, drop("forms"))
}
