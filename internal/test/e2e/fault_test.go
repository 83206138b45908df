package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

// settled gives a run's counters that are not zero.
func (h *house) settled(run string) map[string]int {
	r := h.app.Record("runs", run)
	got := map[string]int{}
	for _, s := range []string{"queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed", "skipped", "unknown"} {
		if n := r.GetInt(s); n > 0 {
			got[s] = n
		}
	}
	return got
}

func TestAnswersThatProveNothingAreNeverTriedAgain(t *testing.T) {
	t.Parallel()
	for fault, want := range map[simulator.APIFault]map[string]int{
		// It may have left; nothing tells that it did.
		simulator.APIError500:    {"delivered": 3, "unknown": 2},
		simulator.APIError502:    {"delivered": 3, "unknown": 2},
		simulator.APIResetBefore: {"delivered": 3, "unknown": 2},
		// It did leave, and the receipts say so.
		simulator.APIEmptyAccepted: {"delivered": 5},
		simulator.APIError500After: {"delivered": 5},
		simulator.APIResetAfter:    {"delivered": 5},
		simulator.APIGarbage:       {"delivered": 5},
		simulator.APITruncated:     {"delivered": 5},
		simulator.APITwoUUIDs:      {"delivered": 5},
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			h := openHouse(t)
			numbers := h.people(5)
			h.sandbox.ScriptAPI(fault, fault)
			run := h.launch(h.campaign(), nil)
			h.finish(run)
			if diff := cmp.Diff(want, h.settled(run)); diff != "" {
				t.Errorf("the run (-want +got):\n%s", diff)
			}
			for _, n := range numbers {
				if h.texted(n) > 1 {
					t.Errorf("%s was texted %d times", n, h.texted(n))
				}
			}
		})
	}
}

func TestAnAnswerThatIsLostIsUnknownUntilTheReceiptComes(t *testing.T) {
	t.Parallel()
	// The receipts are held back for as long as the test wants to look.
	h := openHouse(t, func(s *setup) { s.simulator.Faults.DropCallback = 1 })
	n := h.people(1)[0]
	h.sandbox.ScriptAPI(simulator.APIResetAfter)
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	if m := h.message(run, n); m.GetString("status") != "unknown" || m.GetString("plivoUuid") != "" {
		t.Fatalf("the row is %s %s", m.GetString("status"), m.GetString("plivoUuid"))
	}
	sent := h.sandbox.Ledger().Accepted()[0]
	form := statusForm(sent.UUID, "delivered", 3)
	if a := h.webhook(sent.CallbackURL, form, signed(v3)); a.Status != http.StatusOK {
		t.Fatalf("the late receipt: %d %s", a.Status, a.Body)
	}
	if m := h.message(run, n); m.GetString("status") != "delivered" || m.GetString("plivoUuid") != sent.UUID {
		t.Errorf("after the receipt the row is %s %s", m.GetString("status"), m.GetString("plivoUuid"))
	}
	if diff := cmp.Diff(map[string]int{"delivered": 1}, h.settled(run)); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}
	h.reconcile()
}

func TestAStormOf429DelaysAndLosesNobody(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.simulator.Faults.RetryAfter = "1" })
	numbers := h.people(12)
	storm := make([]simulator.APIFault, 8)
	for i := range storm {
		storm[i] = simulator.APIThrottle
	}
	h.sandbox.ScriptAPI(storm...)
	run := h.launch(h.campaign(), nil)
	h.until("all is out", h.hurried(run))
	h.finish(run)
	if diff := cmp.Diff(map[string]int{"delivered": len(numbers)}, h.settled(run)); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}
	if n := len(h.sandbox.Ledger().Refusals()); n != len(storm) {
		t.Errorf("%d refusals, want %d: each answer 429 is one try", n, len(storm))
	}
}

func TestRefusedCredentialsPauseTheRunAndLoseNobody(t *testing.T) {
	t.Parallel()
	for fault, advice := range map[simulator.APIFault]string{
		simulator.APIUnauthorized: "PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN", simulator.APINoCredit: "Add credit",
	} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			h := openHouse(t, func(s *setup) { s.rate = 40 })
			numbers := h.people(20)
			h.sandbox.ScriptAPI("", "", "", fault)
			run := h.launch(h.campaign(), nil)
			r := h.becomes(run, "paused")
			if r.GetString("pausedBy") != "system" || !strings.Contains(r.GetString("pauseReason"), advice) {
				t.Errorf("paused by %q: %q", r.GetString("pausedBy"), r.GetString("pauseReason"))
			}
			if ready := h.call(h.viewer, "GET", "/readyz", nil); ready.Status != http.StatusServiceUnavailable {
				t.Errorf("/readyz is answered %d %s", ready.Status, ready.Body)
			}
			h.until("what was under way has ended", func() bool { return h.app.Record("runs", run).GetInt("sending") == 0 })
			if got := h.settled(run); got["failed"] != 0 || got["queued"] == 0 {
				t.Errorf("the paused run: %v", got)
			}
			if a := h.steer(run, "resume"); a.Status != http.StatusOK {
				t.Fatalf("resume: %d %s", a.Status, a.Body)
			}
			h.until("all is out", h.hurried(run))
			h.finish(run)
			if diff := cmp.Diff(map[string]int{"delivered": len(numbers)}, h.settled(run)); diff != "" {
				t.Errorf("the run (-want +got):\n%s", diff)
			}
		})
	}
}

// hurried reports whether a run has finished, and lets legal time fly meanwhile:
// what was put off comes back a few seconds of it later.
func (h *house) hurried(run string) func() bool {
	return func() bool {
		if err := h.sandbox.Clock.Advance(time.Second); err != nil {
			h.t.Error(err)
		}
		return h.app.Record("runs", run).GetString("status") == "finished"
	}
}
