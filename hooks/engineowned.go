package hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// engineOwned are the collections of facts. The engine writes them by SQL, past these hooks; through
// records nobody writes them, superusers and the dashboard's forms included, because one save of a
// stale copy would undo the engine's work.
var engineOwned = []string{"consent_events", "runs", "imports", "messages", "reviews"}

func errEngineOwned(collection string) error {
	return refuse(http.StatusForbidden, "collection", "engine_owned",
		"The engine alone writes "+collection+"; they are a record of what happened")
}

// registerEngineOwned refuses at model level, which also covers cascades and truncates, and refuses to
// edit, empty or drop the collections themselves. Migrations are no requests and pass.
func registerEngineOwned(app core.App) {
	refuseRecord := &hook.Handler[*core.RecordEvent]{
		Id:   "tidingsEngineOwned",
		Func: func(e *core.RecordEvent) error { return errEngineOwned(e.Record.Collection().Name) },
		// Before PocketBase's own work on the record.
		Priority: -1000,
	}
	app.OnRecordCreate(engineOwned...).Bind(refuseRecord)
	app.OnRecordUpdate(engineOwned...).Bind(refuseRecord)
	app.OnRecordDelete(engineOwned...).Bind(refuseRecord)

	refuseCollection := &hook.Handler[*core.CollectionRequestEvent]{
		Id: "tidingsEngineOwned",
		Func: func(e *core.CollectionRequestEvent) error {
			// By the stored name: a rename must not slip through.
			if name := storedName(e.App, e.Collection.Id); slices.Contains(engineOwned, name) {
				return errEngineOwned(name)
			}
			return e.Next()
		},
	}
	app.OnCollectionUpdateRequest().Bind(refuseCollection)
	app.OnCollectionDeleteRequest().Bind(refuseCollection)
	app.OnCollectionsImportRequest().Bind(&hook.Handler[*core.CollectionsImportRequestEvent]{
		Id:   "tidingsEngineOwned",
		Func: refuseImport,
	})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsEngineOwned",
		Func: func(e *core.ServeEvent) error {
			e.Router.Bind(&hook.Handler[*core.RequestEvent]{Id: noTruncateID, Func: refuseTruncate})
			return e.Next()
		},
	})
}

// refuseImport looks at an import of collections, which edits many at once and may drop the rest.
func refuseImport(e *core.CollectionsImportRequestEvent) error {
	if e.DeleteMissing {
		return refuse(http.StatusForbidden, "deleteMissing", "engine_owned",
			"An import may not drop collections here; leave deleteMissing out")
	}
	for _, data := range e.CollectionsData {
		for _, key := range []string{"id", "name"} {
			given, _ := data[key].(string)
			if name := storedName(e.App, given); slices.Contains(engineOwned, name) {
				return errEngineOwned(name)
			}
		}
	}
	return e.Next()
}

// refuseTruncate keeps the truncate call away: it has no hook of its own, and an empty collection
// would be "truncated" without any record hook being asked.
func refuseTruncate(e *core.RequestEvent) error {
	if e.HasSuperuserAuth() && e.Request.Pattern == "DELETE /api/collections/{collection}/truncate" {
		if name := storedName(e.App, e.Request.PathValue("collection")); slices.Contains(engineOwned, name) {
			return errEngineOwned(name)
		}
	}
	return e.Next()
}

// storedName is the name that a collection has in the database, or empty where there is none.
func storedName(app core.App, nameOrID string) string {
	if nameOrID == "" {
		return ""
	}
	c, err := app.FindCollectionByNameOrId(nameOrID)
	if err != nil {
		return ""
	}
	return c.Name
}
