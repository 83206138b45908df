package dispatch

import (
	"cmp"
	"context"
	"strings"
	"time"
)

// throttle is one answer 429.
type throttle struct {
	began time.Time // of its request
	after time.Duration
}

// conclude says what an outcome means for those who come next. A refusal that
// is the second of its row says no more than the first did.
func (d *Dispatcher) conclude(c Candidate, r Reply, began time.Time, second bool) {
	now := time.Now()
	d.mu.Lock()
	defer d.mu.Unlock()
	switch r.Outcome {
	case Accepted:
		d.taken++
	case Throttled:
		d.throttled = append(d.throttled, throttle{began, r.RetryAfter})
	}
	if second && !d.breaker.tries(c) {
		return
	}
	was := d.breaker.account.open
	t, opens := d.breaker.record(now, c, r)
	switch {
	case opens && t.fault != unreached:
		d.trips = append(d.trips, t)
	case opens && was != unreached:
		d.Log.Warn("the provider cannot be reached; nothing is lost, texts wait and one tries every few seconds", "detail", r.Detail)
	case was != sound && d.breaker.account.open == sound:
		d.Log.Info("the provider answers again")
	}
}

func (d *Dispatcher) admits(now time.Time, sender string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.breaker.ready(now, sender)
}

func (d *Dispatcher) begin(c Candidate) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.breaker.take(c)
}

func (d *Dispatcher) abandon(c Candidate) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.breaker.drop(c)
}

func (d *Dispatcher) keepCircuits(senders map[string]bool, runs []Run) {
	live := make(map[string]bool, len(runs))
	for _, r := range runs {
		live[r.ID] = true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.breaker.keep(senders, live)
}

// stopTripped pauses the runs that an open circuit concerns, before any more
// work is taken: so a trip costs at most what was under way.
func (d *Dispatcher) stopTripped(ctx context.Context) {
	d.mu.Lock()
	trips := d.trips
	d.trips = nil
	d.mu.Unlock()
	for i, t := range trips {
		reason := d.reason(t)
		runs := d.concerned(t)
		for _, run := range runs {
			if err := d.Store.Pause(ctx, run, reason); err != nil {
				if ctx.Err() == nil {
					d.Log.Error("pause a run that the provider refuses; trying again", "run", run, "error", err)
				}
				d.mu.Lock()
				d.trips = append(d.trips, trips[i:]...)
				d.mu.Unlock()
				d.account.hold(time.Now().Add(refreshEvery))
				return
			}
		}
		d.Log.Error("texts of one kind fail; their runs are paused", "kind", string(t.fault), "runs", len(runs), "reason", reason)
		d.mu.Lock()
		d.breaker.paused(t)
		d.mu.Unlock()
	}
	if len(trips) > 0 {
		d.Nudge()
	}
}

// concerned lists the runs that have something to send now and would meet the
// same failure. One that waits for its hours may find the trouble over.
func (d *Dispatcher) concerned(t trip) []string {
	var runs []string
	if t.run != "" {
		runs = append(runs, t.run)
	}
	if t.fault == ofCountry || t.fault == ofContent {
		return runs
	}
	for id, l := range d.lanes {
		if t.fault == ofSender && id != t.sender {
			continue
		}
		for _, q := range l.queues[1:] {
			if q.run.ID != t.run && !(q.dry && len(q.waiting) == 0) {
				runs = append(runs, q.run.ID)
			}
		}
	}
	return runs
}

// reason says to a person what happened and what to do.
func (d *Dispatcher) reason(t trip) string {
	r := t.reply
	if t.fault == unanswered {
		return "the provider does not answer as it should (" + cmp.Or(r.Detail, "no answer") + "); texts that were under way " +
			"are unknown and are not sent again by themselves. Look at the provider's status page and at your connection, then resume: one text goes ahead of the others"
	}
	if d.Words == nil {
		return cmp.Or(r.Detail, "the provider refuses the account or the sender, code "+r.Code)
	}
	meaning, remedy := d.Words(r.Code)
	reason := strings.TrimSpace(meaning + " " + remedy)
	if !strings.Contains(reason, "resume") {
		reason = strings.TrimRight(reason, ".") + ", then resume the run."
	}
	if r.Detail != "" {
		reason += " (" + r.Detail + ")"
	}
	return reason
}

// Trouble says in words why texts wait although there is work; empty when all
// is well.
func (d *Dispatcher) Trouble() string {
	if why := d.Halted(); why != "" {
		return why
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch d.breaker.account.open {
	case sound:
		return ""
	case unreached:
		return "the provider cannot be reached; texts wait, and one tries every few seconds"
	case unanswered:
		return "the provider does not answer as it should; its runs are paused"
	}
	return "the provider refuses the account; its runs are paused"
}
