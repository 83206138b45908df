// Package stride says how many rows bulk work writes in one commit.
//
// Whoever else writes waits for the commit that is under way: a STOP, a mark, a
// person at the dashboard. How long a row takes depends on the disk, on the
// size of its tables and on what else the machine does, so the stride follows
// what the last commits took. On a single core bulk work also rests between
// commits. A stride says nothing of order or of what is written, and it never
// stops work altogether.
//
//	s := stride.New(500)
//	n := s.Rows()       // at most 500
//	began := time.Now() // … n rows are written …
//	s.Took(n, time.Since(began))
//	s.Rest(ctx)
package stride

import (
	"sync/atomic"
	"time"
)

const (
	// Target is how long a commit may take. Two of them, and a flush of the disk,
	// are shorter than anybody notices.
	Target = 8 * time.Millisecond
	// least is a stride that is worth its commit: a flush takes about as long as
	// fifty rows.
	least = 50
)

// Stride is safe for one who writes and others who prepare.
type Stride struct {
	most   int
	rows   atomic.Int64
	cores  int
	rested time.Time // until when; of whoever writes
}

// New gives a stride of at most so many rows. It begins with half of them.
func New(most int) *Stride {
	s := &Stride{most: most, cores: cores()}
	s.rows.Store(int64(min(max(most/2, least), most)))
	return s
}

// Rows is how many rows the next commit should have; at least 1.
func (s *Stride) Rows() int { return int(s.rows.Load()) }

// Took tells how long a commit of n rows took, the wait for its turn included:
// where many want to write, each should take less.
func (s *Stride) Took(n int, d time.Duration) {
	if n <= 0 || d <= 0 {
		return
	}
	now := s.Rows()
	fits := int(float64(n) * float64(Target) / float64(d))
	// Half of the way at once where it was too long, a little where it was short:
	// one slow flush does not make a hundred small commits.
	next := now + (fits-now)/2
	if fits > now {
		next = now + max((fits-now)/8, 1)
	}
	s.rows.Store(int64(max(min(next, s.most), min(least, s.most))))
}
