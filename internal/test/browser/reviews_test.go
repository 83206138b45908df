package browser

import (
	"strings"
	"testing"
)

func TestEditorDecidesADoubtfulReply(t *testing.T) {
	w, b := start(t), open(t)
	const doubtful, plain = "+16465550101", "+16465550102"
	for _, n := range []string{doubtful, plain} {
		w.make("subscribers", map[string]any{"phoneNumber": n, "consentMethod": "paper", "consentText": "yes, text me"})
		if _, err := w.sandbox.Inject(n, w.sandbox.Sender, "this is spam"); err != nil {
			t.Fatal(err)
		}
	}
	b.join(w.invite("editor@example.com", "editor"))
	b.goTo(w.url + "/console/#/texts")
	b.until("the overview leads there", `document.querySelector(".tx-notice a")?.innerText.includes("2 replies may be opt-outs")`)
	b.goTo(w.url + "/console/#/texts/reviews")
	b.until("both wait", `document.querySelectorAll(".tx-review").length === 2`)
	if got := b.text(".tx-review"); !strings.Contains(got, "this is spam") {
		t.Errorf("the row says %q", got)
	}
	b.click(".tx-opt-out")
	b.until("one is left", `document.querySelectorAll(".tx-review").length === 1`)
	b.click(".tx-no-opt-out")
	b.until("none is left", `document.querySelector(".tx-empty") !== null`)

	var out, in struct{ TotalItems int }
	w.call("GET", "/api/collections/subscribers/records?filter=(status='unsubscribed')", nil, &out)
	w.call("GET", "/api/collections/subscribers/records?filter=(status='subscribed')", nil, &in)
	if out.TotalItems != 1 || in.TotalItems != 1 {
		t.Errorf("%d are out and %d in", out.TotalItems, in.TotalItems)
	}
	b.calm()
}
