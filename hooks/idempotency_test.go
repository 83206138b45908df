package hooks_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/test/apptest"
)

// keyed posts as the editor, with an Idempotency-Key.
func (m *team) keyed(path, key, body string, p apptest.Person) apptest.Response {
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", p.Token)
	req.Header.Set("X-Org", m.org)
	req.Header.Set("Idempotency-Key", key)
	return m.Serve(req)
}

func TestOneKeyDoesOneThing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path    string // after /api/sms/; CAMPAIGN stands for one
		body    string
		again   string // the same in other writing
		others  []string
		status  int
		effects string // the table that it leaves a row in
	}{
		"reply": {
			"conversations/+12125550101/reply", `{"text": "Yes, until six", "note": {"a": 1, "b": [2]}}`, "{\"note\":{\"b\":[2],\"a\":1},\n \"text\":\"Yes, until six\"}",
			[]string{`{"text": "Yes, until six"}`, `{"text": "Yes, until six", "note": {"a": 1, "b": [3]}}`, `{"text": "No", "note": {"a": 1, "b": [2]}}`},
			http.StatusAccepted, "messages",
		},
		"test": {
			"campaigns/CAMPAIGN/test", `{"to": "+12125550101"}`, "{ \"to\" : \"\\u002b12125550101\" }",
			[]string{`{"to": "+12125550102"}`, `{"to": "+12125550101", "unknown": true}`, `{"to": "+12125550101"} more`},
			http.StatusAccepted, "messages",
		},
		"consents": {
			"consents", `{"phoneNumber": "+12125550103", "action": "granted", "method": "paper", "text": "signed"}`,
			`{"text": "signed", "method": "paper", "action": "granted", "phoneNumber": "+12125550103"}`,
			[]string{`{"phoneNumber": "+12125550103", "action": "granted", "method": "paper", "text": "signed", "x": 1}`, `{"phoneNumber": "+12125550104", "action": "granted", "method": "paper", "text": "signed"}`},
			http.StatusOK, "consent_events",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, _, sender := sendingTeam(t, noon)
			m.subscriber(t, "+12125550101", nil)
			campaign := m.make("campaigns", map[string]any{"name": "x", "messageBody": "Half price", "sender": sender}).String("id")
			path := "/api/sms/" + strings.ReplaceAll(c.path, "CAMPAIGN", campaign)
			count := func() int64 {
				n, err := m.CountRecords(c.effects)
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			before := count()
			answers := make([]apptest.Response, 5)
			var calls sync.WaitGroup
			for i := range answers {
				calls.Go(func() { answers[i] = m.keyed(path, "monday", c.body, m.editor) })
			}
			calls.Wait()
			first := string(answers[0].Body)
			for _, got := range append(answers, m.keyed(path, "monday", c.again, m.editor)) {
				if got.Status != c.status || string(got.Body) != first {
					t.Errorf("%d %s, want %d %s", got.Status, got.Body, c.status, first)
				}
			}
			for _, other := range c.others {
				want(t, other, m.keyed(path, "monday", other, m.editor), http.StatusUnprocessableEntity, "idempotencyKey", "idempotency_mismatch")
			}
			want(t, "a key too long", m.keyed(path, strings.Repeat("x", 256), c.body, m.editor), 400, "idempotencyKey", "bad_idempotency_key")
			if n := count() - before; n != 1 {
				t.Errorf("%d rows of %s for one key", n, c.effects)
			}
			// The key is this user's, and another is another.
			for _, got := range []apptest.Response{m.keyed(path, "monday", c.body, m.owner), m.keyed(path, "tuesday", c.body, m.editor)} {
				if got.Status != c.status {
					t.Errorf("%d %s, want %d", got.Status, got.Body, c.status)
				}
			}
			if n := count() - before; n != 3 {
				t.Errorf("%d rows of %s for three keys", n, c.effects)
			}
		})
	}
}

func TestARefusedCallLeavesItsKeyFree(t *testing.T) {
	t.Parallel()
	m, _, _ := sendingTeam(t, noon)
	const body = `{"phoneNumber": "+12125550101", "action": "granted", "method": "paper", "text": "signed"}`
	m.Do("POST", "/api/sms/consents", m.editor.Token, m.org, map[string]any{"phoneNumber": "+12125550101", "action": "revoked", "method": "verbal"})
	want(t, "after an opt-out", m.keyed("/api/sms/consents", "monday", body, m.editor), http.StatusConflict, "phoneNumber", "opted_out")
	m.Exec("DELETE FROM suppressions", nil)
	m.Insert("consent_events", dbx.Params{"org": m.org, "seq": 2, "phoneNumber": "+12125550101", "action": "confirmed", "method": "keyword", "at": "2026-03-10 15:00:00.000Z"})
	m.Exec("UPDATE consent_heads SET seq = 2", nil)
	want(t, "once she came back", m.keyed("/api/sms/consents", "monday", body, m.editor), http.StatusOK, "", "")
}

func TestAKeptAnswerStaysWhatItWas(t *testing.T) {
	t.Parallel()
	m, _, _ := sendingTeam(t, noon)
	const body = `{"phoneNumber": "+12125550101", "action": "granted", "method": "paper", "text": "signed"}`
	first := m.keyed("/api/sms/consents", "monday", body, m.editor)
	m.Do("POST", "/api/sms/consents", m.editor.Token, m.org, map[string]any{"phoneNumber": "+12125550101", "action": "revoked", "method": "verbal"})
	if again := m.keyed("/api/sms/consents", "monday", body, m.editor); first.String("status") != "subscribed" || string(again.Body) != string(first.Body) {
		t.Errorf("first %s, then %s", first.Body, again.Body)
	}
	// As a process leaves it that ends between the commit and the wording.
	m.Exec(`UPDATE idempotency_keys SET status = 0, answer = '{"id": "`+first.String("id")+`"}'`, nil)
	again := m.keyed("/api/sms/consents", "monday", body, m.editor)
	if again.Status != http.StatusOK || again.String("id") != first.String("id") || again.String("status") != "unsubscribed" {
		t.Errorf("made anew: %d %s", again.Status, again.Body)
	}
}
