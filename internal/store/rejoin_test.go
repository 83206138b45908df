package store

import (
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/receipt"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// The provider refuses a text because of a STOP; by the time that it says so she may have
// texted START. Its word is about the block of before.
func TestARefusalOfATextFromBeforeHerReturnIsNoOptOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		method string
		text   string
		after  time.Duration // of her word, after the text left
		want   string        // her last entry in the ledger
	}{
		{"START while the text was under way", consent.MethodKeyword, "START", time.Minute, "granted keyword"},
		{"START at that moment", consent.MethodKeyword, "START", 0, "granted keyword"},
		{"START before it left", consent.MethodKeyword, "START", -time.Minute, "revoked carrier"},
		{"a clerk's entry, which the provider does not hear", consent.MethodOperator, "she called", time.Minute, "revoked carrier"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			ids := f.begin(t, f.run(t, ann), dispatch.Accepted, "uuid-of-ann", ann) // left in the morning
			if _, err := f.Record(t.Context(), ledger.Act{
				Org: org, Number: ann, Action: consent.ActionGranted, Method: c.method, Text: c.text, Create: true,
			}, morning.Add(c.after), allow); err != nil {
				t.Fatal(err)
			}
			if err := f.Apply(t.Context(), receipt.Attempt{ID: ids[0], Number: 1}, receipt.Report{Receipt: message.Receipt{
				Status: message.Failed, UUID: "uuid-of-ann", ErrorCode: "stopped",
			}}); err != nil {
				t.Fatal(err)
			}
			if got := f.text(t, "SELECT action || ' ' || method FROM consent_events ORDER BY seq DESC LIMIT 1", nil); got != c.want {
				t.Errorf("her last entry is %q, want %q", got, c.want)
			}
		})
	}
}

// A STOP that no webhook brought is read from the provider's list a while later.
func TestASTOPThatIsReadLateDoesNotUndoALaterSTART(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		after time.Duration // of the START, after the STOP
		want  string
	}{
		{"START after it", time.Minute, "granted"},
		{"START before it", -time.Minute, "revoked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			start := ledger.Act{Org: org, Number: ann, Action: consent.ActionGranted, Method: consent.MethodKeyword, Text: "START", Create: true}
			if _, err := f.Record(t.Context(), start, morning.Add(c.after), allow); err != nil {
				t.Fatal(err)
			}
			stop := inbox.Arrival{
				Message: inbox.Message{UUID: "stop", From: ann, Text: "STOP", Segments: 1, Late: true}, Route: inbox.Route{Org: org, Sender: sender},
				Number: ann, At: morning,
				Act: &ledger.Act{Org: org, Number: ann, Action: consent.ActionRevoked, Method: consent.MethodReply, Text: "STOP"},
			}
			if err := f.Receive(t.Context(), stop); err != nil {
				t.Fatal(err)
			}
			if got := f.text(t, "SELECT action FROM consent_events ORDER BY seq DESC LIMIT 1", nil); got != c.want {
				t.Errorf("her last entry is %q, want %q", got, c.want)
			}
			if got := f.text(t, "SELECT COUNT(*) FROM messages WHERE direction = 'inbound'", nil); got != "1" {
				t.Errorf("%s texts are kept", got)
			}
		})
	}
}
