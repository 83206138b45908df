package hooks_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/hooks"
	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/price"
	"tidings/internal/test/apptest"
)

// mailbox is a provider that takes every text and keeps it.
type mailbox struct {
	mu    sync.Mutex
	texts []dispatch.Text
	came  chan struct{}
}

func newMailbox() *mailbox { return &mailbox{came: make(chan struct{}, 100)} }

func (m *mailbox) Send(_ context.Context, t dispatch.Text) dispatch.Reply {
	defer t.Started()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts = append(m.texts, t)
	m.came <- struct{}{}
	return dispatch.Reply{Outcome: dispatch.Accepted, UUID: fmt.Sprintf("uuid-%d", len(m.texts))}
}

// next waits for a text.
func (m *mailbox) next(t *testing.T) dispatch.Text {
	t.Helper()
	select {
	case <-m.came:
	case <-time.After(20 * time.Second):
		t.Fatal("no text came in 20 s")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.texts[len(m.texts)-1]
}

type flatPrice struct{}

func (flatPrice) Rate(_ context.Context, country string) price.Rate {
	if country == "US" {
		return price.Rate{Micros: 8000, SurchargeMicros: 5000, Currency: "USD"}
	}
	return price.Rate{Micros: 40000, Currency: "USD"}
}

// sendingTeam is a team that can send, with a sender.
func sendingTeam(t *testing.T, now time.Time) (*team, *mailbox, string) {
	t.Helper()
	box := newMailbox()
	m := newTeam(t, apptest.WithHooks(hooks.Options{
		Now: at(now), PublicURL: "https://sms.example.com/", Provider: box, Prices: flatPrice{},
	}))
	sender := m.make("senders", map[string]any{"name": "Main", "kind": "toll_free", "number": "+18005550100", "enabled": true})
	if sender.Status != http.StatusOK {
		t.Fatalf("make a sender: %d %s", sender.Status, sender.Body)
	}
	return m, box, sender.String("id")
}

func (m *team) subscriber(t *testing.T, number string, more map[string]any) string {
	t.Helper()
	data := map[string]any{"phoneNumber": number, "consentMethod": "paper", "consentText": "signed"}
	for k, v := range more {
		data[k] = v
	}
	res := m.make("subscribers", data)
	if res.Status != http.StatusOK {
		t.Fatalf("make a subscriber: %d %s", res.Status, res.Body)
	}
	return res.String("id")
}

func TestAnEstimateTellsWhoGetsItWhenAndForHowMuch(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon) // noon in New York
	m.subscriber(t, "+12125550101", map[string]any{"firstName": "Ann"})
	m.subscriber(t, "+12125550102", map[string]any{"firstName": "Bartholomew"})
	m.subscriber(t, "+18085550103", nil) // 06:00 in Hawaii: opens at 08:00
	m.make("subscribers", map[string]any{"phoneNumber": "+12125550104"})
	m.make("suppressions", map[string]any{"phoneNumber": "+12125550105"})
	m.subscriber(t, "+12125550106", nil)
	m.make("suppressions", map[string]any{"phoneNumber": "+12125550106"})
	c := m.make("campaigns", map[string]any{"name": "x", "messageBody": "Hi {{firstName|there}}", "sender": sender, "everyone": true}).String("id")

	res := m.Do("POST", "/api/sms/campaigns/"+c+"/estimate", m.viewer.Token, m.org, nil)
	if res.Status != http.StatusOK {
		t.Fatalf("%d %s", res.Status, res.Body)
	}
	got := res.JSON()
	delete(got, "findings") // of the text: tested with the preview
	samples, _ := got["samples"].([]any)
	delete(got, "samples")
	want := map[string]any{
		"recipients": 3.0, "excluded": map[string]any{"no_consent": 1.0, "suppressed": 1.0}, "segments": 3.0,
		"costMicros": 24000.0, "costWorstMicros": 39000.0, "currency": "USD",
		"firstSendAt": "2026-03-10 16:00:00.000Z", "lastSendAt": "2026-03-10 18:00:00.000Z",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("estimate (-want +got):\n%s", diff)
	}
	texts := map[any]bool{}
	for _, s := range samples {
		texts[s.(map[string]any)["text"]] = true
	}
	if !texts["Hi Ann"] || !texts["Hi Bartholomew"] || !texts["Hi there"] {
		t.Errorf("samples: %v", samples)
	}
	if n, err := m.CountRecords("messages"); err != nil || n != 0 {
		t.Errorf("the estimate left %d rows (%v)", n, err)
	}
}

func TestATestGoesToOnesOwnPhoneAndIsMarked(t *testing.T) {
	t.Parallel()
	m, box, sender := sendingTeam(t, noon)
	c := m.make("campaigns", map[string]any{"name": "x", "messageBody": "Half price", "sender": sender}).String("id")
	res := m.Do("POST", "/api/sms/campaigns/"+c+"/test", m.editor.Token, m.org, map[string]any{"to": "(212) 555-0101"})
	if res.Status != http.StatusAccepted || res.String("messageId") == "" || res.String("status") != "queued" || res.String("dueAt") != "2026-03-10 16:00:00.000Z" || res.JSON()["segments"] != 1.0 {
		t.Fatalf("%d %s", res.Status, res.Body)
	}
	text := box.next(t)
	if text.To != "+12125550101" || text.Body != "[TEST] Half price" || text.Source != "+18005550100" {
		t.Errorf("sent %+v", text)
	}
	const prefix = "https://sms.example.com/webhooks/plivo/status/"
	if len(text.CallbackURL) < len(prefix)+15 || text.CallbackURL[:len(prefix)] != prefix {
		t.Errorf("the receipt is to come to %s", text.CallbackURL)
	}
	// A test starts no run: the campaign can still be sent and changed.
	want(t, "the text still changes", m.change("campaigns", c, map[string]any{"messageBody": "Third off"}), http.StatusOK, "", "")
	// Who opted out gets no test either.
	m.Do("POST", "/api/sms/consents", m.editor.Token, m.org, map[string]any{"phoneNumber": "+12125550101", "action": "revoked", "method": "verbal"})
	want(t, "a test after STOP", m.Do("POST", "/api/sms/campaigns/"+c+"/test", m.editor.Token, m.org, map[string]any{"to": "+12125550101"}),
		http.StatusConflict, "to", "opted_out")
}

func TestATestAtNightWaitsForTheMorning(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon.Add(12*time.Hour)) // midnight in New York
	c := m.make("campaigns", map[string]any{"name": "x", "messageBody": "Half price", "sender": sender}).String("id")
	res := m.Do("POST", "/api/sms/campaigns/"+c+"/test", m.editor.Token, m.org, map[string]any{"to": "+12125550101"})
	if res.Status != http.StatusAccepted || res.String("dueAt") != "2026-03-11 12:00:00.000Z" {
		t.Errorf("%d %s, want it due at eight in New York", res.Status, res.Body)
	}
}
