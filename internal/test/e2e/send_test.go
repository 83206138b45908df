package e2e

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/test/apptest"
)

// together calls f n times at once and returns the answers.
func together(n int, f func() apptest.Response) []apptest.Response {
	answers := make([]apptest.Response, n)
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range answers {
		wg.Go(func() {
			<-start
			answers[i] = f()
		})
	}
	close(start)
	wg.Wait()
	return answers
}

func alreadySent(r apptest.Response) (runID string) {
	data, _ := r.JSON()["data"].(map[string]any)
	campaign, _ := data["campaign"].(map[string]any)
	params, _ := campaign["params"].(map[string]any)
	runID, _ = params["runId"].(string)
	return runID
}

func TestSendPressedTwentyTimesAtOnceSendsOnce(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(10)
	c := h.campaign()
	var run string
	answers := together(20, func() apptest.Response { return h.send(c, nil) })
	for _, a := range answers {
		if a.Status == http.StatusAccepted {
			if run != "" {
				t.Fatal("two calls were taken")
			}
			run = a.String("runId")
			if a.String("campaignId") != c || a.String("status") != "queued" || a.JSON()["estimatedRecipients"] != 10.0 {
				t.Errorf("answer: %s", a.Body)
			}
		}
	}
	if run == "" {
		t.Fatal("no call was taken")
	}
	for _, a := range answers {
		if a.Status != http.StatusAccepted && (a.Status != http.StatusConflict || a.Code("campaign") != "already_sent" || alreadySent(a) != run) {
			t.Errorf("a call beside the first: %d %s", a.Status, a.Body)
		}
	}
	for range 2 { // while it runs, perhaps, and certainly when it has ended
		again := h.send(c, nil)
		if again.Status != http.StatusConflict || again.Code("campaign") != "already_sent" || alreadySent(again) != run {
			t.Errorf("a further call: %d %s", again.Status, again.Body)
		}
		h.finish(run)
	}
	if n := h.sandbox.Ledger().Counts().Accepted; n != 10 {
		t.Errorf("%d texts went out, want 10", n)
	}
}

func TestTheSameIdempotencyKeyGetsTheFirstAnswerAgain(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(5)
	c := h.campaign()
	send := func(body any, key string) apptest.Response { return h.send(c, body, "Idempotency-Key", key) }
	answers := together(20, func() apptest.Response { return send(object{}, "monday") })
	run := answers[0].String("runId")
	for _, a := range answers {
		if a.Status != http.StatusAccepted {
			t.Fatalf("%d %s, want 202", a.Status, a.Body)
		}
		if diff := cmp.Diff(answers[0].JSON(), a.JSON()); diff != "" {
			t.Fatalf("answers differ:\n%s", diff)
		}
	}
	h.finish(run)
	if a := send(nil, "monday"); a.Status != http.StatusAccepted || a.String("runId") != run {
		t.Errorf("after the end: %d %s", a.Status, a.Body)
	}
	if a := send(object{"newOnly": true}, "monday"); a.Status != http.StatusUnprocessableEntity || a.Code("idempotencyKey") != "idempotency_mismatch" {
		t.Errorf("with another body: %d %s", a.Status, a.Body)
	}
	if a := send(object{}, "tuesday"); a.Status != http.StatusConflict {
		t.Errorf("with another key: %d %s", a.Status, a.Body)
	}
	// A key is its user's own.
	a := h.call(h.owner, "POST", "/api/sms/campaigns/"+c+"/send", object{}, "Idempotency-Key", "monday")
	if a.Status != http.StatusConflict {
		t.Errorf("another user with the key: %d %s", a.Status, a.Body)
	}
	if n := h.sandbox.Ledger().Counts().Accepted; n != 5 {
		t.Errorf("%d texts went out, want 5", n)
	}
}

func TestNewOnlyReachesThoseWhomNoRunHasReached(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	again := mobile("646", 55)
	id := h.person(again)
	c := h.campaign()
	h.finish(h.launch(c, nil))

	if a := h.send(c, object{"newOnly": true}); a.Status != http.StatusBadRequest || a.Code("lists") != "no_recipients" {
		t.Errorf("nobody is new: %d %s", a.Status, a.Body)
	}
	// Deleting a subscriber and making it again does not make the number new.
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+id, nil, http.StatusNoContent)
	h.person(again)
	fresh := mobile("917", 55)
	h.person(fresh)
	run := h.finish(h.launch(c, object{"newOnly": true}))
	if n := run.GetInt("recipients"); n != 1 || h.texted(fresh) != 1 || h.texted(again) != 1 {
		t.Errorf("%d recipients; the new number got %d texts, the old one %d", n, h.texted(fresh), h.texted(again))
	}
}

func TestNewOnlyWaitsForTheEndOfARun(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	c := h.campaign(object{"sendAt": wire(h.sandbox.Clock.Now().Add(time.Hour))})
	run := h.launch(c, nil)
	a := h.send(c, object{"newOnly": true})
	if a.Status != http.StatusConflict || alreadySent(a) != run || !strings.Contains(string(a.Body), "cancel it first") {
		t.Errorf("new people beside a scheduled run: %d %s", a.Status, a.Body)
	}
}

func TestNewOnlyAfterACancelReachesTheSkipped(t *testing.T) {
	t.Parallel()
	// Slow enough that the cancel comes in the middle.
	h := openHouse(t, func(s *setup) { s.rate = 8 })
	numbers := h.people(40)
	c := h.campaign()
	run := h.launch(c, nil)
	h.until("some are out", func() bool { return h.sandbox.Ledger().Counts().Accepted >= 3 })
	if a := h.steer(run, "cancel"); a.Status != http.StatusOK || a.String("status") != "canceled" {
		t.Fatalf("cancel: %d %s", a.Status, a.Body)
	}
	// At once, before the rest of the rows was skipped.
	second := h.send(c, object{"newOnly": true})
	if second.Status != http.StatusAccepted {
		t.Fatalf("send to the rest: %d %s", second.Status, second.Body)
	}
	h.pace(1000)
	h.until("the first run is swept", func() bool { return h.app.Record("runs", run).GetInt("queued") == 0 })
	h.finish(second.String("runId"))
	first := h.app.Record("runs", run)
	if first.GetString("status") != "canceled" || first.GetInt("delivered") == 0 || first.GetInt("delivered") == len(numbers) {
		t.Errorf("the first run: %s, %d delivered", first.GetString("status"), first.GetInt("delivered"))
	}
	for _, n := range numbers {
		if h.texted(n) != 1 {
			t.Errorf("%s got %d texts over both runs, want 1", n, h.texted(n))
		}
	}
	if a := h.steer(run, "cancel"); a.Status != http.StatusConflict || a.Code("run") != "wrong_state" {
		t.Errorf("cancel again: %d %s", a.Status, a.Body)
	}
}
