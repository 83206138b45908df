package hooks_test

import (
	"testing"
	"time"

	"tidings/hooks"
	"tidings/internal/test/apptest"
)

// noon is the legal time of these tests.
var noon = time.Date(2026, 3, 10, 16, 0, 0, 0, time.UTC)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

// team is one organisation with its people.
type team struct {
	*apptest.App
	org, other                   string
	owner, editor, viewer, root_ apptest.Person
}

func newTeam(t *testing.T, opts ...apptest.Option) *team {
	t.Helper()
	opts = append([]apptest.Option{apptest.WithHooks(hooks.Options{Now: at(noon), PublicURL: "https://sms.example.com"})}, opts...)
	app := apptest.New(t, opts...)
	org := app.Org("Acme")
	return &team{
		App: app, org: org, other: app.Org("Borealis"),
		owner: app.Member(org, "owner"), editor: app.Member(org, "editor"), viewer: app.Member(org, "viewer"),
		root_: app.Superuser(),
	}
}

// make posts a record as the owner, with the organisation filled in.
func (m *team) make(collection string, data map[string]any) apptest.Response {
	return m.Do("POST", "/api/collections/"+collection+"/records", m.owner.Token, m.org, m.with(data))
}

func (m *team) with(data map[string]any) map[string]any {
	out := map[string]any{"org": m.org}
	for k, v := range data {
		out[k] = v
	}
	return out
}

// change patches a record as the owner.
func (m *team) change(collection, id string, data any) apptest.Response {
	return m.Do("PATCH", "/api/collections/"+collection+"/records/"+id, m.owner.Token, m.org, data)
}

// remove deletes a record with the given token.
func (m *team) remove(collection, id, token string) apptest.Response {
	return m.Do("DELETE", "/api/collections/"+collection+"/records/"+id, token, m.org, nil)
}

// want checks a status and, where field is not empty, the code of data.{field}.
func want(t *testing.T, what string, got apptest.Response, status int, field, code string) {
	t.Helper()
	if got.Status != status || field != "" && got.Code(field) != code {
		t.Errorf("%s: %d %s, want %d with data.%s.code %q", what, got.Status, got.Body, status, field, code)
	}
}
