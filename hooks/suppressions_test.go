package hooks_test

import "testing"

func TestSuppressionsAreAddedAndKept(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	got := m.Do("POST", "/api/collections/suppressions/records", m.editor.Token, m.org, m.with(map[string]any{"phoneNumber": "(212) 555-0123"}))
	want(t, "add", got, 200, "", "")
	if got.String("phoneNumber") != "+12125550123" {
		t.Errorf("stored as %s", got.Body)
	}
	want(t, "again", m.make("suppressions", map[string]any{"phoneNumber": "212.555.0123"}), 400, "phoneNumber", "validation_not_unique")
	want(t, "for everybody, by an owner", m.Do("POST", "/api/collections/suppressions/records", m.owner.Token, m.org,
		map[string]any{"org": "", "phoneNumber": "+12125550124"}), 400, "", "")
	want(t, "for everybody, by a superuser", m.Do("POST", "/api/collections/suppressions/records", m.root_.Token, "",
		map[string]any{"phoneNumber": "+1 212 555 0124"}), 200, "", "")
	path := "/api/collections/suppressions/records/" + got.String("id")
	want(t, "change", m.Do("PATCH", path, m.root_.Token, "", map[string]any{"reason": "x"}), 403, "phoneNumber", "lifted_by_consent")
	want(t, "delete", m.Do("DELETE", path, m.root_.Token, "", nil), 403, "phoneNumber", "lifted_by_consent")
	want(t, "an owner's delete", m.Do("DELETE", path, m.owner.Token, m.org, nil), 403, "", "")
}
