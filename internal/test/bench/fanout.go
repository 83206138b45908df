package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/store"
)

// The goals of a million subscribers, and of whoever else writes meanwhile.
const (
	fanoutSeconds = 11.0
	worstStall    = 30 * time.Millisecond
)

// fanout plans a campaign for everybody: each is judged and gets a row, with
// every chunk on disk, while somebody at the dashboard saves records.
func fanout(ctx context.Context, e *env) (_ []result, err error) {
	people := e.count(1_000_000)
	h, err := build(filepath.Join(e.dir, "data"), 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if err := h.populate(people); err != nil {
		return nil, err
	}
	rows, err := h.open(e)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ours samples
	var calm, stalled []time.Duration
	for rep := range min(e.reps, 3) {
		alone := h.bystander(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
		took, err := alone()
		if err != nil {
			return nil, err
		}
		calm = append(calm, took[len(took)-1])
		beside := h.bystander(ctx)
		o, err := planOnce(ctx, e, h, rows, fmt.Sprintf("campaign%07d", rep+2), people)
		if err != nil {
			return nil, err
		}
		if took, err = beside(); err != nil {
			return nil, err
		}
		stalled = append(stalled, took[len(took)-1])
		if wal, err := os.Stat(filepath.Join(e.dir, "data", "data.db-wal")); err == nil {
			e.say("the log has grown to %s", megabytes(wal.Size()))
		}
		e.say("%d people in %v, %s; worst save %v (p99 %v, alone %v)", people, o.wall.Round(time.Millisecond), micros(cost(o)/1e3),
			took[len(took)-1].Round(100*time.Microsecond), quantile(took, 0.99).Round(100*time.Microsecond), calm[rep].Round(100*time.Microsecond))
		ours = append(ours, o)
	}
	seconds := 1e6 / ours.perSecond()
	worst := middle(stalled)
	return []result{
		{
			measured: "a million subscribers, each judged", reached: fmt.Sprintf("%.1f s, %s a person", seconds, micros(ours.micros())),
			goal: fmt.Sprintf("at most %.0f s", fanoutSeconds), met: seconds <= fanoutSeconds,
		},
		{
			measured: "worst save of somebody else meanwhile, and alone", limit: millis(middle(calm)), reached: millis(worst),
			goal: "at most " + millis(worstStall), met: worst <= worstStall,
		},
	}, nil
}

// planOnce plans one run from the first person to the last.
func planOnce(ctx context.Context, e *env, h *house, rows *store.Store, id string, people int) (sample, error) {
	if err := h.another(id); err != nil {
		return sample{}, err
	}
	l, err := rows.Start(ctx, campaign.Launch{
		Campaign: campaign.Campaign{ID: id, Org: orgID}, Snapshot: campaign.Snapshot{Text: text, Sender: senderID, Everyone: true},
	}, h.clock.Now())
	if err != nil {
		return sample{}, err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	planned := make(chan struct{})
	planner := campaign.NewPlanner(rows, h.clock.Now, func() { close(planned) }, e.log)
	ended := make(chan struct{})
	took, err := watch(people, func() error {
		go func() { defer close(ended); planner.Run(ctx) }()
		select {
		case <-planned:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	stop()
	<-ended
	if err != nil {
		return took, err
	}
	got, err := h.figure("SELECT recipients FROM runs WHERE id = '"+l.RunID+"'", nil)
	if err == nil && got != people {
		err = fmt.Errorf("%d of %d people were planned", got, people)
	}
	return took, err
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1e3) }
