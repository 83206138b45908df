package dispatch_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
)

// A bucket may be ten milliseconds ahead, so the windows that must hold are that
// much shorter than a second.
const window = 990 * time.Millisecond

func TestEachSenderKeepsItsPaceAndUsesIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rate, seconds int
	}{{1, 300}, {5, 100}, {100, 20}, {1000, 5}} {
		t.Run(fmt.Sprintf("%d a second", c.rate), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.store.sender("a", float64(c.rate))
				b.store.run("r", "a", c.rate*c.seconds*2, b.now())
				b.start(t)
				wait(time.Duration(c.seconds) * time.Second)
				b.end()
				seen := b.provider.seen()
				if n := most(seen, window); n > c.rate {
					t.Errorf("%d texts in a second, the pace is %d", n, c.rate)
				}
				if want := c.rate * c.seconds * 99 / 100; len(seen) < want {
					t.Errorf("%d texts in %d s, want at least %d", len(seen), c.seconds, want)
				}
			})
		})
	}
}

// keptPace checks that no second had more texts than the pace allows, and that so
// many percent of it were used.
func keptPace(t *testing.T, seen []request, rate, seconds, percent int) {
	t.Helper()
	if n := most(seen, time.Second); n > rate {
		t.Errorf("%d texts in a second, the pace is %d", n, rate)
	}
	if want := rate * seconds * percent / 100; len(seen) < want {
		t.Errorf("%d texts in %d s, want at least %d", len(seen), seconds, want)
	}
}

// A commit takes several turns of a fast sender, and neither loses them nor moves the texts of
// later seconds.
func TestCommitsCostAFastSenderNoTurns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rate      int
		commit    time.Duration
		slowEvery int
	}{{200, 8 * time.Millisecond, 0}, {1000, 8 * time.Millisecond, 0}, {1000, 2 * time.Millisecond, 90}} {
		synctest.Test(t, func(t *testing.T) {
			const seconds = 60
			rate := c.rate
			b := newBench()
			b.store.commit, b.store.slowEvery = c.commit, c.slowEvery
			b.store.sender("a", float64(rate))
			b.store.run("r", "a", rate*seconds*2, b.now())
			b.start(t)
			wait(seconds * time.Second)
			b.end()
			keptPace(t, b.provider.seen(), rate, seconds, 99)
		})
	}
}

// A request that is held up before its first byte keeps its own place only.
func TestASlowDialHoldsNobodyElseUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rate, seconds = 500, 20
		b := newBench()
		b.provider.slowDial = 200
		b.store.sender("a", rate)
		b.store.run("r", "a", 2*rate*seconds, b.now())
		b.start(t)
		wait(seconds * time.Second)
		b.end()
		// Each of two or three a second is missing for two seconds instead of one.
		keptPace(t, b.provider.seen(), rate, seconds, 98)
	})
}

// The commits of a fast sender must not cost a slow one its turns.
func TestSendersOfDifferentPaceDoNotHoldEachOtherUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const seconds = 60
		b := newBench()
		b.store.commit = 4 * time.Millisecond
		rates := map[string]int{"slow": 1, "middle": 20, "fast": 150}
		for sender, rate := range rates {
			b.store.sender(sender, float64(rate))
			b.store.run("run of "+sender, sender, rate*seconds*2, b.now())
		}
		b.start(t)
		wait(seconds * time.Second)
		b.end()
		got := runs(b.provider.seen())
		for sender, rate := range rates {
			if n, want := got["run of "+sender], rate*seconds; n < want*99/100 || n > want+1+rate/100+1 {
				t.Errorf("%s: %d texts in %d s, want %d", sender, n, seconds, want)
			}
		}
	})
}

func TestTheAccountKeepsItsPaceOverAllSenders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rate, seconds = 50, 40
		b := newBench()
		for i := range 4 {
			sender := fmt.Sprint("s", i)
			b.store.sender(sender, 30)
			b.store.run("r"+sender, sender, 3000, b.now())
		}
		b.start(t, func(o *dispatch.Options) { o.AccountRate = rate })
		wait(seconds * time.Second)
		b.end()
		seen := b.provider.seen()
		if n := most(seen, window); n > rate {
			t.Errorf("%d texts in a second over the account's %d", n, rate)
		}
		if want := rate * seconds * 99 / 100; len(seen) < want {
			t.Errorf("%d texts, want at least %d", len(seen), want)
		}
		for run, n := range runs(seen) {
			if n < len(seen)/4-10 || n > len(seen)/4+10 {
				t.Errorf("%s got %d of %d turns, want a quarter", run, n, len(seen))
			}
		}
	})
}

func TestAPauseGathersNoBurst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 5)
		b.start(t)
		wait(time.Hour) // nothing to send
		b.store.run("r", "a", 100, b.now())
		b.Nudge()
		wait(10 * time.Second)
		b.end()
		if n := most(b.provider.seen(), window); n > 5 {
			t.Errorf("%d texts in a second after an idle hour, the pace is 5", n)
		}
	})
}

func TestNoMoreRequestsAreOpenThanAllowed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.latency = 400 * time.Millisecond
		b.store.sender("a", 1000)
		b.store.run("r", "a", 600, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 30 })
		wait(10 * time.Second)
		b.end()
		if b.provider.mostOpen != 30 {
			t.Errorf("%d requests were open at once, want all 30 workers and no more", b.provider.mostOpen)
		}
		if b.store.largest > 30 {
			t.Errorf("a mark of %d rows, more than the 30 workers that may be in doubt", b.store.largest)
		}
		if n := len(b.provider.seen()); n != 600 {
			t.Errorf("%d of 600 texts were sent", n)
		}
	})
}

func TestAMarkStaysSmallHoweverManyWorkersAreIdle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 0) // unlimited
		b.store.run("r", "a", 5000, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 1000 })
		wait(10 * time.Second)
		b.end()
		if b.store.largest != 128 {
			t.Errorf("the largest mark had %d rows, want 128", b.store.largest)
		}
		// A page, the quarter of one at which it is read, and a mark that is under way.
		if b.store.mostWait > 1000+250+128 {
			t.Errorf("%d candidates waited in memory, at most a page of 1000, a quarter and a mark may", b.store.mostWait)
		}
		if n := len(b.provider.seen()); n != 5000 {
			t.Errorf("%d of 5000 texts were sent", n)
		}
	})
}

func TestSendingGoesOnWhileAPageIsRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.reading = 200 * time.Millisecond
		b.store.sender("a", 500)
		b.store.run("r", "a", 3000, b.now())
		b.start(t)
		wait(10 * time.Second)
		b.end()
		seen := b.provider.seen()
		if len(seen) != 3000 {
			t.Errorf("%d of 3000 texts were sent", len(seen))
		}
		for i := 1; i < len(seen); i++ {
			if gap := seen[i].at.Sub(seen[i-1].at); gap > 40*time.Millisecond { // who caught up in one second waits as long in the next
				t.Errorf("nothing was sent for %v after text %d; pages are read ahead", gap, i)
			}
		}
	})
}

func TestAPageThatCannotBeReadIsReadAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 500)
		b.store.run("r", "a", 3000, b.now())
		b.start(t)
		wait(time.Second) // the first page is half sent, and the second is not asked for yet
		b.store.unread(3)
		wait(15 * time.Second)
		b.end()
		if n := len(b.provider.seen()); n != 3000 {
			t.Errorf("%d of 3000 texts were sent", n)
		}
	})
}
