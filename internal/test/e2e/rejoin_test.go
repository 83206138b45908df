package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// told waits until a text to a number with these words ended so, and reads it.
func (h *house) told(number, words, status string) *core.Record {
	h.t.Helper()
	var found *core.Record
	h.until("she is told "+words, func() bool {
		texts, err := h.app.FindRecordsByFilter("messages", "direction = 'outbound' && phoneNumber = {:n} && body ~ {:words} && status = {:status}", "", 1, 0,
			dbx.Params{"n": number, "words": words, "status": status})
		if err != nil || len(texts) == 0 {
			return false
		}
		found = texts[0]
		return true
	})
	return found
}

// On numbers of the US Plivo keeps her STOP until she texts START, whatever else she texts.
func TestAKeywordAfterSTOPCountsWhenSTARTLiftsTheProvidersBlock(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	list := h.create("lists", object{"name": "Customers"})
	h.create("forms", object{"slug": "bakery", "list": list, "keyword": "bread", "frequency": "Up to 4 texts a month"})
	n := mobile("646", 1)
	id := h.person(n)
	h.write(n, "STOP")
	if err := h.sandbox.Clock.Advance(10 * time.Minute); err != nil { // past the one text that is let through
		t.Fatal(err)
	}
	for range 2 {
		h.write(n, "Bread!")
	}
	h.idle()
	if got := h.status(n); got != "unsubscribed" {
		t.Errorf("who texted the keyword while Plivo blocks her is %q", got)
	}
	if c := h.count("SELECT COUNT(*) FROM optin_requests WHERE state = 'asked'"); c != 1 {
		t.Errorf("%d wishes wait for START", c)
	}
	if c := h.count("SELECT COUNT(*) FROM consent_events WHERE phoneNumber = '" + n + "' AND action != 'revoked'"); c != 1 { // of the beginning
		t.Errorf("the ledger has %d consents before START", c)
	}
	if c := h.count("SELECT COUNT(*) FROM messages WHERE kind = 'start'"); c != 0 {
		t.Error("she is told that she is subscribed, while nothing can reach her")
	}
	if code := h.told(n, "reply START", "failed").GetString("errorCode"); code != "200" {
		t.Errorf("the answer failed with %s", code)
	}
	eligibility := string(h.must(h.editor, "GET", "/api/sms/subscribers/"+id+"/eligibility", nil, http.StatusOK).Body)
	if !strings.Contains(eligibility, `"rule":"wish"`) || !strings.Contains(eligibility, "START") {
		t.Errorf("the team is not told what she waits for: %s", eligibility)
	}

	h.write(n, "START")
	if got := h.status(n); got != "subscribed" {
		t.Fatalf("after START she is %q", got)
	}
	e := h.app.Record("subscribers", id)
	if lists := e.GetStringSlice("lists"); len(lists) != 1 || lists[0] != list {
		t.Errorf("she is on %v, want the list of the form", lists)
	}
	events, err := h.app.FindRecordsByFilter("consent_events", "phoneNumber = '"+n+"' && action = 'confirmed'", "-seq", 1, 0)
	if err != nil || len(events) != 1 {
		t.Fatalf("no confirmation is in the ledger: %v", err)
	}
	evidence := events[0].GetString("evidence")
	for _, want := range []string{`"keyword":"BREAD"`, `"answer":"START"`, `"askedMessage"`} {
		if !strings.Contains(evidence, want) {
			t.Errorf("the evidence lacks %s: %s", want, evidence)
		}
	}
	if !strings.Contains(events[0].GetString("text"), "recurring marketing texts") || events[0].GetString("method") != "keyword" {
		t.Errorf("the consent is by %s in the words %q", events[0].GetString("method"), events[0].GetString("text"))
	}
	h.told(n, "You are subscribed. Up to 4 texts a month", "delivered")
	run := h.launch(h.campaign(), nil)
	h.finish(run)
	h.idle()
	if got := h.message(run, n).GetString("status"); got != "delivered" || h.status(n) != "subscribed" {
		t.Errorf("a campaign after START is %s, and she is %s", got, h.status(n))
	}
	eligibility = string(h.must(h.editor, "GET", "/api/sms/subscribers/"+id+"/eligibility", nil, http.StatusOK).Body)
	if strings.Contains(eligibility, `"rule":"wish"`) {
		t.Error("her wish is told of after it was fulfilled")
	}
}

// Within five minutes of a STOP Plivo lets one text through.
func TestWhoChangesHerMindAtOnceIsToldWhatBringsHerBack(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.write(n, "STOP")
	h.write(n, "JOIN")
	h.told(n, "reply START", "delivered")
}

// What Plivo has not heard, it does not block.
func TestAKeywordCountsAtOnceAfterAnOptOutThatPlivoDidNotHear(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.write(n, "please stop texting me")
	if got := h.status(n); got != "unsubscribed" {
		t.Fatalf("after the opt-out she is %q", got)
	}
	h.write(n, "JOIN")
	if got := h.status(n); got != "subscribed" {
		t.Errorf("who comes back by the keyword herself is %q", got)
	}
	h.told(n, "You are subscribed", "delivered")
}

func TestAnOptOutEndsTheQuestionsOfBefore(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.joins("default", n)
	h.until("the phone is asked", func() bool { return h.texted(n) == 1 })
	h.write(n, "STOP")
	h.write(n, "yes")
	if got := h.status(n); got == "subscribed" {
		t.Error("a YES after STOP answered the question of before it")
	}
}
