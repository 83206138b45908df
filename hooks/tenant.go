package hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// tenantRelations are the collections that people edit within an organisation, with the relations
// that must point into the same one. The rules say so too; superusers pass the rules.
var tenantRelations = map[string][]string{
	"memberships":  nil,
	"senders":      nil,
	"lists":        nil,
	"subscribers":  {"lists"},
	"suppressions": nil,
	"segments":     nil,
	"forms":        {"list", "sender"},
	"campaigns":    {"sender", "lists", "segment"},
}

// registerTenants holds the borders of organisations for everybody who passes the rules.
func registerTenants(app core.App) {
	for collection, relations := range tenantRelations {
		app.OnRecordValidate(collection).Bind(&hook.Handler[*core.RecordEvent]{
			Id: "tidingsTenant_" + collection, // ids are shared by all tags of a hook
			Func: func(e *core.RecordEvent) error {
				if err := checkTenant(e, relations); err != nil {
					return err
				}
				return e.Next()
			},
		})
		app.OnRecordCreateRequest(collection).Bind(&hook.Handler[*core.RecordRequestEvent]{
			Id: "tidingsOwnID_" + collection,
			Func: func(e *core.RecordRequestEvent) error {
				// The answer "not unique" would tell which ids there are elsewhere.
				if e.Record.Id != "" {
					return fault("id", "id_not_settable", "The server chooses the id; leave it out")
				}
				return e.Next()
			},
		})
	}
}

func checkTenant(e *core.RecordEvent, relations []string) error {
	org := e.Record.GetString("org")
	if !e.Record.IsNew() && org != e.Record.Original().GetString("org") {
		return fault("org", "org_immutable", "A record stays in its organisation; make a new one in the other")
	}
	for _, field := range relations {
		ids := e.Record.GetStringSlice(field)
		if len(ids) == 0 {
			continue
		}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		f, ok := e.Record.Collection().Fields.GetByName(field).(*core.RelationField)
		if !ok {
			continue
		}
		anyIDs := make([]any, len(ids))
		for i, id := range ids {
			anyIDs[i] = id
		}
		n, err := e.App.CountRecords(f.CollectionId, dbx.HashExp{"org": org}, dbx.In("id", anyIDs...))
		if err != nil {
			return err
		}
		if int(n) != len(ids) {
			// PocketBase's own code for an id that does not exist: a foreign one looks the same.
			return fault(field, "validation_missing_rel_records", "There is no such record in this organisation")
		}
	}
	return nil
}

// inTransaction runs the rest of a request's chain in one transaction, so that what was checked still
// holds when it is written. PocketBase sends the answer after the commit.
func inTransaction(e *core.RecordRequestEvent, run func() error) error {
	outer := e.App
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		defer func() { e.App = outer }()
		return run()
	})
}
