package main

import (
	"strings"
	"testing"

	"tidings/internal/test/raced"
)

func TestNothingIsLostOrDoubledWhenThePowerGoes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(raced.Fewer(16, 4)) {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			r := cut(t, 100+seed, fuse(100+seed), false)
			for _, v := range r.violations {
				t.Errorf("%s, cut after %d of %d entries: %s", fuse(100+seed), r.at, r.entries, v)
			}
		})
	}
}

// The harness sees: with commits that are not flushed there are people who are texted twice, and
// answers that were given for nothing.
func TestForgetfulCommitsAreSeenToBreakThePromises(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for seed := uint64(1); seed <= 30; seed++ {
		for _, v := range cut(t, seed, fuse(seed), true).violations {
			name, _, _ := strings.Cut(v, ":")
			seen[name] = seen[name] || name != "I1" || strings.Contains(v, "texted 2 times")
		}
		if seen["I1"] && seen["I5"] {
			return
		}
	}
	t.Errorf("30 cuts with synchronous=NORMAL broke %v; there must be double texts (I1) and forgotten answers (I5)", seen)
}
