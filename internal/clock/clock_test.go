package clock_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/clock"
)

var tuesday = time.Date(2026, 3, 3, 11, 0, 0, 0, time.FixedZone("EST", -5*3600))

func TestStartedClockRunsOnAtRealSpeedInUTC(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(tuesday)
		if got := c.Now(); !got.Equal(tuesday) || got.Location() != time.UTC {
			t.Fatalf("at start: %v", got)
		}
		<-time.After(90 * time.Second)
		if got := c.Now(); !got.Equal(tuesday.Add(90 * time.Second)) {
			t.Fatalf("after 90 s: %v", got)
		}
	})
}

func TestAdvanceMovesForwardThenCallsTheWatchers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(tuesday)
		var seen []time.Time
		cancel := c.OnAdvance(func() { seen = append(seen, c.Now()) })
		if err := c.Advance(time.Hour); err != nil {
			t.Fatal(err)
		}
		if err := c.AdvanceTo(tuesday.Add(3 * time.Hour)); err != nil {
			t.Fatal(err)
		}
		cancel()
		cancel()
		if err := c.Advance(time.Hour); err != nil {
			t.Fatal(err)
		}
		if len(seen) != 2 || !seen[0].Equal(tuesday.Add(time.Hour)) || !seen[1].Equal(tuesday.Add(3*time.Hour)) {
			t.Fatalf("watchers saw %v", seen)
		}
		if got := c.Now(); !got.Equal(tuesday.Add(4 * time.Hour)) {
			t.Fatalf("at the end: %v", got)
		}
	})
}

func TestWatchersAreCalledInTheOrderTheyWereAdded(t *testing.T) {
	t.Parallel()
	c := clock.StartingAt(tuesday)
	var order []int
	for i := range 8 {
		c.OnAdvance(func() { order = append(order, i) })
	}
	if err := c.Advance(0); err != nil {
		t.Fatal(err)
	}
	for i := range 8 {
		if order[i] != i {
			t.Fatalf("order: %v", order)
		}
	}
}

func TestAdvanceRefuses(t *testing.T) {
	t.Parallel()
	var missing *clock.Clock
	cases := []struct {
		name string
		do   func() error
		want error
	}{
		{"a negative step", func() error { return clock.StartingAt(tuesday).Advance(-time.Second) }, clock.ErrBackward},
		{"a time that has passed", func() error { return clock.StartingAt(tuesday).AdvanceTo(tuesday.Add(-time.Second)) }, clock.ErrBackward},
		{"the wall clock", func() error { return clock.Real().Advance(time.Second) }, clock.ErrWallClock},
		{"the wall clock, to a time", func() error { return clock.Real().AdvanceTo(time.Now().Add(time.Hour)) }, clock.ErrWallClock},
		{"a zero clock", func() error { return new(clock.Clock).Advance(time.Second) }, clock.ErrWallClock},
		{"no clock", func() error { return missing.Advance(time.Second) }, clock.ErrWallClock},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := c.do(); !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestRefusedAdvanceMovesNothingAndCallsNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(tuesday)
		c.OnAdvance(func() { t.Error("called") })
		_ = c.AdvanceTo(tuesday.Add(-time.Minute))
		if got := c.Now(); !got.Equal(tuesday) {
			t.Fatalf("moved to %v", got)
		}
	})
}

func TestWallClock(t *testing.T) {
	t.Parallel()
	var missing *clock.Clock
	for _, c := range []*clock.Clock{clock.Real(), {}, missing} {
		before := time.Now()
		got := c.Now()
		if got.Before(before) || got.After(time.Now()) || got.Location() != time.UTC {
			t.Errorf("not the wall clock in UTC: %v", got)
		}
		if c.Movable() {
			t.Error("movable")
		}
		c.OnAdvance(func() {})()
	}
	if !clock.StartingAt(tuesday).Movable() {
		t.Error("a started clock is movable")
	}
}
