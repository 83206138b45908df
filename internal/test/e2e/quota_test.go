package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func (h *house) dailyCap(n int) {
	h.t.Helper()
	h.must(h.owner, "PATCH", "/api/collections/senders/records/"+h.sender, object{"dailyCap": n}, http.StatusOK)
}

// usedUp waits until a run rests because of its sender's daily limit, and gives its report.
func (h *house) usedUp(run string, sent int) object {
	h.t.Helper()
	h.until("the day's texts are out", func() bool {
		r := h.app.Record("runs", run)
		return r.GetInt("delivered") == sent && r.GetInt("sending") == 0
	})
	return h.report(run)
}

func (h *house) report(run string) object {
	h.t.Helper()
	return h.must(h.viewer, "GET", "/api/sms/runs/"+run+"/report", nil, http.StatusOK).JSON()
}

func (h *house) estimate(campaign string) object {
	h.t.Helper()
	return h.must(h.viewer, "POST", "/api/sms/campaigns/"+campaign+"/estimate", nil, http.StatusOK).JSON()
}

// Two a day, five people: the estimate says three days, the run says why it rests, and goes on by itself.
func TestASendersDailyLimitIsToldAndKept(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(5)
	h.dailyCap(2)
	c := h.campaign()
	morning := func(day int) time.Time { return time.Date(2026, 3, day, 13, 0, 0, 0, time.UTC) } // 08:00 in New York
	if e := h.estimate(c); e["recipients"] != 5.0 || !strings.HasPrefix(e["firstSendAt"].(string), "2026-03-03 16:00") || e["lastSendAt"] != wire(morning(5)) || !strings.Contains(e["notice"].(string), "3 days") {
		t.Errorf("the estimate: %v", e)
	}
	run := h.launch(c, nil)
	r := h.usedUp(run, 2)
	if n := r["notice"]; n != "the sender's daily limit of 2 is used up; goes on tomorrow at 08:00 (America/New_York), or sooner with a higher limit" {
		t.Errorf("the notice is %q", n)
	}
	if at := r["forecast"].(object)["lastSendAt"]; at != wire(morning(5)) {
		t.Errorf("the forecast is %v", at)
	}
	if got := h.app.Record("runs", run).GetString("status"); got != "sending" {
		t.Errorf("the run is %s: what is left does not wait for its hours", got)
	}
	if e := h.estimate(h.campaign()); e["firstSendAt"] != wire(morning(4)) {
		t.Errorf("the estimate of another campaign: %v", e)
	}
	// At the carriers' midnight it is three in the morning in New York.
	h.advance(time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC))
	h.becomes(run, "waiting")
	if n := h.report(run)["notice"]; n != "" {
		t.Errorf("while it waits for its hours the notice is %q", n)
	}
	h.advance(morning(4))
	h.usedUp(run, 4)
	h.advance(morning(5))
	if got := h.finish(run); got.GetInt("delivered") != 5 {
		t.Errorf("%d are delivered", got.GetInt("delivered"))
	}
	if n := h.report(run)["notice"]; n != "" {
		t.Errorf("after the end the notice is %q", n)
	}
}

func (h *house) advance(to time.Time) {
	h.t.Helper()
	if err := h.sandbox.Clock.AdvanceTo(to); err != nil {
		h.t.Fatal(err)
	}
}

func TestAHigherDailyLimitLetsTheRunGoOn(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(5)
	h.dailyCap(2)
	c := h.campaign(object{"expiresAt": wire(noon.Add(3 * time.Hour))})
	run := h.launch(c, nil)
	if n, _ := h.usedUp(run, 2)["notice"].(string); !strings.Contains(n, "expires before the next day") {
		t.Errorf("the notice is %q", n)
	}
	h.dailyCap(3)
	h.usedUp(run, 3)
	h.dailyCap(0)
	if got := h.finish(run); got.GetInt("delivered") != 5 {
		t.Errorf("%d are delivered", got.GetInt("delivered"))
	}
}

// Who is asleep waits for her hours, whatever is left of the limit.
func TestARunWithoutAnybodyAwakeWaitsForHoursAndNotForTheLimit(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.person(mobile("646", 1))
	h.person(mobile("808", 1)) // 06:00 in Honolulu
	h.dailyCap(1)
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "waiting")
	if r := h.report(run); r["notice"] != "" {
		t.Errorf("the notice is %q", r["notice"])
	}
	h.advance(noon.Add(3 * time.Hour)) // hers have begun
	h.becomes(run, "sending")
	if n, _ := h.report(run)["notice"].(string); !strings.Contains(n, "daily limit of 1 is used up; goes on tomorrow at 13:00") {
		t.Errorf("the notice is %q", n)
	}
}
