package hooks

import (
	"fmt"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerMemberships keeps every organisation an owner: who demotes or removes the last one would
// leave nobody to invite the next. The check and the write share a transaction, else two owners who
// demote each other at once would both pass.
func registerMemberships(app core.App) {
	app.OnRecordUpdateRequest("memberships").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsLastOwner",
		Func: func(e *core.RecordRequestEvent) error {
			return inTransaction(e, func() error {
				if e.Record.GetString("role") != roleOwner {
					if err := keepsAnOwner(e.App, e.Record.Id); err != nil {
						return err
					}
				}
				return e.Next()
			})
		},
	})
	app.OnRecordDeleteRequest("memberships").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsLastOwner",
		Func: func(e *core.RecordRequestEvent) error {
			return inTransaction(e, func() error {
				if err := keepsAnOwner(e.App, e.Record.Id); err != nil {
					return err
				}
				return e.Next()
			})
		},
	})
	// Deleting a user takes his memberships along.
	app.OnRecordDeleteRequest("users").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsLastOwnerOfUser",
		Func: func(e *core.RecordRequestEvent) error {
			return inTransaction(e, func() error {
				rows, err := e.App.FindAllRecords("memberships", dbx.HashExp{"user": e.Record.Id})
				if err != nil {
					return fmt.Errorf("read the memberships of the user: %w", err)
				}
				for _, m := range rows {
					if err := keepsAnOwner(e.App, m.Id); err != nil {
						return err
					}
				}
				return e.Next()
			})
		},
	})
	bindNotUnique(app, "memberships", "user")
	app.OnRecordValidate("memberships").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsMembershipUser",
		Func: func(e *core.RecordEvent) error {
			if !e.Record.IsNew() && e.Record.GetString("user") != e.Record.Original().GetString("user") {
				return fault("user", "user_immutable", "A membership stays with its user; make a new one for the other")
			}
			return e.Next()
		},
	})
}

// keepsAnOwner refuses when the membership, as it is stored now, is the last owner's.
func keepsAnOwner(app core.App, membership string) error {
	m, err := app.FindRecordById("memberships", membership)
	if err != nil {
		return notFound()
	}
	if m.GetString("role") != roleOwner {
		return nil
	}
	others, err := app.CountRecords("memberships",
		dbx.HashExp{"org": m.GetString("org"), "role": roleOwner}, dbx.Not(dbx.HashExp{"id": m.Id}))
	if err != nil {
		return fmt.Errorf("count the owners: %w", err)
	}
	if others == 0 {
		return refuse(http.StatusBadRequest, "role", "last_owner",
			"This is the organisation's last owner. Make somebody else an owner first")
	}
	return nil
}
