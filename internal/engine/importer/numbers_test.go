package importer

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAreASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var s numbers
		known := map[uint64]bool{}
		for _, n := range rapid.SliceOf(rapid.OneOf(rapid.Uint64Range(1, 50), rapid.Uint64Range(12125550100, 12125559999), rapid.Uint64Min(1))).Draw(t, "numbers") {
			if s.add(n) == known[n] {
				t.Fatalf("%d: known is %v", n, known[n])
			}
			known[n] = true
		}
	})
}

func TestNumbersGrow(t *testing.T) {
	t.Parallel()
	var s numbers
	for n := uint64(1); n <= 100_000; n++ {
		if !s.add(n) {
			t.Fatalf("%d was there", n)
		}
	}
	for n := uint64(1); n <= 100_000; n++ {
		if s.add(n) {
			t.Fatalf("%d was lost", n)
		}
	}
	if len(s.slots) > 1<<18 {
		t.Errorf("%d slots for 100,000 numbers", len(s.slots))
	}
}
