package browser

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
)

// The shop changes its form, and a customer fills it in on a small phone.
func TestAFormIsChangedInTheConsoleAndFilledInOnAPhone(t *testing.T) {
	w, b := start(t), open(t)
	b.join(w.invite("editor@example.com", "editor"))
	b.click(`.tx-nav a[href="#/texts/forms"]`)
	b.click(".tx-signup .tx-row-buttons .btn")
	b.write(".tx-dialog input[name=title]", "Bread, first")
	b.write(".tx-dialog input[name=accent]", "#8a2f2f")
	b.click(".tx-dialog-foot .btn:last-child")
	b.until("the form has its heading", `document.querySelector(".tx-signup .tx-row-title")?.textContent === "Bread, first"`)
	b.until("the code is drawn", `document.querySelector(".tx-code img")?.naturalWidth > 0`)
	b.picture("forms.png")
	if got := b.text(".tx-address"); got != w.url+"/join/default" {
		t.Errorf("the address is %q", got)
	}

	b.do("a small phone", chromedp.EmulateViewport(360, 740))
	b.goTo(w.url + "/join/default")
	if got := b.text("h1"); got != "Bread, first" {
		t.Errorf("the heading is %q", got)
	}
	b.picture("signup.png")
	b.until("nothing is cut off", `document.documentElement.scrollWidth <= 360`)
	b.until("the box is not ticked", `document.querySelector("input[name=agree]").checked === false`)
	b.write("input[name=phoneNumber]", "(646) 555-0107")
	b.click("input[name=agree]")
	b.click("button[type=submit]")
	b.see(".card p strong")
	if got := b.text("h1"); got != "Look at your phone" {
		t.Errorf("she is told %q", got)
	}
	var people struct{ Items []struct{ Status string } }
	w.call("GET", "/api/collections/subscribers/records?filter="+url.QueryEscape("phoneNumber='+16465550107'"), nil, &people)
	if len(people.Items) != 1 || people.Items[0].Status != "pending" {
		t.Errorf("the customer is %+v, want one who is pending", people.Items)
	}
	b.calm()
}
