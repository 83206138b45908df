package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"tidings/internal/test/apptest"
)

var ticketField = regexp.MustCompile(`name="ticket" value="([^"]+)"`)

// page gets a page of the front door.
func (h *house) page(path string) apptest.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), "GET", h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.do(req)
}

// head asks for a page of the front door without its body.
func (h *house) head(path string) *http.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), "HEAD", h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	res.Body.Close()
	return res
}

// fill posts a form of the front door.
func (h *house) fill(path string, form url.Values) apptest.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), "POST", h.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(req)
}

// joins fills in the public form as a person would.
func (h *house) joins(slug, number string, change ...func(url.Values)) apptest.Response {
	h.t.Helper()
	found := ticketField.FindSubmatch(h.page("/join/" + slug).Body)
	if found == nil {
		h.t.Fatalf("the form of %s has no ticket", slug)
	}
	form := url.Values{"phoneNumber": {number}, "agree": {"yes"}, "ticket": {string(found[1])}}
	for _, c := range change {
		c(form)
	}
	return h.fill("/join/"+slug, form)
}

// ownPage gives the path of a person's own page, as a text of ours tells it.
func (h *house) ownPage(number string) string {
	h.t.Helper()
	h.finish(h.launch(h.campaign(object{"messageBody": "Your choice: {{preferencesUrl}}"}), nil))
	for _, r := range h.sandbox.Ledger().Accepted() {
		if _, path, ok := strings.Cut(r.Text, "Your choice: "+h.url); ok && "+"+r.Dst == number {
			return path
		}
	}
	h.t.Fatal("no text tells the address of the page")
	return ""
}

func TestWhoFillsInTheFormIsAskedAndComesInByYES(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	list := h.create("lists", object{"name": "Customers", "optIn": "double"})
	h.create("forms", object{"slug": "bakery", "list": list, "keyword": "bread", "frequency": "Up to 4 texts a month"})
	n := mobile("646", 7)
	res := h.joins("bakery", "(646) 555-0107", func(f url.Values) { f.Set("firstName", "Ann") })
	if res.Status != http.StatusOK || !strings.Contains(string(res.Body), "Look at your phone") {
		t.Fatalf("the form answered %d %s", res.Status, res.Body)
	}
	h.until("the phone is asked", func() bool { return h.texted(n) == 1 })
	if s := h.status(n); s != "pending" {
		t.Errorf("who was asked is %q, want pending", s)
	}
	if c := h.count("SELECT COUNT(*) FROM consent_events WHERE phoneNumber = '" + n + "'"); c != 0 {
		t.Errorf("the ledger has %d events before the YES", c)
	}
	h.write(n, "Yes")
	if s := h.status(n); s != "subscribed" {
		t.Fatalf("after YES the person is %q", s)
	}
	e, err := h.app.FindFirstRecordByData("consent_events", "phoneNumber", n)
	if err != nil {
		t.Fatal(err)
	}
	evidence := e.GetString("evidence")
	for _, want := range []string{`"ip":"127.0.0.1"`, `"formUrl":"` + h.url + `/join/bakery"`, `"askedMessage"`, `"answer":"Yes"`, `"disclosureVersion"`, `"userAgent"`} {
		if !strings.Contains(evidence, want) {
			t.Errorf("the evidence lacks %s: %s", want, evidence)
		}
	}
	if e.GetString("action") != "confirmed" || e.GetString("method") != "web_form" || !strings.Contains(e.GetString("text"), "not a condition of purchase") {
		t.Errorf("the event is %s by %s: %q", e.GetString("action"), e.GetString("method"), e.GetString("text"))
	}
	sub, err := h.app.FindFirstRecordByData("subscribers", "phoneNumber", n)
	if err != nil {
		t.Fatal(err)
	}
	if got := sub.GetStringSlice("lists"); len(got) != 1 || got[0] != list || sub.GetString("firstName") != "Ann" {
		t.Errorf("the subscriber is on %v as %q", got, sub.GetString("firstName"))
	}
	h.until("the welcome is sent", func() bool { return h.texted(n) == 2 })
	accepted := h.sandbox.Ledger().Accepted()
	if welcome := accepted[len(accepted)-1].Text; !strings.Contains(welcome, "You are subscribed. Up to 4 texts a month.") {
		t.Errorf("the welcome does not say how often, as the form does: %q", welcome)
	}
	h.write(n, "yes")
	if c := h.count("SELECT COUNT(*) FROM consent_events"); c != 1 {
		t.Errorf("a second YES made %d events", c)
	}
}

// A name can be texted from, and not answered.
func TestAFormAsksOnlyFromASenderThatHears(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	double := h.create("lists", object{"name": "Customers", "optIn": "double"})
	single := h.create("lists", object{"name": "Guests", "optIn": "single"})
	named := h.must(h.owner, "POST", "/api/collections/senders/records", object{
		"org": h.org, "name": "Named", "kind": "alphanumeric", "number": "ACME", "enabled": true}, http.StatusOK).String("id")
	if res := h.call(h.editor, "POST", "/api/collections/forms/records", object{"org": h.org, "slug": "deaf", "list": double, "sender": named}); res.Code("sender") != "sender_one_way" {
		t.Errorf("a form that asks for YES from a name: %d %s", res.Status, res.Body)
	}
	h.create("forms", object{"slug": "guests", "list": single, "sender": named})
	if body := string(h.page("/join/guests").Body); !strings.Contains(body, "<form") || strings.Contains(body, "ACME") {
		t.Errorf("a form in one step from a name shows %s", body)
	}
	h.create("forms", object{"slug": "bakery", "list": double})
	if body := string(h.page("/join/BAKERY").Body); !strings.Contains(body, "<form") || !strings.Contains(body, strings.TrimPrefix(h.sandbox.Sender, "+")) {
		t.Errorf("with a sender that hears the form shows %s", body)
	}
	heard, err := h.app.FindRecordsByFilter("senders", "kind != 'alphanumeric'", "", 0, 0)
	if err != nil || len(heard) == 0 {
		t.Fatalf("no sender that hears: %v", err)
	}
	for _, s := range heard {
		h.must(h.owner, "PATCH", "/api/collections/senders/records/"+s.Id, object{"enabled": false}, http.StatusOK)
	}
	if res := h.page("/join/bakery"); res.Status != http.StatusServiceUnavailable || !strings.Contains(string(res.Body), "closed") {
		t.Errorf("with a name alone the form that asks for YES answers %d %s", res.Status, res.Body)
	}
}

// What the page says must not tell who is a customer, who opted out, or that a cap was reached.
func TestTheFormAnswersTheSameForEverybody(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.person(mobile("646", 1))
	h.person(mobile("646", 2))
	h.write(mobile("646", 2), "STOP")
	h.must(h.editor, "POST", "/api/collections/suppressions/records", object{"org": h.org, "phoneNumber": mobile("646", 3)}, http.StatusOK)
	before := len(h.sandbox.Ledger().Accepted())
	same := h.joins("default", mobile("646", 4))
	for name, nn := range map[string]int{"a customer": 1, "somebody who opted out": 2, "a suppressed number": 3, "the same again": 4} {
		if res := h.joins("default", mobile("646", nn)); res.Status != same.Status || string(res.Body) != string(same.Body) {
			t.Errorf("%s is answered %d %s", name, res.Status, res.Body)
		}
	}
	if res := h.joins("default", mobile("646", 5), func(f url.Values) { f.Set("website", "http://spam.example") }); string(res.Body) != string(same.Body) {
		t.Error("a script that fell for the bait is told so")
	}
	h.until("the new number is asked", func() bool { return h.texted(mobile("646", 4)) == 1 })
	h.idle()
	if n := len(h.sandbox.Ledger().Accepted()) - before; n != 1 {
		t.Errorf("%d texts went out, want the one to the new number", n)
	}
	if s := h.status(mobile("646", 2)); s != "unsubscribed" {
		t.Errorf("who opted out is %q after a stranger filled in the form", s)
	}
}

func TestWhatIsWrongWithTheFormIsSaid(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for name, c := range map[string]struct {
		number string
		change func(url.Values)
		words  string
	}{
		"no box":         {mobile("646", 1), func(f url.Values) { f.Del("agree") }, "tick the box"},
		"no number":      {"", func(url.Values) {}, "number"},
		"abroad":         {"+18765550199", func(url.Values) {}, "countries"},
		"premium":        {"+19005550123", func(url.Values) {}, "Premium"},
		"a forged page":  {mobile("646", 1), func(f url.Values) { f.Set("ticket", "AAAA") }, "open for a while"},
		"another's page": {mobile("646", 1), func(f url.Values) { f.Set("ticket", "") }, "open for a while"},
	} {
		res := h.joins("default", c.number, c.change)
		if res.Status != http.StatusBadRequest || !strings.Contains(string(res.Body), c.words) || !strings.Contains(string(res.Body), "<form") {
			t.Errorf("%s: %d %s", name, res.Status, res.Body)
		}
	}
	if res := h.page("/join/nobody"); res.Status != http.StatusNotFound {
		t.Errorf("an unknown form is %d", res.Status)
	}
	if n := len(h.sandbox.Ledger().Accepted()); n != 0 {
		t.Errorf("%d texts went out", n)
	}
}

// A script may post as often as it likes: it spends no more than the cap.
func TestAScriptSpendsNoMoreThanTheCap(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.create("forms", object{"slug": "open", "perDay": 12, "perNetworkHour": 100000, "perBlockHour": 100000})
	h.app.Settings().RateLimits.Enabled = false // the caps alone
	ticket := string(ticketField.FindSubmatch(h.page("/join/open").Body)[1])
	for i := range 1000 {
		h.fill("/join/open", url.Values{"phoneNumber": {fmt.Sprintf("+1646%03d01%02d", 200+i%600, i%100)}, "agree": {"yes"}, "ticket": {ticket}})
	}
	h.until("twelve are asked", func() bool { return len(h.sandbox.Ledger().Accepted()) >= 12 })
	h.idle()
	if n := len(h.sandbox.Ledger().Accepted()); n != 12 {
		t.Errorf("1,000 posts made %d texts, want the cap of 12", n)
	}
	if n := h.count("SELECT COUNT(*) FROM optin_requests"); n != 12 {
		t.Errorf("%d rows are kept of them", n)
	}
}

func TestTheKeywordOfAFormIsConsent(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	list := h.create("lists", object{"name": "Customers"})
	h.create("forms", object{"slug": "bakery", "list": list, "keyword": "bread"})
	for number, words := range map[string]string{mobile("646", 1): "Bread!", mobile("646", 2): "JOIN", mobile("646", 3): "breadcrumbs", mobile("646", 4): "YES"} {
		h.write(number, words)
	}
	for number, want := range map[string]string{mobile("646", 1): "subscribed", mobile("646", 2): "subscribed", mobile("646", 3): "", mobile("646", 4): ""} {
		if got := h.status(number); got != want {
			t.Errorf("%s is %q, want %q", number, got, want)
		}
	}
	h.until("both are welcomed", func() bool { return h.texted(mobile("646", 1)) == 1 && h.texted(mobile("646", 2)) == 1 })
}

func TestAPersonSeesAndChangesWhatSheGets(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	news := h.create("lists", object{"name": "n1", "publicName": "News"})
	offers := h.create("lists", object{"name": "o1", "publicName": "Offers"})
	h.create("lists", object{"name": "slow payers"})
	n := mobile("646", 1)
	id := h.person(n, object{"lists": []string{news}})
	path := h.ownPage(n)
	body := string(h.page(path).Body)
	if !strings.Contains(body, "News") || !strings.Contains(body, "Offers") || strings.Contains(body, "slow payers") || strings.Contains(body, n) {
		t.Fatalf("the page shows %s", body)
	}
	h.page(path + "?do=stop")
	if res := h.head(path); res.StatusCode != http.StatusOK {
		t.Errorf("HEAD, as previews of links ask, answered %d", res.StatusCode)
	}
	h.fill(path, url.Values{"do": {"choose"}, "list": {offers, "foreign00000000"}})
	if got := h.app.Record("subscribers", id).GetStringSlice("lists"); len(got) != 1 || got[0] != offers {
		t.Errorf("after the choice the person is on %v, want Offers alone", got)
	}
	if got := h.status(n); got != "subscribed" {
		t.Fatalf("after looking and choosing the person is %q", got)
	}
	run := h.launch(h.campaign(object{"sendAt": "2026-03-03 20:00:00.000Z"}), nil)
	if res := h.fill(path, url.Values{"do": {"stop"}}); res.Status != http.StatusOK || !strings.Contains(string(res.Body), "no more texts") {
		t.Errorf("the opt-out answered %d %s", res.Status, res.Body)
	}
	if got := h.status(n); got != "unsubscribed" {
		t.Errorf("after the opt-out the person is %q", got)
	}
	_ = run
	for _, forged := range []string{path[:len(path)-2] + "xx", "/p/" + id, "/p/" + id + ".", "/p/..%2f"} {
		if res := h.fill(forged, url.Values{"do": {"stop"}}); res.Status != http.StatusNotFound {
			t.Errorf("%s answered %d", forged, res.Status)
		}
	}
}

func TestACodeToPrintLeadsToTheForm(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	req, err := http.NewRequestWithContext(t.Context(), "GET", h.url+"/join/default/code.svg", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	svg, err := io.ReadAll(res.Body)
	if err != nil || res.Header.Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(string(svg), "<svg") {
		t.Errorf("the code is %s %.80s (%v)", res.Header.Get("Content-Type"), svg, err)
	}
	h.joins("default", mobile("646", 1), func(f url.Values) { f.Set("via", "qr") })
	h.until("the phone is asked", func() bool { return h.texted(mobile("646", 1)) == 1 })
	h.write(mobile("646", 1), "YES")
	e, err := h.app.FindFirstRecordByData("consent_events", "phoneNumber", mobile("646", 1))
	if err != nil || e.GetString("method") != "qr" {
		t.Errorf("who came by the code has a consent by %q (%v)", e.GetString("method"), err)
	}
}
