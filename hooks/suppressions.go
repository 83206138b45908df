package hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerSuppressions stores the number in its one form, so that every writing of it is found, and
// keeps what is suppressed: only a consent event lifts it, and the engine writes that by SQL.
func registerSuppressions(app core.App) {
	bindNotUnique(app, "suppressions", "phoneNumber")
	app.OnRecordValidate("suppressions").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSuppression",
		Func: func(e *core.RecordEvent) error {
			raw := e.Record.GetString("phoneNumber")
			if raw == "" {
				return e.Next() // the schema asks for it
			}
			n, err := parseNumber(e.App, e.Record.GetString("org"), "phoneNumber", raw)
			if err != nil {
				return err
			}
			e.Record.Set("phoneNumber", n.E164)
			return e.Next()
		},
	})
	kept := &hook.Handler[*core.RecordEvent]{
		Id:       "tidingsSuppressionKept",
		Priority: -1000,
		Func: func(*core.RecordEvent) error {
			return refuse(http.StatusForbidden, "phoneNumber", "lifted_by_consent",
				"A number is let off this list by a new consent alone")
		},
	}
	app.OnRecordUpdate("suppressions").Bind(kept)
	app.OnRecordDelete("suppressions").Bind(kept)
}
