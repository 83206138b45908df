package hooks_test

import (
	"slices"
	"testing"

	"tidings/internal/test/apptest"
)

func TestAnOnlyMembershipNeedsNoHeader(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	list := m.Create("lists", map[string]any{"org": m.org, "name": "L"}).Id
	sees := func(p apptest.Person, org string) bool {
		return slices.Contains(m.Do("GET", "/api/collections/lists/records", p.Token, org, nil).IDs(), list)
	}
	if !sees(m.viewer, "") {
		t.Error("the only membership was not taken")
	}
	if sees(m.viewer, m.other) {
		t.Error("the only membership was taken although another was named")
	}
	m.Join(m.viewer.ID, m.other, "viewer")
	if sees(m.viewer, "") {
		t.Error("one of two memberships was taken")
	}
	if !sees(m.viewer, m.org) {
		t.Error("the named membership was not taken")
	}
}

func TestRoutesFindTheirOrganisation(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	invite := map[string]any{"email": "new@example.com", "role": "viewer"}
	two := m.Member(m.org, "owner")
	m.Join(two.ID, m.other, "owner")
	for _, tc := range []struct {
		name, token, header string
		status              int
		field, code         string
	}{
		{"a guest", "", m.org, 401, "", ""},
		{"a viewer", m.viewer.Token, m.org, 403, "role", "owner_required"},
		{"an editor", m.editor.Token, "", 403, "role", "owner_required"},
		{"an owner elsewhere", m.Member(m.other, "owner").Token, m.org, 404, "", ""},
		{"an owner who names nothing that exists", m.owner.Token, "nothing", 404, "", ""},
		{"a user without organisation", m.User().Token, "", 400, "org", "org_required"},
		{"an owner of two who names none", two.Token, "", 400, "org", "org_required"},
		{"a superuser who names none of three", m.root_.Token, "", 400, "org", "org_required"},
		{"a superuser who names nothing that exists", m.root_.Token, "nothing", 404, "", ""},
		{"a superuser", m.root_.Token, m.org, 200, "", ""},
	} {
		want(t, tc.name, m.Do("POST", "/api/sms/members", tc.token, tc.header, invite), tc.status, tc.field, tc.code)
	}
}

func TestASuperuserMayLeaveTheOnlyOrganisationOut(t *testing.T) {
	t.Parallel()
	app := apptest.New(t) // with its default organisation alone
	got := app.Do("POST", "/api/sms/members", app.Superuser().Token, "", map[string]any{"email": "new@example.com", "role": "owner"})
	if got.Status != 200 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if org := app.Record("memberships", got.String("membershipId")).GetString("org"); org != app.DefaultOrg() {
		t.Errorf("the member is in %s", org)
	}
}
