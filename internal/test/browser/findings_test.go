package browser

import (
	"strings"
	"testing"
)

// What could be better about a text is said while it is written, and again before Send.
func TestTheTextIsReviewedWhereItIsWrittenAndSent(t *testing.T) {
	w, b := start(t), open(t)
	shop := w.fill(3, 40)
	w.call("PATCH", "/api/collections/campaigns/records/"+shop.campaign, map[string]any{"messageBody": "Half price today, tinyurl.com/x"}, nil)
	w.signIn(b)
	b.goTo(w.url + "/_/#/collections?collection=campaigns&record=" + shop.campaign)
	const risk = `document.querySelector(".tx-measure .tx-finding.risk")?.innerText`
	b.until("the shortener is minded below the text", risk+`?.includes("tinyurl.com")`)
	b.click(".tx-send")
	b.see(".tx-dialog .tx-finding.risk")
	if got := b.text(".tx-dialog .tx-finding.risk"); !strings.Contains(got, "tinyurl.com") {
		t.Errorf("before Send it says %q", got)
	}
	b.calm()
}
