package apptest

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Password is the password of every person that this package makes.
const Password = "correct-horse-1"

// Person is somebody who can sign in. Org and Membership are empty without one.
type Person struct {
	ID, Email, Token, Org, Membership string
}

// serial makes names differ within a process.
var serial atomic.Int64

// Org makes an organisation in the United States and returns its id.
func (a *App) Org(name string) string {
	a.t.Helper()
	return a.Create("organizations", map[string]any{
		"name": name, "slug": fmt.Sprintf("%.20s-%d", strings.ToLower(strings.ReplaceAll(name, " ", "-")), serial.Add(1)),
		"defaultCountry": "US", "timezone": "America/New_York",
	}).Id
}

// DefaultOrg is the id of the organisation that a fresh data folder gets.
func (a *App) DefaultOrg() string {
	a.t.Helper()
	r, err := a.FindFirstRecordByData("organizations", "slug", "default")
	if err != nil {
		a.t.Fatalf("find the default organisation: %v", err)
	}
	return r.Id
}

// User makes a user without a membership.
func (a *App) User() Person {
	a.t.Helper()
	r := a.Create("users", map[string]any{
		"email": fmt.Sprintf("person%d@example.com", serial.Add(1)), "password": Password, "verified": true,
	})
	return Person{ID: r.Id, Email: r.Email(), Token: a.Token(r)}
}

// Member makes a user with a membership of org.
func (a *App) Member(org, role string) Person {
	a.t.Helper()
	p := a.User()
	p.Org, p.Membership = org, a.Join(p.ID, org, role)
	return p
}

// Join makes a membership and returns its id.
func (a *App) Join(user, org, role string) string {
	a.t.Helper()
	return a.Create("memberships", map[string]any{"user": user, "org": org, "role": role}).Id
}

// Superuser makes a superuser.
func (a *App) Superuser() Person {
	a.t.Helper()
	r := a.Create(core.CollectionNameSuperusers, map[string]any{
		"email": fmt.Sprintf("root%d@example.com", serial.Add(1)), "password": Password,
	})
	return Person{ID: r.Id, Email: r.Email(), Token: a.Token(r)}
}

// Token signs a record of an auth collection in.
func (a *App) Token(r *core.Record) string {
	a.t.Helper()
	token, err := r.NewAuthToken()
	if err != nil {
		a.t.Fatalf("sign in: %v", err)
	}
	return token
}

// Create saves a record, through the model hooks but past the rules.
func (a *App) Create(collection string, data map[string]any) *core.Record {
	a.t.Helper()
	c, err := a.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		a.t.Fatalf("find the collection %s: %v", collection, err)
	}
	r := core.NewRecord(c)
	r.Load(data)
	if err := a.Save(r); err != nil {
		a.t.Fatalf("make a record of %s: %v", collection, err)
	}
	return r
}

// Insert writes a row by SQL, past every hook, as the engine writes the collections that it owns. An
// id is made when data has none; the id is returned.
func (a *App) Insert(table string, data dbx.Params) string {
	a.t.Helper()
	if _, ok := data["id"]; !ok {
		data["id"] = fmt.Sprintf("row%012d", serial.Add(1))
	}
	if _, err := a.DB().Insert(table, data).Execute(); err != nil {
		a.t.Fatalf("insert into %s: %v", table, err)
	}
	return fmt.Sprint(data["id"])
}

// Exec runs a statement past every hook.
func (a *App) Exec(sql string, params dbx.Params) {
	a.t.Helper()
	if _, err := a.DB().NewQuery(sql).Bind(params).Execute(); err != nil {
		a.t.Fatalf("run %.60q: %v", sql, err)
	}
}

// Record reads a record, fresh.
func (a *App) Record(collection, id string) *core.Record {
	a.t.Helper()
	r, err := a.FindRecordById(collection, id)
	if err != nil {
		a.t.Fatalf("find %s of %s: %v", id, collection, err)
	}
	return r
}
