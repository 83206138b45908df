package campaign

import (
	"context"
	"log/slog"
	"time"
)

// Planner turns runs into rows, one stretch after the other, taking turns
// between runs. Run it once.
type Planner struct {
	store   Store
	now     func() time.Time
	planned func() // told when rows may have become due
	log     *slog.Logger
	nudged  chan struct{}
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
		var again <-chan time.Time
		if err != nil && ctx.Err() == nil {
			p.log.Error("plan the audience of a run; trying again", "error", err)
			again = time.After(retryEvery)
		} else if more {
			continue
		}
		select {
		case <-ctx.Done():
		case <-p.nudged:
		case <-again:
		}
	}
}

// turn plans one stretch of each run and reports whether there is more to do.
func (p *Planner) turn(ctx context.Context) (bool, error) {
	runs, err := p.store.Plannable(ctx, p.now())
	if err != nil {
		return false, err
	}
	for _, run := range runs {
		if err := p.plan(ctx, run); err != nil {
			return false, err
		}
	}
	swept, err := p.store.Sweep(ctx)
	return len(runs) > 0 || swept, err
}

func (p *Planner) plan(ctx context.Context, run Run) error {
	t, err := newTarget(run.Snapshot, run.Org, p.now())
	if err != nil {
		// It parsed when Send was pressed; a person has to look.
		return p.store.Pause(ctx, run.ID, "the text of this run cannot be read: "+err.Error())
	}
	t.key = run.Key
	t.audience.After = run.Cursor
	people, cursor, last, err := t.next(ctx, p.store)
	if err != nil {
		return err
	}
	chunk := Chunk{Run: run, Cursor: cursor, Last: last}
	for _, v := range people {
		row, err := t.row(v)
		if err != nil {
			return err
		}
		chunk.Rows = append(chunk.Rows, row)
	}
	if _, err := p.store.Plan(ctx, chunk); err != nil {
		return err
	}
	if last {
		p.planned()
	}
	return nil
}
