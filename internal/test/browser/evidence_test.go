package browser

import (
	"testing"
)

// The file is what a lawyer asks for, so the button has to give it.
func TestEvidenceOfANumberIsSavedFromTheDashboard(t *testing.T) {
	w, b := start(t), open(t)
	id := w.make("subscribers", map[string]any{"phoneNumber": "+12125550123", "consentMethod": "paper", "consentText": "yes, text me"})
	w.signIn(b)
	b.goTo(w.url + "/_/#/collections?collection=subscribers&record=" + id)
	b.see(".tx-evidence")
	// What the page would save is looked at instead: where a browser puts files is its own matter.
	b.do("watch what is saved", press(`
		URL.createObjectURL = (blob) => { blob.slice(0, 2).text().then((begin) => (window.saved = {begin, size: blob.size})); return "#" };
		HTMLAnchorElement.prototype.click = function () { window.savedAs = this.download };
	`))
	b.click(".tx-evidence")
	b.until("a zip is saved", `window.saved?.begin === "PK" && window.saved.size > 1000`)
	if got := ask[string](b, "window.savedAs"); got != "evidence-12125550123.zip" {
		t.Errorf("it is called %q", got)
	}
	b.calm()
}
