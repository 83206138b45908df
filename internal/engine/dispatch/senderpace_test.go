package dispatch

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// stalled takes turns for a while, each look followed by a commit of up to longest, and gives
// the moments at which the texts left.
func stalled(rate float64, longest, lasts time.Duration, rng *rand.Rand) []time.Time {
	began := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	p := pace{bucket: newBucket(rate)}
	var left []time.Time
	for now := began; now.Before(began.Add(lasts)); {
		n := 0
		for ; !p.open().After(now); n++ {
			p.take(now)
		}
		now = now.Add(time.Duration(rng.Int64N(int64(longest))))
		p.leave(now, n)
		for range n {
			left = append(left, now)
		}
		if at := p.open(); at.After(now) {
			now = at
		}
	}
	return left
}

func TestWhoeverCatchesUpStaysWithinEverySecond(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for rate, longest := range map[float64]time.Duration{20: 10 * time.Millisecond, 100: 10 * time.Millisecond, 1000: 10 * time.Millisecond, 5000: 10 * time.Millisecond} {
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
		if apart := taken[i+1].Sub(taken[i]); apart < time.Second-slack-5*time.Millisecond {
			t.Fatalf("two texts of a sender of one a second are %v apart", apart)
		}
	}
}

func TestARefundedTurnMayBeTakenAgain(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	p := pace{bucket: newBucket(100)}
	for range 5 {
		p.take(now)
		p.refund()
	}
	if at := p.open(); at.After(now) {
		t.Errorf("after five refunds the next text has to wait %v", at.Sub(now))
	}
}
