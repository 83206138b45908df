package store

import (
	"testing"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/rules/consent"
)

// A STOP may wait in the spool while a form asks: it ends the questions of before it alone.
func TestASTOPThatIsHeardLateLeavesLaterQuestionsOpen(t *testing.T) {
	t.Parallel()
	f := open(t)
	const number = "+12125550123"
	stopped := morning
	for _, asked := range []time.Duration{-time.Minute, 0, time.Millisecond, time.Hour} {
		r := optin.Request{Form: optin.Form{Org: org, Sender: sender}, Number: number, Method: consent.MethodWebForm,
			Question: "Reply YES", At: stopped.Add(asked)}
		if _, err := f.Request(t.Context(), r, func(optin.Facts) optin.Outcome { return optin.Ask }); err != nil {
			t.Fatal(err)
		}
	}
	stop := inbox.Arrival{
		Message: inbox.Message{UUID: "stop", From: number, Text: "STOP", Segments: 1}, Route: inbox.Route{Org: org, Sender: sender},
		Number: number, At: stopped,
		Act: &ledger.Act{Org: org, Number: number, Action: consent.ActionRevoked, Method: consent.MethodReply, Text: "STOP"},
	}
	if err := f.Receive(t.Context(), stop); err != nil {
		t.Fatal(err)
	}
	got := f.text(t, "SELECT group_concat(state, ' ') FROM (SELECT state FROM optin_requests ORDER BY at)", nil)
	if want := "withdrawn withdrawn asked asked"; got != want {
		t.Errorf("the questions are %q, want %q", got, want)
	}
}
