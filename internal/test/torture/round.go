package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"tidings/internal/clock"
	"tidings/internal/simulator"
	"tidings/internal/spool"
	"tidings/internal/web"
)

// round is one data folder from its first life to the end of its campaigns, with a simulated provider
// that outlives them all.
type round struct {
	*rig
	index    int
	plan     plan
	folder   string
	sim      *simulator.Simulator
	provider *httptest
	clock    *clock.Clock
	http     string
	phones   *rand.Rand
	locked   bool // another process holds the database's lock now and then
	hurried  bool // senders are fast: larger commits, more open requests
	unsure   bool // answers are lost too, so a row may be unknown without a kill

	texts    int         // that people have still to write
	spare    int         // of them in this life, once somebody holds the lock
	held     atomic.Bool // somebody has held the lock in this life
	woken    bool        // the clock stands at the sleepers' morning
	uploaded bool
	runs     map[string]bool
	doubt    map[string]bool // rows that were sending when a life ended
	result
}

// httptest is the provider's listener.
type httptest struct {
	server *http.Server
	url    string
}

// Limits of one round. A violation is better than a test that hangs.
const (
	roundLimit = 6 * time.Minute
	termLimit  = 20 * time.Second // SIGTERM to the end; README says 45 s at most
	pollEvery  = 15 * time.Millisecond
)

func newRound(r *rig, seed uint64, index int, p plan) (*round, error) {
	addr, err := address(index)
	if err != nil {
		return nil, err
	}
	o := &round{
		rig: r, index: index, plan: p, folder: filepath.Join(r.dir, fmt.Sprint("round", index)), http: addr,
		clock: clock.StartingAt(morning), phones: rand.New(rand.NewPCG(seed, uint64(index)<<32)), unsure: index%2 == 1, hurried: index%4 >= 2,
		texts: 40, runs: make(map[string]bool), doubt: make(map[string]bool),
		result: result{index: index, kills: make(map[string]int)},
	}
	if err := r.fresh(o.folder); err != nil {
		return nil, err
	}
	cfg := simulator.Config{
		AuthID: authID, AuthToken: authToken, Clock: o.clock, Seed: seed + uint64(index),
		CallbackDelay: time.Millisecond, DeliverDelay: 2 * time.Millisecond, ReplyDelay: 5 * time.Millisecond,
		// While the server is dead its webhooks fail: they come again until long after it is back.
		RetryDelays: slices.Repeat([]time.Duration{150 * time.Millisecond}, 200),
		Faults: simulator.Faults{
			DropCallback: 0.02, DuplicateCallback: 0.05, ReorderCallback: 0.05,
			CallbackBeforeResponse: 0.05, SlowResponse: 0.4, SlowFor: 15 * time.Millisecond,
		},
		Log: slog.New(slog.DiscardHandler),
	}
	if o.unsure {
		cfg.Faults.ResetAfterAccept, cfg.Faults.Error500Accepted, cfg.Faults.EmptyAccepted = 0.02, 0.02, 0.02
		cfg.Faults.Error500, cfg.Faults.ResetBeforeAccept = 0.01, 0.01
	}
	o.sim = simulator.New(cfg)
	o.sim.SetInbound("", "http://"+addr+web.InboundPath)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	o.provider = &httptest{&http.Server{Handler: o.sim, ReadHeaderTimeout: 5 * time.Second}, "http://" + l.Addr().String()}
	go o.provider.server.Serve(l) // ends with Close
	return o, nil
}

// play goes through the lives of the round.
func (o *round) play(ctx context.Context) result {
	ctx, cancel := context.WithTimeout(ctx, roundLimit)
	defer cancel()
	began := time.Now()
	defer o.close()
	ended := false
	for {
		l := o.plan.next(ended)
		c, err := start(birth{
			binary: o.binary, folder: o.folder, http: o.http, provider: o.provider.url, clock: o.clock.Now(), failpoint: l.failpoint,
		})
		if err != nil {
			o.fail("%v", err)
			break
		}
		o.lives++
		done := false
		ended, done = o.live(ctx, c, l)
		if done || len(o.violations) > 0 {
			break
		}
	}
	o.took = time.Since(began)
	if len(o.violations) == 0 {
		o.checkEnd()
	}
	return o.result
}

func (o *round) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	o.provider.server.Close()
	if err := o.sim.Close(ctx); err != nil {
		o.fail("close the simulator: %v", err)
	}
}

func (o *round) fail(format string, args ...any) {
	o.violations = append(o.violations, fmt.Sprintf(format, args...))
}

// live lets one life go on until it ends. ended: as its plan says. done: nothing is left to do.
func (o *round) live(ctx context.Context, c *child, l life) (ended, done bool) {
	if l.after > 0 {
		t := time.AfterFunc(l.after, func() { c.signal(l.signal) })
		defer t.Stop()
	}
	ready := c.ready(ctx)
	if ready && l.patience > 0 {
		t := time.AfterFunc(l.patience, func() { c.signal(syscall.SIGKILL) })
		defer t.Stop()
	}
	release := func() {}
	o.spare = textsLocked
	o.held.Store(false)
	if ready {
		o.press(ctx, c)
		if o.locked {
			release = o.lock(c)
		}
	}
	asked := false // to end well
	for !c.ended() {
		if ctx.Err() != nil {
			o.fail("not done after %v (%s): %s", roundLimit, l, o.describe(c))
			c.kill()
			release()
			return false, true
		}
		switch o.tend(ctx, c) {
		case restart:
			asked = true
			o.term(c)
			if o.lives >= senders {
				if err := o.clock.AdvanceTo(opening()); err != nil {
					o.fail("advance the clock: %v", err)
				}
				o.woken = true
			}
		case finished:
			asked, done = true, true
			o.term(c)
		}
		select {
		case <-c.done:
		case <-time.After(pollEvery):
		}
	}
	<-c.done
	release() // it closes its files before they are copied
	at := o.checkLife(c, l, ready, asked || l.signal == syscall.SIGTERM)
	return !asked && (l.failpoint == "" || at != ""), done
}

// next step of a round.
type step int

const (
	underWay step = iota
	restart
	finished
)

// press presses Send for one campaign more in each life, and again for those before, as somebody would
// who got no answer; and uploads the file.
func (o *round) press(ctx context.Context, c *child) {
	api := client{c.http, o.guide.token}
	for _, lane := range o.guide.lanes {
		if !o.hurried || o.lives > 1 {
			break
		}
		if _, err := api.call(ctx, http.MethodPatch, "/api/collections/senders/records/"+lane, object{"ratePerSecond": fast}, nil); err != nil {
			o.refused(c, err)
		}
	}
	for _, campaign := range o.guide.campaigns[:min(o.lives, senders)] {
		var answer struct {
			RunID string
			Data  struct {
				Campaign struct{ Params struct{ RunID string } }
			}
		}
		if _, err := api.call(ctx, http.MethodPost, "/api/sms/campaigns/"+campaign+"/send", object{}, &answer); err != nil {
			o.refused(c, err)
			return
		}
		id := answer.RunID
		if id == "" {
			id = answer.Data.Campaign.Params.RunID
		}
		o.runs[id] = true
	}
	if o.uploaded {
		return
	}
	err := api.upload(ctx, strangers(), map[string]string{"list": o.guide.imported, "consentMethod": "paper", "consentText": "Text me offers"})
	if o.uploaded = err == nil; err != nil {
		o.refused(c, err)
	}
}

// refused keeps an error that no kill explains.
func (o *round) refused(c *child, err error) {
	select {
	case <-c.done:
	case <-time.After(time.Second):
		o.fail("the server answered: %v", err)
	}
}

// tend lets people write, and looks how far the server is.
func (o *round) tend(ctx context.Context, c *child) step {
	if o.mayWrite() {
		o.texts--
		o.spare--
		from := o.guide.numbers[o.phones.IntN(len(o.guide.numbers))]
		to := o.guide.senders[o.phones.IntN(len(o.guide.senders))]
		text := []string{"STOP", "STOP", "Stop", "HELP", "START", "When do you open?"}[o.phones.IntN(6)]
		if _, err := o.sim.Inject(from, to, text); err != nil {
			o.fail("write from a phone: %v", err)
		}
		return underWay
	}
	api := client{c.http, o.guide.token}
	s, err := api.state(ctx)
	if err != nil || len(s.runs) < min(o.lives, senders) {
		return underWay // it has just ended, or Send was cut off and is pressed again in the next life
	}
	for _, r := range s.runs {
		switch r.Status {
		case "finished":
		case "waiting":
			if o.woken {
				return underWay
			}
		case "paused":
			if _, err := api.call(ctx, http.MethodPost, "/api/sms/runs/"+r.ID+"/resume", object{}, nil); err == nil {
				o.resumed = append(o.resumed, r.PauseReason)
			}
			return underWay
		default:
			return underWay
		}
	}
	for _, i := range s.imports {
		if i.Status != "finished" {
			return underWay
		}
	}
	quiet, cancel := context.WithTimeout(ctx, pollEvery)
	defer cancel()
	if o.sim.Idle(quiet) != nil || o.spoolHolds() {
		return underWay
	}
	if !o.woken || o.lives < senders {
		return restart
	}
	return finished
}

// textsLocked is how many texts people write in a life in which somebody takes the lock: enough to meet the
// spool, and few enough that some are left for the next life.
const textsLocked = 8

// mayWrite reports whether somebody writes a text now. Where the spool is to be met, they wait for the lock.
func (o *round) mayWrite() bool {
	return o.texts > 0 && (!o.locked || o.held.Load() && o.spare > 0)
}

// spoolHolds reports whether webhooks that were answered wait for the database. The server empties the file with the last of them.
func (o *round) spoolHolds() bool {
	info, err := os.Stat(filepath.Join(o.folder, spool.File))
	return err == nil && info.Size() > 0
}

// term asks the server to end well, and waits.
func (o *round) term(c *child) {
	c.signal(syscall.SIGTERM)
	select {
	case <-c.done:
	case <-time.After(termLimit):
		o.fail("SIGTERM did not end the server within %v:\n%s", termLimit, lastLines(c.log.String(), 10))
		c.kill()
	}
}

func (o *round) describe(c *child) string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	s, err := client{c.http, o.guide.token}.state(ctx)
	var b strings.Builder
	for _, r := range s.runs {
		fmt.Fprintf(&b, "run %s %s %s, %d queued; ", r.ID, r.Status, r.PauseReason, r.Queued)
	}
	for _, i := range s.imports {
		fmt.Fprintf(&b, "import %s; ", i.Status)
	}
	fmt.Fprintf(&b, "%d of %d texts to write; %v\n%s", o.texts, 40, err, lastLines(c.log.String(), 15))
	return b.String()
}
