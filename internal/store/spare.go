package store

import (
	"modernc.org/libc"
	"modernc.org/libc/sys/types"
)

const (
	leastBlock = 16
	mostBlock  = 16 << 10
	// blocksPage is what the driver's allocator asks the system for when it has no
	// block of a size, and gives back when all of them are free
	// (modernc.org/memory).
	blocksPage = 64 << 10
)

// spare keeps blocks for what SQLite allocates for the time of a statement.
//
// A cursor lives as long as its statement. Where the blocks of its size that live
// longer happen to fill whole pages of the allocator, each statement maps a page
// and unmaps it, three system calls and a page fault that took a third of the
// writer's time. With one block held in a page that has others free, none does.
// Those that live long come and go, so it is renewed from time to time.
type spare struct {
	tls  *libc.TLS
	held []uintptr // one of each size
}

func newSpare() *spare { return &spare{tls: libc.NewTLS()} }

// renew is for one goroutine.
func (s *spare) renew() {
	before := s.held
	s.held = nil
	var few [blocksOfStatement]uintptr
	for size := leastBlock; size <= mostBlock; size *= 2 {
		n := max(min(len(few), blocksPage/size/2), 1)
		for i := range n {
			few[i] = libc.Xmalloc(s.tls, types.Size_t(size))
		}
		// The last is in the page that was opened last, if one was.
		s.held = append(s.held, few[n-1])
		for _, b := range few[:n-1] {
			libc.Xfree(s.tls, b)
		}
	}
	s.free(before)
}

// blocksOfStatement is more than a statement has at a time, of any size.
const blocksOfStatement = 16

func (s *spare) close() {
	s.free(s.held)
	s.tls.Close()
}

func (s *spare) free(blocks []uintptr) {
	for _, b := range blocks {
		libc.Xfree(s.tls, b)
	}
}
