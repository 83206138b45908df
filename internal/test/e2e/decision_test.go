package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A run over people of all kinds ends; each of its rows is decided once more from what
// it kept, also after the rules and the people have changed.
func TestAFinishedRunIsDecidedAgainFromWhatItKept(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.at = time.Date(2026, 8, 18, 12, 30, 0, 0, time.UTC) }) // 08:30 in New York
	inHours, sleeper, kentucky := mobile("212", 1), mobile("213", 2), mobile("270", 3)
	moved := mobile("646", 4)
	h.person(inHours)
	h.person(sleeper)
	h.person(kentucky)
	h.person(moved, object{"state": "CT"}) // nine o'clock there
	fresh, gone := mobile("212", 5), mobile("212", 6)
	h.create("subscribers", object{"phoneNumber": fresh})
	h.person(gone)
	h.must(h.editor, "POST", "/api/sms/consents", object{"phoneNumber": gone, "action": "revoked", "method": "verbal"}, http.StatusOK)

	run := h.launch(h.campaign(object{"everyone": true}), nil)
	h.becomes(run, "waiting")
	if err := h.sandbox.Clock.AdvanceTo(time.Date(2026, 8, 18, 18, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	h.finish(run)

	read := func(number string) map[string]any {
		t.Helper()
		return h.must(h.viewer, "GET", "/api/sms/messages/"+h.message(run, number).Id+"/decision", nil, http.StatusOK).JSON()
	}
	check := func(when string) {
		t.Helper()
		for number, want := range map[string]struct{ status, reason, states string }{
			inHours:  {"delivered", "", "NY"},
			sleeper:  {"delivered", "", "CA"},
			kentucky: {"delivered", "", "KY"},
			moved:    {"delivered", "", "NY CT"},
			fresh:    {"skipped", "no_consent", "NY"},
			gone:     {"skipped", "opted_out", "NY"},
		} {
			d := read(number)
			if d["decided"] != true || d["status"] != want.status || d["reason"] != want.reason || d["allowed"] != (want.reason == "") {
				t.Errorf("%s: asked again about %s: %v", when, number, d)
				continue
			}
			states := []string{}
			for _, s := range d["states"].([]any) {
				states = append(states, s.(string))
			}
			if got := strings.Join(states, " "); got != want.states {
				t.Errorf("%s: %s was judged in %q, want %q", when, number, got, want.states)
			}
		}
	}
	check("at once")
	before := read(moved)
	root := h.app.Superuser()
	h.must(root, "POST", "/api/collections/rule_rows/records", object{"place": "US-NY", "emergency": true}, http.StatusOK)
	h.must(h.editor, "POST", "/api/sms/consents", object{"phoneNumber": inHours, "action": "revoked", "method": "verbal"}, http.StatusOK)
	check("after rules and people have changed")
	after := read(moved)
	if diff := cmp.Diff(before, after); before["ruleSet"] != "2026-11-23.1" || diff != "" {
		t.Errorf("the decision by %v reads otherwise later: %s", before["ruleSet"], diff)
	}
}

// What the operator edits is in force with the answer to the edit.
func TestAnEmergencyHoldsWithTheAnswerToTheSwitch(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	louisiana := mobile("504", 1)
	id := h.person(louisiana)
	root := h.app.Superuser()
	eligibility := func() (bool, string) {
		answer := h.must(h.viewer, "GET", "/api/sms/subscribers/"+id+"/eligibility", nil, http.StatusOK).JSON()
		return answer["allowed"] == true, answer["reason"].(string)
	}
	if allowed, reason := eligibility(); !allowed {
		t.Fatalf("at noon: %s", reason)
	}
	a := h.must(root, "POST", "/api/collections/rule_rows/records", object{"place": "US-LA", "emergency": true, "note": "hurricane"}, http.StatusOK)
	if allowed, reason := eligibility(); allowed || reason != "no_window" {
		t.Errorf("in an emergency: %v %s", allowed, reason)
	}
	h.must(root, "PATCH", "/api/collections/rule_rows/records/"+a.String("id"), object{"emergency": false}, http.StatusOK)
	if allowed, reason := eligibility(); !allowed {
		t.Errorf("after the emergency: %s", reason)
	}
	for field, body := range map[string]object{
		"weekdays": {"place": "US-TX", "weekdays": "9 to 5"},
		"place":    {"place": "Texas"},
		"holidays": {"place": "US-TX", "date": "2026-12-24", "holidays": "noon"},
	} {
		if a := h.must(root, "POST", "/api/collections/rule_rows/records", body, http.StatusBadRequest); a.Code(field) == "" {
			t.Errorf("%v: %s", body, a.Body)
		}
	}
	if a := h.must(h.viewer, "GET", "/api/sms/rules", nil, http.StatusOK); a.JSON()["profile"] != "strict" {
		t.Errorf("rules: %s", a.Body)
	}
}
