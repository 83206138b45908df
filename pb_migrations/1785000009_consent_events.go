package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("consent_events")
		// Plain text ids: the ledger outlives the subscriber and is not unset with a relation.
		c.Fields.Add(
			&core.TextField{Name: "org", Required: true, Max: 15},
			&core.NumberField{Name: "seq", OnlyInt: true},
			&core.TextField{Name: "phoneNumber", Required: true, Max: 20},
			&core.SelectField{Name: "action", Required: true, MaxSelect: 1, Values: []string{
				"granted", "confirmed", "revoked", "expired",
			}},
			&core.SelectField{Name: "method", Required: true, MaxSelect: 1, Values: []string{
				"web_form", "keyword", "paper", "verbal", "import", "api", "qr", "reply", "operator", "carrier",
			}},
			&core.TextField{Name: "text", Max: 20000},
			&core.JSONField{Name: "evidence"},
			&core.DateField{Name: "at"},
			&core.TextField{Name: "prevHash", Max: 128},
			&core.TextField{Name: "hash", Max: 128},
		)
		c.AddIndex("idx_consent_events_org_seq", true, "`org`, `seq`", "")
		c.AddIndex("idx_consent_events_org_phone_seq", false, "`org`, `phoneNumber`, `seq`", "")
		readOnly(c)
		if err := app.Save(c); err != nil {
			return err
		}
		// INSERT OR REPLACE deletes without asking delete triggers, unless recursive_triggers is on:
		// the connection sets it.
		return execute(app,
			`CREATE TRIGGER consent_events_no_update BEFORE UPDATE ON consent_events
			BEGIN SELECT RAISE(ABORT, 'consent_events is append-only'); END`,
			`CREATE TRIGGER consent_events_no_delete BEFORE DELETE ON consent_events
			BEGIN SELECT RAISE(ABORT, 'consent_events is append-only'); END`,
		)
	}, drop("consent_events"))
}
