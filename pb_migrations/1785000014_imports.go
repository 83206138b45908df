package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("imports")
		err := relations(app, c, orgField, relation{name: "list", to: "lists"})
		if err != nil {
			return err
		}
		c.Fields.Add(&core.SelectField{Name: "status", Required: true, MaxSelect: 1, Values: []string{
			"queued", "running", "finished", "failed",
		}})
		// created and updated are numbers of subscribers here, not times.
		counts(c, "rows", "created", "updated", "rejected")
		c.Fields.Add(
			&core.BoolField{Name: "dryRun"},
			&core.JSONField{Name: "reasons"},
			&core.TextField{Name: "fileName", Max: 255},
			&core.TextField{Name: "consentMethod", Max: 20},
			&core.TextField{Name: "consentText", Max: 20000},
			&core.JSONField{Name: "mapping"},
			&core.TextField{Name: "defaultCountry", Max: 2},
			&core.TextField{Name: "error", Max: 2000},
			&core.TextField{Name: "sha256", Max: 64},
		)
		counts(c, "offset")
		c.Fields.Add(&core.TextField{Name: "by", Max: 15})
		dates(c, "startedAt", "finishedAt")
		c.AddIndex("idx_imports_org", false, "`org`", "")
		readOnly(c)
		return app.Save(c)
	}, drop("imports"))
}
