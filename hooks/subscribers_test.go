package hooks_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"

	"tidings/hooks"
	"tidings/internal/test/apptest"
)

func TestSubscribersAreStoredByTheirNumber(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	got := m.make("subscribers", map[string]any{
		"phoneNumber": " (212) 555-0123 ", "firstName": "Ada", "language": "en-US", "attributes": map[string]any{"plan": "gold"},
		// None of these is his to say.
		"status": "subscribed", "country": "ZZ", "zones": "Mars/Olympus", "consentedAt": "2020-01-01 00:00:00.000Z", "numberWarning": "x",
	})
	want(t, "create", got, 200, "", "")
	row := got.JSON()
	for field, value := range map[string]any{
		"phoneNumber": "+12125550123", "country": "US", "zones": "America/New_York", "state": "NY",
		"status": "new", "consentedAt": "", "firstName": "Ada", "timezone": "",
	} {
		if row[field] != value {
			t.Errorf("%s is %v, want %v", field, row[field], value)
		}
	}
	for _, writing := range []string{"+12125550123", "212-555-0123", "1 212 555 0123", "+1 (212) 555 0123"} {
		again := m.make("subscribers", map[string]any{"phoneNumber": writing})
		want(t, writing, again, 400, "phoneNumber", "validation_not_unique")
		if again.Code("org") != "" {
			t.Errorf("%s: the organisation is blamed too: %s", writing, again.Body)
		}
	}
	elsewhere := m.Member(m.other, "editor")
	want(t, "in another organisation", m.Do("POST", "/api/collections/subscribers/records", elsewhere.Token, m.other,
		map[string]any{"org": m.other, "phoneNumber": "+12125550123"}), 200, "", "")
}

func TestSubscribersAreChecked(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, tc := range []struct {
		name        string
		data        map[string]any
		status      int
		field, code string
	}{
		{"no number", map[string]any{"phoneNumber": ""}, 400, "phoneNumber", "validation_required"},
		{"an unknown zone", map[string]any{"timezone": "Mars/Olympus"}, 400, "timezone", "unknown_timezone"},
		{"the server's zone", map[string]any{"timezone": "Local"}, 400, "timezone", "unknown_timezone"},
		{"a state spelt out", map[string]any{"state": "New York"}, 400, "state", "bad_state"},
		{"a language spelt out", map[string]any{"language": "English, please"}, 400, "language", "bad_language"},
		{"attributes as a list", map[string]any{"attributes": []int{1}}, 400, "attributes", "bad_attributes"},
		{"attributes as a text", map[string]any{"attributes": "gold"}, 400, "attributes", "bad_attributes"},
		{"a chosen id", map[string]any{"id": "aaaaaaaaaaaaaaa"}, 400, "", ""},
		{"all well", map[string]any{
			"timezone": "America/Chicago", "state": "il", "language": "es-419", "attributes": map[string]any{"n": 1},
		}, 200, "", ""},
	} {
		if _, ok := tc.data["phoneNumber"]; !ok {
			tc.data["phoneNumber"] = "+12125550123"
		}
		want(t, tc.name, m.make("subscribers", tc.data), tc.status, tc.field, tc.code)
	}
	got := m.make("subscribers", map[string]any{"phoneNumber": "call me"})
	if got.Status != 400 || got.Code("phoneNumber") == "" || got.Code("phoneNumber") == "validation_not_unique" {
		t.Errorf("what is no number: %d %s", got.Status, got.Body)
	}
	want(t, "a superuser's chosen id", m.Do("POST", "/api/collections/subscribers/records", m.root_.Token, "",
		m.with(map[string]any{"id": "aaaaaaaaaaaaaaa", "phoneNumber": "+12125550124"})), 400, "id", "id_not_settable")
}

func TestSubscriberIDsAreInOrderOfCreation(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64 // by the engine too, which works beside
	app := apptest.New(t, apptest.WithHooks(hooks.Options{Now: func() time.Time { return noon.Add(time.Duration(asked.Add(1)) * time.Millisecond) }}))
	org, last := app.Org("Acme"), ""
	for _, number := range []string{"+12125550123", "+12125550122", "+12125550121"} {
		id := app.Create("subscribers", map[string]any{"org": org, "phoneNumber": number}).Id
		if id <= last {
			t.Errorf("%s after %s", id, last)
		}
		last = id
	}
}

func TestANumberThatComesBackStandsAsItStood(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	event := func(seq int, phone, action string) {
		m.Insert("consent_events", dbx.Params{
			"org": m.org, "seq": seq, "phoneNumber": phone, "action": action, "method": "api", "at": "2026-03-01 10:00:00.000Z",
		})
	}
	event(1, "+12125550101", "granted")
	event(2, "+12125550102", "granted")
	event(3, "+12125550102", "revoked")
	event(4, "+12125550103", "revoked")
	event(5, "+12125550103", "confirmed")
	event(6, "+12125550104", "expired")
	event(7, "+12125550105", "granted")
	m.Insert("suppressions", dbx.Params{"org": m.org, "phoneNumber": "+12125550105"})
	m.Insert("suppressions", dbx.Params{"org": "", "phoneNumber": "+12125550106"})
	m.Insert("suppressions", dbx.Params{"org": m.other, "phoneNumber": "+12125550107"})
	for phone, status := range map[string]string{
		"+12125550101": "subscribed", "+12125550102": "unsubscribed", "+12125550103": "subscribed", "+12125550104": "new",
		"+12125550105": "unsubscribed", "+12125550106": "unsubscribed", "+12125550107": "new",
	} {
		got := m.make("subscribers", map[string]any{"phoneNumber": phone})
		consented := map[bool]string{true: "2026-03-01 10:00:00.000Z"}[status == "subscribed"]
		if got.String("status") != status || got.String("consentedAt") != consented {
			t.Errorf("%s: %s since %q, want %s", phone, got.String("status"), got.String("consentedAt"), status)
		}
	}
}

func TestAStaleCopyDoesNotUndoAStop(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	created := m.make("subscribers", map[string]any{"phoneNumber": "+12125550123"})
	id := created.String("id")
	m.Exec("UPDATE subscribers SET status = 'subscribed', consentedAt = '2026-03-01 10:00:00.000Z' WHERE id = {:id}", dbx.Params{"id": id})
	stale := m.Do("GET", "/api/collections/subscribers/records/"+id, m.editor.Token, m.org, nil).JSON()
	staleRecord := m.Record("subscribers", id)

	m.Exec("UPDATE subscribers SET status = 'unsubscribed', consentedAt = '' WHERE id = {:id}", dbx.Params{"id": id})
	stale["firstName"] = "Ada"
	want(t, "save the form", m.change("subscribers", id, stale), 200, "", "")
	staleRecord.Set("lastName", "Lovelace")
	staleRecord.Set("status", "subscribed")
	if err := m.Save(staleRecord); err != nil {
		t.Fatal(err)
	}

	now := m.Record("subscribers", id)
	got := map[string]string{}
	for _, f := range []string{"status", "consentedAt", "firstName", "lastName", "country", "zones"} {
		got[f] = now.GetString(f)
	}
	expected := map[string]string{
		"status": "unsubscribed", "consentedAt": "", "firstName": "Ada", "lastName": "Lovelace",
		"country": "US", "zones": "America/New_York",
	}
	if diff := cmp.Diff(expected, got); diff != "" {
		t.Error(diff)
	}
}

func TestASubscriberKeepsTheNumber(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	id := m.make("subscribers", map[string]any{"phoneNumber": "+12125550123"}).String("id")
	for _, same := range []string{"+12125550123", "(212) 555-0123", " 212 555 0123"} {
		got := m.change("subscribers", id, map[string]any{"phoneNumber": same, "firstName": "Ada"})
		want(t, same, got, 200, "", "")
		if got.String("phoneNumber") != "+12125550123" {
			t.Errorf("%s: %s", same, got.Body)
		}
	}
	for _, other := range []string{"+12125550124", "", "call me", "+442079460123"} {
		want(t, "to "+other, m.change("subscribers", id, map[string]any{"phoneNumber": other}), 400, "phoneNumber", "phone_number_immutable")
	}
}

// ledger is a Grant that remembers and marks the subscriber as the engine does.
type ledger struct {
	grants []hooks.Grant
	fail   error
}

func (l *ledger) grant(g hooks.Grant) error {
	l.grants = append(l.grants, g)
	if l.fail != nil {
		return l.fail
	}
	_, err := g.App.DB().NewQuery("UPDATE subscribers SET status = 'subscribed', consentedAt = '2026-03-10 16:00:00.000Z' WHERE id = {:id}").
		Bind(dbx.Params{"id": g.Subscriber}).Execute()
	return err
}

func TestConsentComesWithTheSubscriber(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	m := newTeam(t, apptest.WithHooks(hooks.Options{Now: at(noon), Grant: l.grant}))
	got := m.Do("POST", "/api/collections/subscribers/records", m.editor.Token, m.org, m.with(map[string]any{
		"phoneNumber": "(212) 555-0123", "consentMethod": "paper", "consentText": " I want texts. ",
	}))
	want(t, "create", got, 200, "", "")
	if got.String("status") != "subscribed" || got.String("consentedAt") != "2026-03-10 16:00:00.000Z" {
		t.Errorf("the answer is from before the consent: %s", got.Body)
	}
	if len(l.grants) != 1 {
		t.Fatalf("%d grants", len(l.grants))
	}
	g := l.grants[0]
	g.App, g.Request = nil, nil
	expected := hooks.Grant{
		Org: m.org, Subscriber: got.String("id"), PhoneNumber: "+12125550123", Method: "paper", Text: "I want texts.", Role: "editor",
	}
	if diff := cmp.Diff(expected, g); diff != "" {
		t.Error(diff)
	}
	want(t, "without consent", m.make("subscribers", map[string]any{"phoneNumber": "+12125550124"}), 200, "", "")
	if len(l.grants) != 1 {
		t.Error("a grant without consent")
	}
}

func TestASubscriberIsNotMadeWithoutTheConsentThatWasStated(t *testing.T) {
	t.Parallel()
	l := &ledger{fail: errors.New("the ledger is full")}
	m := newTeam(t, apptest.WithHooks(hooks.Options{Now: at(noon), Grant: l.grant}))
	body := map[string]any{"phoneNumber": "+12125550123", "consentMethod": "paper", "consentText": "Yes"}
	want(t, "create", m.make("subscribers", body), 400, "", "")
	if n, err := m.CountRecords("subscribers"); err != nil || n != 0 {
		t.Errorf("%d subscribers (%v)", n, err)
	}
}

func TestConsentIsStatedWhole(t *testing.T) {
	t.Parallel()
	l := &ledger{}
	m := newTeam(t, apptest.WithHooks(hooks.Options{Now: at(noon), Grant: l.grant}))
	for _, tc := range []struct{ method, text, field, code string }{
		{"paper", "", "consentText", "consent_incomplete"},
		{"", "Yes", "consentMethod", "consent_incomplete"},
		{"carrier", "Yes", "consentMethod", "bad_consent_method"},
		{"telepathy", "Yes", "consentMethod", "bad_consent_method"},
		{"paper", string(make([]rune, 20001)), "consentText", "consent_text_too_long"},
	} {
		want(t, tc.method+" "+tc.code, m.make("subscribers", map[string]any{
			"phoneNumber": "+12125550123", "consentMethod": tc.method, "consentText": tc.text,
		}), 400, tc.field, tc.code)
	}
	if len(l.grants) != 0 {
		t.Errorf("%d grants", len(l.grants))
	}
}

func TestTheLedgerKnowsTheConsentOfANewSubscriber(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	got := m.make("subscribers", map[string]any{
		"phoneNumber": "+12125550123", "consentMethod": "paper", "consentText": "I want texts.",
	})
	if got.Status != 200 || got.String("status") != "subscribed" || got.String("consentedAt") == "" {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	events := m.Do("GET", "/api/collections/consent_events/records", m.viewer.Token, "", nil)
	if len(events.IDs()) != 1 {
		t.Errorf("%s", events.Body)
	}
}
