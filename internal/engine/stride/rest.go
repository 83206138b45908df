package stride

import (
	"context"
	"runtime"
	"time"
)

const (
	// worked over rested: a third of the time is free for others. Measured on one
	// core with a hundred thousand people being planned: the worst page of the
	// dashboard took 24 ms instead of 240, and the plan half as long again.
	restShare = 2
	// longestRest is for work that has stood still for a while.
	longestRest = 20 * time.Millisecond
)

// Rest is called after a commit, by whoever writes. Where the process has a
// single core it waits for half as long as has passed since the last rest, or
// until ctx ends. A core that always has something to run looks for what came
// over the network every ten milliseconds only, and a request that needs two has
// to wait for its turn a dozen times; in a moment of rest it is answered at
// once. With more cores others have theirs, and Rest does nothing.
func (s *Stride) Rest(ctx context.Context) {
	if s.cores > 1 {
		return
	}
	if !s.rested.IsZero() {
		timer := time.NewTimer(min(time.Since(s.rested)/restShare, longestRest))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	s.rested = time.Now()
}

func cores() int { return runtime.GOMAXPROCS(0) }
