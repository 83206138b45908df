package dispatch_test

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/gate"
)

// request is one call that a fakeProvider saw begin.
type request struct {
	id      string
	attempt int
	dispatch.Text
	at    time.Time // real
	legal time.Time
}

// run is the run of a request's row.
func (r request) run() string {
	name, _, _ := strings.Cut(r.id, "-")
	return name
}

// fakeProvider answers after a latency and keeps the truth.
type fakeProvider struct {
	mu       sync.Mutex
	legal    func() time.Time
	latency  time.Duration
	dialing  time.Duration // before the first byte leaves
	slowDial int           // one in so many takes a second longer; 0: none
	dials    atomic.Int64
	answer   func(r request, n int) dispatch.Reply
	requests []request
	open     int
	mostOpen int
}

func (p *fakeProvider) Send(ctx context.Context, t dispatch.Text) dispatch.Reply {
	wait(p.dialing)
	if n := p.dials.Add(1); p.slowDial > 0 && n%int64(p.slowDial) == 0 {
		wait(time.Second)
	}
	p.mu.Lock()
	id, attempt, _ := strings.Cut(t.CallbackURL, "#")
	n, err := strconv.Atoi(attempt)
	if err != nil {
		panic("the callback names no attempt: " + t.CallbackURL)
	}
	r := request{id: id, attempt: n, Text: t, at: time.Now(), legal: p.legal()}
	p.requests = append(p.requests, r)
	p.open++
	p.mostOpen = max(p.mostOpen, p.open)
	count := len(p.requests)
	p.mu.Unlock()
	t.Started()
	select {
	case <-ctx.Done():
	case <-time.After(p.latency):
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
	if ctx.Err() != nil {
		return dispatch.Reply{Outcome: dispatch.Unknown, Detail: ctx.Err().Error()}
	}
	if p.answer != nil {
		return p.answer(r, count)
	}
	return dispatch.Reply{Outcome: dispatch.Accepted, UUID: "uuid of " + id}
}

func (p *fakeProvider) seen() []request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// most is how many requests were open at once.
func (p *fakeProvider) most() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mostOpen
}

// bench is a dispatcher over fakes. Its legal clock starts on a Tuesday at 11:00
// in New York and runs with the bubble's.
type bench struct {
	*dispatch.Dispatcher
	store    *fakeStore
	provider *fakeProvider
	gate     *gate.Gate
	started  time.Time
	ahead    atomic.Int64 // of the legal clock, in nanoseconds
	end      func()       // stops the dispatcher and waits for it
}

var opening = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

func newBench() *bench {
	b := &bench{store: newStore(), gate: gate.New(), started: time.Now()}
	b.provider = &fakeProvider{legal: b.now, latency: 20 * time.Millisecond}
	return b
}

func (b *bench) now() time.Time {
	return opening.Add(time.Duration(b.ahead.Load()) + time.Since(b.started))
}

// advance moves the legal clock, as a sandbox can.
func (b *bench) advance(d time.Duration) { b.ahead.Add(int64(d)) }

// start runs the dispatcher until the test ends.
func (b *bench) start(t *testing.T, change ...func(*dispatch.Options)) {
	t.Helper()
	o := dispatch.Options{
		Store: b.store, Provider: b.provider, Gate: b.gate, Now: b.now, Log: slog.New(slog.DiscardHandler),
		Callback: func(id string, attempt int) string { return id + "#" + strconv.Itoa(attempt) },
	}
	for _, c := range change {
		c(&o)
	}
	b.Dispatcher = dispatch.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := b.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	b.end = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(b.end)
}

// most counts the most requests that began within any stretch of d.
func most(requests []request, d time.Duration) int {
	n, first := 0, 0
	for i, r := range requests {
		for r.at.Sub(requests[first].at) >= d {
			first++
		}
		n = max(n, i-first+1)
	}
	return n
}

// runs counts requests by run.
func runs(requests []request) map[string]int {
	n := make(map[string]int)
	for _, r := range requests {
		n[r.run()]++
	}
	return n
}
