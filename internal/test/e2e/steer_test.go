package e2e

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/tools/types"
)

// turns lets the sender go through n turns by sending that many tests: a run that wrongly still fed
// would have sent in between.
func (h *house) turns(campaign string, n int) {
	h.t.Helper()
	to := mobile("631", 1)
	for range n {
		before := h.texted(to)
		h.must(h.editor, "POST", "/api/sms/campaigns/"+campaign+"/test", object{"to": to}, http.StatusAccepted)
		h.until("the test is out", func() bool { return h.texted(to) > before })
	}
}

func (h *house) out() int64 { return h.sandbox.Ledger().Counts().Accepted }

func TestAPauseHoldsUntilAPersonResumes(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 8 })
	numbers := h.people(40)
	c := h.campaign()
	run := h.launch(c, nil)
	h.until("some are out", func() bool { return h.out() >= 3 })
	a := h.steer(run, "pause")
	if a.Status != http.StatusOK || a.String("status") != "paused" || a.String("pausedBy") != "person" {
		t.Fatalf("pause: %d %s", a.Status, a.Body)
	}
	h.promptly("what was under way has ended", func() bool { return h.app.Record("runs", run).GetInt("sending") == 0 })
	before := h.out()
	h.turns(c, 4)
	if n := h.out() - before - 4; n != 0 {
		t.Errorf("%d texts went out of a paused run", n)
	}
	if b := h.steer(run, "pause"); b.Status != http.StatusConflict || b.Code("run") != "wrong_state" {
		t.Errorf("pause again: %d %s", b.Status, b.Body)
	}
	if b := h.send(c, nil); b.Status != http.StatusConflict || alreadySent(b) != run {
		t.Errorf("send while paused: %d %s", b.Status, b.Body)
	}
	a = h.steer(run, "resume")
	if a.Status != http.StatusOK || a.String("status") != "sending" || a.String("pausedBy") != "" {
		t.Fatalf("resume: %d %s", a.Status, a.Body)
	}
	h.promptly("it sends again", func() bool { return h.out() > before+4 })
	h.pace(1000)
	if n := h.finish(run).GetInt("delivered"); n != len(numbers) {
		t.Errorf("%d delivered, want %d", n, len(numbers))
	}
	for _, to := range []string{"pause", "resume", "cancel"} {
		if b := h.steer(run, to); b.Status != http.StatusConflict || b.Code("run") != "wrong_state" {
			t.Errorf("%s after the end: %d %s", to, b.Status, b.Body)
		}
	}
}

func TestACancelTakesHoldWithinASecond(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 8 })
	h.people(40)
	c := h.campaign()
	run := h.launch(c, nil)
	h.until("some are out", func() bool { return h.out() >= 3 })
	if a := h.steer(run, "cancel"); a.Status != http.StatusOK {
		t.Fatalf("cancel: %d %s", a.Status, a.Body)
	}
	h.promptly("all is settled", func() bool {
		r := h.app.Record("runs", run)
		return r.GetInt("sending") == 0 && r.GetInt("queued") == 0
	})
	before := h.out()
	h.turns(c, 3)
	if n := h.out() - before - 3; n != 0 {
		t.Errorf("%d texts went out of a canceled run", n)
	}
	h.idle()
	h.reconcile()
}

func wire(t time.Time) string { return t.UTC().Format(types.DefaultDateLayout) }

func TestAScheduledRunStartsAtItsTime(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	at := noon.Add(2 * time.Hour)
	c := h.campaign(object{"sendAt": wire(at)})
	a := h.send(c, nil)
	if a.Status != http.StatusAccepted || a.String("status") != "scheduled" {
		t.Fatalf("send: %d %s", a.Status, a.Body)
	}
	run := a.String("runId")
	h.turns(c, 1)
	if r := h.app.Record("runs", run); r.GetString("status") != "scheduled" || r.GetInt("recipients") != 0 {
		t.Fatalf("before its time: %s with %d recipients", r.GetString("status"), r.GetInt("recipients"))
	}
	if err := h.sandbox.Clock.AdvanceTo(at); err != nil {
		t.Fatal(err)
	}
	h.finish(run)
	for _, r := range h.sandbox.Ledger().Accepted() {
		if r.Text == "Coffee is half price today." && r.Clock.Before(at) {
			t.Errorf("a text left at %s, before its time", r.Clock)
		}
	}
}

func TestAScheduleThatIsLateWaitsForAPerson(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	at := noon.Add(time.Hour)
	run := h.launch(h.campaign(object{"sendAt": wire(at)}), nil)
	if err := h.sandbox.Clock.AdvanceTo(at.Add(61 * time.Minute)); err != nil {
		t.Fatal(err)
	}
	r := h.becomes(run, "paused")
	if r.GetString("pausedBy") != "system" || r.GetString("pauseReason") == "" {
		t.Errorf("paused by %q: %q", r.GetString("pausedBy"), r.GetString("pauseReason"))
	}
	if a := h.steer(run, "resume"); a.Status != http.StatusOK {
		t.Fatalf("resume: %d %s", a.Status, a.Body)
	}
	if n := h.finish(run).GetInt("delivered"); n != 3 {
		t.Errorf("%d delivered, want 3", n)
	}
}

func TestSleepersWaitForTheirMorning(t *testing.T) {
	t.Parallel()
	const newYork, losAngeles = "+12125550101", "+12135550101"
	// 07:30 in New York, 04:30 in Los Angeles, 12:30 in London.
	h := openHouse(t, func(s *setup) { s.at = time.Date(2026, 3, 3, 12, 30, 0, 0, time.UTC) })
	london := mobile("646", 1)
	h.person(newYork)
	h.person(losAngeles)
	h.person(london, object{"timezone": "Europe/London"})
	run := h.launch(h.campaign(), nil)
	h.until("London has it", func() bool { return h.texted(london) == 1 })
	h.becomes(run, "waiting")
	h.idle()
	h.reconcile()
	opening := time.Date(2026, 3, 3, 13, 0, 0, 0, time.UTC)
	if err := h.sandbox.Clock.AdvanceTo(opening); err != nil {
		t.Fatal(err)
	}
	h.until("New York has it", func() bool { return h.texted(newYork) == 1 })
	h.becomes(run, "waiting")
	california := opening.Add(4 * time.Hour) // nine o'clock there, by the strict row of the state
	if err := h.sandbox.Clock.AdvanceTo(california); err != nil {
		t.Fatal(err)
	}
	h.finish(run)
	for _, r := range h.sandbox.Ledger().Accepted() {
		earliest := map[string]time.Time{newYork: opening, losAngeles: california}["+"+r.Dst]
		if r.Clock.Before(earliest) {
			t.Errorf("%s was texted at %s, before its opening at %s", r.Dst, r.Clock, earliest)
		}
	}
}

func TestAnOfferThatIsOverIsNotSent(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.at = time.Date(2026, 3, 3, 12, 30, 0, 0, time.UTC) })
	sleeper, awake := mobile("646", 2), mobile("646", 1)
	h.person(sleeper)
	h.person(awake, object{"timezone": "Europe/London"})
	// It ends before the sleeper's morning.
	run := h.finish(h.launch(h.campaign(object{"expiresAt": wire(time.Date(2026, 3, 3, 12, 45, 0, 0, time.UTC))}), nil))
	if m := h.message(run.Id, sleeper); m.GetString("status") != "skipped" || m.GetString("reason") != "expired" {
		t.Errorf("the sleeper's text: %s %s", m.GetString("status"), m.GetString("reason"))
	}
	if h.texted(awake) != 1 {
		t.Error("who was awake got nothing")
	}
	// Planned in time, and over before a person let it go on.
	later := h.launch(h.campaign(object{"expiresAt": wire(time.Date(2026, 3, 3, 14, 0, 0, 0, time.UTC))}), nil)
	h.becomes(later, "waiting")
	if a := h.steer(later, "pause"); a.Status != http.StatusOK {
		t.Fatalf("pause: %d %s", a.Status, a.Body)
	}
	if err := h.sandbox.Clock.AdvanceTo(time.Date(2026, 3, 3, 14, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	if a := h.steer(later, "resume"); a.Status != http.StatusOK {
		t.Fatalf("resume: %d %s", a.Status, a.Body)
	}
	ended := h.finish(later)
	if m := h.message(ended.Id, sleeper); m.GetString("reason") != "expired" || h.texted(sleeper) != 0 {
		t.Errorf("the sleeper's text: %s %s, %d texts", m.GetString("status"), m.GetString("reason"), h.texted(sleeper))
	}
}

// What is answered 200 is what happens: a run under way is not changed, and says so.
func TestAScheduleIsMovedByCancelingIt(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := mobile("646", 1)
	h.person(number)
	early, late := noon.Add(time.Hour), noon.Add(3*time.Hour)
	c := h.campaign(object{"sendAt": wire(early)})
	path := "/api/collections/campaigns/records/" + c
	run := h.launch(c, nil)
	if res := h.call(h.editor, "PATCH", path, object{"sendAt": wire(late)}); res.Status != http.StatusBadRequest || res.Code("sendAt") != "campaign_has_run" {
		t.Errorf("a change under the run: %d %s", res.Status, res.Body)
	}
	if res := h.steer(run, "cancel"); res.Status != http.StatusOK {
		t.Fatalf("cancel: %d %s", res.Status, res.Body)
	}
	h.must(h.editor, "PATCH", path, object{"sendAt": wire(late)}, http.StatusOK)
	run = h.launch(c, object{"newOnly": true})
	if err := h.sandbox.Clock.AdvanceTo(early.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	h.turns(c, 2)
	if h.texted(number) != 0 {
		t.Error("the text went out at the time that was changed")
	}
	if err := h.sandbox.Clock.AdvanceTo(late); err != nil {
		t.Fatal(err)
	}
	h.finish(run)
	if h.texted(number) != 1 {
		t.Errorf("%d texts at the new time", h.texted(number))
	}
}
