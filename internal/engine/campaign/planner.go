package campaign

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"tidings/internal/engine/stride"
	"tidings/internal/failpoint"
)

// Planner turns runs into rows, one stretch after the other, taking turns
// between runs. Run it once.
type Planner struct {
	store   Store
	now     func() time.Time
	planned func() // told when rows may have become due
	log     *slog.Logger
	nudged  chan struct{}
	stride  *stride.Stride
	resting map[string]time.Time // runs that could not be planned, until when; of Run's goroutine
}

// NewPlanner makes a planner that is at rest.
func NewPlanner(store Store, now func() time.Time, planned func(), log *slog.Logger) *Planner {
	return &Planner{store: store, now: now, planned: planned, log: log, nudged: make(chan struct{}, 1), stride: stride.New(stretch)}
}

// Nudge says that a run may have to be planned. It never blocks.
func (p *Planner) Nudge() {
	select {
	case p.nudged <- struct{}{}:
	default:
	}
}

// retryEvery is how long a failure waits; the rows say what is left to do.
const retryEvery = 5 * time.Second

// Run plans until ctx ends.
func (p *Planner) Run(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := p.turn(ctx)
		if err != nil && ctx.Err() == nil {
			p.log.Error("look for runs to plan; trying again", "error", err)
		}
		if more {
			continue
		}
		var again <-chan time.Time
		if err != nil || len(p.resting) > 0 {
			again = time.After(retryEvery)
		}
		select {
		case <-ctx.Done():
		case <-p.nudged:
		case <-again:
		}
	}
}

// turn sweeps a stretch of what canceled runs left, plans one stretch of each
// run and reports whether there is more to do at once. A run that cannot be
// planned rests for a while and does not hold up the others.
func (p *Planner) turn(ctx context.Context) (more bool, err error) {
	swept, err := p.store.Sweep(ctx)
	if err != nil {
		return false, err
	}
	runs, err := p.store.Plannable(ctx, p.now())
	if err != nil {
		return false, err
	}
	resting := make(map[string]time.Time)
	for _, run := range runs {
		if until := p.resting[run.ID]; time.Now().Before(until) {
			resting[run.ID] = until
			continue
		}
		planned, err := p.plan(ctx, run, len(runs) == 1 && !swept)
		if err != nil && ctx.Err() == nil {
			p.log.Error("plan the audience of a run; trying again", "run", run.ID, "error", err)
			resting[run.ID] = time.Now().Add(retryEvery)
		}
		more = more || planned
	}
	p.resting = resting
	return more || swept, nil
}

// spell is how long a run is planned before another has its turn.
const spell = 500 * time.Millisecond

// ahead is how many stretches may be decided before they are written: people are read a few thousand at a time, and
// while that lasts there is something to write.
const ahead = 8

// plan writes stretches of a run for a spell and reports whether it wrote any.
// While one is written the next are read and decided; what was not written when
// the spell is over is read again, so with nobody else to wait for it lasts
// until a nudge.
func (p *Planner) plan(ctx context.Context, run Run, alone bool) (bool, error) {
	earlier, err := p.earlier(ctx, run)
	if err != nil {
		return false, err
	}
	t, err := newTarget(run.Snapshot, run.Org, run.Rules, p.now())
	if err != nil {
		// It parsed when Send was pressed; a person has to look.
		return true, p.store.Pause(ctx, run.ID, "the text of this run cannot be read: "+err.Error())
	}
	t.key, t.earlier, t.stride = run.Key, earlier, p.stride
	// Ids of messages follow from numbers. In the order of numbers each stretch
	// goes into a few pages of the indexes, and not into as many as it has rows:
	// a million took four times as long in another order.
	if isNumber(run.Cursor) {
		t.audience.After = run.Cursor
	}
	deciding, stop := context.WithCancel(ctx)
	chunks := make(chan Chunk, ahead)
	decided := make(chan error, 1)
	go func() {
		defer close(chunks)
		decided <- p.decide(deciding, run, t, chunks)
	}()
	written, err := p.write(ctx, chunks, alone)
	stop()
	if failed := <-decided; err == nil && !errors.Is(failed, context.Canceled) {
		err = failed
	}
	return written, err
}

// isNumber tells the cursors of today from those of runs that an older version
// began: it walked by ids. Such a run is planned from its beginning, and what is
// there already stays.
func isNumber(cursor string) bool { return strings.HasPrefix(cursor, "+") }

// write writes chunks until the spell is over, the run is planned, or it is not
// being planned any more.
func (p *Planner) write(ctx context.Context, chunks <-chan Chunk, alone bool) (written bool, err error) {
	var chunk Chunk
	for began := time.Now(); time.Since(began) < spell || alone && !p.isNudged(); {
		if len(chunk.Rows) == 0 {
			var more bool
			if chunk, more = <-chunks; !more {
				return written, nil
			}
		}
		part, rest := chunk.cut(p.stride.Rows())
		handed := time.Now()
		planning, err := p.store.Plan(ctx, part)
		if err != nil {
			return written, err
		}
		failpoint.Hit(failpoint.ChunkCommitted)
		p.stride.Took(len(part.Rows), time.Since(handed))
		written = true
		if planning && part.Last {
			p.planned()
		}
		if !planning || part.Last {
			break
		}
		p.stride.Rest(ctx)
		chunk = rest
	}
	return written, nil
}

// cut takes the first rows off a chunk, so many at most: commits may have become
// slower since it was decided. Where all of them fit the rest is empty.
func (c Chunk) cut(most int) (first, rest Chunk) {
	if len(c.Rows) <= most {
		return c, Chunk{}
	}
	first, rest = c, c
	first.Rows, rest.Rows = c.Rows[:most], c.Rows[most:]
	first.Cursor, first.Last = first.Rows[most-1].Number, false
	rest.Run.Cursor = first.Cursor
	return first, rest
}

// isNudged takes a nudge if there is one.
func (p *Planner) isNudged() bool {
	select {
	case <-p.nudged:
		return true
	default:
		return false
	}
}

// decide reads the audience and decides, a stretch ahead of what is written.
func (p *Planner) decide(ctx context.Context, run Run, t *target, chunks chan<- Chunk) (err error) {
	audience := p.store.People(t.audience)
	defer func() { err = errors.Join(err, audience.Close()) }()
	for {
		t.at = p.now()
		failpoint.Hit(failpoint.PlanBegun)
		people, cursor, last, err := t.next(ctx, p.store, audience)
		if err != nil {
			return err
		}
		failpoint.Hit(failpoint.PlanRead)
		chunk := Chunk{Run: run, Rows: make([]Row, len(people)), Cursor: cursor, Last: last}
		for i, v := range people {
			if chunk.Rows[i], err = t.row(v); err != nil {
				return fmt.Errorf("subscriber %s: %w", v.person.ID, err)
			}
		}
		select {
		case chunks <- chunk:
		case <-ctx.Done():
			return ctx.Err()
		}
		if last {
			return nil
		}
		run.Cursor = cursor
	}
}

// earlier lists the keys of the campaign's runs before this one. They are asked
// for again, though the snapshot has them: between the moment it was taken and
// the start of this run another may have begun and ended.
func (p *Planner) earlier(ctx context.Context, run Run) ([]string, error) {
	keys, _, err := p.store.Keys(ctx, run.Campaign)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(keys, func(key string) bool { return key >= run.Key }), nil
}
