package hooks

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerLists fills in what a list has when nobody says: one step of opting in.
func registerLists(app core.App) {
	app.OnRecordValidate("lists").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsList",
		Func: func(e *core.RecordEvent) error {
			e.Record.Set("name", strings.TrimSpace(e.Record.GetString("name")))
			if e.Record.GetString("optIn") == "" {
				e.Record.Set("optIn", "single")
			}
			return e.Next()
		},
	})
	bindNotUnique(app, "lists", "name")
}

// bindNotUnique tells a doubled row by the field that a person knows, on create and update.
func bindNotUnique(app core.App, collection, field string) {
	h := &hook.Handler[*core.RecordEvent]{
		Id:       "tidingsNotUnique_" + collection, // ids are shared by all tags of a hook
		Priority: -1000,
		Func:     func(e *core.RecordEvent) error { return notUnique(e.Next(), field) },
	}
	app.OnRecordCreate(collection).Bind(h)
	app.OnRecordUpdate(collection).Bind(h)
}
