package hooks_test

import "testing"

func TestAnOrganisationKeepsAnOwner(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	mine := "/api/collections/memberships/records/" + m.owner.Membership
	demote := map[string]any{"role": "editor"}
	for name, token := range map[string]string{"owner": m.owner.Token, "superuser": m.root_.Token} {
		want(t, name+" demotes", m.Do("PATCH", mine, token, m.org, demote), 400, "role", "last_owner")
		want(t, name+" removes", m.Do("DELETE", mine, token, m.org, nil), 400, "role", "last_owner")
	}
	want(t, "the last owner's account", m.remove("users", m.owner.ID, m.root_.Token), 400, "role", "last_owner")
	want(t, "another change", m.Do("PATCH", mine, m.owner.Token, m.org, map[string]any{"role": "owner"}), 200, "", "")

	// An owner elsewhere does not count.
	m.Member(m.other, "owner")
	want(t, "with an owner elsewhere", m.Do("PATCH", mine, m.owner.Token, m.org, demote), 400, "role", "last_owner")

	second := m.Member(m.org, "owner")
	want(t, "with a second owner", m.Do("PATCH", mine, m.owner.Token, m.org, demote), 200, "", "")
	want(t, "the one who is left", m.remove("memberships", second.Membership, m.root_.Token), 400, "role", "last_owner")
	want(t, "an editor", m.remove("memberships", m.editor.Membership, second.Token), 204, "", "")
	want(t, "an account without ownership", m.remove("users", m.viewer.ID, m.root_.Token), 204, "", "")
}

func TestAMembershipStaysWithItsUserAndOrganisation(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	other := m.User().ID
	want(t, "an owner gives it to another", m.change("memberships", m.viewer.Membership, map[string]any{"user": other}), 404, "", "")
	want(t, "a superuser does", m.Do("PATCH", "/api/collections/memberships/records/"+m.viewer.Membership, m.root_.Token, "",
		map[string]any{"user": other}), 400, "user", "user_immutable")
	want(t, "a superuser moves it", m.Do("PATCH", "/api/collections/memberships/records/"+m.viewer.Membership, m.root_.Token, "",
		map[string]any{"org": m.other}), 400, "org", "org_immutable")
	want(t, "twice the same", m.make("memberships", map[string]any{"user": m.viewer.ID, "role": "owner"}),
		400, "user", "validation_not_unique")
}
