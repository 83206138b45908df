package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"syscall"
	"time"

	"tidings/internal/failpoint"
)

// life says how one life of the server is to end. The zero life goes on until all is done.
type life struct {
	failpoint string         // name:count
	after     time.Duration  // since its start; 0: no such end
	signal    syscall.Signal // then
	patience  time.Duration  // after which a failpoint that was not met ends the life all the same; 0: none
}

func (l life) String() string {
	switch {
	case l.failpoint != "":
		return l.failpoint
	case l.after > 0:
		return fmt.Sprintf("%v after %v", l.signal, l.after)
	}
	return "to the end"
}

// plan says how each life of a round ends. It depends on the seed alone: what it is told is whether the
// last life ended as planned: at its failpoint, if it has one.
type plan interface {
	next(ended bool) life
}

// sweep kills at the first hit of a point, after the next start at the second, then at the third, until
// the campaigns are done without one more kill.
type sweep struct {
	point failpoint.Point
	n     int
}

func (s *sweep) next(ended bool) life {
	if ended || s.n == 0 {
		s.n++
	}
	return life{failpoint: fmt.Sprintf("%s:%d", s.point, s.n)}
}

// storm ends lives at random steps and moments.
type storm struct {
	rng  *rand.Rand
	left int
	last life // afterwards, again and again
}

func (s *storm) next(bool) life {
	if s.left--; s.left < 0 {
		return s.last
	}
	points := failpoint.Points()
	switch at := s.rng.Float64(); {
	case at < 0.60: // small counts as often as large ones
		return life{failpoint: fmt.Sprintf("%s:%d", failpoint.Any, int(math.Exp(s.rng.Float64()*math.Log(600))))}
	case at < 0.75:
		return life{failpoint: fmt.Sprintf("%s:%d", points[s.rng.IntN(len(points))], 1+s.rng.IntN(12)), patience: time.Second}
	case at < 0.93:
		return life{after: time.Duration(1 + s.rng.Int64N(int64(800*time.Millisecond))), signal: syscall.SIGKILL}
	default:
		return life{after: time.Duration(1 + s.rng.Int64N(int64(800*time.Millisecond))), signal: syscall.SIGTERM}
	}
}

// calm ends lives well, at random moments: half of them in the first quarter, where the server starts.
type calm struct {
	rng    *rand.Rand
	left   int
	within time.Duration // each life is shorter
}

func (c *calm) next(bool) life {
	if c.left--; c.left < 0 {
		return life{}
	}
	within := c.within
	if c.rng.IntN(2) == 0 {
		within /= 4
	}
	return life{after: time.Duration(1 + c.rng.Int64N(int64(within))), signal: syscall.SIGTERM}
}

func calmOf(seed uint64, round int) *calm {
	rng := rand.New(rand.NewPCG(seed, uint64(round)))
	return &calm{rng: rng, left: 10 + rng.IntN(10), within: 800 * time.Millisecond}
}

// each meets every point of a list once. A busy machine may not come to a point within the patience, so it has
// some tries.
type each struct {
	points   []failpoint.Point
	patience time.Duration // with each
	then     plan
	tries    int // of the first point
}

// mostTries is how often each tries to meet a point.
const mostTries = 4

func (e *each) next(ended bool) life {
	if e.tries > 0 && (ended || e.tries == mostTries) {
		e.points, e.tries = e.points[1:], 0
	}
	if len(e.points) == 0 {
		return e.then.next(ended)
	}
	e.tries++
	return life{failpoint: fmt.Sprintf("%s:1", e.points[0]), patience: e.patience}
}

// planOf is the plan of a round: first each point is swept, then storms come, and now and then a round
// without a kill, where nothing may be unknown.
func planOf(seed uint64, round int) plan {
	if points := failpoint.Points(); round < len(points) {
		return &sweep{point: points[round]}
	}
	if round%16 == 0 {
		return calmOf(seed, round)
	}
	rng := rand.New(rand.NewPCG(seed, uint64(round)))
	return &storm{rng: rng, left: 10 + rng.IntN(20)}
}
