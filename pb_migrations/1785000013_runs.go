package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("runs")
		c.Fields.Add(&core.TextField{Name: "key", Required: true, Min: 5, Max: 5})
		err := relations(app, c, orgField, relation{name: "campaign", to: "campaigns", required: true})
		if err != nil {
			return err
		}
		c.Fields.Add(
			&core.SelectField{Name: "status", Required: true, MaxSelect: 1, Values: []string{
				"scheduled", "queued", "sending", "waiting", "paused", "finished", "canceled",
			}},
			&core.SelectField{Name: "pausedBy", MaxSelect: 1, Values: []string{"person", "system"}},
			&core.TextField{Name: "pauseReason", Max: 1000},
			&core.JSONField{Name: "snapshot", MaxSize: 2 << 20},
		)
		counts(c,
			"recipients", "queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed",
			"skipped", "unknown", "optedOut", "replies", "segments", "costMicros",
		)
		c.Fields.Add(
			&core.TextField{Name: "currency", Max: 3},
			&core.DateField{Name: "sendAt"},
			&core.BoolField{Name: "planned"},
			&core.TextField{Name: "planCursor", Max: 200},
			&core.TextField{Name: "launchedBy", Max: 15},
		)
		dates(c, "startedAt", "finishedAt")
		autodates(c)
		c.AddIndex("idx_runs_key", true, "`key`", "")
		c.AddIndex("idx_runs_campaign", false, "`campaign`", "")
		c.AddIndex("idx_runs_org_created", false, "`org`, `created`", "")
		readOnly(c)
		if err := app.Save(c); err != nil {
			return err
		}
		// By SQL, because PocketBase's parser of indexes takes a parenthesis in the condition for the
		// end of the columns. The planner uses them for this very condition, written in this way.
		//
		// One unfinished run per campaign, whoever presses Send how often: the database says no.
		return execute(app,
			`CREATE UNIQUE INDEX idx_runs_unfinished_campaign ON runs (campaign)
				WHERE status NOT IN ('finished', 'canceled')`,
			`CREATE INDEX idx_runs_unfinished_status ON runs (status)
				WHERE status NOT IN ('finished', 'canceled')`,
			// What a canceled run left queued is skipped a stretch at a time.
			`CREATE INDEX idx_runs_unswept ON runs (id) WHERE status = 'canceled' AND queued > 0`,
		)
	}, drop("runs"))
}
