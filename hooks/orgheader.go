package hooks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// orgHeader names the organisation that a member speaks for.
const orgHeader = "X-Org"

// The roles of a membership, from the least.
const (
	roleViewer = "viewer"
	roleEditor = "editor"
	roleOwner  = "owner"
)

// registerOrgHeader lets a user with exactly one membership leave the header out. It is filled in
// before any handler reads the request, so that rules and routes see no difference; whether the
// header may be used at all is still their decision.
func registerOrgHeader(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsOrgHeader",
		Func: func(e *core.ServeEvent) error {
			e.Router.Bind(&hook.Handler[*core.RequestEvent]{
				Id: orgHeaderID,
				// After the token is read and the rate limit passed, which saves the look-up.
				Priority: apis.DefaultRateLimitMiddlewarePriority + 1,
				Func:     fillOrgHeader,
			})
			return e.Next()
		},
	})
}

func fillOrgHeader(e *core.RequestEvent) error {
	if e.Auth == nil || e.HasSuperuserAuth() || e.Request.Header.Get(orgHeader) != "" {
		return e.Next()
	}
	// Two rows are enough to know that there is not one.
	var rows []*core.Record
	err := e.App.RecordQuery("memberships").AndWhere(dbx.HashExp{"user": e.Auth.Id}).Limit(2).All(&rows)
	if err != nil {
		return fmt.Errorf("read the memberships of the user: %w", err)
	}
	if len(rows) == 1 {
		e.Request.Header.Set(orgHeader, rows[0].GetString("org"))
	}
	if len(rows) > 1 && creates(e) {
		return orgRequired() // the rule would refuse it without a word
	}
	return e.Next()
}

// creates reports whether a request makes a record that belongs to an organisation.
func creates(e *core.RequestEvent) bool {
	if e.Request.Pattern != "POST /api/collections/{collection}/records" {
		return false
	}
	c, err := e.App.FindCachedCollectionByNameOrId(e.Request.PathValue("collection"))
	if err != nil {
		return false // PocketBase says that there is none
	}
	_, owned := tenantRelations[c.Name]
	return owned
}

func orgRequired() error {
	return refuse(http.StatusBadRequest, "org", "org_required",
		"Say which organisation you mean: send its id in the header X-Org.")
}

// orgOf says which organisation a request is about and as what the caller acts there. A user names it
// or has only one; a superuser acts as its owner and may leave the header out where there is but one.
func orgOf(e *core.RequestEvent) (org, role string, err error) {
	if e.Auth == nil {
		return "", "", unauthorized()
	}
	org = strings.TrimSpace(e.Request.Header.Get(orgHeader))
	if org == "" && e.HasSuperuserAuth() {
		if org, err = onlyOrg(e.App); err != nil {
			return "", "", err
		}
	}
	if org == "" {
		return "", "", orgRequired()
	}
	role, err = roleIn(e, org)
	if err != nil {
		return "", "", err
	}
	return org, role, nil
}

// roleIn is the caller's role in an organisation, for routes that name a record and take the
// organisation from it. Who is no member is told that there is nothing.
func roleIn(e *core.RequestEvent, org string) (string, error) {
	switch {
	case e.Auth == nil:
		return "", unauthorized()
	case e.HasSuperuserAuth():
		if _, err := e.App.FindRecordById("organizations", org); err != nil {
			return "", notFound()
		}
		return roleOwner, nil
	}
	m, err := e.App.FindFirstRecordByFilter("memberships", "user = {:user} && org = {:org}",
		dbx.Params{"user": e.Auth.Id, "org": org})
	if err != nil {
		return "", notFound()
	}
	return m.GetString("role"), nil
}

// mayAct reports whether a role reaches the least one that an action asks for.
func mayAct(role, least string) bool {
	rank := map[string]int{roleViewer: 1, roleEditor: 2, roleOwner: 3}
	return rank[role] >= rank[least]
}

// onlyOrg is the id of the only organisation, or empty where there are more.
func onlyOrg(app core.App) (string, error) {
	var rows []*core.Record
	if err := app.RecordQuery("organizations").Limit(2).All(&rows); err != nil {
		return "", fmt.Errorf("read the organisations: %w", err)
	}
	if len(rows) != 1 {
		return "", nil
	}
	return rows[0].Id, nil
}

var errNoOrg = errors.New("there is no such organisation")

// organization reads the organisation of a record.
func organization(app core.App, id string) (*core.Record, error) {
	org, err := app.FindRecordById("organizations", id)
	if err != nil {
		return nil, errNoOrg
	}
	return org, nil
}
