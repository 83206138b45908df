package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

func allow(ledger.Standing) error { return nil }

func (f fixture) say(t *testing.T, org, number, action, text string) ledger.Result {
	t.Helper()
	r, err := f.Record(t.Context(), ledger.Act{
		Org: org, Number: number, Action: action, Method: consent.MethodKeyword, Text: text, Create: true,
		Evidence: map[string]any{"ip": "192.0.2.1", "a": "<b> & ü"},
	}, morning, allow)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// events reads an organisation's ledger as a verifier would, from its rows.
func (f fixture) events(t *testing.T, org string) []consent.Event {
	t.Helper()
	var rows []struct {
		ID, Org, Action, Method, Text, Evidence, At, Hash string
		Seq                                               int64
		PhoneNumber                                       string `db:"phoneNumber"`
		PrevHash                                          string `db:"prevHash"`
	}
	if err := f.app.DB().NewQuery("SELECT * FROM consent_events WHERE org = {:org} ORDER BY seq").Bind(dbx.Params{"org": org}).All(&rows); err != nil {
		t.Fatal(err)
	}
	events := make([]consent.Event, len(rows))
	for i, r := range rows {
		events[i] = consent.Event{
			ID: r.ID, Org: r.Org, Seq: r.Seq, PhoneNumber: r.PhoneNumber, Action: r.Action, Method: r.Method, Text: r.Text,
			Evidence: []byte(r.Evidence), At: moment(r.At), PrevHash: r.PrevHash, Hash: r.Hash,
		}
	}
	return events
}

func TestTheLedgersOfOrganisationsAreSoundChains(t *testing.T) {
	t.Parallel()
	f := open(t)
	const other = "org000000000002"
	for i, action := range []string{consent.ActionGranted, consent.ActionRevoked, consent.ActionGranted, consent.ActionConfirmed, consent.ActionRevoked} {
		f.say(t, org, numbers[i%3], action, "words – \u201ccurly\u201d "+action)
		f.say(t, other, numbers[0], action, "theirs")
	}
	for _, o := range []string{org, other} {
		events := f.events(t, o)
		if len(events) != 5 {
			t.Fatalf("%d events", len(events))
		}
		end, err := consent.Walk(slices.Values(events), consent.Link{})
		if err != nil {
			t.Errorf("ledger of %s: %v", o, err)
		}
		var seq int64
		var hash, mac string
		err = f.app.DB().NewQuery("SELECT seq, hash, mac FROM consent_heads WHERE org = {:org}").Bind(dbx.Params{"org": o}).Row(&seq, &hash, &mac)
		if err != nil || end != (consent.Link{Seq: seq, Hash: hash}) {
			t.Errorf("the head of %s is %d %s (%v), the chain ends at %v", o, seq, hash, err, end)
		}
		if key := []byte("a secret of thirty-two characters"); mac != headMAC(key, o, seq, hash) || mac == headMAC([]byte("another"), o, seq, hash) ||
			mac == headMAC(key, o, seq-1, events[3].Hash) {
			t.Errorf("the head of %s is not sealed by the secret", o)
		}
	}
}

func TestTheLedgerCannotBeRewritten(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.say(t, org, numbers[0], consent.ActionRevoked, "STOP")
	id := f.text(t, "SELECT id FROM consent_events", nil)
	for _, sql := range []string{
		"UPDATE consent_events SET action = 'granted'",
		"UPDATE OR REPLACE consent_events SET seq = 1",
		"UPDATE OR IGNORE consent_events SET text = ''",
		"DELETE FROM consent_events",
		"INSERT OR REPLACE INTO consent_events (id, org, seq, phoneNumber, action, method) VALUES ('" + id + "', '" + org + "', 9, '+1', 'granted', 'api')",
		"REPLACE INTO consent_events (id, org, seq, phoneNumber, action, method) VALUES ('other', '" + org + "', 1, '+1', 'granted', 'api')",
		"INSERT INTO consent_events (id, org, seq, phoneNumber, action, method) VALUES ('" + id + "', 'x', 1, '+1', 'granted', 'api') ON CONFLICT (id) DO UPDATE SET action = 'granted'",
	} {
		_, err := f.app.NonconcurrentDB().NewQuery(sql).Execute()
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%.40s…: %v, want a refusal", sql, err)
		}
	}
	if got := f.text(t, "SELECT COUNT(*) || action FROM consent_events", nil); got != "1revoked" {
		t.Errorf("the ledger holds %s", got)
	}
}

func TestARefusedGrantLeavesNothing(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.say(t, org, numbers[0], consent.ActionRevoked, "STOP")
	refusal := errors.New("she opted out")
	_, err := f.Record(t.Context(), ledger.Act{Org: org, Number: numbers[0], Action: consent.ActionGranted, Method: consent.MethodPaper, Text: "x"},
		morning, func(s ledger.Standing) error {
			if !s.OptedOut || s.Manual || s.Installation {
				t.Errorf("what stands against it: %+v", s)
			}
			return refusal
		})
	if !errors.Is(err, refusal) {
		t.Errorf("got %v", err)
	}
	if n := len(f.events(t, org)); n != 1 {
		t.Errorf("%d events", n)
	}
	if got := f.text(t, "SELECT status FROM subscribers", nil); got != "unsubscribed" {
		t.Errorf("she is %s", got)
	}
}

func TestAStopSkipsEveryQueuedTextOfItsNumber(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, numbers...)
	f.exec(t, "INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, status) VALUES ('test00000000001', '"+org+"', 'outbound', 'test', '"+numbers[0]+"', '"+sender+"', 'queued'),"+
		"('help00000000001', '"+org+"', 'outbound', 'help', '"+numbers[0]+"', '"+sender+"', 'queued')")
	if r := f.say(t, org, numbers[0], consent.ActionRevoked, "STOP"); r.Skipped != 3 || r.Status != "unsubscribed" || r.SubscriberID == "" {
		t.Errorf("%+v, want the campaign's text, the test and the help skipped", r)
	}
	if got := f.text(t, "SELECT status FROM messages WHERE kind = 'help'", nil); got != "skipped" {
		t.Errorf("the help that she asked for before is %s", got)
	}
	if got := f.text(t, "SELECT queued || ' ' || skipped FROM runs WHERE id = {:id}", dbx.Params{"id": run.ID}); got != "4 1" {
		t.Errorf("the run counts %s", got)
	}
	// Another organisation's words are its own.
	if r := f.say(t, "org000000000002", numbers[1], consent.ActionRevoked, "STOP"); r.Skipped != 0 {
		t.Errorf("a STOP to others skipped %d texts of ours", r.Skipped)
	}
}

func TestWhatACanceledRunLeftQueuedWasReachedByNobody(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, numbers...)
	ids := make([]string, len(numbers))
	for i, n := range numbers {
		ids[i], _ = message.RunID(run.Key, n)
	}
	// One request is under way, one number was skipped, the others wait.
	_, err := f.Mark(context.Background(), dispatch.MarkRequest{
		At: morning, Candidates: []dispatch.Candidate{{ID: ids[0], Run: run.ID, Org: org, Number: numbers[0]}},
		Judge: func(dispatch.Facts) dispatch.Decision { return dispatch.Decision{Action: dispatch.Go} },
	})
	if err != nil {
		t.Fatal(err)
	}
	f.say(t, org, numbers[1], consent.ActionRevoked, "STOP")
	if ok, err := f.Steer(t.Context(), run.ID, message.RunCanceled, morning.Add(time.Minute)); err != nil || !ok {
		t.Fatalf("cancel: %v %v", ok, err)
	}
	reached, err := f.Reached(t.Context(), ids)
	if err != nil || len(reached) != 1 || !reached[ids[0]] {
		t.Errorf("reached: %v (%v), want %s alone", reached, err, ids[0])
	}
}

// The button of a page is pressed as often as anybody likes; the ledger says once what holds.
func TestARevocationThatHoldsIsNotWrittenAgain(t *testing.T) {
	t.Parallel()
	f := open(t)
	press := func() {
		t.Helper()
		r, err := f.Record(t.Context(), ledger.Act{
			Org: org, Number: numbers[0], Action: consent.ActionRevoked, Method: consent.MethodWebForm, Text: "Stop all texts", Once: true,
		}, morning, allow)
		if err != nil || r.Status != consent.StatusUnsubscribed {
			t.Fatalf("%+v %v", r, err)
		}
	}
	want := func(what string, n int) {
		t.Helper()
		if got := len(f.events(t, org)); got != n {
			t.Fatalf("%s: %d events, want %d", what, got, n)
		}
	}
	// On the list without a word of hers: hers is the first.
	f.exec(t, "INSERT INTO suppressions (id, org, phoneNumber, reason) VALUES ('byhand', '"+org+"', '"+numbers[0]+"', 'opted_out')")
	press()
	want("said", 1)
	press()
	want("said again", 1)
	f.say(t, org, numbers[0], consent.ActionGranted, "START")
	press()
	want("said after a consent", 3)
	f.say(t, org, numbers[0], consent.ActionRevoked, "STOP")
	want("a text is said each time", 4)
	// What is blocked for the whole installation is no word of hers.
	f.say(t, org, numbers[0], consent.ActionGranted, "START")
	f.exec(t, "INSERT INTO suppressions (id, org, phoneNumber, reason) VALUES ('forall', '', '"+numbers[0]+"', 'opted_out')")
	press()
	want("said although blocked", 6)
}
