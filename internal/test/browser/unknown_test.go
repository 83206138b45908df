package browser

import (
	"strings"
	"testing"

	"tidings/internal/simulator"
)

func TestEditorSendsAgainWhatNobodyKnows(t *testing.T) {
	for _, shell := range []string{"dashboard", "team"} {
		t.Run(shell, func(t *testing.T) {
			w, b := start(t), open(t)
			shop := w.fill(3, 60)
			for range 3 { // taken, cut off, and never heard of again
				w.sandbox.ScriptAPI(simulator.APIResetAfter)
				w.sandbox.ScriptCallbacks(simulator.CallbackDrop, simulator.CallbackDrop, simulator.CallbackDrop)
			}
			var sent struct{ RunID string }
			w.call("POST", "/api/sms/campaigns/"+shop.campaign+"/send", map[string]any{}, &sent)
			page := "/_/#/texts/runs/"
			if shell == "team" {
				page = "/console/#/texts/runs/"
				b.join(w.invite("editor@example.com", "editor"))
			} else {
				w.signIn(b)
			}
			b.goTo(w.url + page + sent.RunID)
			b.until("the three are seen", `document.querySelector(".tx-unknown-count")?.innerText === "3"`)
			b.click(".tx-resend")
			b.see(".tx-yes")
			if got := b.text(".tx-dialog-body"); !strings.Contains(got, "Up to 3 people may get it twice") {
				t.Errorf("the warning says %q", got)
			}
			b.click(".tx-yes")
			b.until("the log is seen", `document.querySelector(".tx-resent")?.innerText.includes("3 texts were sent again")`)
			b.until("they arrive", `!document.querySelector(".tx-unknown-count") && document.querySelector(".tx-settled").innerText === "3"`)
			b.calm()
		})
	}
}
