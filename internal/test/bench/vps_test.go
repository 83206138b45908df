package main

import (
	"testing"
	"time"
)

func TestMostWithinAWindow(t *testing.T) {
	t.Parallel()
	every := func(d time.Duration, n int) (at []time.Duration) {
		for i := range n {
			at = append(at, time.Duration(i)*d)
		}
		return at
	}
	for name, c := range map[string]struct {
		at   []time.Duration
		want int
	}{
		"none":            {nil, 0},
		"a steady pace":   {every(200*time.Millisecond, 50), 5},
		"a burst in time": {append(every(time.Second, 10), 9100*time.Millisecond, 9200*time.Millisecond), 3},
	} {
		if got := mostWithin(c.at, time.Second); got != c.want {
			t.Errorf("%s: %d within a second, want %d", name, got, c.want)
		}
	}
}
