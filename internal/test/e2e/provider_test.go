package e2e

import (
	"errors"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
	"tidings/internal/test/raced"
)

// misfortune is one thing that a provider can do to a request.
type misfortune struct {
	fault simulator.APIFault
	// fate is what a row ends as that it happens to once; "" where it is tried
	// again and delivered.
	fate string
	// once pauses the run though it happens only twice.
	once bool
	// reason is in the words of the paused run when it happens to all; "" where
	// the run goes on.
	reason string
	// kept says that the rows it happens to are still queued when the run is
	// paused, so that Resume sends them.
	kept bool
	// slow ones take ten seconds each, so they do not happen to all.
	slow bool
}

const (
	silence = "does not answer as it should"
	keys    = "PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN"
)

// misfortunes is the table of faults: what becomes of a row, whether the run is
// paused and why, and what Resume can still send.
var misfortunes = []misfortune{
	// It may have left. If it did, its receipts say so; if not, nobody can know.
	{fault: simulator.APIHang, fate: "delivered", slow: true},
	{fault: simulator.APIDrip, fate: "delivered", slow: true},
	{fault: simulator.APIResetBefore, fate: "unknown", reason: silence},
	{fault: simulator.APIResetAfter, fate: "delivered", reason: silence},
	{fault: simulator.APIResetHeaders, fate: "delivered", reason: silence},
	{fault: simulator.APIError500, fate: "unknown", reason: silence},
	{fault: simulator.APIError500Empty, fate: "unknown", reason: silence},
	{fault: simulator.APIError500HTML, fate: "unknown", reason: silence},
	{fault: simulator.APIError502, fate: "unknown", reason: silence},
	{fault: simulator.APIError503, fate: "unknown", reason: silence},
	{fault: simulator.APIError500After, fate: "delivered", reason: silence},
	{fault: simulator.APIEmptyAccepted, fate: "delivered", reason: silence},
	{fault: simulator.APINoUUID, fate: "delivered", reason: silence},
	{fault: simulator.APITwoUUIDs, fate: "delivered", reason: silence},
	{fault: simulator.APIGarbage, fate: "delivered", reason: silence},
	{fault: simulator.APITruncated, fate: "delivered", reason: silence},
	{fault: simulator.APIHuge, fate: "delivered", reason: silence},
	{fault: simulator.APIRedirect302, fate: "unknown", reason: silence},

	// It did not leave, and later it may.
	{fault: simulator.APIThrottle},
	{fault: simulator.APIThrottleEmpty},
	{fault: simulator.APIThrottleSoon},

	// It did not leave, nor will any other until somebody mends the account.
	{fault: simulator.APIUnauthorized, once: true, kept: true, reason: keys},
	{fault: simulator.APINoCredit, once: true, kept: true, reason: "Add credit"},
	{fault: simulator.APIPayment, once: true, kept: true, reason: "Add credit"},
	{fault: simulator.APIForbidden, once: true, kept: true, reason: "allowed IP addresses"},
	{fault: simulator.APINotFound, once: true, kept: true, reason: "PLIVO_API_URL"},
	{fault: simulator.APIRedirect301, once: true, kept: true, reason: "set it to the final address"},
	{fault: simulator.APIRedirect307, once: true, kept: true, reason: "set it to the final address"},
	{fault: simulator.APIRedirect308, once: true, kept: true, reason: "set it to the final address"},

	// It did not leave, which may be about the sender or the country, or about one
	// number: it is asked about twice.
	{fault: simulator.APIBadSender, kept: true, reason: "enable the sender again"},
	{fault: simulator.APIGeoForbidden, kept: true, reason: "Geo Permissions"},

	// It did not leave and never will.
	{fault: simulator.APIBadRequest, fate: "failed", reason: "check the text and the sender"},
	{fault: simulator.APIBadNumber, fate: "failed"},
	{fault: simulator.APIInvalidNumber, fate: "failed"},
}

// Each ends with the books compared, ours against the simulator's.
func TestWhateverTheProviderDoesToTwoTextsTheRestGoesOut(t *testing.T) {
	t.Parallel()
	for _, m := range misfortunes[:raced.Fewer(len(misfortunes), 12)] {
		t.Run(string(m.fault), func(t *testing.T) {
			t.Parallel()
			h := openHouse(t, func(s *setup) { s.rate = 200 })
			numbers := h.people(8)
			h.sandbox.ScriptAPI("", m.fault, m.fault)
			run := h.launch(h.campaign(), nil)
			if m.once {
				h.becomesBecause(run, m.reason)
				h.settles(run)
				h.must(h.editor, "POST", "/api/sms/runs/"+run+"/resume", nil, http.StatusOK)
				h.until("the second of the two was met, or all is out", func() bool {
					s := h.app.Record("runs", run).GetString("status")
					return s == "paused" || s == "finished" || h.hurried(run)()
				})
				if h.app.Record("runs", run).GetString("status") == "paused" {
					h.settles(run)
					h.must(h.editor, "POST", "/api/sms/runs/"+run+"/resume", nil, http.StatusOK)
				}
			}
			h.until("all is out", h.hurried(run))
			h.finish(run)
			want := map[string]int{"delivered": len(numbers)}
			if m.fate != "" && m.fate != "delivered" {
				want = map[string]int{"delivered": len(numbers) - 2, m.fate: 2}
			}
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

// From the sixth text on it happens to every one, until somebody has mended it.
func TestWhateverTheProviderDoesToAllTextsIsStoppedAndCanBeMended(t *testing.T) {
	t.Parallel()
	const people, rate = 80, 100
	for _, m := range misfortunes[:raced.Fewer(len(misfortunes), 8)] {
		if m.slow {
			continue
		}
		t.Run(string(m.fault), func(t *testing.T) {
			t.Parallel()
			h := openHouse(t, func(s *setup) { s.rate = rate })
			numbers := h.people(people)
			h.sandbox.ScriptAPI("", "", "", "", "")
			h.sandbox.SetFaults(simulator.Faults{API: map[simulator.APIFault]float64{m.fault: 1}})
			run := h.launch(h.campaign(), nil)
			met := map[string]int{}
			if m.reason != "" {
				h.becomesBecause(run, m.reason)
				h.settles(run)
				h.idle()
				met = h.settled(run)
				// 20 tell; on a busy machine a few more are under way meanwhile.
				if lost := people - met["queued"] - 5; m.kept && lost > 0 || lost > 60 {
					t.Errorf("when it was paused the run was %v", met)
				}
			} else {
				h.until("many have met it", func() bool { return len(h.sandbox.Ledger().Refusals()) >= 8 })
			}
			if m.fate == "failed" && m.reason == "" {
				h.until("all is out", h.hurried(run))
			}
			h.sandbox.SetFaults(simulator.Faults{})
			if m.reason != "" {
				// Others go on, whatever this run waits for.
				other := h.launch(h.campaign(object{"name": "another"}), nil)
				h.until("the other is out", h.hurried(other))
				if s := h.app.Record("runs", run).GetString("status"); s != "paused" {
					t.Errorf("nobody resumed it, and the run is %s", s)
				}
				h.must(h.editor, "POST", "/api/sms/runs/"+run+"/resume", nil, http.StatusOK)
			}
			h.until("all is out", h.hurried(run))
			h.finish(run)
			got := maps.Clone(h.settled(run))
			if lost := got[m.fate]; m.fate == "" && got["delivered"] != people || lost+got["delivered"] != people && m.fate != "delivered" {
				t.Errorf("in the end the run is %v", got)
			}
			if m.fate == "delivered" && got["delivered"] != people {
				t.Errorf("in the end the run is %v", got)
			}
			if m.reason != "" && got[m.fate] != met[m.fate] && m.fate != "delivered" {
				t.Errorf("%d %s when it was paused, %d in the end: mended, nobody more is lost", met[m.fate], m.fate, got[m.fate])
			}
			for _, n := range numbers {
				if h.texted(n) > 2 { // once a campaign
					t.Errorf("%s was texted %d times", n, h.texted(n))
				}
			}
		})
	}
}

// becomesBecause waits until the system has paused a run, with a reason.
func (h *house) becomesBecause(run, reason string) {
	h.t.Helper()
	r := h.becomes(run, "paused")
	if r.GetString("pausedBy") != "system" || !strings.Contains(r.GetString("pauseReason"), reason) {
		h.t.Errorf("paused by %q because %q, want words of %q", r.GetString("pausedBy"), r.GetString("pauseReason"), reason)
	}
}

// settles waits until nothing of a run is under way.
func (h *house) settles(run string) {
	h.t.Helper()
	h.until("what was under way has ended", func() bool { return h.app.Record("runs", run).GetInt("sending") == 0 })
}

// Nobody has to come: texts wait, one tries, and all go out.
func TestAProviderThatCannotBeReachedIsWaitedFor(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	closed.Close()
	for name, provider := range map[string]string{"refused": "http://" + address, "no such name": "http://nowhere.invalid"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHouse(t, func(s *setup) { s.rate, s.provider = 100, provider })
			numbers := h.people(20)
			run := h.launch(h.campaign(), nil)
			h.until("/readyz says so", func() bool {
				a := h.call(h.viewer, "GET", "/readyz", nil)
				return a.Status == http.StatusServiceUnavailable && strings.Contains(string(a.Body), "cannot be reached")
			})
			a := h.must(h.viewer, "GET", "/api/sms/runs/"+run+"/report", nil, http.StatusOK)
			if !strings.Contains(a.String("notice"), "cannot be reached") {
				t.Errorf("the run's report says %q", a.String("notice"))
			}
			h.settles(run)
			if got := h.settled(run); got["queued"] != len(numbers) || h.app.Record("runs", run).GetString("status") != "sending" {
				t.Errorf("without a connection the run is %v", got)
			}
			if name != "refused" {
				h.must(h.editor, "POST", "/api/sms/runs/"+run+"/cancel", nil, http.StatusOK)
				h.until("what was left is skipped", func() bool { return h.settled(run)["skipped"] == len(numbers) })
				h.reconcile()
				return
			}
			l, err := net.Listen("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			back := &http.Server{Handler: h.sandbox, ReadHeaderTimeout: time.Second}
			go func() {
				if err := back.Serve(l); !errors.Is(err, http.ErrServerClosed) {
					t.Error(err)
				}
			}()
			t.Cleanup(func() { back.Close() })
			h.until("all is out", h.hurried(run))
			h.finish(run)
			if diff := cmp.Diff(map[string]int{"delivered": len(numbers)}, h.settled(run)); diff != "" {
				t.Errorf("the run (-want +got):\n%s", diff)
			}
		})
	}
}
