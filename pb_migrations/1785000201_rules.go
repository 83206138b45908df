package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// What an installation says of its own about hours, days and caps. The law is the same for every
// organisation, so these belong to none: superusers edit, and whoever is signed in reads.
func init() {
	m.Register(func(app core.App) error {
		settings := core.NewBaseCollection("rule_settings")
		settings.Fields.Add(
			&core.SelectField{Name: "profile", MaxSelect: 1, Values: []string{"strict", "consented"}},
			// Empty: as built in. PocketBase has no empty number, hence a text.
			&core.TextField{Name: "closingMarginMinutes", Max: 3, Pattern: `^[0-9]{1,3}$`},
		)
		autodates(settings)
		everybodyReads(settings)
		if err := app.Save(settings); err != nil {
			return err
		}
		// One row, which is there to be edited. By SQL, because PocketBase's parser of indexes takes
		// columns only.
		if err := execute(app, `CREATE UNIQUE INDEX idx_rule_settings_one ON rule_settings (id IS NOT NULL)`); err != nil {
			return err
		}
		one := core.NewRecord(settings)
		one.Set("profile", "strict")
		if err := app.SaveNoValidate(one); err != nil {
			return err
		}

		rows := core.NewBaseCollection("rule_rows")
		rows.Fields.Add(
			&core.TextField{Name: "place", Required: true, Max: 5, Pattern: `^(\*|[A-Z]{2}(-[A-Z]{2})?)$`},
			&core.TextField{Name: "date", Max: 10, Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`},
			&core.TextField{Name: "name", Max: 100},
		)
		for _, name := range []string{"weekdays", "saturday", "sunday", "holidays"} {
			rows.Fields.Add(&core.TextField{Name: name, Max: 100})
		}
		rows.Fields.Add(
			&core.NumberField{Name: "cap", OnlyInt: true, Min: types.Pointer(-1.0), Max: types.Pointer(1000.0)},
			&core.BoolField{Name: "emergency"},
			&core.TextField{Name: "source", Max: 500},
			&core.TextField{Name: "sourceDate", Max: 10, Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`},
			&core.SelectField{Name: "confidence", MaxSelect: 1, Values: []string{"high", "medium", "low"}},
			&core.TextField{Name: "note", Max: 1000},
		)
		autodates(rows)
		everybodyReads(rows)
		rows.AddIndex("idx_rule_rows_place", true, "`place`, `date`", "")
		return app.Save(rows)
	}, func(app core.App) error {
		if err := drop("rule_rows")(app); err != nil {
			return err
		}
		return drop("rule_settings")(app)
	})
}

// everybodyReads opens a collection without an organisation to members of any, and its edits to
// superusers alone.
func everybodyReads(c *core.Collection) {
	c.ListRule = types.Pointer("@request.auth.id != ''")
	c.ViewRule = types.Pointer("@request.auth.id != ''")
}
