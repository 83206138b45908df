package hooks_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/test/apptest"
)

func (m *team) invite(p apptest.Person, body map[string]any) apptest.Response {
	return m.Do("POST", "/api/sms/members", p.Token, "", body)
}

func TestAnOwnerInvitesAPersonWhoThenSignsIn(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	got := m.invite(m.owner, map[string]any{"email": " New@Example.com", "role": "editor"})
	want(t, "invite", got, 200, "", "")
	link := got.String("link")
	token, ok := strings.CutPrefix(link, "https://sms.example.com/console/#/welcome/")
	if !ok || got.JSON()["created"] != true {
		t.Fatalf("%s", got.Body)
	}
	membership := m.Record("memberships", got.String("membershipId"))
	if membership.GetString("org") != m.org || membership.GetString("role") != "editor" || membership.GetString("user") != got.String("userId") {
		t.Errorf("the membership is %v", membership.PublicExport())
	}

	choose := map[string]any{"token": token, "password": "a-new-password", "passwordConfirm": "a-new-password"}
	path := "/api/collections/users/"
	want(t, "choose a password", m.Do("POST", path+"confirm-password-reset", "", "", choose), http.StatusNoContent, "", "")
	want(t, "use the link again", m.Do("POST", path+"confirm-password-reset", "", "", choose), 400, "", "")
	login := m.Do("POST", path+"auth-with-password", "", "", map[string]any{"identity": "new@example.com", "password": "a-new-password"})
	want(t, "sign in", login, 200, "", "")
	want(t, "work", m.Do("POST", "/api/collections/lists/records", login.String("token"), "", m.with(map[string]any{"name": "L"})), 200, "", "")

	want(t, "invite again", m.invite(m.owner, map[string]any{"email": "new@example.com", "role": "viewer"}), 400, "email", "already_member")
}

func TestSomebodyElsesAccountIsNotHandedOver(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	elsewhere := m.Member(m.other, "owner")
	got := m.invite(m.owner, map[string]any{"email": elsewhere.Email, "role": "viewer"})
	want(t, "invite", got, 200, "", "")
	if got.JSON()["created"] != false || got.String("link") != "" || got.String("userId") != elsewhere.ID {
		t.Errorf("%s", got.Body)
	}
	// Invited elsewhere and not yet signed in: the first organisation holds the link.
	first := m.Member(m.other, "owner")
	m.invite(first, map[string]any{"email": "fresh@example.com", "role": "owner"})
	if got := m.invite(m.owner, map[string]any{"email": "fresh@example.com", "role": "viewer"}); got.String("link") != "" {
		t.Errorf("a second organisation gets a link to the account: %s", got.Body)
	}
}

func TestWhoNeverSignedInCanBeInvitedAgain(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	first := m.invite(m.owner, map[string]any{"email": "new@example.com", "role": "viewer"})
	want(t, "remove", m.remove("memberships", first.String("membershipId"), m.owner.Token), 204, "", "")
	again := m.invite(m.owner, map[string]any{"email": "new@example.com", "role": "viewer"})
	if again.Status != 200 || again.JSON()["created"] != false || again.String("link") == "" || again.String("userId") != first.String("userId") {
		t.Errorf("%d %s", again.Status, again.Body)
	}
}

func TestInvitationsAreChecked(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, tc := range []struct {
		name        string
		who         apptest.Person
		body        map[string]any
		status      int
		field, code string
	}{
		{"no address", m.owner, map[string]any{"role": "owner"}, 400, "email", "bad_email"},
		{"an address with a name", m.owner, map[string]any{"email": "Ada <ada@example.com>", "role": "owner"}, 400, "email", "bad_email"},
		{"no role", m.owner, map[string]any{"email": "ada@example.com"}, 400, "role", "bad_role"},
		{"an invented role", m.owner, map[string]any{"email": "ada@example.com", "role": "king"}, 400, "role", "bad_role"},
		{"into another organisation", m.owner, map[string]any{"email": "ada@example.com", "role": "owner", "org": m.other}, 404, "", ""},
		{"by an editor", m.editor, map[string]any{"email": "ada@example.com", "role": "owner"}, 403, "role", "owner_required"},
		{"a superuser into any", m.root_, map[string]any{"email": "ada@example.com", "role": "owner", "org": m.other}, 200, "", ""},
	} {
		want(t, tc.name, m.invite(tc.who, tc.body), tc.status, tc.field, tc.code)
	}
}

func TestTheLinkIsMailedWhereMailIsSetUp(t *testing.T) {
	t.Parallel()
	var sent []string
	m := newTeam(t, apptest.WithRegister(func(app core.App) {
		app.OnMailerSend().BindFunc(func(e *core.MailerEvent) error {
			sent = append(sent, e.Message.To[0].Address+" "+e.Message.Text)
			return nil
		})
	}))
	m.Settings().SMTP.Enabled = true
	got := m.invite(m.owner, map[string]any{"email": "new@example.com", "role": "viewer"})
	if got.Status != 200 || got.String("link") != "" {
		t.Errorf("%d %s", got.Status, got.Body)
	}
	if len(sent) != 1 || !strings.HasPrefix(sent[0], "new@example.com ") || !strings.Contains(sent[0], "/console/#/welcome/") {
		t.Errorf("mailed: %q", sent)
	}
}
