package store

import (
	"fmt"
	"strings"

	"tidings/internal/failpoint"
	"tidings/internal/rules/message"
)

// changes is what a transaction does to runs. It is summed up and written once
// a commit, so that a thousand rows of one run cost one UPDATE of its counters.
type changes struct {
	runs  map[string]*runChange
	usage map[[2]string]int64 // requests begun, by sender and day
	told  []told              // other records that clients are told of
}

// runChange is the sum of what happened to the rows of one run.
type runChange struct {
	states     map[message.Status]int64
	recipients int64
	optedOut   int64
	replies    int64
	segments   int64
	costMicros int64
	counters   map[[2]string]int64 // kind and key of run_counters
}

func newChanges() changes {
	return changes{runs: make(map[string]*runChange), usage: make(map[[2]string]int64)}
}

func (c *changes) run(id string) *runChange {
	r := c.runs[id]
	if r == nil {
		r = &runChange{states: make(map[message.Status]int64), counters: make(map[[2]string]int64)}
		c.runs[id] = r
	}
	return r
}

// The kinds of run_counters.
const (
	countReason = "reason" // skipped, by reason
	countError  = "error"  // failed and undelivered, by the provider's code
	countMinute = "minute" // requests begun, by minute of legal time
)

// figures is what one row adds to its run.
type figures struct {
	status     message.Status
	reason     message.Reason
	errorCode  string
	segments   int64
	costMicros int64
}

// move counts a row from one state to another. Rows without a run count
// nowhere.
func (c *changes) move(run string, from, to figures) {
	if run == "" {
		return
	}
	r := c.run(run)
	r.count(from, -1)
	r.count(to, +1)
}

// add counts a new row.
func (c *changes) add(run string, to figures) {
	r := c.run(run)
	r.recipients++
	r.count(to, +1)
}

func (r *runChange) count(f figures, by int64) {
	r.states[f.status] += by
	if f.status.Billed() {
		r.segments += by * f.segments
	}
	r.costMicros += by * f.costMicros
	if f.status == message.Skipped && f.reason != "" {
		r.counters[[2]string{countReason, string(f.reason)}] += by
	}
	if (f.status == message.Failed || f.status == message.Undelivered) && f.errorCode != "" {
		r.counters[[2]string{countError, f.errorCode}] += by
	}
}

// began counts a request in its minute.
func (c *changes) began(run, at string) {
	if run != "" {
		c.run(run).counters[[2]string{countMinute, at[:len("2006-01-02 15:04")]}]++
	}
}

var updateCounters = func() string {
	var b strings.Builder
	b.WriteString("UPDATE runs SET ")
	for _, s := range message.Outbound {
		fmt.Fprintf(&b, "%s = %s + ?, ", s, s)
	}
	b.WriteString("recipients = recipients + ?, optedOut = optedOut + ?, replies = replies + ?, " +
		"segments = segments + ?, costMicros = costMicros + ?, updated = ? WHERE id = ?")
	return b.String()
}()

const (
	upsertCounter = `INSERT INTO run_counters (run, kind, key, n) VALUES (?, ?, ?, ?)
		ON CONFLICT (run, kind, key) DO UPDATE SET n = n + excluded.n`

	// A run ends with its last open row. The counters were written a moment ago
	// in the same transaction, so the question is answered by the run's own row.
	finishRun = `UPDATE runs SET status = 'finished', finishedAt = ? WHERE id = ?
		AND status IN ('sending', 'waiting') AND planned AND queued = 0 AND sending = 0`
)

// flush writes what was summed up.
func (t *txn) flush() error {
	for of, n := range t.usage {
		if _, err := t.exec(countUsage, of[0], of[1], n); err != nil {
			return err
		}
	}
	for id, r := range t.runs {
		now := t.w.now()
		args := make([]any, 0, len(message.Outbound)+7)
		for _, s := range message.Outbound {
			args = append(args, r.states[s])
		}
		args = append(args, r.recipients, r.optedOut, r.replies, r.segments, r.costMicros, now, id)
		if _, err := t.exec(updateCounters, args...); err != nil {
			return err
		}
		failpoint.Hit(failpoint.CountersWritten)
		for key, n := range r.counters {
			if n == 0 {
				continue
			}
			if _, err := t.exec(upsertCounter, id, key[0], key[1], n); err != nil {
				return err
			}
		}
		finished, err := t.exec(finishRun, now, id)
		if err != nil {
			return err
		}
		if finished == 1 {
			failpoint.Hit(failpoint.FinishWritten)
		}
	}
	return nil
}
