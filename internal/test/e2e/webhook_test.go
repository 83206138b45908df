package e2e

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tidings/internal/test/apptest"
)

// version is which signatures a webhook carries.
type version string

const (
	v2 version = "V2"
	v3 version = "V3"
)

// signed signs a request as Plivo does: V2 covers the address, V3 the form too.
func signed(v version) func(*http.Request, string, url.Values) {
	return signedWith(v, "sandbox-token", unique("nonce"))
}

func signedWith(v version, token, nonce string) func(*http.Request, string, url.Values) {
	return func(r *http.Request, address string, form url.Values) {
		text := address + nonce
		if v == v3 {
			text = address + "?"
			for _, k := range slices.Sorted(maps.Keys(form)) {
				text += k + form.Get(k)
			}
			text += "." + nonce
		}
		mac := hmac.New(sha256.New, []byte(token))
		mac.Write([]byte(text))
		r.Header.Set("X-Plivo-Signature-"+string(v), base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		r.Header.Set("X-Plivo-Signature-"+string(v)+"-Nonce", nonce)
	}
}

// webhook posts a form to our front door, changed at the end as the test wants.
func (h *house) webhook(address string, form url.Values, change ...func(*http.Request, string, url.Values)) apptest.Response {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), "POST", address, strings.NewReader(form.Encode()))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, f := range change {
		f(req, address, form)
	}
	return h.do(req)
}

func uuid() string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", serial.Add(1)) }

func inboundForm(from, to, text string) url.Values {
	return url.Values{"MessageUUID": {uuid()}, "From": {strings.TrimPrefix(from, "+")}, "To": {strings.TrimPrefix(to, "+")},
		"Text": {text}, "Type": {"sms"}, "Units": {"1"}}
}

func statusForm(id, status string, sequence int) url.Values {
	return url.Values{"MessageUUID": {id}, "Status": {status}, "Sequence": {fmt.Sprint(sequence)},
		"Units": {"1"}, "TotalAmount": {"0.00550"}, "ErrorCode": {"000"}}
}

// count asks for one number.
func (h *house) count(sql string) int {
	h.t.Helper()
	var n int
	if err := h.app.DB().NewQuery(sql).Row(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func TestForgedWebhooksChangeNothing(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.simulator.Faults.DropCallback = 1 })
	n := h.people(1)[0]
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	sent := h.sandbox.Ledger().Accepted()[0]
	inbound := h.url + "/webhooks/plivo/inbound"
	stop := func() url.Values { return inboundForm(n, h.sandbox.Sender, "STOP") }
	failed := func() url.Values { return statusForm(sent.UUID, "failed", 9) }

	type change = func(*http.Request, string, url.Values)
	body := func(raw string) change {
		return func(r *http.Request, _ string, _ url.Values) {
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(raw)), int64(len(raw))
		}
	}
	chunked := func(r *http.Request, _ string, _ url.Values) { r.ContentLength = -1 }
	media := func(m string) change {
		return func(r *http.Request, _ string, _ url.Values) { r.Header.Set("Content-Type", m) }
	}
	big := "Text=" + strings.Repeat("x", 70<<10)
	type row struct {
		name    string
		address string
		form    url.Values
		change  []change
		want    int
	}
	var rows []row
	for _, d := range []struct {
		name, address string
		form          func() url.Values
	}{{"inbound", inbound, stop}, {"status", sent.CallbackURL, failed}} {
		rows = append(rows,
			row{d.name + " unsigned", d.address, d.form(), nil, 403},
			row{d.name + " with another token", d.address, d.form(), []change{signedWith(v3, "guess", "1")}, 403},
			row{d.name + " with an empty token", d.address, d.form(), []change{signedWith(v3, "", "1")}, 403},
			row{d.name + " V2 with another token", d.address, d.form(), []change{signedWith(v2, "guess", "1")}, 403},
			row{d.name + " with a changed body", d.address, d.form(), []change{signed(v3), body(d.form().Encode() + "&Extra=1")}, 403},
			row{d.name + " signed both ways, with a changed body", d.address, d.form(), []change{signed(v2), signed(v3), body(d.form().Encode() + "&Extra=1")}, 403},
			row{d.name + " with a cut body", d.address, d.form(), []change{signed(v3), body(d.form().Encode()[:20])}, 403},
			row{d.name + " as JSON", d.address, d.form(), []change{signed(v3), media("application/json"), body(`{"Status":"failed"}`)}, 415},
			row{d.name + " as what is almost a form", d.address, d.form(), []change{signed(v3), media("application/x-www-form-urlencoded2")}, 415},
			row{d.name + " without a type", d.address, d.form(), []change{signed(v3), media("")}, 415},
			row{d.name + " too large", d.address, d.form(), []change{signed(v3), body(big)}, 413},
			row{d.name + " too large, in chunks", d.address, d.form(), []change{signed(v3), body(big), chunked}, 413},
			row{d.name + " with broken escapes", d.address, d.form(), []change{signed(v3), body("Text=%zz")}, 400},
			row{d.name + " empty", d.address, url.Values{}, []change{signed(v2)}, 400},
			row{d.name + " with a doubled field", d.address, d.form(), []change{signed(v2), body(d.form().Encode() + "&" + d.form().Encode())}, 400},
		)
	}
	otherTo := stop()
	otherTo.Set("MessageUUID", "")
	rows = append(rows,
		row{"inbound without its id", inbound, otherTo, []change{signed(v3)}, 400},
		row{"status with an invented token", h.url + "/webhooks/plivo/status/invented", failed(), []change{signed(v3)}, 403},
		row{"status with a cut token", sent.CallbackURL[:len(sent.CallbackURL)-1], failed(), []change{signed(v3)}, 403},
		row{"status with another attempt", strings.Replace(sent.CallbackURL, "-1-", "-2-", 1), failed(), []change{signed(v3)}, 403},
		row{"status of another text", sent.CallbackURL, statusForm(uuid(), "failed", 9), []change{signed(v3)}, 200},
		row{"status in a word that nobody knows", sent.CallbackURL, statusForm(sent.UUID, "evaporated", 9), []change{signed(v3)}, 200},
	)
	// One of each that Plivo signed both ways, so that the newer way is known.
	if a := h.webhook(sent.CallbackURL, statusForm(sent.UUID, "queued", 1), signed(v2), signed(v3)); a.Status != http.StatusOK {
		t.Fatalf("a genuine receipt: %d %s", a.Status, a.Body)
	}
	if a := h.webhook(inbound, inboundForm(mobile("631", 1), h.sandbox.Sender, "hello"), signed(v2), signed(v3)); a.Status != http.StatusOK {
		t.Fatalf("a genuine text: %d %s", a.Status, a.Body)
	}
	before := h.message(run, n).GetString("status")
	for _, r := range rows {
		if a := h.webhook(r.address, r.form, r.change...); a.Status != r.want {
			t.Errorf("%s: %d %s, want %d", r.name, a.Status, a.Body, r.want)
		}
		if got := h.message(run, n).GetString("status"); got != before {
			t.Fatalf("%s: the message became %s", r.name, got)
		}
	}
	if h.status(n) != "subscribed" || h.count("SELECT COUNT(*) FROM consent_events") != 0 || h.count("SELECT COUNT(*) FROM messages WHERE direction = 'inbound'") != 1 {
		t.Error("a forged webhook left something behind")
	}
	if a := h.do(mustRequest(t, "GET", inbound)); a.Status != http.StatusNotFound && a.Status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", a.Status)
	}
}

func mustRequest(t *testing.T, method, address string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAReplayedWebhookIsTakenInOnce(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	inbound := h.url + "/webhooks/plivo/inbound"
	count := func() int { return h.count("SELECT COUNT(*) FROM messages WHERE direction = 'inbound'") }

	form := inboundForm(n, h.sandbox.Sender, "Do you deliver?")
	older := signedWith(v2, "sandbox-token", "one nonce")
	for range 3 {
		if a := h.webhook(inbound, form, older); a.Status != http.StatusOK || len(a.Body) != 0 {
			t.Errorf("the same again: %d %q, want 200 and nothing", a.Status, a.Body)
		}
	}
	if count() != 1 {
		t.Errorf("%d rows of one text", count())
	}
	// Whoever saw the older signature once attaches other words to it.
	if a := h.webhook(inbound, inboundForm(n, h.sandbox.Sender, "STOP"), older); a.Status != http.StatusForbidden {
		t.Errorf("other words under a used nonce: %d", a.Status)
	}
	if count() != 1 || h.status(n) != "subscribed" {
		t.Errorf("%d rows, she is %s", count(), h.status(n))
	}
	// The newer one covers the words: the same nonce may carry another text.
	newer := signedWith(v3, "sandbox-token", "two nonce")
	for _, text := range []string{"Hello", "Hello again"} {
		if a := h.webhook(inbound, inboundForm(n, h.sandbox.Sender, text), newer); a.Status != http.StatusOK {
			t.Errorf("V3: %d %s", a.Status, a.Body)
		}
	}
	if count() != 3 {
		t.Errorf("%d rows, want 3", count())
	}
}

func TestAStrangeInboundTextIsKeptOrRefused(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	inbound := h.url + "/webhooks/plivo/inbound"
	if a := h.webhook(inbound, inboundForm(n, h.sandbox.Sender, "caf\xe9 \x00 \xff"), signed(v3)); a.Status != http.StatusOK {
		t.Fatalf("invalid UTF-8: %d %s", a.Status, a.Body)
	}
	r, err := h.app.FindFirstRecordByFilter("messages", "direction = 'inbound'")
	if err != nil || r.GetString("body") != "caf\uFFFD  \uFFFD" || r.GetString("phoneNumber") != n || r.GetString("status") != "received" {
		t.Errorf("kept as %v (%v)", r, err)
	}
	// One organisation: every number that is texted is its own.
	if a := h.webhook(inbound, inboundForm(n, "+12125550177", "hello"), signed(v3)); a.Status != http.StatusOK {
		t.Errorf("an unknown number with one organisation: %d %s", a.Status, a.Body)
	}
	h.app.Org("Borealis")
	if a := h.webhook(inbound, inboundForm(n, "+12125550177", "hello"), signed(v3)); a.Status != http.StatusNotFound {
		t.Errorf("an unknown number with two: %d %s", a.Status, a.Body)
	}
	if a := h.webhook(inbound, inboundForm(n, h.sandbox.Sender, "hello"), signed(v3)); a.Status != http.StatusOK {
		t.Errorf("a known number with two: %d %s", a.Status, a.Body)
	}
	// A short code or a name texts us: it is kept, and nobody can be texted back.
	if a := h.webhook(inbound, inboundForm("72345", h.sandbox.Sender, "STOP"), signed(v3)); a.Status != http.StatusOK {
		t.Errorf("a short code: %d %s", a.Status, a.Body)
	}
	if h.count("SELECT COUNT(*) FROM consent_events") != 0 {
		t.Error("a short code has consent on record")
	}
}

func TestAReceiptForAMessageThatIsGoneIsAcknowledged(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.simulator.Faults.DropCallback = 1 })
	h.people(1)
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	sent := h.sandbox.Ledger().Accepted()[0]
	h.app.Exec("DELETE FROM messages", nil)
	if a := h.webhook(sent.CallbackURL, statusForm(sent.UUID, "delivered", 3), signed(v3)); a.Status != http.StatusOK {
		t.Errorf("%d %s, want 200", a.Status, a.Body)
	}
	if n := h.app.Record("runs", run).GetInt("delivered"); n != 0 {
		t.Errorf("%d delivered of no row", n)
	}
}
