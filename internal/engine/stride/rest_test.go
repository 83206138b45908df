package stride

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestOnOneCoreAThirdOfTheTimeIsRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, c := range map[string]struct {
			cores int
			work  time.Duration
			rests time.Duration // after each of ten commits but the first
		}{
			"one core":                 {1, 10 * time.Millisecond, 5 * time.Millisecond},
			"one core, after a pause":  {1, time.Hour, longestRest},
			"two cores, one is others": {2, 10 * time.Millisecond, 0},
		} {
			s := New(500)
			s.cores = c.cores
			began := time.Now()
			for range 10 {
				time.Sleep(c.work) // the bubble's clock
				s.Rest(t.Context())
			}
			if got, want := time.Since(began), 10*c.work+9*c.rests; got != want {
				t.Errorf("%s: ten commits took %v with their rests, want %v", name, got, want)
			}
		}
	})
}

func TestARestEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := New(500)
		s.cores = 1
		s.Rest(t.Context())
		time.Sleep(time.Second)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		began := time.Now()
		if s.Rest(ctx); time.Since(began) != 0 {
			t.Errorf("rested for %v after the end", time.Since(began))
		}
	})
}
