package dispatch_test

import (
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/rules/message"
)

var newYork = func() *time.Location {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		panic(err)
	}
	return zone
}()

// once reports who was texted more than once, and when somebody was texted
// outside of 8 to 21 o'clock by the clock of the moment.
func (b *bench) once(t *testing.T) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range b.provider.seen() {
		if seen[r.id] {
			t.Errorf("%s was texted twice", r.id)
		}
		seen[r.id] = true
		if hour := r.legal.In(newYork).Hour(); hour < 8 || hour >= 21 {
			t.Errorf("%s was texted at %v", r.id, r.legal.In(newYork))
		}
	}
}

// set moves the legal clock to a moment, forward or back.
func (b *bench) set(to time.Time) { b.advance(to.Sub(b.now())) }

func TestAClockThatIsSetNeitherHoldsNorHurriesARun(t *testing.T) {
	t.Parallel()
	for name, steps := range map[string][]time.Duration{
		"an hour back":           {-time.Hour},
		"an hour on":             {time.Hour},
		"on, and back again":     {time.Hour, -time.Hour},
		"back, and on again":     {-time.Hour, time.Hour},
		"back and back":          {-40 * time.Minute, -40 * time.Minute},
		"a second back, and on":  {-time.Second, time.Second, -time.Second},
		"two hours back at once": {-2 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const rate = 50 // more rows than one page holds
				b := newBench() // at eleven
				b.store.sender("a", rate)
				b.store.run("r", "a", rate*40, b.now())
				b.start(t)
				for _, step := range steps {
					wait(8 * time.Second)
					b.advance(step)
				}
				wait(45*time.Second - time.Duration(len(steps))*8*time.Second)
				b.end()
				b.once(t)
				if n := b.store.states()[message.Accepted]; n != rate*40 {
					t.Errorf("%d of %d texts went out in 45 seconds", n, rate*40)
				}
				if n := most(b.provider.seen(), window); n > rate {
					t.Errorf("%d texts in a second, the pace is %d", n, rate)
				}
			})
		})
	}
}

// Half past eight becomes half past seven: who was due is not texted before
// eight, and then at once. Meanwhile rows are put off once a minute, not all the time.
func TestAClockThatIsSetBackBeforeTheOpeningWaitsForIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.set(time.Date(2026, 3, 4, 8, 30, 0, 0, newYork))
		b.store.sender("a", 20)
		b.store.run("r", "a", 400, b.now())
		b.start(t)
		wait(5 * time.Second)
		early := len(b.provider.seen())
		b.advance(-time.Hour)
		wait(29 * time.Minute)
		if n := len(b.provider.seen()); n > early+1 {
			t.Errorf("%d texts went out between half past seven and eight", n-early)
		}
		if n := b.store.called()["Mark"]; n > 30*400 {
			t.Errorf("%d marks while nothing could go out, more than once a minute for each row", n)
		}
		wait(2 * time.Minute)
		b.end()
		b.once(t)
		if n := b.store.states()[message.Accepted]; n != 400 {
			t.Errorf("%d of 400 went out by two minutes past eight", n)
		}
	})
}

// Half past eight in the evening becomes half past nine, and then again half
// past eight.
func TestAClockThatIsSetBeyondTheClosingSendsNothingUntilItIsSetBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.set(time.Date(2026, 3, 3, 20, 30, 0, 0, newYork))
		b.store.sender("a", 20)
		b.store.run("r", "a", 400, b.now())
		b.start(t)
		wait(5 * time.Second)
		b.advance(time.Hour)
		wait(10 * time.Second)
		before := len(b.provider.seen())
		wait(10 * time.Second)
		if n := len(b.provider.seen()); n != before {
			t.Errorf("%d texts went out after nine", n-before)
		}
		b.advance(-time.Hour)
		wait(3 * time.Minute)
		b.set(time.Date(2026, 3, 4, 8, 0, 0, 0, newYork))
		wait(time.Minute)
		b.end()
		b.once(t)
		// Those whom the wrong clock put off until the morning get it then.
		if n := b.store.states()[message.Accepted]; n != 400 {
			t.Errorf("%d of 400 went out in the end", n)
		}
	})
}

// The night in which the clocks of New York change, both ways: texts go out until
// nine in the evening of one clock and from eight in the morning of the other.
func TestTheNightOfTheClockChange(t *testing.T) {
	t.Parallel()
	for name, evening := range map[string]time.Time{
		"spring": time.Date(2026, 3, 7, 20, 30, 0, 0, newYork),
		"autumn": time.Date(2026, 10, 31, 20, 30, 0, 0, newYork),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.set(evening)
				b.store.sender("a", 1)
				b.store.run("r", "a", 3000, b.now())
				b.start(t)
				wait(14 * time.Hour) // the whole night, through the hour that is missing or comes twice
				b.end()
				b.once(t)
				seen := b.provider.seen()
				if len(seen) != 3000 {
					t.Fatalf("%d of 3000 went out", len(seen))
				}
				morning := time.Date(evening.Year(), evening.Month(), evening.Day()+1, 8, 0, 0, 0, newYork)
				first := 0
				for seen[first].legal.Before(morning) {
					first++
				}
				if late := seen[first].legal.Sub(morning); first < 10*60 || late > 3*time.Second {
					t.Errorf("%d went out in the evening, the first of the morning %v after eight", first, late)
				}
			})
		})
	}
}
