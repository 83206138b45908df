package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Replies that may be opt-outs, each with the day by which a person has to decide.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("reviews")
		if err := relations(app, c, orgField); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "phoneNumber", Required: true, Max: 20},
			&core.TextField{Name: "message", Max: 32}, // plain text id: it outlives the message
			&core.TextField{Name: "text", Max: 20000},
			&core.TextField{Name: "pattern", Max: 100},
			&core.SelectField{Name: "status", Required: true, MaxSelect: 1, Values: []string{"open", "confirmed", "dismissed"}},
			&core.TextField{Name: "by", Max: 200},
		)
		dates(c, "opened", "dueAt", "at")
		// One open question a number: a second doubtful reply adds nothing to it.
		c.AddIndex("idx_reviews_open", true, "`org`, `phoneNumber`", "`status` = 'open'")
		c.AddIndex("idx_reviews_org_status_due", false, "`org`, `status`, `dueAt`", "")
		readOnly(c)
		return app.Save(c)
	}, drop("reviews"))
}
