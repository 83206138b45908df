package campaign

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

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
	resting map[string]time.Time // runs that could not be planned, until when; of Run's goroutine
}

// NewPlanner makes a planner that is at rest.
func NewPlanner(store Store, now func() time.Time, planned func(), log *slog.Logger) *Planner {
	return &Planner{store: store, now: now, planned: planned, log: log, nudged: make(chan struct{}, 1)}
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
		planned, err := p.plan(ctx, run)
		if err != nil && ctx.Err() == nil {
			p.log.Error("plan the audience of a run; trying again", "run", run.ID, "error", err)
			resting[run.ID] = time.Now().Add(retryEvery)
		}
		more = more || planned
	}
	p.resting = resting
	return more || swept, nil
}

// plan writes the next stretch of a run and reports whether it did.
func (p *Planner) plan(ctx context.Context, run Run) (bool, error) {
	failpoint.Hit(failpoint.PlanBegun)
	earlier, err := p.earlier(ctx, run)
	if err != nil {
		return false, err
	}
	t, err := newTarget(run.Snapshot, run.Org, p.now())
	if err != nil {
		// It parsed when Send was pressed; a person has to look.
		return true, p.store.Pause(ctx, run.ID, "the text of this run cannot be read: "+err.Error())
	}
	t.key, t.earlier, t.audience.After = run.Key, earlier, run.Cursor
	people, cursor, last, err := t.next(ctx, p.store)
	if err != nil {
		return false, err
	}
	failpoint.Hit(failpoint.PlanRead)
	chunk := Chunk{Run: run, Cursor: cursor, Last: last}
	for _, v := range people {
		row, err := t.row(v)
		if err != nil {
			return false, fmt.Errorf("subscriber %s: %w", v.person.ID, err)
		}
		chunk.Rows = append(chunk.Rows, row)
	}
	if _, err := p.store.Plan(ctx, chunk); err != nil {
		return false, err
	}
	failpoint.Hit(failpoint.ChunkCommitted)
	if last {
		p.planned()
	}
	return true, nil
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
