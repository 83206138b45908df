package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/simulator"
	"tidings/internal/spool"
	"tidings/internal/test/apptest"
	"tidings/internal/test/raced"
)

// noon is Tuesday 11:00 in New York: inside the hours of all of the United States but Hawaii.
var noon = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// patience bounds every wait. It is far above what anything takes, as tests share two slow cores.
const patience = 20 * time.Second

// house is the whole app as the binary puts it together, on a loopback listener, sending to a
// simulated Plivo over real HTTP.
type house struct {
	t                     *testing.T
	app                   *apptest.App
	sandbox               *command.Sandbox
	assemble              func(core.App) error
	url                   string
	org, sender           string
	owner, editor, viewer apptest.Person
}

// setup is how a house is made.
type setup struct {
	at        time.Time
	rate      float64
	provider  string // where it is believed to be; empty: where it is
	folder    string // of the data; empty: one of its own
	space     func(folder string) (free, total uint64, err error)
	simulator simulator.Config
}

func openHouse(t *testing.T, change ...func(*setup)) *house {
	t.Helper()
	s := setup{at: noon, rate: 1000, simulator: simulator.Config{
		Seed: 1, VisibilityDelay: -1, CallbackDelay: time.Millisecond, DeliverDelay: 2 * time.Millisecond, ReplyDelay: time.Millisecond,
		RetryDelays: []time.Duration{20 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond},
	}}
	for _, f := range change {
		f(&s)
	}
	silent := slog.New(slog.DiscardHandler)
	sandbox, err := command.OpenSandbox(s.at, s.simulator, silent)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Errorf("close the sandbox: %v", err)
		}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if s.provider != "" {
		sandbox.URL = s.provider
	}
	h := &house{t: t, sandbox: sandbox}
	h.assemble = func(app core.App) error {
		return command.Assemble(app, command.Assembly{Listen: l.Addr().String(), Sandbox: sandbox, Log: silent, Space: s.space})
	}
	opts := []apptest.Option{apptest.WithAssembly(h.assemble)}
	if s.folder != "" {
		opts = append(opts, apptest.WithFolder(s.folder))
	}
	h.app = apptest.New(t, opts...)
	h.url = h.app.ListenOn(l)
	h.org = h.app.DefaultOrg()
	h.owner, h.editor, h.viewer = h.app.Member(h.org, "owner"), h.app.Member(h.org, "editor"), h.app.Member(h.org, "viewer")
	sender, err := h.app.FindFirstRecordByData("senders", "org", h.org)
	if err != nil {
		t.Fatalf("the default organisation has no sender: %v", err)
	}
	h.sender = sender.Id
	h.pace(s.rate)
	return h
}

// object is a JSON object.
type object = map[string]any

// call asks the server as somebody. headers are names and values in turn.
func (h *house) call(p apptest.Person, method, path string, body any, headers ...string) apptest.Response {
	h.t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = bytes.NewReader([]byte(b))
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			h.t.Fatal(err)
		}
		reader = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, reader)
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if p.Token != "" {
		req.Header.Set("Authorization", p.Token)
	}
	if p.Org != "" {
		req.Header.Set("X-Org", p.Org)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return h.do(req)
}

func (h *house) do(req *http.Request) apptest.Response {
	h.t.Helper()
	// Not Fatal: calls are made by other goroutines than the test's too.
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Errorf("%s %s: %v", req.Method, req.URL.Path, err)
		return apptest.Response{}
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Errorf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	return apptest.Response{Status: res.StatusCode, Header: res.Header, Body: raw}
}

// must is call for what has to be answered with one status.
func (h *house) must(p apptest.Person, method, path string, body any, want int) apptest.Response {
	h.t.Helper()
	res := h.call(p, method, path, body)
	if res.Status != want {
		h.t.Fatalf("%s %s: %d %s, want %d", method, path, res.Status, res.Body, want)
	}
	return res
}

// create makes a record as the editor and returns its id.
func (h *house) create(collection string, body object) string {
	h.t.Helper()
	body["org"] = h.org
	return h.must(h.editor, "POST", "/api/collections/"+collection+"/records", body, http.StatusOK).String("id")
}

// mobile is a number kept for examples; the simulator chooses its fate by the last two digits.
func mobile(area string, nn int) string { return fmt.Sprintf("+1%s55501%02d", area, nn) }

// person makes a subscriber who has consented.
func (h *house) person(number string, more ...object) string {
	h.t.Helper()
	body := object{"phoneNumber": number, "consentMethod": "web_form", "consentText": "Yes, text me offers"}
	for _, m := range more {
		for k, v := range m {
			body[k] = v
		}
	}
	return h.create("subscribers", body)
}

// people makes n subscribers in New York who simply get their texts, and returns their numbers. They
// are written by one statement, as an import would have left them.
func (h *house) people(n int) []string {
	h.t.Helper()
	numbers := make([]string, n)
	err := h.app.RunInTransaction(func(tx core.App) error {
		for i := range numbers {
			// 00 to 19 have no fate of their own; the sender is 212 00.
			numbers[i] = mobile([]string{"646", "917", "347", "718", "929"}[i/20], i%20)
			_, err := tx.DB().Insert("subscribers", dbx.Params{
				"id": fmt.Sprintf("seeded%09d", i), "org": h.org, "phoneNumber": numbers[i], "status": "subscribed",
				"attributes": "{}", "lists": "[]", "created": "2026-01-01 00:00:00.000Z", "updated": "2026-01-01 00:00:00.000Z",
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return numbers
}

// campaign makes a campaign to everyone, with changes.
func (h *house) campaign(changes ...object) string {
	h.t.Helper()
	body := object{"name": unique("Spring"), "messageBody": "Coffee is half price today.", "sender": h.sender, "everyone": true}
	for _, c := range changes {
		for k, v := range c {
			body[k] = v
		}
	}
	return h.create("campaigns", body)
}

func (h *house) send(campaign string, body any, headers ...string) apptest.Response {
	h.t.Helper()
	return h.call(h.editor, "POST", "/api/sms/campaigns/"+campaign+"/send", body, headers...)
}

// launch sends a campaign that has to be taken and returns the run's id.
func (h *house) launch(campaign string, body any) string {
	h.t.Helper()
	res := h.send(campaign, body)
	if res.Status != http.StatusAccepted {
		h.t.Fatalf("send: %d %s", res.Status, res.Body)
	}
	return res.String("runId")
}

// pace sets how many texts a second leave. What has to happen in the middle of a run happens at a slow
// one, as a busy machine takes its time, and the rest at a fast one.
func (h *house) pace(perSecond float64) {
	h.t.Helper()
	h.must(h.owner, "PATCH", "/api/collections/senders/records/"+h.sender, object{"ratePerSecond": perSecond}, http.StatusOK)
}

func (h *house) steer(run, to string) apptest.Response {
	h.t.Helper()
	return h.call(h.editor, "POST", "/api/sms/runs/"+run+"/"+to, nil)
}

// until waits for something to become true.
func (h *house) until(what string, is func() bool) {
	h.t.Helper()
	h.within(patience, what, is)
}

func (h *house) within(limit time.Duration, what string, is func() bool) {
	h.t.Helper()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	tick := time.NewTicker(3 * time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-deadline.C:
			h.t.Fatalf("after %s not yet: %s", limit, what)
		}
	}
}

// promptly waits for what is promised within a second. The race detector is many times slower.
func (h *house) promptly(what string, is func() bool) {
	h.t.Helper()
	h.within(raced.Within(time.Second, patience), what, is)
}

// becomes waits for a run's status.
func (h *house) becomes(run, status string) *core.Record {
	h.t.Helper()
	var r *core.Record
	h.until("run is "+status, func() bool {
		r = h.app.Record("runs", run)
		return r.GetString("status") == status
	})
	return r
}

// idle waits until nothing more happens at the simulator by itself.
func (h *house) idle() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	if err := h.sandbox.Idle(ctx); err != nil {
		h.t.Fatalf("the simulator does not come to rest: %v", err)
	}
}

// finish waits for the end of a run and of its receipts, then checks the books.
func (h *house) finish(run string) *core.Record {
	h.t.Helper()
	h.becomes(run, "finished")
	h.idle()
	h.applied()
	h.reconcile()
	return h.app.Record("runs", run)
}

// texted says how many texts the simulator accepted for a number.
func (h *house) texted(number string) int {
	n := 0
	for _, r := range h.sandbox.Ledger().Accepted() {
		if "+"+r.Dst == number {
			n++
		}
	}
	return n
}

// write lets a phone text our sender and waits until it is among the rows.
func (h *house) write(from, text string) {
	h.t.Helper()
	if _, err := h.sandbox.Inject(from, h.sandbox.Sender, text); err != nil {
		h.t.Fatal(err)
	}
	h.idle()
	h.applied()
}

// applied waits until what was answered is among the rows: where a commit takes two seconds, which it
// may while other tests have the disk and the cores, the spool has it until then.
func (h *house) applied() {
	h.t.Helper()
	h.until("the spool is empty", func() bool {
		info, err := os.Stat(filepath.Join(h.app.DataDir(), spool.File))
		return errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0
	})
}

// message reads the row of one number in one run.
func (h *house) message(run, number string) *core.Record {
	h.t.Helper()
	r, err := h.app.FindFirstRecordByFilter("messages", "run = {:run} && phoneNumber = {:number}", dbx.Params{"run": run, "number": number})
	if err != nil {
		h.t.Fatalf("the row of %s in run %s: %v", number, run, err)
	}
	return r
}
