package browser

import (
	"strings"
	"testing"
)

// invite makes a member and gives the one-time link.
func (w *world) invite(email, role string) string {
	w.t.Helper()
	var made struct{ Link string }
	w.call("POST", "/api/sms/members", map[string]any{"email": email, "role": role, "org": w.org}, &made)
	if !strings.HasPrefix(made.Link, w.url+"/console/#/welcome/") {
		w.t.Fatalf("the link is %q, want one to the welcome page", made.Link)
	}
	return made.Link
}

// join opens the link in a browser and chooses a password.
func (b *tab) join(link string) {
	b.t.Helper()
	b.goTo(link)
	b.write("input[name=password]", "a-long-password-1")
	b.write("input[name=again]", "a-long-password-1")
	b.click("button[type=submit]")
	b.see(".tx-nav")
}

func TestEditorComesInByTheLinkAndSends(t *testing.T) {
	w, b := start(t), open(t)
	w.fill(60, 60)
	b.join(w.invite("editor@example.com", "editor"))
	if got := b.text(".tx-h1"); got != "Harbor Books" {
		t.Errorf("the page is titled %q, want the organisation", got)
	}
	b.click(`.tx-nav a[href="#/texts/campaigns"]`)
	b.click(".tx-campaign .tx-send")
	b.click(".tx-send-now")
	b.until("the run ends, told by realtime", `document.querySelector(".tx-status .tx-tag")?.classList.contains("success")`)
	if got := b.text(".tx-settled"); got != "60" {
		t.Errorf("%s are settled, want 60", got)
	}

	// The session outlives a reload, and the link does not.
	b.goTo(w.url + "/console/#/texts/runs")
	b.do("reload", reload())
	b.see(".tx-row")
	b.click(".tx-signout")
	b.see("input[name=email]")
	b.write("input[name=email]", "editor@example.com")
	b.write("input[name=password]", "a-wrong-password")
	b.click("button[type=submit]")
	b.see(".tx-notice.danger")
	b.calm()
}

func TestLinkWorksOnce(t *testing.T) {
	w, b := start(t), open(t)
	link := w.invite("once@example.com", "viewer")
	b.join(link)
	b.click(".tx-signout")
	b.see("input[name=email]")
	b.goTo(link)
	b.write("input[name=password]", "another-password-2")
	b.write("input[name=again]", "another-password-2")
	b.click("button[type=submit]")
	b.see(".tx-notice.danger")
	if got := b.text(".tx-notice.danger"); !strings.Contains(got, "used already") {
		t.Errorf("the second use says %q", got)
	}
	b.calm()
}

func TestViewerSeesNoButtonThatActs(t *testing.T) {
	w, b := start(t), open(t)
	shop := w.fill(40, 2) // goes on for the length of the test
	var sent struct{ RunID string }
	w.call("POST", "/api/sms/campaigns/"+shop.campaign+"/send", map[string]any{}, &sent)
	b.join(w.invite("viewer@example.com", "viewer"))
	b.goTo(w.url + "/console/#/texts/runs/" + sent.RunID)
	b.see(".tx-settled")
	b.until("the run is drawn", `document.querySelector(".tx-chart canvas")?.width > 0`)
	for _, page := range []string{"#/texts/runs/" + sent.RunID, "#/texts/campaigns", "#/texts/import", "#/texts"} {
		b.goTo(w.url + "/console/" + page)
		b.see(".tx-h1")
		b.until("the page is read", `!document.querySelector(".tx-page .loader")`)
		if got := ask[string](b, `Array.from(document.querySelectorAll(".tx-page button"), (b) => b.innerText.trim()).join()`); got != "" {
			t.Errorf("%s offers a viewer %q", page, got)
		}
	}
	b.calm()
}

func TestSwitchingTheOrganisationChangesWhatIsSeen(t *testing.T) {
	w, b := start(t), open(t)
	w.fill(20, 60)
	link := w.invite("both@example.com", "owner")
	var other struct{ ID string }
	w.call("POST", "/api/collections/organizations/records",
		map[string]any{"name": "Second Shop", "slug": "second", "defaultCountry": "US", "timezone": "America/Chicago"}, &other)
	w.call("POST", "/api/sms/members", map[string]any{"email": "both@example.com", "role": "viewer", "org": other.ID}, nil)
	b.join(link)
	b.see(".tx-org select")
	first := b.text(".tx-h1")
	ask[any](b, `(() => {
		const select = document.querySelector(".tx-org select");
		select.value = Array.from(select.options).find((o) => !o.selected).value;
		select.dispatchEvent(new Event("change"));
	})()`)
	b.until("the other organisation is shown", `document.querySelector(".tx-h1").textContent !== "`+first+`"`)
	if got := b.text(".tx-h1"); got == first || got != "Second Shop" && got != "Harbor Books" {
		t.Errorf("after the switch the page shows %q", got)
	}
	b.until("its own state is read", `document.querySelector(".tx-h2")?.textContent.length > 0`)
	b.calm()
}
