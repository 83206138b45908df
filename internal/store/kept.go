package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/campaign"
)

const (
	selectAnswer = `SELECT bodyHash, status, answer FROM idempotency_keys WHERE user = ? AND route = ? AND key = ? AND at > ?`
	// A key whose day is over may be used anew.
	insertAnswer = `INSERT INTO idempotency_keys (user, route, key, bodyHash, status, answer, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (user, route, key) DO UPDATE SET bodyHash = excluded.bodyHash, status = excluded.status, answer = excluded.answer, at = excluded.at`
	wordAnswer = `UPDATE idempotency_keys SET status = ?, answer = ? WHERE user = ? AND route = ? AND key = ?`
)

// Answer is a first answer that an idempotent caller gets again.
type Answer struct {
	BodyHash string
	Status   int
	JSON     []byte
}

// idempotentFor is how long a key stands for its first answer.
const idempotentFor = 24 * time.Hour

// Answered reads the first answer to a key, if there is one of the last day.
func (s *Store) Answered(ctx context.Context, i campaign.Idempotency) (Answer, bool, error) {
	var a Answer
	var raw string
	err := s.read.QueryRowContext(ctx, selectAnswer, i.User, i.Route, i.Key, stamp(s.now().Add(-idempotentFor))).Scan(&a.BodyHash, &a.Status, &raw)
	if errors.Is(err, sql.ErrNoRows) {
		return a, false, nil
	}
	if err != nil {
		return a, false, fmt.Errorf("read an answer: %w", err)
	}
	a.JSON = []byte(raw)
	return a, true, nil
}

// Word puts the wording of an answer in the place of what was kept of it in the
// commit of what it tells of.
func (s *Store) Word(ctx context.Context, k campaign.Kept) error {
	raw, err := json.Marshal(k.Answer)
	if err != nil {
		return fmt.Errorf("write an answer: %w", err)
	}
	return s.writer.do(ctx, 1, func(t *txn) error {
		_, err := t.exec(wordAnswer, k.Status, string(raw), k.User, k.Route, k.Key)
		return err
	})
}

// keep keeps the first answer to an idempotent call; nil: nothing.
func (t *txn) keep(k *campaign.Kept) error {
	if k == nil {
		return nil
	}
	raw, err := json.Marshal(k.Answer)
	if err != nil {
		return fmt.Errorf("write an answer: %w", err)
	}
	_, err = t.exec(insertAnswer, k.User, k.Route, k.Key, k.BodyHash, k.Status, string(raw), t.w.now())
	return err
}
