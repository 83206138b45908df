package dispatch

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"tidings/internal/failpoint"
	"tidings/internal/rules/message"
)

// A row that could not be sent through no fault of its own comes back after
// this long, a little apart from the others.
const retryAfter = 5 * time.Second

// requestLimit bounds one request, so that a worker is never lost. The client
// has shorter limits of its own.
const requestLimit = 30 * time.Second

// collect takes candidates at the pace of their senders and of the account, no
// more than there are idle workers. Without any it says how long to wait.
func (d *Dispatcher) collect(ctx context.Context) ([]Candidate, time.Duration) {
	if d.Halted() != "" {
		return nil, refreshEvery
	}
	now := time.Now()
	until := d.tide.until(now, d.Now())
	limit := min(d.free, maxBatch)
	wait := refreshEvery
	read := d.reader(ctx)
	var batch []Candidate
	d.departures = d.departures[:0]
	for idleLanes := 0; len(batch) < limit && idleLanes < len(d.turn); {
		if !d.account.ready(now) {
			wait = min(wait, d.account.next.Sub(now))
			break
		}
		id := d.turn[0]
		d.turn = append(d.turn[1:], id) // organisations take turns
		l := d.lanes[id]
		open, after := l.open(now, d.lead)
		if open && (!d.admits(now, id) || d.free-len(batch) <= d.reserve && !d.queues(now, l)) {
			open, after = false, refreshEvery
		}
		if !open {
			wait = min(wait, after)
			idleLanes++
			continue
		}
		c, ok, err := l.next(read, until)
		if err != nil {
			if ctx.Err() == nil {
				d.Log.Error("read due messages", "error", err)
			}
			return batch, wait
		}
		if !ok {
			idleLanes++
			continue
		}
		if !d.Gate.Hold(c.Number) {
			continue // a STOP of this number is under way; the row is read again later
		}
		failpoint.Hit(failpoint.GateHeld)
		idleLanes = 0
		d.begin(c)
		d.departures = append(d.departures, l.take(now))
		d.account.take(now)
		batch = append(batch, c)
	}
	return batch, wait
}

// queues says whether texts of a lane may be marked although they have to wait
// for a request: at a slower pace they would leave later than they were counted.
func (d *Dispatcher) queues(now time.Time, l *lane) bool {
	return l.pace.brisk() && d.account.brisk() && d.seats.worth(now)
}

// markAndSend commits the batch as sending and starts a worker for each row
// that may go.
func (d *Dispatcher) markAndSend(ctx context.Context, batch []Candidate) {
	at, began := d.Now(), time.Now()
	marked, err := d.Store.Mark(ctx, MarkRequest{
		Candidates: batch,
		At:         at,
		Judge: func(f Facts) Decision {
			if d.Halted() != "" { // since the batch was taken, or by this very commit
				return Decision{Action: Leave}
			}
			return decide(f, at)
		},
	})
	if err != nil {
		for i, c := range batch {
			d.giveBack(c, d.departures[i])
		}
		if ctx.Err() == nil {
			d.Log.Error("mark messages as sending; nothing was sent, trying again", "error", err)
			d.account.hold(time.Now().Add(time.Second))
		}
		return
	}
	failpoint.Hit(failpoint.MarkCommitted)
	d.lead = max(time.Since(began), d.lead-d.lead/512)
	requests := make([]func(), 0, len(marked))
	for i, m := range marked {
		c, leaving := batch[i], d.departures[i]
		if m.Action == Defer {
			d.tide.deferred(time.Now(), at)
		}
		if m.Action != Go {
			d.giveBack(c, leaving)
			continue
		}
		d.free--
		sender := d.lanes[c.Sender].sender
		requests = append(requests, func() { d.send(sender, c, m, leaving) })
	}
	// Beside the next turn, whose mark need not wait until a hundred goroutines are made.
	d.wg.Go(func() {
		for _, request := range requests {
			d.wg.Go(request)
		}
	})
}

func (d *Dispatcher) giveBack(c Candidate, text *departure) {
	d.Gate.Release(c.Number)
	d.abandon(c)
	d.account.refund()
	if l := d.lanes[c.Sender]; l != nil {
		l.refund(text)
	}
}

// send makes the one request of a marked row. It is not stopped by the end of
// the run's context: what has begun is finished and settled.
func (d *Dispatcher) send(sender Sender, c Candidate, m Marked, text *departure) {
	defer func() { d.idle <- struct{}{} }()
	defer func() { text.gone(time.Now()) }()
	d.rest(text.early(time.Now()))
	seated := d.seats.take(d.open, func() <-chan struct{} { return d.Gate.Wanted(c.Number) })
	now := d.Now()
	// The commit may have taken so long that the hours closed, or that a STOP was
	// acknowledged which waits for that very disk. The next mark looks again.
	var late string
	switch {
	case !seated:
		late = "no request could be opened in time"
	case !m.Until.IsZero() && !now.Before(m.Until):
		late = "the hours closed before the request began"
	case !d.Gate.Begin(c.Number):
		late = "a STOP came before the request began"
	}
	if late != "" {
		if seated {
			d.seats.leave()
		}
		d.Gate.Release(c.Number)
		d.abandon(c)
		d.hand(Settlement{ID: c.ID, Run: c.Run, Attempt: m.Attempt, At: now, RetryAt: m.Due, Reply: Reply{Outcome: NotSent, Detail: late}})
		return
	}
	release := sync.OnceFunc(func() {
		d.Gate.Started(c.Number)
		text.gone(time.Now())
	})
	defer release()
	began := time.Now()
	ctx, cancel := context.WithTimeout(d.open, requestLimit)
	defer cancel()
	reply := d.Provider.Send(ctx, Text{
		Source:        sender.Number,
		PowerpackUUID: sender.PowerpackUUID,
		To:            c.Number,
		Body:          c.Body,
		CallbackURL:   d.Callback(c.ID, m.Attempt),
		Expiry:        expiry(now, m.Arrive),
		Started:       release,
	})
	d.seats.leave()
	d.settle(c, m, reply, began)
}

// rest waits for the moment at which a text may leave, or for the end.
func (d *Dispatcher) rest(early time.Duration) {
	if early <= 0 {
		return
	}
	timer := time.NewTimer(early)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-d.open.Done():
	}
}

// Provider limits of the time a text may wait in its queue.
const (
	leastExpiry = 5 * time.Second
	mostExpiry  = 10799 * time.Second
)

// expiry keeps the provider's queue from delivering after the hours close.
func expiry(now, until time.Time) time.Duration {
	if until.IsZero() {
		return 0
	}
	return min(max(until.Sub(now).Truncate(time.Second), leastExpiry), mostExpiry)
}

// settle draws the conclusions of an answer for those who come next, and hands
// it over.
func (d *Dispatcher) settle(c Candidate, m Marked, r Reply, began time.Time) {
	s := Settlement{ID: c.ID, Run: c.Run, Attempt: m.Attempt, Segments: c.Segments, Reply: r, At: d.Now()}
	if again(c, m, r) {
		s.Reply.Outcome = NotSent
	}
	switch s.Reply.Outcome {
	case Throttled:
		s.RetryAt = s.At.Add(max(r.RetryAfter, retryAfter) + rand.N(time.Second))
	case NotSent:
		s.RetryAt = s.At.Add(retryAfter + rand.N(time.Second))
	}
	if c.Kind == message.Stop && !s.RetryAt.IsZero() {
		s.RetryAt = m.Due // its five minutes run from the STOP, however often it is tried
	}
	d.hand(s)
	d.conclude(c, r, began, m.Attempt > 1 && r.Outcome == Rejected && r.Class.mayBeOne())
}

// again reports whether a refused text goes back to the queue. A refusal proves
// that nothing was accepted; where it is about the account, whoever mends that
// wants the text to go out. One about the sender or the country may be about this
// number after all, so the second counts. Single texts have somebody who waits:
// they end, and show why.
func again(c Candidate, m Marked, r Reply) bool {
	if r.Outcome != Rejected || c.Run == "" {
		return false
	}
	return r.Class == WholeAccount || m.Attempt == 1 && r.Class.mayBeOne()
}

func (d *Dispatcher) hand(s Settlement) {
	if err := d.Store.Settle(s); err != nil {
		d.Log.Error("settle a message; after a restart it will be unknown", "message", s.ID, "error", err)
	}
	failpoint.Hit(failpoint.SettleHanded)
}
