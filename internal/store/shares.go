package store

import (
	"context"
	"fmt"
	"sync"

	"tidings/internal/rules/sms"
)

// shares remembers what the messages of a run have in common, which never
// changes. It holds few: one page of messages is of few runs.
type shares struct {
	mu   sync.Mutex
	runs map[string]Shared
}

const mostShares = 256

// Shared is what a run's messages have in common and do not each keep.
type Shared struct {
	Text     string // of messages that have none of their own
	Encoding string // of that text
}

// RunShares gives what the messages of a run have in common.
func (s *Store) RunShares(run string) (Shared, error) {
	s.shares.mu.Lock()
	shared, ok := s.shares.runs[run]
	s.shares.mu.Unlock()
	if ok {
		return shared, nil
	}
	err := s.read.QueryRow(`SELECT COALESCE(json_extract(snapshot, '$.text'), '') FROM runs WHERE id = ?`, run).Scan(&shared.Text)
	if err != nil {
		return shared, fmt.Errorf("read what the messages of a run have in common: %w", err)
	}
	shared.Encoding = sms.Count(shared.Text).Encoding
	s.shares.mu.Lock()
	defer s.shares.mu.Unlock()
	if len(s.shares.runs) >= mostShares || s.shares.runs == nil {
		s.shares.runs = make(map[string]Shared)
	}
	s.shares.runs[run] = shared
	return shared, nil
}

// Ping asks the database for a sign of life.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
}
