package hooks

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerBodies fills in what the messages of a run have in common, its text
// with the encoding: they are stored once, with the run.
func registerBodies(app core.App, running func() *engine) {
	app.OnRecordEnrich("messages").Bind(&hook.Handler[*core.RecordEnrichEvent]{
		Id: "tidingsBodies",
		Func: func(e *core.RecordEnrichEvent) error {
			run := e.Record.GetString("run")
			if eng := running(); eng != nil && run != "" {
				shared, err := eng.store.RunShares(run)
				if err != nil {
					return err
				}
				fill(e.Record, "body", shared.Text)
				fill(e.Record, "encoding", shared.Encoding)
			}
			return e.Next()
		},
	})
}

// fill sets a field that is empty.
func fill(r *core.Record, field, value string) {
	if r.GetString(field) == "" {
		r.Set(field, value)
	}
}
