package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"tidings/internal/failpoint"
)

// options are what the command was asked for.
type options struct {
	kills, only, parallel int
	ends                  int // 0: kills
	seed                  uint64
	dir                   string
	out                   io.Writer
	planned               func(round int) plan // in tests; nil: planOf
	locked                func(round int) bool // in tests; nil: lockedIn
	rounds                int                  // at most; 0: as many as it takes
}

// result is what came of one round, or of all.
type result struct {
	index, rounds, lives, terms int
	kills                       map[string]int // by failpoint
	inDoubt, mostInDoubt        int            // rows that were sending at a kill
	unknown                     int            // rows that stayed unknown to the end
	texted, callbacks           int
	resumed                     []string // reasons of pauses
	violations                  []string
	took                        time.Duration
}

func (r result) killed() int {
	n := 0
	for _, k := range r.kills {
		n += k
	}
	return n
}

func (r result) clean() bool { return len(r.violations) == 0 }

// playAll plays rounds until there were enough kills.
func playAll(ctx context.Context, r *rig, o options) result {
	total := result{kills: make(map[string]int)}
	began := time.Now()
	var mu sync.Mutex
	next := max(o.only, 0)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if ctx.Err() != nil || o.enough(total) || len(total.violations) > 0 || o.only >= 0 && next > o.only || o.rounds > 0 && next >= o.rounds {
			return 0, false
		}
		index := next
		if next++; o.ends > 0 {
			next++ // in the others the provider leaves some in doubt
		}
		return index, true
	}
	var wg sync.WaitGroup
	for range o.parallel {
		wg.Go(func() {
			for {
				index, ok := take()
				if !ok {
					return
				}
				one := playOne(ctx, r, o, index)
				mu.Lock()
				total.add(one)
				one.tell(o, total)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	total.took = time.Since(began)
	return total
}

func (o options) enough(total result) bool {
	if o.ends > 0 {
		return total.terms >= o.ends
	}
	return total.killed() >= o.kills
}

func playOne(ctx context.Context, r *rig, o options, index int) result {
	p, locked := planOf(o.seed, index), lockedIn(index)
	if o.ends > 0 {
		p, locked = calmOf(o.seed, index), false
	}
	if o.planned != nil {
		p = o.planned(index)
	}
	if o.locked != nil {
		locked = o.locked(index)
	}
	round, err := newRound(r, o.seed, index, p)
	if err != nil {
		return result{index: index, violations: []string{err.Error()}}
	}
	round.locked = locked
	one := round.play(ctx)
	if one.clean() {
		if err := os.RemoveAll(round.folder); err != nil {
			one.violations = append(one.violations, err.Error())
		}
	}
	if ctx.Err() != nil {
		one.violations = append(one.violations, "interrupted")
	}
	return one
}

func (r *result) add(one result) {
	r.rounds++
	r.lives += one.lives
	r.terms += one.terms
	for at, n := range one.kills {
		r.kills[at] += n
	}
	r.inDoubt += one.inDoubt
	r.mostInDoubt = max(r.mostInDoubt, one.mostInDoubt)
	r.unknown += one.unknown
	r.texted += one.texted
	r.callbacks += one.callbacks
	r.resumed = append(r.resumed, one.resumed...)
	r.violations = append(r.violations, one.violations...)
}

// tell prints a line of progress, and all that went wrong with the way to repeat it.
func (r result) tell(o options, total result) {
	if o.ends > 0 {
		fmt.Fprintf(o.out, "round %-4d %3d ends in %5.1f s   %5d of %d ends\n", r.index, r.terms, r.took.Seconds(), total.terms, o.ends)
	} else {
		fmt.Fprintf(o.out, "round %-4d %3d kills in %5.1f s   %5d of %d kills\n", r.index, r.killed(), r.took.Seconds(), total.killed(), o.kills)
	}
	for _, v := range r.violations {
		fmt.Fprintf(o.out, "  VIOLATION %s\n", v)
	}
	if len(r.violations) > 0 {
		fmt.Fprintf(o.out, "  repeat: go run ./internal/test/torture -seed %d -round %d -ends %d\n", o.seed, r.index, o.ends)
	}
}

// print is the table at the end.
func (r result) print(o options) {
	kills := r.killed()
	fmt.Fprintf(o.out, "\n%-34s %d\n", "kills (SIGKILL)", kills)
	for _, p := range append(failpoint.Points(), "a moment") {
		if n := r.kills[string(p)]; n > 0 {
			fmt.Fprintf(o.out, "  at %-29s %d\n", p, n)
		}
	}
	for _, line := range []struct {
		what string
		n    any
	}{
		{"rounds", r.rounds}, {"lives", r.lives}, {"ended well (SIGTERM)", r.terms}, {"texts accepted by the provider", r.texted},
		{"webhooks answered 2xx", r.callbacks},
		{"rows in doubt, all kills", r.inDoubt}, {"rows in doubt, one kill at most", fmt.Sprintf("%d of %d workers", r.mostInDoubt, workers)},
		{"rows unknown at the end", r.unknown}, {"violations", len(r.violations)},
		{"time", fmt.Sprintf("%.0f s, %.2f s a kill or end", r.took.Seconds(), r.took.Seconds()/float64(max(kills+r.terms, 1)))},
	} {
		fmt.Fprintf(o.out, "%-34s %v\n", line.what, line.n)
	}
	slices.Sort(r.resumed)
	for _, why := range slices.Compact(r.resumed) {
		fmt.Fprintf(o.out, "resumed a run that was paused: %s\n", why)
	}
	result := "0 double, 0 lost"
	if !r.clean() {
		result = "FAILED"
	}
	fmt.Fprintf(o.out, "result: %s (seed %d)\n", result, o.seed)
}
