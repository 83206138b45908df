package store

import (
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
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
		name    string
		method  string
		text    string
		message string        // in which she said it
		after   time.Duration // of her word, after the text left
		want    string        // her last entry in the ledger
	}{
		{"START while the text was under way", consent.MethodKeyword, "START", "m", time.Minute, "granted keyword"},
		{"START at that moment", consent.MethodKeyword, "START", "m", 0, "granted keyword"},
		{"START before it left", consent.MethodKeyword, "START", "m", -time.Minute, "revoked carrier"},
		{"the word on paper, which the provider does not read", consent.MethodPaper, "START", "", time.Minute, "revoked carrier"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			ids := f.begin(t, f.run(t, ann), dispatch.Accepted, "uuid-of-ann", ann) // left in the morning
			if _, err := f.Record(t.Context(), ledger.Act{
				Org: org, Number: ann, Action: consent.ActionGranted, Method: c.method, Text: c.text, Create: true,
				Evidence: map[string]any{"messageUuid": c.message},
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
