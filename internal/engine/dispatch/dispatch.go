// Package dispatch moves due rows through one send: feed, pace, gate, mark,
// send, settle.
//
// It reads due rows into memory without changing them, takes from them at the
// pace of each sender inside the pace of the account, marks a batch no larger
// than the idle workers as sending in one durable commit that looks at consent,
// suppression, hours and the run once more, and only then lets the first byte
// leave. After a crash only marked rows are in doubt: at most one per worker.
//
// It refuses to try anything twice that the provider may have accepted.
// DESIGN.md beside this file has the reasons.
package dispatch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/failpoint"
)

// Limits that were measured on two cores with an SQLite file on a local disk.
const (
	// maxBatch keeps a commit at two to four milliseconds, so that other
	// writers wait no longer.
	maxBatch = 128
	// page is how many candidates of one run wait in memory.
	page = 1000
	// refreshEvery bounds how long a row that became due by the clock alone
	// waits to be seen.
	refreshEvery = time.Second
	// refreshGap keeps a flood of nudges (each text that comes in is one) from
	// reading senders and runs all the time.
	refreshGap = 20 * time.Millisecond
	// DefaultInFlight is the provider's limit of simultaneous calls.
	DefaultInFlight = 100
	// DefaultGrace is longer than the provider's client waits for an answer, so
	// that in the end every request that was open is settled by what came of it.
	DefaultGrace = 15 * time.Second
)

// Options is what a Dispatcher is made of. All fields but Halted, Words,
// AccountRate, InFlight and Grace are required.
type Options struct {
	Store    Store
	Provider Provider
	Gate     *gate.Gate
	Now      func() time.Time // legal time
	// Callback gives the address for status callbacks of one attempt.
	Callback func(id string, attempt int) string
	// Halted says why nothing may be begun, a full disk for one; empty when it may. Nil: it always may.
	Halted func() string
	// Words gives a code of the provider in plain words; nil: its own words are all there is.
	Words       func(code string) (meaning, remedy string)
	AccountRate float64 // texts a second over all senders; 0: the senders' own paces are the limit
	InFlight    int     // open requests at most; 0 means DefaultInFlight. See Workers
	// Grace is how long requests may stay open after the end of Run's context;
	// then they are cut off and settled as unknown. 0 means DefaultGrace.
	Grace time.Duration
	Log   *slog.Logger
}

// Dispatcher is the engine's only sender. Run it once.
type Dispatcher struct {
	Options
	account account
	lanes   map[string]*lane
	turn    []string // lanes in rotation
	free    int      // idle workers
	reserve int      // as many workers have no seat
	seats   *seats
	idle    chan struct{}
	nudged  chan struct{}
	tide    tide
	wg      sync.WaitGroup
	open    context.Context // of all requests
	hurry   context.CancelFunc

	departures []*departure  // of the batch that is being marked, in its order
	lead       time.Duration // what marks lately took

	mu        sync.Mutex
	throttled []throttle // answers 429 since the last turn
	taken     int        // texts that were accepted since the last turn
	breaker   breaker
	trips     []trip // circuits that have opened since the last turn
}

// New makes a dispatcher that is at rest.
func New(o Options) *Dispatcher {
	if o.InFlight <= 0 {
		o.InFlight = DefaultInFlight
	}
	if o.Grace <= 0 {
		o.Grace = DefaultGrace
	}
	if o.Halted == nil {
		o.Halted = func() string { return "" }
	}
	open, hurry := context.WithCancel(context.Background())
	return &Dispatcher{
		open:    open,
		hurry:   hurry,
		Options: o,
		account: newAccount(o.AccountRate),
		lanes:   make(map[string]*lane),
		free:    Workers(o.InFlight),
		reserve: Workers(o.InFlight) - o.InFlight,
		seats:   newSeats(o.InFlight),
		idle:    make(chan struct{}, Workers(o.InFlight)),
		nudged:  make(chan struct{}, 1),
		breaker: newBreaker(),
	}
}

// Nudge says that something changed: a run started, paused or ended, an answer
// was queued, the clock was moved. It never blocks.
func (d *Dispatcher) Nudge() {
	select {
	case d.nudged <- struct{}{}:
	default:
	}
}

// Hurry ends the grace of open requests: each is given up and settled at once,
// as unknown if it may have been accepted. It is for the end; nothing is sent
// afterwards.
func (d *Dispatcher) Hurry() { d.hurry() }

// drain waits for the open requests, for as long as the grace lasts.
func (d *Dispatcher) drain() {
	grace := time.AfterFunc(d.Grace, d.hurry)
	defer grace.Stop()
	d.wg.Wait()
}

// Run recovers from a crash, then sends until ctx ends, and returns when every
// open request was settled: within the grace, or at once after Hurry.
func (d *Dispatcher) Run(ctx context.Context) error {
	doubtful, err := d.Store.Recover(ctx)
	if err != nil {
		return err
	}
	failpoint.Hit(failpoint.RecoverCommitted)
	if doubtful > 0 {
		d.Log.Warn("requests were open when the process ended; their messages are unknown and will not be sent again", "count", doubtful)
	}
	defer d.drain()
	var refreshed time.Time
	stale := true
	for ctx.Err() == nil {
		d.reclaim()
		d.stopTripped(ctx)
		select {
		case <-d.nudged:
			stale = true
		default:
		}
		if !time.Now().Before(refreshed.Add(refreshAfter(stale))) {
			refreshed, stale = time.Now(), false
			if err := d.refresh(ctx); err != nil && ctx.Err() == nil {
				d.Log.Error("read what is due", "error", err)
			}
		}
		batch, wait := d.collect(ctx)
		if len(batch) > 0 {
			d.markAndSend(ctx, batch)
			continue
		}
		timer := time.NewTimer(max(min(wait, time.Until(refreshed.Add(refreshAfter(stale)))), 0))
		select {
		case <-ctx.Done():
		case <-timer.C:
		case <-d.idle:
			d.free++
		case <-d.nudged:
			stale = true
		}
		timer.Stop()
	}
	return nil
}

// refreshAfter is the time between two refreshes.
func refreshAfter(stale bool) time.Duration {
	if stale {
		return refreshGap
	}
	return refreshEvery
}

// reclaim takes back workers that have finished and reacts to what they met.
func (d *Dispatcher) reclaim() {
	for {
		select {
		case <-d.idle:
			d.free++
			continue
		default:
		}
		break
	}
	now := time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.account.took(d.taken)
	d.taken = 0
	for _, t := range d.throttled {
		d.account.slow(now, t.began, t.after)
	}
	d.throttled = d.throttled[:0]
	d.account.ease(now)
}

// refresh reads senders and runs again and drops what may not be sent any more.
func (d *Dispatcher) refresh(ctx context.Context) error {
	now := d.Now()
	work, err := d.Store.Work(ctx, now)
	if err != nil {
		return err
	}
	resting := d.resting(work.Runs) // before the lanes forget what they have read
	total := 0.0
	unlimited := false
	seen := make(map[string]bool, len(work.Senders))
	for _, s := range work.Senders {
		seen[s.ID] = true
		total += s.RatePerSecond
		unlimited = unlimited || s.RatePerSecond <= 0
		l := d.lanes[s.ID]
		if l == nil {
			l = newLane(s)
			d.lanes[s.ID] = l
			d.turn = append(d.turn, s.ID)
		}
		l.update(s, work.Runs)
	}
	kept := d.turn[:0]
	for _, id := range d.turn {
		if seen[id] {
			kept = append(kept, id)
		} else {
			delete(d.lanes, id)
		}
	}
	d.turn = kept
	d.keepCircuits(seen, work.Runs)
	if unlimited {
		total = 0
	}
	d.account.usual = interval(total)
	if err := d.pauseOrphans(ctx, work.Runs); err != nil {
		return err
	}
	if len(resting) == 0 {
		return nil
	}
	return d.Store.Rest(ctx, resting, now)
}

// pauseOrphans pauses runs whose sender was switched off or is gone, so that
// people see why nothing leaves.
func (d *Dispatcher) pauseOrphans(ctx context.Context, runs []Run) error {
	for _, r := range runs {
		if d.lanes[r.Sender] != nil {
			continue
		}
		if err := d.Store.Pause(ctx, r.ID, "the sender of this run is switched off; enable it, then resume the run"); err != nil {
			return err
		}
	}
	return nil
}

// resting lists the runs that had nothing due when they were last read, so that
// people see that they wait for their hours. Those of a sender whose limit of the
// day is used up are not read, and the rows tell.
func (d *Dispatcher) resting(runs []Run) []string {
	var resting []string
	for _, r := range runs {
		if l := d.lanes[r.Sender]; l != nil && (l.sender.LeftToday == 0 || l.dry(r.ID)) {
			resting = append(resting, r.ID)
		}
	}
	return resting
}
