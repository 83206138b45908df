package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("messages")
		// Plain text ids: a required relation would let a row here hold up a delete elsewhere, and
		// each would cost an index look-up per row.
		for _, name := range []string{"org", "run", "campaign", "subscriber"} {
			c.Fields.Add(&core.TextField{Name: name, Max: 15})
		}
		c.Fields.Add(
			&core.SelectField{Name: "direction", Required: true, MaxSelect: 1, Values: []string{"outbound", "inbound"}},
			&core.TextField{Name: "kind", Max: 20},
			&core.TextField{Name: "phoneNumber", Max: 20},
			&core.TextField{Name: "sender", Max: 64},
			// Empty on a row of a run: the text is the snapshot's.
			&core.TextField{Name: "body", Max: 10000},
			&core.TextField{Name: "encoding", Max: 10},
			&core.NumberField{Name: "segments", OnlyInt: true},
			&core.TextField{Name: "status", Max: 20},
			&core.TextField{Name: "reason", Max: 100},
		)
		dates(c, "dueAt", "sentAt")
		c.Fields.Add(
			&core.TextField{Name: "plivoUuid", Max: 64},
			&core.TextField{Name: "errorCode", Max: 20},
			&core.NumberField{Name: "costMicros", OnlyInt: true},
			&core.TextField{Name: "network", Max: 20},
		)
		counts(c, "sequence", "attempt")
		// No autodates: two more columns to write on every step of every text.
		//
		// The feed reads what is due of one run in order; the start of the server what was under way;
		// the inbox the newest inbound; a conversation the texts outside of runs.
		// People ask for the messages of a run.
		c.AddIndex("idx_messages_run", false, "`run`", "")
		c.AddIndex("idx_messages_due", false, "`run`, `dueAt`, `id`", "`status` = 'queued'")
		c.AddIndex("idx_messages_inbox", false, "`org`, `sentAt`", "`direction` = 'inbound'")
		c.AddIndex("idx_messages_conversation", false, "`org`, `phoneNumber`, `sentAt`", "`run` = ''")
		readOnly(c)
		if err := app.Save(c); err != nil {
			return err
		}
		// By SQL: see idx_runs_unfinished_status.
		return execute(app,
			`CREATE INDEX idx_messages_doubtful ON messages (status) WHERE status IN ('sending', 'unknown')`)
	}, drop("messages"))
}
