package e2e

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/test/apptest"
)

// last reads the newest event of a number in the ledger.
func (h *house) last(number string) *core.Record {
	h.t.Helper()
	events, err := h.app.FindRecordsByFilter("consent_events", "phoneNumber = {:n}", "-seq", 1, 0, dbx.Params{"n": number})
	if err != nil || len(events) == 0 {
		h.t.Fatalf("the ledger has no event of %s: %v", number, err)
	}
	return events[0]
}

func evidenceOf(t *testing.T, e *core.Record) map[string]any {
	t.Helper()
	facts := map[string]any{}
	if err := e.UnmarshalJSONField("evidence", &facts); err != nil {
		t.Fatal(err)
	}
	return facts
}

func TestAPhraseRevokesAsAKeywordDoes(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.write(n, "Please take me off your list, thanks")
	if h.status(n) != "unsubscribed" {
		t.Fatalf("she is %s", h.status(n))
	}
	e := h.last(n)
	facts := evidenceOf(t, e)
	if e.GetString("method") != "reply" || facts["tier"] != 2.0 || facts["pattern"] != "en.remove-me" {
		t.Errorf("the event is by %s, evidence %v", e.GetString("method"), facts)
	}
	// Plivo answers its own words alone, so the confirmation is ours.
	h.until("the confirmation went out", func() bool { return h.texted(n) == 1 })
}

// review gives the only review of a number.
func (h *house) review(number string) *core.Record {
	h.t.Helper()
	all, err := h.app.FindRecordsByFilter("reviews", "phoneNumber = {:n}", "", 0, 0, dbx.Params{"n": number})
	if err != nil || len(all) != 1 {
		h.t.Fatalf("%s has %d reviews: %v", number, len(all), err)
	}
	return all[0]
}

func (h *house) decide(p apptest.Person, review, decision string) apptest.Response {
	h.t.Helper()
	return h.call(p, "POST", "/api/sms/reviews/"+review, object{"decision": decision})
}

func TestADoubtfulReplySuspendsUntilAPersonDecides(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	out, stays, comes := mobile("646", 1), mobile("646", 2), mobile("646", 3)
	for _, n := range []string{out, stays, comes} {
		h.person(n)
		h.write(n, "this is spam")
		h.write(n, "so many messages")
	}
	r := h.review(out)
	if due := r.GetDateTime("dueAt").Time(); !due.Equal(noon.AddDate(0, 0, 14)) && due.Sub(noon.AddDate(0, 0, 14)) > time.Minute {
		t.Errorf("due %s, opened %s", due, r.GetString("opened"))
	}
	if r.GetString("status") != "open" || r.GetString("text") != "this is spam" {
		t.Errorf("the review is %v", r)
	}
	if h.status(out) != "subscribed" || h.texted(out) != 0 {
		t.Errorf("she is %s and got %d answers", h.status(out), h.texted(out))
	}
	if a := h.send(h.campaign(), nil); a.Code("lists") != "no_recipients" {
		t.Errorf("a campaign to suspended numbers alone: %d %s", a.Status, a.Body)
	}
	// Nobody's word but hers goes past the question.
	if a := h.consent(h.owner, out, "granted", "operator", "she meant another shop"); a.Status != http.StatusConflict || a.Code("phoneNumber") != "suppressed" {
		t.Errorf("granted past the review: %d %s", a.Status, a.Body)
	}
	for name, a := range map[string]apptest.Response{
		"by a viewer":  h.decide(h.viewer, r.Id, "opt_out"),
		"by a guest":   h.decide(apptest.Person{}, r.Id, "opt_out"),
		"without word": h.decide(h.editor, r.Id, "maybe"),
	} {
		if a.Status < 400 {
			t.Errorf("decided %s: %d", name, a.Status)
		}
	}

	a := h.decide(h.editor, r.Id, "opt_out")
	if a.Status != http.StatusOK || a.String("status") != "confirmed" || a.String("by") != h.editor.Email {
		t.Fatalf("confirmed: %d %s", a.Status, a.Body)
	}
	e := h.last(out)
	if facts := evidenceOf(t, e); h.status(out) != "unsubscribed" || e.GetString("action") != "revoked" || facts["review"] != r.Id ||
		facts["actor"] != h.editor.ID || facts["actorEmail"] != h.editor.Email || e.GetString("text") != "this is spam" {
		t.Errorf("after the decision: %s, %v", h.status(out), facts)
	}
	if a := h.decide(h.editor, r.Id, "not_opt_out"); a.Status != http.StatusConflict || a.Code("decision") != "already_decided" {
		t.Errorf("decided twice: %d %s", a.Status, a.Body)
	}

	if a := h.decide(h.editor, h.review(stays).Id, "not_opt_out"); a.Status != http.StatusOK || a.String("status") != "dismissed" {
		t.Fatalf("dismissed: %d %s", a.Status, a.Body)
	}
	if e := h.last(stays); e.GetString("action") != "confirmed" || e.GetString("method") != "operator" {
		t.Errorf("the dismissal is %s by %s in the ledger", e.GetString("action"), e.GetString("method"))
	}
	h.write(comes, "START")
	if r := h.review(comes); r.GetString("status") != "dismissed" || r.GetString("by") != "keyword" {
		t.Errorf("after START the review is %s by %s", r.GetString("status"), r.GetString("by"))
	}
	h.finish(h.launch(h.campaign(), nil))
	if h.texted(out) != 0 || h.texted(stays) != 1 || h.texted(comes) != 1 {
		t.Errorf("the campaign reached %d, %d and %d", h.texted(out), h.texted(stays), h.texted(comes))
	}
}

func TestADoubtfulReplyOfWhoIsOnDoNotTextWaitsForADecisionToo(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.create("suppressions", object{"phoneNumber": n, "reason": "on holiday"})
	h.write(n, "this is spam")
	r := h.review(n)
	if a := h.consent(h.editor, n, "granted", "paper", "a card"); a.Status != http.StatusConflict || a.Code("phoneNumber") != "suppressed" {
		t.Errorf("granted past the review: %d %s", a.Status, a.Body)
	}
	if a := h.decide(h.editor, r.Id, "not_opt_out"); a.Status != http.StatusOK {
		t.Fatalf("dismissed: %d %s", a.Status, a.Body)
	}
	if a := h.send(h.campaign(), nil); a.Code("lists") != "no_recipients" {
		t.Errorf("the decision took her off the do-not-text list: %d %s", a.Status, a.Body)
	}
	if a := h.consent(h.editor, n, "granted", "paper", "a card"); a.Status != http.StatusOK {
		t.Errorf("a new consent after the decision: %d %s", a.Status, a.Body)
	}
}

func TestAStopAnswersTheOpenQuestion(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	h.write(n, "wtf")
	h.write(n, "stop texting me")
	if r := h.review(n); r.GetString("status") != "confirmed" || h.status(n) != "unsubscribed" {
		t.Errorf("the review is %s, she is %s", r.GetString("status"), h.status(n))
	}
	h.write(n, "spam")
	h.review(n) // who is out already needs no second question
}

func (h *house) importFile(rows ...string) *core.Record {
	h.t.Helper()
	list := h.create("lists", object{"name": unique("Import")})
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"list": list, "consentMethod": "paper", "consentText": "I agree to get texts of Acme"} {
		if err := form.WriteField(name, value); err != nil {
			h.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", "people.csv")
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := part.Write([]byte("phoneNumber\n" + strings.Join(rows, "\n") + "\n")); err != nil {
		h.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		h.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(h.t.Context(), "POST", h.url+"/api/sms/imports", &body)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("Authorization", h.editor.Token)
	req.Header.Set("X-Org", h.org)
	res := h.do(req)
	if res.Status != http.StatusAccepted {
		h.t.Fatalf("import: %d %s", res.Status, res.Body)
	}
	var im *core.Record
	h.until("the import ended", func() bool {
		im = h.app.Record("imports", res.String("importId"))
		return im.GetString("status") == "finished"
	})
	return im
}

func TestTheSameFileAfterStopsChangesNobodyBack(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	numbers := []string{mobile("646", 1), mobile("646", 2), mobile("646", 3), mobile("646", 4)}
	if im := h.importFile(numbers...); im.GetInt("created") != 4 {
		t.Fatalf("the first import created %d", im.GetInt("created"))
	}
	h.write(numbers[0], "STOP")
	h.write(numbers[1], "no me manden más mensajes")
	h.write(numbers[2], "this is spam")
	// Deleting and making again, by hand or by file, changes nothing either.
	s, err := h.app.FindFirstRecordByData("subscribers", "phoneNumber", numbers[1])
	if err != nil {
		t.Fatal(err)
	}
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+s.Id, nil, http.StatusNoContent)
	events, err := h.app.CountRecords("consent_events", dbx.In("phoneNumber", numbers[0], numbers[1], numbers[2]))
	if err != nil {
		t.Fatal(err)
	}
	if im := h.importFile(numbers...); im.GetInt("rejected") != 3 {
		t.Errorf("the second import rejected %d of 3", im.GetInt("rejected"))
	}
	h.create("subscribers", object{"phoneNumber": numbers[1]})
	for n, want := range map[string]string{numbers[0]: "unsubscribed", numbers[1]: "unsubscribed", numbers[2]: "subscribed", numbers[3]: "subscribed"} {
		if h.status(n) != want {
			t.Errorf("%s is %s, want %s", n, h.status(n), want)
		}
	}
	if after, err := h.app.CountRecords("consent_events", dbx.In("phoneNumber", numbers[0], numbers[1], numbers[2])); err != nil || after != events {
		t.Errorf("the second import wrote %d events of people who are out (%v)", after-events, err)
	}
	h.until("the phrase is confirmed", func() bool { return h.texted(numbers[1]) == 1 })
	h.finish(h.launch(h.campaign(), nil))
	if h.texted(numbers[0]) != 0 || h.texted(numbers[1]) != 1 || h.texted(numbers[2]) != 0 || h.texted(numbers[3]) != 1 {
		t.Errorf("the campaign reached people who are out: %d, %d, %d; and %d", h.texted(numbers[0]), h.texted(numbers[1]), h.texted(numbers[2]), h.texted(numbers[3]))
	}
}

func TestTheProvidersOwnOptOutIsTakenOver(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 99)
	h.person(n)
	h.finish(h.launch(h.campaign(), nil))
	h.until("the ledger has it", func() bool { return h.status(n) == "unsubscribed" })
	e := h.last(n)
	if facts := evidenceOf(t, e); e.GetString("action") != "revoked" || e.GetString("method") != "carrier" || facts["errorCode"] != "200" {
		t.Errorf("%s by %s, %v", e.GetString("action"), e.GetString("method"), facts)
	}
	if a := h.send(h.campaign(), nil); a.Code("lists") != "no_recipients" {
		t.Errorf("the next campaign: %d %s", a.Status, a.Body)
	}
}

// What a claim in court asks of a record, for every way in that is not a form.
func TestEvidenceSaysWhoAndHow(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	byHand, made, filed, texted := mobile("646", 1), mobile("646", 2), mobile("646", 3), mobile("646", 4)
	if a := h.consent(h.editor, byHand, "granted", "verbal", "She said yes at the counter"); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	h.person(made)
	h.importFile(filed)
	h.write(texted, "START")
	for n, keys := range map[string][]string{
		byHand: {"ip", "userAgent", "actor", "actorEmail", "actorCollection", "role", "route", "disclosureVersion"},
		made:   {"ip", "userAgent", "actor", "actorEmail", "actorCollection", "role", "route", "disclosureVersion"},
		filed:  {"import", "file", "sha256", "row", "actor"},
		texted: {"messageUuid", "to", "keyword", "tier", "bodySigned"},
	} {
		e := h.last(n)
		facts := evidenceOf(t, e)
		for _, key := range keys {
			if value, ok := facts[key]; !ok || value == "" || value == nil {
				t.Errorf("%s by %s: the evidence lacks %s: %v", n, e.GetString("method"), key, facts)
			}
		}
		if e.GetString("text") == "" || e.GetDateTime("at").IsZero() {
			t.Errorf("%s by %s: no words or no time", n, e.GetString("method"))
		}
	}
}

func TestAnOldReviewAlarms(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	warned := func() string { return string(h.must(apptest.Person{}, "GET", "/readyz", nil, http.StatusOK).Body) }
	h.person(mobile("646", 1))
	h.write(mobile("646", 1), "this is spam")
	if got := warned(); !strings.Contains(got, `"warnings":[]`) {
		t.Errorf("a new review alarms: %s", got)
	}
	// Friday, six business days before; nothing but its age differs.
	h.app.Insert("reviews", dbx.Params{"org": h.org, "phoneNumber": mobile("646", 2), "status": "open", "opened": "2026-02-20 16:00:00.000Z"})
	if got := warned(); !strings.Contains(got, "2 replies that may be opt-outs wait") || !strings.Contains(got, "February 20") {
		t.Errorf("an old review does not alarm: %s", got)
	}
	c := command.NewDoctor(h.app.BaseApp, config.Config{})
	var out bytes.Buffer
	c.SetOut(&out)
	c.SetArgs([]string{})
	c.SilenceErrors, c.SilenceUsage = true, true
	_ = c.ExecuteContext(t.Context())                                            // other lines are bad without an account
	if !strings.Contains(out.String(), "bad   2 replies that may be opt-outs") { // by the real clock both are overdue
		t.Errorf("the doctor says nothing of it:\n%s", out.String())
	}
}
