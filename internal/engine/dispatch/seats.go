package dispatch

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// seatWithin is how long a marked text waits for its request to be opened. It
	// goes back to the queue then, so that a pause stops everything within a second.
	seatWithin = 250 * time.Millisecond
	// crowdedFor is how long no more texts are marked than requests may be open,
	// after one has waited in vain: the provider is slow or hangs.
	crowdedFor = 5 * time.Second
)

// Workers is how many texts are marked at most while so many requests may be
// open, and so how many a crash leaves in doubt. An eighth of them have no
// request yet and take the place of one that was answered, without waiting for
// the next mark. Only senders of more than a thousand texts a second need that.
func Workers(inFlight int) int { return inFlight + inFlight/8 }

// seats are the requests that may be open.
type seats struct {
	taken   chan struct{}
	crowded atomic.Int64 // until when nobody is to wait for one, in nanoseconds of Unix
}

func newSeats(n int) *seats { return &seats{taken: make(chan struct{}, n)} }

// take waits for a seat, which is given back with leave. It gives up when its place is
// wanted for a STOP: that must not wait for a provider that hangs.
func (s *seats) take(ctx context.Context, wanted func() <-chan struct{}) bool {
	select {
	case s.taken <- struct{}{}:
		return true
	default:
	}
	timer := time.NewTimer(seatWithin)
	defer timer.Stop()
	select {
	case s.taken <- struct{}{}:
		return true
	case <-ctx.Done():
	case <-wanted():
	case <-timer.C:
		s.crowded.Store(time.Now().Add(crowdedFor).UnixNano())
	}
	return false
}

func (s *seats) leave() { <-s.taken }

// worth says whether a text that has to wait for a seat will soon get one.
func (s *seats) worth(now time.Time) bool { return now.UnixNano() >= s.crowded.Load() }
