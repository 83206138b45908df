package store

import (
	"context"
	"fmt"
	"sync"
)

// texts remembers the text of runs, which never changes. It holds few: one page
// of messages is of few runs.
type texts struct {
	mu   sync.Mutex
	runs map[string]string
}

const mostTexts = 256

// RunText gives the text that a run's messages have when they have none of
// their own.
func (s *Store) RunText(run string) (string, error) {
	s.texts.mu.Lock()
	text, ok := s.texts.runs[run]
	s.texts.mu.Unlock()
	if ok {
		return text, nil
	}
	err := s.read.QueryRow(`SELECT COALESCE(json_extract(snapshot, '$.text'), '') FROM runs WHERE id = ?`, run).Scan(&text)
	if err != nil {
		return "", fmt.Errorf("read the text of a run: %w", err)
	}
	s.texts.mu.Lock()
	defer s.texts.mu.Unlock()
	if len(s.texts.runs) >= mostTexts || s.texts.runs == nil {
		s.texts.runs = make(map[string]string)
	}
	s.texts.runs[run] = text
	return text, nil
}

// Ping asks the database for a sign of life.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	return s.read.QueryRowContext(ctx, `SELECT 1`).Scan(&one)
}
