package gate

import (
	"context"
	"fmt"
)

// Begin says that a holder's request is about to begin, as the last thing before
// its first byte. False: the number was barred meanwhile, and the holder must
// release it and send nothing. After true it is given back with Started.
func (g *Gate) Begin(number string) bool {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || st.holders == 0 {
		panic("gate: begin without a hold")
	}
	if st.bars > 0 {
		return false
	}
	st.holders--
	st.beginning++
	return true
}

// Started gives back what Begin took: the request has begun, or never will.
func (g *Gate) Started(number string) {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || st.beginning == 0 {
		panic("gate: started without a begin")
	}
	st.beginning--
	s.settle(number, st)
}

// Bar shuts a number for as long as its STOP is not among the rows: it lets no
// send in, turns back those that have not begun, and waits only for those that
// are beginning at this moment. So it needs no store, which Close's holders may
// be waiting for. On an error (the context ended first) nothing is barred.
func (g *Gate) Bar(ctx context.Context, number string) error {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.state(number)
	st.bars++
	st.want()
	for st.beginning > 0 {
		wait := st.wait()
		s.mu.Unlock()
		select {
		case <-wait:
			s.mu.Lock()
		case <-ctx.Done():
			s.mu.Lock()
			st.bars--
			s.settle(number, st)
			return fmt.Errorf("bar a number: %w", ctx.Err())
		}
	}
	return nil
}

// Unbar takes back one Bar that returned nil.
func (g *Gate) Unbar(number string) {
	s := g.shard(number)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.numbers[number]
	if st == nil || st.bars == 0 {
		panic("gate: unbar without a bar")
	}
	st.bars--
	s.settle(number, st)
}
