package hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerArchivedInstead keeps organisations and lists: deleting one touches every row that points at
// it in one transaction, which stalls the sender, and takes history away that must be kept.
func registerArchivedInstead(app core.App) {
	for collection, field := range map[string]string{"organizations": "org", "lists": "list"} {
		app.OnRecordDelete(collection).Bind(&hook.Handler[*core.RecordEvent]{
			Id:       "tidingsArchivedInstead_" + collection, // ids are shared by all tags of a hook
			Priority: -1000,
			Func: func(*core.RecordEvent) error {
				return refuse(http.StatusBadRequest, field, "archive_instead",
					"This cannot be deleted, because its history has to be kept. Archive it instead: set archived to true")
			},
		})
	}
}
