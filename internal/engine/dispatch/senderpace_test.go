package dispatch

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// scheduling is how long a text waits for a core at most.
const scheduling = 2 * time.Millisecond

// stalled takes turns for a while, each look followed by a commit of up to longest and each text
// by a wait of its own for a core, and gives the moments at which the texts left.
func stalled(rate float64, longest, lasts time.Duration, rng *rand.Rand) []time.Time {
	began := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	p := pace{bucket: newBucket(rate)}
	var left []time.Time
	for now := began; now.Before(began.Add(lasts)); {
		var batch []*departure
		for !p.open(now, longest).After(now) {
			batch = append(batch, p.take(now))
		}
		now = now.Add(time.Duration(rng.Int64N(int64(longest))))
		for _, d := range batch {
			at := later(now, d.from).Add(time.Duration(rng.Int64N(int64(scheduling))))
			d.gone(at)
			left = append(left, at)
		}
		if at := p.open(now, longest); at.After(now) {
			now = at
		}
	}
	slices.SortFunc(left, time.Time.Compare)
	return left
}

func TestWhoeverCatchesUpStaysWithinEverySecond(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for rate, longest := range map[float64]time.Duration{5: 10 * time.Millisecond, 20: 10 * time.Millisecond, 100: 10 * time.Millisecond, 1000: 10 * time.Millisecond, 5000: 10 * time.Millisecond} {
		const seconds = 60
		taken := stalled(rate, longest, seconds*time.Second, rng)
		if used := float64(len(taken)) / (rate * seconds); used < 0.99 {
			t.Errorf("%g/s: %.3f of the limit was used, with commits of up to %v", rate, used, longest)
		}
		for i, at := range taken {
			n, _ := slices.BinarySearchFunc(taken, at.Add(time.Second), time.Time.Compare)
			if n -= i; n > int(rate) {
				t.Fatalf("%g/s: %d texts in the second from %v on", rate, n, at)
			}
		}
	}
}

func TestASlowSenderNeverHurries(t *testing.T) {
	t.Parallel()
	taken := stalled(1, 5*time.Millisecond, time.Hour, rand.New(rand.NewPCG(3, 4)))
	for i := range taken[1:] {
		if apart := taken[i+1].Sub(taken[i]); apart < time.Second-slack-5*time.Millisecond-scheduling {
			t.Fatalf("two texts of a sender of one a second are %v apart", apart)
		}
	}
}

func TestARefundedTurnMayBeTakenAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	p := pace{bucket: newBucket(100)}
	for range 5 {
		p.refund(p.take(now))
	}
	if at := p.open(now, 0); at.After(now) {
		t.Errorf("after five refunds the next text has to wait %v", at.Sub(now))
	}
}

// sent takes n turns as they open, each text leaving at its moment, and gives the last moment.
func sent(t *testing.T, p *pace, now time.Time, n int) time.Time {
	t.Helper()
	for range n {
		now = later(now, p.open(now, 0))
		d := p.take(now)
		if early := d.early(now); early > 0 {
			t.Fatalf("a turn without a lead is %v early", early)
		}
		d.gone(now)
	}
	return now
}

func TestARefundedPlaceIsNoEarlierForWhoeverTakesIt(t *testing.T) {
	t.Parallel()
	p := pace{bucket: newBucket(100)}
	now := sent(t, &p, time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC), 150)
	p.next = now.Add(-time.Second) // a long stall: only the window is in the way
	first := p.open(now, 0)
	if !first.After(now) {
		t.Fatal("a hundred texts left within a second, and the next may at once")
	}
	early := p.take(p.open(now, mostLead))
	if !early.from.Equal(first) {
		t.Errorf("a text whose turn was taken early leaves at %v, want %v", early.from, first)
	}
	p.refund(early)
	p.next = now.Add(-time.Second)
	if again := p.open(now, 0); !again.Equal(first) {
		t.Errorf("after a refund the place opens at %v, want %v", again, first)
	}
}

func TestALoweredPaceHoldsFromThenOn(t *testing.T) {
	t.Parallel()
	p := pace{bucket: newBucket(1000)}
	now := sent(t, &p, time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC), 3000)
	var refunded []*departure
	for range 50 {
		now = later(now, p.open(now, 0))
		refunded = append(refunded, p.take(now))
	}
	for _, d := range refunded {
		p.refund(d)
	}
	p.interval = interval(20)
	from := sent(t, &p, now, 21)
	if until := sent(t, &p, from, 20); until.Sub(from) < time.Second {
		t.Errorf("twenty texts took %v at twenty a second", until.Sub(from))
	}
}

func TestATextThatHangsIsWaitedForOnlySoLong(t *testing.T) {
	t.Parallel()
	p := pace{bucket: newBucket(5)}
	now := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	p.take(now) // never leaves
	last := sent(t, &p, now, 4)
	if at := p.open(last.Add(200*time.Millisecond), 0); !at.After(last.Add(200 * time.Millisecond)) {
		t.Error("the sixth text may leave while the first of the window has not")
	}
	if at := p.open(now.Add(3*time.Second), 0); at.After(now.Add(3 * time.Second)) {
		t.Errorf("a text that hangs for three seconds holds its sender up for %v more", at.Sub(now.Add(3*time.Second)))
	}
}
