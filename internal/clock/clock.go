// Package clock is the one source of the time that the law and the plan ask
// for: opening hours, due times, ledger times, caps.
//
// It decides what "now" is, and lets a sandbox move it forward; it refuses to
// move backward, and refuses to move the wall clock at all. Pacing and
// timeouts never ask it: they are about real seconds.
//
//	c := clock.StartingAt(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC))
//	c.Advance(time.Hour)
//	c.Now() // 17:00:00.000…
package clock

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// Errors of a clock that was asked for what it must not do.
var (
	ErrWallClock = errors.New("the wall clock cannot be advanced: start the clock at a fixed time first")
	ErrBackward  = errors.New("a clock only moves forward")
)

// Clock tells the time. The zero value, and a nil pointer, are the wall clock.
// All methods may be called by many goroutines.
type Clock struct {
	mu       sync.Mutex
	movable  bool
	base     time.Time // what it showed when it was started, plus all advances
	started  time.Time // with its monotonic reading: a jump of the wall clock does not show
	nextID   int
	watchers map[int]func()
}

// Real is the wall clock.
func Real() *Clock { return &Clock{} }

// StartingAt is a clock that shows t now and runs on from there at real speed.
func StartingAt(t time.Time) *Clock {
	return &Clock{movable: true, base: t.UTC().Round(0), started: time.Now()}
}

// Now is the current time in UTC.
func (c *Clock) Now() time.Time {
	if c == nil {
		return time.Now().UTC()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

// Movable says whether the clock can be advanced.
func (c *Clock) Movable() bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.movable
}

// Advance moves the clock forward by d and then calls the watchers. It returns
// ErrWallClock or ErrBackward, and moves nothing then.
func (c *Clock) Advance(d time.Duration) error {
	if d < 0 {
		return fmt.Errorf("advance by %s: %w", d, ErrBackward)
	}
	return c.move(func(time.Time) (time.Duration, error) { return d, nil })
}

// AdvanceTo moves the clock forward to t and then calls the watchers. A t that
// has passed already is ErrBackward.
func (c *Clock) AdvanceTo(t time.Time) error {
	return c.move(func(now time.Time) (time.Duration, error) {
		if t.Before(now) {
			return 0, fmt.Errorf("advance to %s, it is %s: %w", t.UTC().Format(time.RFC3339), now.Format(time.RFC3339), ErrBackward)
		}
		return t.Sub(now), nil
	})
}

// OnAdvance has f called after each advance, by the goroutine that advanced and
// outside the clock's lock, so that f may read the clock or advance it. cancel
// takes f off again; calling it twice does nothing.
func (c *Clock) OnAdvance(f func()) (cancel func()) {
	if c == nil {
		return func() {}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.watchers == nil {
		c.watchers = make(map[int]func())
	}
	id := c.nextID
	c.nextID++
	c.watchers[id] = f
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watchers, id)
	}
}

func (c *Clock) now() time.Time {
	if !c.movable {
		return time.Now().UTC()
	}
	return c.base.Add(time.Since(c.started))
}

func (c *Clock) move(by func(now time.Time) (time.Duration, error)) error {
	if c == nil {
		return ErrWallClock
	}
	watchers, err := c.shift(by)
	if err != nil {
		return err
	}
	for _, f := range watchers {
		f()
	}
	return nil
}

func (c *Clock) shift(by func(now time.Time) (time.Duration, error)) ([]func(), error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.movable {
		return nil, ErrWallClock
	}
	d, err := by(c.now())
	if err != nil {
		return nil, err
	}
	c.base = c.base.Add(d)
	watchers := make([]func(), 0, len(c.watchers))
	for id := range c.nextID { // in the order in which they were added
		if f, ok := c.watchers[id]; ok {
			watchers = append(watchers, f)
		}
	}
	return watchers, nil
}
