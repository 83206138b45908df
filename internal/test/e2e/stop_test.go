package e2e

import (
	"net/http"
	"testing"

	"tidings/internal/test/apptest"
)

func (h *house) consent(p apptest.Person, number, action, method, text string) apptest.Response {
	h.t.Helper()
	return h.call(p, "POST", "/api/sms/consents", object{"phoneNumber": number, "action": action, "method": method, "text": text})
}

func (h *house) status(number string) string {
	h.t.Helper()
	r, err := h.app.FindFirstRecordByData("subscribers", "phoneNumber", number)
	if err != nil {
		return ""
	}
	return r.GetString("status")
}

func TestAStopInTheMiddleOfARunIsFinal(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 8 })
	numbers := h.people(40)
	last := numbers[len(numbers)-1] // rows go out in the order of their numbers
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 2 })
	h.write(last, "STOP")
	if m := h.message(run, last); m.GetString("status") != "skipped" || m.GetString("reason") != "opted_out" {
		t.Fatalf("when the STOP was answered its row was %s %s", m.GetString("status"), m.GetString("reason"))
	}
	h.pace(1000)
	h.finish(run)
	if h.texted(last) != 0 || h.status(last) != "unsubscribed" {
		t.Errorf("%d texts after STOP, status %s", h.texted(last), h.status(last))
	}

	// Nothing but the person brings her back.
	s, err := h.app.FindFirstRecordByData("subscribers", "phoneNumber", last)
	if err != nil {
		t.Fatal(err)
	}
	h.must(h.editor, "PATCH", "/api/collections/subscribers/records/"+s.Id, object{"status": "subscribed", "firstName": "Ann"}, http.StatusOK)
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+s.Id, nil, http.StatusNoContent)
	a := h.call(h.editor, "POST", "/api/collections/subscribers/records", object{
		"org": h.org, "phoneNumber": last, "consentMethod": "paper", "consentText": "signed in the shop"})
	if a.Status != http.StatusConflict || a.Code("consentMethod") != "opted_out" {
		t.Errorf("made again with consent: %d %s", a.Status, a.Body)
	}
	h.create("subscribers", object{"phoneNumber": last})
	if h.status(last) != "unsubscribed" {
		t.Errorf("made again she is %s", h.status(last))
	}
	for _, grant := range []struct {
		as     apptest.Person
		method string
	}{{h.editor, "paper"}, {h.editor, "operator"}, {h.editor, "web_form"}, {h.owner, "import"}, {h.owner, "api"}} {
		if a := h.consent(grant.as, last, "granted", grant.method, "she asked"); a.Status != http.StatusConflict || a.Code("phoneNumber") != "opted_out" {
			t.Errorf("granted by %s: %d %s", grant.method, a.Status, a.Body)
		}
	}
	run = h.launch(h.campaign(object{"name": "again"}), nil)
	h.finish(run)
	if m := h.message(run, last); m.GetString("reason") != "opted_out" {
		t.Errorf("the next campaign: %s %s", m.GetString("status"), m.GetString("reason"))
	}

	h.write(last, "START")
	if h.status(last) != "subscribed" {
		t.Fatalf("after START she is %s", h.status(last))
	}
	h.finish(h.launch(h.campaign(object{"name": "back"}), nil))
	if h.texted(last) != 1 {
		t.Errorf("after START she got %d texts", h.texted(last))
	}
}

func TestAnOwnerRecordsThatSomebodyAskedToReturn(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.write(n, "Stop all.")
	if h.status(n) != "unsubscribed" {
		t.Fatalf("after a STOP she is %s", h.status(n))
	}
	if a := h.consent(h.owner, n, "granted", "operator", " "); a.Status != http.StatusBadRequest || a.Code("text") != "consent_incomplete" {
		t.Errorf("without a reason: %d %s", a.Status, a.Body)
	}
	a := h.consent(h.owner, "(646) 555-0101", "granted", "operator", "She called on Monday and asked to be texted again")
	if a.Status != http.StatusOK || a.String("status") != "subscribed" || a.String("phoneNumber") != n {
		t.Errorf("with a reason: %d %s", a.Status, a.Body)
	}
	if a := h.consent(h.viewer, n, "granted", "paper", "x"); a.Status != http.StatusForbidden {
		t.Errorf("a viewer: %d", a.Status)
	}
	// A number that nobody knew becomes a subscriber, also of a revocation.
	if a := h.consent(h.editor, mobile("917", 1), "revoked", "verbal", "on the phone"); a.Status != http.StatusOK || a.String("status") != "unsubscribed" {
		t.Errorf("revoked by an editor: %d %s", a.Status, a.Body)
	}
}

func TestDoNotTextHolds(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n, other := mobile("646", 1), mobile("646", 2)
	h.person(n)
	h.person(other)
	body := object{"org": h.org, "phoneNumber": "646-555-0101", "reason": "a competitor"}
	id := h.must(h.editor, "POST", "/api/collections/suppressions/records", body, http.StatusOK).String("id")
	for name, a := range map[string]apptest.Response{
		"twice":       h.call(h.editor, "POST", "/api/collections/suppressions/records", body),
		"by a viewer": h.call(h.viewer, "POST", "/api/collections/suppressions/records", object{"org": h.org, "phoneNumber": other}),
		"everywhere":  h.call(h.owner, "POST", "/api/collections/suppressions/records", object{"phoneNumber": other}),
	} {
		if a.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	for _, method := range []string{"PATCH", "DELETE"} {
		if a := h.call(h.owner, method, "/api/collections/suppressions/records/"+id, object{"reason": "x"}); a.Status < 400 {
			t.Errorf("%s: %d", method, a.Status)
		}
	}
	run := h.finish(h.launch(h.campaign(), nil))
	if m := h.message(run.Id, n); m.GetString("reason") != "suppressed" || h.texted(n) != 0 || h.texted(other) != 1 {
		t.Errorf("%s %s, %d texts; the other got %d", m.GetString("status"), m.GetString("reason"), h.texted(n), h.texted(other))
	}
	// The whole installation: a superuser's word, which no consent of the organisation lifts.
	root := h.app.Superuser()
	h.must(root, "POST", "/api/collections/suppressions/records", object{"phoneNumber": other, "reason": "court order"}, http.StatusOK)
	if a := h.consent(h.owner, other, "granted", "operator", "asked"); a.Status != http.StatusConflict || a.Code("phoneNumber") != "suppressed" {
		t.Errorf("granted against the installation: %d %s", a.Status, a.Body)
	}
	h.write(other, "START")
	h.campaign()
	run2 := h.send(h.campaign(object{"name": "next"}), nil)
	if run2.Status != http.StatusBadRequest || run2.Code("lists") != "no_recipients" {
		t.Errorf("nobody is left: %d %s", run2.Status, run2.Body)
	}
}
