package inbox_test

import (
	"encoding/json"
	"strings"
	"testing"

	"tidings/internal/engine/inbox"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// said is one row of the ledger.
func said(t *testing.T, action, method, text string, evidence map[string]any) consent.Event {
	t.Helper()
	raw, err := json.Marshal(evidence)
	if err != nil {
		t.Fatal(err)
	}
	return consent.Event{Action: action, Method: method, Text: text, Evidence: raw}
}

func TestTheProvidersBlockStandsUntilItHearsAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	us, gb, code := map[string]any{"to": "12125550199", "messageUuid": "m"}, map[string]any{"to": "447700900123"}, map[string]any{"to": "55501"}
	stop := said(t, "revoked", "reply", "Stop ", us)
	start := said(t, "granted", "keyword", "START", us)
	for _, c := range []struct {
		name   string
		events []consent.Event // newest first
		want   bool
	}{
		{name: "nothing was ever said"},
		{"STOP", []consent.Event{stop}, true},
		{"STOP to a number abroad", []consent.Event{said(t, "revoked", "reply", "STOP", gb)}, false},
		{"STOP to a short code", []consent.Event{said(t, "revoked", "reply", "STOP", code)}, false},
		{"words that the provider does not take for STOP", []consent.Event{said(t, "revoked", "reply", "please stop texting me", us)}, false},
		{"words that it says it did", []consent.Event{said(t, "revoked", "reply", "no mas", map[string]any{"providerIntent": "optout"})}, true},
		{"it reported the block itself", []consent.Event{said(t, "revoked", "carrier", "the provider reports", nil)}, true},
		{"an opt-out on her page", []consent.Event{said(t, "revoked", "web_form", "Stop all texts", us)}, false},
		{"an opt-out on her page after STOP", []consent.Event{said(t, "revoked", "web_form", "Stop all texts", us), stop}, true},
		{"START after STOP", []consent.Event{start, stop}, false},
		{"STOP after START", []consent.Event{stop, start}, true},
		{"a clerk's consent after STOP", []consent.Event{said(t, "granted", "operator", "she called", nil), stop}, true},
		{"an opt-out on her page after START after STOP", []consent.Event{said(t, "revoked", "web_form", "Stop all texts", us), start, stop}, false},
		{"YES to a form after what the provider reported", []consent.Event{
			said(t, "confirmed", "web_form", "I agree", map[string]any{"answer": "Yes"}), said(t, "revoked", "carrier", "", nil),
		}, false},
		{"START in a file of customers", []consent.Event{said(t, "granted", "import", "START", map[string]any{"file": "people.csv"}), stop}, true},
		{"a word of the shop's in older days", []consent.Event{said(t, "granted", "keyword", "I agree", map[string]any{"keyword": "BAKERY"}), stop}, true},
		{"evidence that cannot be read", []consent.Event{{Action: "revoked", Method: "reply", Text: "STOP", Evidence: []byte("{")}}, false},
	} {
		if got := inbox.ProviderBlocks(c.events); got != c.want {
			t.Errorf("%s: blocks is %v, want %v", c.name, got, c.want)
		}
	}
}

func TestAKeywordMayHaveToWaitForSTARTOnlyWhereTheProviderKeepsABlock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, country, intent string
		want                  bool
	}{
		{"long_code", "US", "", true},
		{"toll_free", "CA", "", true},
		{"long_code", "US", "optin", false}, // the provider has just lifted it
		{"long_code", "GB", "", false},
		{"short_code", "US", "", false},
	} {
		b, s, _ := newInbox(inbox.Route{Org: "o", Sender: "s", Kind: c.kind, Country: c.country, Brand: "Acme"})
		m := text("Bakery")
		m.Intent = c.intent
		if err := b.Receive(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		a := s.arrivals[0]
		if a.Act == nil || a.Answer == nil || a.Answer.Kind != message.Start {
			t.Errorf("%+v: whoever did not opt out is not in: %+v %+v", c, a.Act, a.Answer)
		}
		if (a.Rejoin != nil) != c.want {
			t.Errorf("%+v: rejoin is %+v", c, a.Rejoin)
		}
		if a.Rejoin != nil && (!strings.Contains(a.Rejoin.Answer.Body, "Acme: ") || !strings.Contains(a.Rejoin.Answer.Body, "reply START") || a.Rejoin.Form.List != "l") {
			t.Errorf("it leads to %+v", a.Rejoin)
		}
	}
}
