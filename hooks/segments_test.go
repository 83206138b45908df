package hooks_test

import "testing"

func TestSegmentsAskAboutSubscribersAlone(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, tc := range []struct {
		filter string
		status int
	}{
		{"", 200},
		{"state = 'NY'", 200},
		{"firstName:lower ~ 'a' && (status = 'subscribed' || status = 'new')", 200},
		{"attributes.plan = 'gold' && attributes.age > 18", 200},
		{"lists.name ?= 'Spring'", 200},
		{"lists.id ?= 'aaaaaaaaaaaaaaa' && lists:length > 1", 200},
		{"lists:each ?~ 'a'", 200},
		{"created > @todayStart && consentedAt < @now", 200},
		{"state = ", 400},
		{"state", 400},
		{"state = 'NY' &&", 400},
		{"unknown = 1", 400},
		{"org.name = 'Acme'", 400},
		{"org.memberships_via_org.role ?= 'owner'", 400},
		{"lists.org.name = 'Acme'", 400},
		{"lists.subscribers_via_lists.phoneNumber ?~ '555'", 400},
		{"campaigns_via_org.name = 'x'", 400},
		{"@request.auth.id != ''", 400},
		{"@request.headers.x_org = 'a'", 400},
		{"@collection.users.email ?~ 'a'", 400},
		{"firstName = @collection.users.name", 400},
		{"firstName = 'a'; DROP TABLE subscribers", 400},
	} {
		got := m.make("segments", map[string]any{"name": "S" + tc.filter, "filter": tc.filter})
		field, code := "", ""
		if tc.status == 400 {
			field, code = "filter", "bad_filter"
		}
		want(t, tc.filter, got, tc.status, field, code)
	}
}

func TestASegmentInUseIsNotDeleted(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	id := m.make("segments", map[string]any{"name": "S", "filter": "state = 'NY'"}).String("id")
	campaign := m.make("campaigns", map[string]any{"name": "C", "messageBody": "Hi", "segment": id}).String("id")
	want(t, "in use", m.remove("segments", id, m.owner.Token), 400, "segment", "segment_in_use")
	want(t, "take it out", m.change("campaigns", campaign, map[string]any{"segment": ""}), 200, "", "")
	want(t, "no longer in use", m.remove("segments", id, m.owner.Token), 204, "", "")
}
