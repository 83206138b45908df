package simulator

import (
	"container/heap"
	"time"
)

// event is something that happens at a real time. run is called with the lock
// held and must not block.
type event struct {
	at  int64
	seq uint64
	run func(now int64)
}

type eventHeap []event

func (h eventHeap) Len() int { return len(h) }
func (h eventHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].seq < h[j].seq
}
func (h eventHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *eventHeap) Push(x any)   { *h = append(*h, x.(event)) }
func (h *eventHeap) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	(*h)[last] = event{}
	*h = (*h)[:last]
	return e
}

// at has run called at a real time. The lock is held.
func (s *Simulator) at(when int64, run func(now int64)) {
	s.eventSeq++
	earliest := len(s.events) == 0 || when < s.events[0].at
	heap.Push(&s.events, event{at: when, seq: s.eventSeq, run: run})
	if earliest {
		s.nudge()
	}
}

func (s *Simulator) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// eventsAtOnce bounds how long the scheduler holds the lock before API calls
// get their turn.
const eventsAtOnce = 256

func (s *Simulator) runScheduler() {
	defer s.wg.Done()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		wait, ok := s.runDue()
		if !ok {
			return
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-s.wake:
		}
	}
}

// runDue runs what is due and says how long it is until the next event.
func (s *Simulator) runDue() (time.Duration, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, false
	}
	now := s.elapsed()
	for range eventsAtOnce {
		if len(s.events) == 0 {
			return time.Hour, true
		}
		if s.events[0].at > now {
			return time.Duration(s.events[0].at - now), true
		}
		heap.Pop(&s.events).(event).run(now)
	}
	return 0, true
}

// do has a job done by a worker, without the lock. The lock is held here.
func (s *Simulator) do(job func()) {
	s.jobs.push(job)
	s.work.Signal()
}

func (s *Simulator) runWorker() {
	defer s.wg.Done()
	for {
		job, ok := s.nextJob()
		if !ok {
			return
		}
		job()
	}
}

func (s *Simulator) nextJob() (func(), bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.jobs.len() == 0 && !s.closed {
		s.work.Wait()
	}
	if s.closed {
		return nil, false
	}
	return s.jobs.pop(), true
}

// fifo is a queue that gives its memory back as it drains.
type fifo[T any] struct {
	items []T
	head  int
}

func (f *fifo[T]) len() int   { return len(f.items) - f.head }
func (f *fifo[T]) push(x T)   { f.items = append(f.items, x) }
func (f *fifo[T]) first() T   { return f.items[f.head] }
func (f *fifo[T]) rest() []T  { return f.items[f.head:] }
func (f *fifo[T]) set(xs []T) { f.items, f.head = xs, 0 }

func (f *fifo[T]) pop() T {
	var zero T
	x := f.items[f.head]
	f.items[f.head] = zero
	f.head++
	switch {
	case f.head == len(f.items):
		f.items, f.head = f.items[:0], 0
		if cap(f.items) > 4096 {
			f.items = nil
		}
	case f.head > 1024 && f.head > len(f.items)/2:
		f.items = append([]T(nil), f.items[f.head:]...)
		f.head = 0
	}
	return x
}
