package stride

import (
	"testing"
	"time"
)

// after gives the stride once n commits took so long for each row.
func after(most, n int, row, commit time.Duration) int {
	s := New(most)
	for range n {
		rows := s.Rows()
		s.Took(rows, commit+time.Duration(rows)*row)
	}
	return s.Rows()
}

func TestStrideFollowsTheDisk(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		row, commit time.Duration
		least, most int
	}{
		"fast":            {10 * time.Microsecond, time.Millisecond, 500, 500},
		"slow rows":       {50 * time.Microsecond, time.Millisecond, 130, 145},
		"slow disk":       {10 * time.Microsecond, 5 * time.Millisecond, 270, 310},
		"hopeless disk":   {10 * time.Microsecond, 100 * time.Millisecond, least, least},
		"hopelessly slow": {time.Millisecond, 0, least, least},
	} {
		if got := after(500, 200, c.row, c.commit); got < c.least || got > c.most {
			t.Errorf("%s: a stride of %d rows, want %d to %d", name, got, c.least, c.most)
		}
	}
}

func TestOneSlowCommitIsForgotten(t *testing.T) {
	t.Parallel()
	s := New(500)
	for range 100 {
		s.Took(s.Rows(), 4*time.Millisecond)
	}
	s.Took(500, time.Second)
	if got := s.Rows(); got < 200 {
		t.Errorf("after one slow commit %d rows, want half at least about", got)
	}
	for range 30 {
		s.Took(s.Rows(), 4*time.Millisecond)
	}
	if got := s.Rows(); got < 450 {
		t.Errorf("thirty commits after a slow one %d rows, want nearly 500", got)
	}
}

func TestStrideOfFewRows(t *testing.T) {
	t.Parallel()
	s := New(1)
	s.Took(1, time.Hour)
	s.Took(0, time.Second)
	s.Took(1, 0)
	if got := s.Rows(); got != 1 {
		t.Errorf("%d rows, want 1", got)
	}
}
