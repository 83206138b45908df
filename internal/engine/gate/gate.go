// Package gate is the lock that a send and a STOP both take, one per phone
// number.
//
// A send holds the gate from before its durable mark until its request has
// begun; a STOP closes the gate, which waits for those requests to begin and
// lets no new one in, then commits, opens the gate and only then is
// acknowledged. Where the commit has to wait for the disk, Bar binds the STOP in
// memory until it is there. So no request to a number begins after the STOP of that number
// was acknowledged, and a slow provider does not delay the STOP.
//
//	if g.Hold(number) { defer g.Release(number) ... }   // a send
//	if err := g.Close(ctx, number); err == nil { defer g.Open(number) ... } // a STOP
package gate

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"
)

// shards keeps senders of different numbers out of each other's way; 64 mutexes
// cost 4 KiB and are far more than there are cores.
const shards = 64

// Gate has one lock per number that is in use. The zero value is not usable;
// make one with New.
type Gate struct {
	seed   maphash.Seed
	shards [shards]shard
}

type shard struct {
	mu      sync.Mutex
	numbers map[string]*state
}

// state exists only while somebody holds or closes the number.
type state struct {
	holders   int
	beginning int           // holders whose request begins at this moment
	closers   int           // a STOP waits or is at work
	owned     bool          // a STOP is at work
	bars      int           // acknowledged STOPs that are not among the rows yet
	changed   chan struct{} // closed when holders, beginning or owned falls; nil while no STOP waits
	wanted    chan struct{} // closed when a STOP comes; nil while no holder asks
}

// New makes an open gate.
func New() *Gate {
	g := &Gate{seed: maphash.MakeSeed()}
	for i := range g.shards {
		g.shards[i].numbers = make(map[string]*state)
	}
	return g
}

func (g *Gate) shard(number string) *shard {
	return &g.shards[maphash.String(g.seed, number)%shards]
}

func (s *shard) state(number string) *state {
	st := s.numbers[number]
	if st == nil {
		st = &state{}
		s.numbers[number] = st
	}
	return st
}

// wait gives what is closed at the next change. The shard is locked.
func (st *state) wait() <-chan struct{} {
	if st.changed == nil {
		st.changed = make(chan struct{})
	}
	return st.changed
}

// settle wakes those who wait and forgets a number that nobody uses.
func (s *shard) settle(number string, st *state) {
	if st.changed != nil {
		close(st.changed)
		st.changed = nil
	}
	if st.holders == 0 && st.beginning == 0 && st.closers == 0 && st.bars == 0 {
		delete(s.numbers, number)
	}
}

// Hold takes the gate for one send. It never waits: false says that a STOP of
// this number is under way and the send has to look again later.
func (g *Gate) Hold(number string) bool {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state(number)
	if st.closers > 0 || st.bars > 0 {
		return false
	}
	st.holders++
	return true
}

// Wanted gives what is closed when a STOP comes for a number that the caller holds.
// Who only waits for something else then lets go.
func (g *Gate) Wanted(number string) <-chan struct{} {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || st.holders == 0 {
		panic("gate: wanted without a hold")
	}
	if st.wanted == nil {
		st.wanted = make(chan struct{})
	}
	wanted := st.wanted
	if st.closers > 0 || st.bars > 0 {
		st.want()
	}
	return wanted
}

// want tells the holders that a STOP has come. The shard is locked.
func (st *state) want() {
	if st.wanted != nil {
		close(st.wanted)
		st.wanted = nil
	}
}

// Release gives a hold back: the request has begun, or never will. A release
// without a hold is a programmer's mistake and panics.
func (g *Gate) Release(number string) {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || st.holders == 0 {
		panic("gate: release without a hold")
	}
	st.holders--
	s.settle(number, st)
}

// Close lets no new send in and waits for those inside to begin. On an error
// (the context ended first) the gate is open again.
func (g *Gate) Close(ctx context.Context, number string) error {
	s := g.shard(number)
	s.mu.Lock()
	st := s.state(number)
	st.closers++
	st.want()
	for st.holders > 0 || st.beginning > 0 || st.owned {
		wait := st.wait()
		s.mu.Unlock()
		select {
		case <-wait:
			s.mu.Lock()
		case <-ctx.Done():
			s.mu.Lock()
			st.closers--
			s.settle(number, st)
			s.mu.Unlock()
			return fmt.Errorf("close the gate of a number: %w", ctx.Err())
		}
	}
	st.owned = true
	s.mu.Unlock()
	return nil
}

// Open ends a Close that returned nil.
func (g *Gate) Open(number string) {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || !st.owned {
		panic("gate: open without a close")
	}
	st.owned = false
	st.closers--
	s.settle(number, st)
}
