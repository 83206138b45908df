package hooks

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerBodies fills in the text of messages that have the text of their run:
// it is stored once, with the run.
func registerBodies(app core.App, running func() *engine) {
	app.OnRecordEnrich("messages").Bind(&hook.Handler[*core.RecordEnrichEvent]{
		Id: "tidingsBodies",
		Func: func(e *core.RecordEnrichEvent) error {
			run := e.Record.GetString("run")
			if eng := running(); eng != nil && run != "" && e.Record.GetString("body") == "" {
				text, err := eng.store.RunText(run)
				if err != nil {
					return err
				}
				e.Record.Set("body", text)
			}
			return e.Next()
		},
	})
}
