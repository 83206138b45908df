package hooks

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/telemetry"
)

// registerLogs keeps phone numbers, tokens and signatures out of PocketBase's
// own log, which holds the address of every request that failed.
func registerLogs(app core.App) {
	app.OnModelCreate(core.LogsTableName).Bind(&hook.Handler[*core.ModelEvent]{
		Id: "tidingsLogs",
		Func: func(e *core.ModelEvent) error {
			if entry, ok := e.Model.(*core.Log); ok {
				entry.Message = telemetry.Scrub(entry.Message)
				for key, value := range entry.Data {
					if text, ok := value.(string); ok {
						entry.Data[key] = telemetry.Scrub(text)
					}
				}
			}
			return e.Next()
		},
	})
}
