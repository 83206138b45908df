package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/simulator"
	"tidings/internal/store"
	"tidings/internal/test/apptest"
	"tidings/internal/test/powercut/disk"
)

// noon is Tuesday 11:00 in New York.
var noon = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

const (
	publicURL = "https://texts.example.com"
	people    = 40
	rate      = 400 // texts a second: a run takes a tenth of a second and has many commits
	patience  = 30 * time.Second
)

// world is the app on a recorded disk, a provider that outlives it, and the
// people who write and click.
type world struct {
	t       testing.TB
	sandbox *command.Sandbox
	tape    *disk.Tape
	line    *line
	app     *apptest.App
	editor  apptest.Person
	org     string
	numbers []string
	// promised are the things that were answered 2xx before the cut, by what
	// must be found of them: a query that gives a number above 0.
	mu       sync.Mutex
	rng      *rand.Rand
	promised map[string]string
	campaign string
	run      string // as it was answered; empty: the answer never came
	arrivals int
}

// newWorld starts the first server. weaken makes its commits forgetful.
func newWorld(t testing.TB, seed uint64, weaken bool) *world {
	silent := slog.New(slog.DiscardHandler)
	w := &world{t: t, rng: rand.New(rand.NewPCG(seed, 1)), promised: make(map[string]string), line: &line{outs: make(map[string]bool)}}
	w.line.arrived = w.onRequest
	again := make([]time.Duration, 60) // Plivo calls again while we are away
	for i := range again {
		again[i] = 50 * time.Millisecond
	}
	sandbox, err := command.OpenSandbox(noon, simulator.Config{
		Seed: seed, VisibilityDelay: -1, CallbackDelay: time.Millisecond, DeliverDelay: 2 * time.Millisecond, ReplyDelay: time.Millisecond,
		RetryDelays: again, Transport: simulator.Transport(w.line),
	}, silent)
	w.must(err)
	t.Cleanup(func() { w.must(sandbox.Close()) })
	provider := httptest.NewServer(w.line.toProvider(sandbox.Simulator))
	t.Cleanup(provider.Close)
	sandbox.URL = provider.URL
	w.sandbox = sandbox

	// Made and closed on an ordinary disk: who is there, and what is to be sent.
	w.app = apptest.New(t, w.assembly())
	w.furnish()
	folder := w.app.DataDir()
	w.app.Stop()

	vfs, err := disk.Register()
	w.must(err)
	w.tape, err = disk.Record(folder)
	w.must(err)
	t.Cleanup(w.tape.Stop)
	w.line.tape = w.tape
	w.app = apptest.New(t, w.assembly(), apptest.WithFolder(folder), apptest.WithConnect(func(path string) (*dbx.DB, error) {
		return store.ConnectWith(path, "vfs="+vfs, fmt.Sprintf("_pragma=wal_autocheckpoint(%d)", 50+w.rng.IntN(200)))
	}))
	if weaken { // behind the back of the server, which would not send otherwise
		_, err := w.app.NonconcurrentDB().NewQuery("PRAGMA synchronous = NORMAL").Execute()
		w.must(err)
	}
	return w
}

func (w *world) assembly() apptest.Option {
	return apptest.WithAssembly(func(app core.App) error {
		return command.Assemble(app, command.Assembly{
			Config: config.Config{PublicURL: publicURL}, Listen: "127.0.0.1:0", Sandbox: w.sandbox, Log: slog.New(slog.DiscardHandler),
		})
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// furnish makes the audience, an editor and a campaign.
func (w *world) furnish() {
	w.org = w.app.DefaultOrg()
	w.editor = w.app.Member(w.org, "editor")
	sender, err := w.app.FindFirstRecordByData("senders", "org", w.org)
	w.must(err)
	sender.Set("ratePerSecond", rate)
	w.must(w.app.Save(sender))
	areas := []string{"646", "917", "347", "718", "929"}
	for i := range people {
		// 00 to 19 have no fate of their own.
		number := fmt.Sprintf("+1%s55501%02d", areas[i/20], i%20)
		w.numbers = append(w.numbers, number)
		w.app.Insert("subscribers", dbx.Params{
			"id": fmt.Sprintf("seeded%09d", i), "org": w.org, "phoneNumber": number, "status": "subscribed",
			"attributes": "{}", "lists": "[]", "created": "2026-01-01 00:00:00.000Z", "updated": "2026-01-01 00:00:00.000Z",
		})
	}
	w.campaign = w.app.Create("campaigns", map[string]any{
		"org": w.org, "name": "Spring", "messageBody": "Coffee is half price today.", "sender": sender.Id, "everyone": true,
	}).Id
}

// ask is a person's request over the line; status 0 means that no answer came.
func (w *world) ask(method, path, body string) apptest.Response {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RequestURI = ""
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", w.editor.Token)
	r.Header.Set("X-Org", w.org)
	res, err := simulator.Transport(w.line).RoundTrip(r)
	if err != nil {
		return apptest.Response{}
	}
	defer res.Body.Close()
	recorded := httptest.NewRecorder()
	_, err = recorded.Body.ReadFrom(res.Body)
	w.must(err)
	return apptest.Response{Status: res.StatusCode, Header: res.Header, Body: recorded.Body.Bytes()}
}

// onRequest lets people write in the middle of the run.
func (w *world) onRequest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.arrivals++
	if w.arrivals%3 != 0 {
		return
	}
	text := []string{"STOP", "STOP", "Do you deliver?", "START", "HELP"}[w.rng.IntN(5)]
	_, err := w.sandbox.Inject(w.numbers[w.rng.IntN(len(w.numbers))], w.sandbox.Sender, text)
	if err != nil {
		w.t.Errorf("a phone writes: %v", err)
	}
}

// live sends the campaign and lets people work until the power goes, or until
// all is done. What was answered by then is promised.
func (w *world) live(f disk.Fuse) {
	entries, notes := w.tape.Size()
	if f.Entries > 0 {
		f.Entries += entries
	}
	if f.Notes > 0 {
		f.Notes += notes
	}
	w.tape.Arm(f)
	w.line.up(w.app.Handler())
	var clicks sync.WaitGroup
	clicks.Go(w.click)
	if res := w.ask("POST", "/api/sms/campaigns/"+w.campaign+"/send", "{}"); res.Status == http.StatusAccepted {
		w.run = res.String("runId")
		w.promise("the run", "SELECT COUNT(*) FROM runs WHERE id = '"+w.run+"'")
		w.until("the run is finished, or the power off", w.dark, func() bool { return w.finished() })
		w.until("the world is at rest, or the power off", w.dark, w.rests)
	} else if res.Status != 0 {
		w.t.Fatalf("send: %d %s", res.Status, res.Body)
	}
	w.tape.Off()
	clicks.Wait()
	w.line.down()
	w.app.Stop()
	w.tape.Stop()
}

// click makes lists and writes down what was said on the telephone until the
// power goes.
func (w *world) click() {
	const most = 12
	for i := range most {
		name := fmt.Sprintf("List %d", i)
		if res := w.ask("POST", "/api/collections/lists/records", fmt.Sprintf(`{"org":%q,"name":%q,"optIn":"single"}`, w.org, name)); res.Status == http.StatusOK {
			w.promise(name, "SELECT COUNT(*) FROM lists WHERE id = '"+res.String("id")+"'")
		}
		call := fmt.Sprintf("call %d", i)
		if res := w.ask("POST", "/api/sms/consents", fmt.Sprintf(`{"phoneNumber":%q,"action":"revoked","method":"verbal","text":%q}`, w.numbers[i*3], call)); res.Status == http.StatusOK {
			w.promise(call, "SELECT COUNT(*) FROM consent_events WHERE text = '"+call+"'")
		}
		if w.dark() {
			return
		}
	}
}

func (w *world) promise(what, query string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.promised[what] = query
}

func (w *world) dark() bool {
	select {
	case <-w.tape.Dark():
		return true
	default:
		return false
	}
}

func (w *world) finished() bool {
	var n int
	err := w.app.DB().NewQuery("SELECT COUNT(*) FROM runs WHERE status != 'finished'").Row(&n)
	return err == nil && n == 0
}

func (w *world) rests() bool {
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	return w.sandbox.Idle(ctx) == nil
}

// until waits for one of several things.
func (w *world) until(what string, any ...func() bool) {
	w.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		for _, is := range any {
			if is() {
				return
			}
		}
		select {
		case <-tick.C:
		case <-deadline.C:
			w.t.Fatalf("after %s not yet: %s", patience, what)
		}
	}
}

// restore puts the files into the folder as the cut left them. They are
// written over: it is the same disk, and the same files on it.
//
// The file by which the folder knows its own copies is not on the tape, and is of the end of the first
// life. A server would take the database for an older copy, and rightly so; both halves are taken away.
func (w *world) restore(files map[string][]byte) {
	dir := w.app.DataDir()
	found, err := os.ReadDir(dir)
	w.must(err)
	for _, f := range found {
		if _, kept := files[f.Name()]; !kept && (strings.Contains(f.Name(), ".db") || strings.HasPrefix(f.Name(), store.FencePrefix)) {
			w.must(os.Remove(filepath.Join(dir, f.Name())))
		}
	}
	for name, content := range files {
		w.must(os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
}
