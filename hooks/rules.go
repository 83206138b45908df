package hooks

import (
	"context"
	"errors"
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/law"
	"tidings/internal/store"
)

// registerRules checks what an installation says of its own about hours, days and caps, and puts it
// into force as soon as it is saved. A row is judged together with all others: what cannot be
// evaluated is refused, because a rule that is not understood must not be passed over.
func registerRules(app core.App, running func() *engine) {
	app.OnRecordValidate("rule_rows", "rule_settings").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsRules",
		Func: func(e *core.RecordEvent) error {
			if err := e.Next(); err != nil {
				return err
			}
			eng := running()
			if eng == nil {
				return nil // a migration; the start of the server reads all of it
			}
			return eng.checkRules(e.Context, e.Record)
		},
	})
	app.OnRecordDelete("rule_settings").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsRules", Priority: -1000,
		Func: func(*core.RecordEvent) error {
			return refuse(http.StatusForbidden, "collection", "settings_stay", "Edit the settings of the rules; there is one row of them")
		},
	})
	reload := &hook.Handler[*core.RecordEvent]{
		Id: "tidingsRules",
		Func: func(e *core.RecordEvent) error {
			if eng := running(); eng != nil {
				if err := eng.store.LoadRules(e.Context); err != nil {
					return err
				}
				eng.nudge()
			}
			return e.Next()
		},
	}
	app.OnRecordAfterCreateSuccess("rule_rows", "rule_settings").Bind(reload)
	app.OnRecordAfterUpdateSuccess("rule_rows", "rule_settings").Bind(reload)
	app.OnRecordAfterDeleteSuccess("rule_rows", "rule_settings").Bind(reload)
}

// checkRules compiles the rules as they would be with the record.
func (eng *engine) checkRules(ctx context.Context, r *core.Record) error {
	c, err := eng.store.RuleChanges(ctx)
	if err != nil {
		return err
	}
	if r.Collection().Name == "rule_settings" {
		c.Settings = law.Changes{Profile: r.GetString("profile"), ClosingMarginMinutes: store.ClosingMargin(r.GetString("closingMarginMinutes"))}
	} else {
		c.Rows[r.Id] = law.Change{
			Place: r.GetString("place"), Date: r.GetString("date"), Name: r.GetString("name"),
			Weekdays: r.GetString("weekdays"), Saturday: r.GetString("saturday"), Sunday: r.GetString("sunday"), Holidays: r.GetString("holidays"),
			Cap: r.GetInt("cap"), Emergency: r.GetBool("emergency"), Source: r.GetString("source"), As: r.GetString("sourceDate"),
			Confidence: r.GetString("confidence"), Note: r.GetString("note"),
		}
	}
	_, err = law.Compile(law.BuiltIn().Apply(c.All()))
	var wrong *law.Error
	if errors.As(err, &wrong) {
		field := wrong.Field
		if r.Collection().Fields.GetByName(field) == nil {
			field = "holidays" // where the windows of a single date are written
		}
		return fault(field, "bad_rule", wrong.Message)
	}
	return err
}

// ruleRow is one row of the rules on the wire.
type ruleRow struct {
	law.Row
	Exempt bool `json:"exempt"` // under the profile in force it does not bind
}

// rules shows which rules are in force, with where each is from.
func (eng *engine) rules(e *core.RequestEvent) error {
	if e.Auth == nil {
		return refuse(http.StatusUnauthorized, "auth", "login_required", "Log in first")
	}
	set := eng.store.Rules().Rules()
	data := set.Data()
	rows := make([]ruleRow, 0, len(data.Rows))
	for _, row := range data.Rows {
		rows = append(rows, ruleRow{Row: row, Exempt: set.Exempts(row.Place)})
	}
	return e.JSON(http.StatusOK, map[string]any{
		"version": set.Version(), "hash": set.Hash(), "profile": data.Profile, "closingMarginMinutes": data.ClosingMarginMinutes,
		"rows": rows, "holidays": data.Holidays, "days": append([]law.Day{}, data.Days...), "editable": e.HasSuperuserAuth(),
	})
}
