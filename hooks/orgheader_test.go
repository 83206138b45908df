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

func TestWhoIsInTwoOrganisationsIsToldToNameOne(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	two := m.Member(m.org, "owner")
	m.Join(two.ID, m.other, "owner")
	for collection, data := range map[string]map[string]any{
		"lists": {"name": "L"}, "subscribers": {"phoneNumber": "+12125550123"}, "suppressions": {"phoneNumber": "+12125550124"},
		"segments": {"name": "S", "filter": "state = 'NY'"}, "campaigns": {"name": "C", "messageBody": "Hello"},
		"senders":     {"name": "x", "kind": "toll_free", "number": "+18005550101"},
		"memberships": {"user": m.User().ID, "role": "viewer"},
	} {
		make := func(p apptest.Person, header string) apptest.Response {
			return m.Do("POST", "/api/collections/"+collection+"/records", p.Token, header, m.with(data))
		}
		unnamed := make(two, "")
		want(t, collection+" without the header", unnamed, 400, "org", "org_required")
		if unnamed.JSON()["status"] != 400.0 || unnamed.String("message") == "" {
			t.Errorf("%s: %s has not PocketBase's shape", collection, unnamed.Body)
		}
		foreign := make(two, "nothing")
		if foreign.Status != 400 || foreign.Code("org") == "org_required" {
			t.Errorf("%s for an organisation that is not there: %d %s", collection, foreign.Status, foreign.Body)
		}
		want(t, collection+" with the header", make(two, m.org), 200, "", "")
	}
	id, err := m.FindCachedCollectionByNameOrId("lists")
	if err != nil {
		t.Fatal(err)
	}
	create := func(p apptest.Person, collection string, body any) apptest.Response {
		return m.Do("POST", "/api/collections/"+collection+"/records", p.Token, "", body)
	}
	want(t, "by the collection's id", create(two, id.Id, m.with(map[string]any{"name": "M"})), 400, "org", "org_required")
	// Nobody else sees a difference.
	want(t, "an owner of one", create(m.owner, "lists", m.with(map[string]any{"name": "N"})), 200, "", "")
	want(t, "a superuser", create(m.root_, "lists", m.with(map[string]any{"name": "O"})), 200, "", "")
	for name, p := range map[string]apptest.Person{"a guest": {}, "a user of none": m.User()} {
		if got := create(p, "lists", m.with(map[string]any{"name": "P"})); got.Status != 400 || got.Code("org") != "" {
			t.Errorf("%s: %d %s", name, got.Status, got.Body)
		}
	}
	want(t, "a collection that is not there", create(two, "nothing", map[string]any{}), 404, "", "")
	want(t, "what the engine owns", create(two, "runs", m.with(nil)), 403, "", "")
}
