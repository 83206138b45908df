package store

import (
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestIDsSortByTheirTime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "a")
		b := rapid.Int64Range(0, 99_999_999_999_999).Draw(t, "b")
		ia, ib := NewID(time.UnixMilli(a)), NewID(time.UnixMilli(b))
		if a < b && ia >= ib || a > b && ia <= ib {
			t.Fatalf("%d -> %s and %d -> %s are out of order", a, ia, b, ib)
		}
	})
}

func TestIDKeepsItsTime(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 10, 15, 4, 5, 678e6, time.UTC)
	got, err := IDTime(NewID(at))
	if err != nil || !got.Equal(at) {
		t.Fatalf("got %v, %v; want %v", got, err, at)
	}
	for _, bad := range []string{"", "short", "ABCDEFGHI123456"} {
		if _, err := IDTime(bad); err == nil {
			t.Errorf("%q has a time", bad)
		}
	}
}

func TestIDsHavePocketBasesShape(t *testing.T) {
	t.Parallel()
	shape := regexp.MustCompile(`^[a-z0-9]{15}$`)
	for _, at := range []time.Time{{}, time.Unix(0, 0), time.Now(), time.Date(5000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if id := NewID(at); !shape.MatchString(id) {
			t.Errorf("id of %v is %q", at, id)
		}
	}
}

func TestIDsOfOneMomentDiffer(t *testing.T) {
	t.Parallel()
	at, seen := time.Now(), map[string]bool{}
	for range 200 {
		id := NewID(at)
		if seen[id] {
			t.Fatalf("%s twice in 200", id)
		}
		seen[id] = true
	}
}
