package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	// Unique index on data.
	selectBasis = `SELECT id FROM decision_bases WHERE data = ?`
	insertBasis = `INSERT INTO decision_bases (data) VALUES (?) RETURNING id`

	// Primary key look-ups.
	selectDecided = `SELECT m.org, m.run, m.kind, m.phoneNumber, m.status, m.reason, m.sentAt, m.dueAt, COALESCE(b.data, ''), COALESCE(r.snapshot, '{}')
		FROM messages m LEFT JOIN decision_bases b ON b.id = m.basis LEFT JOIN runs r ON r.id = m.run
		WHERE m.id = ? AND m.direction = 'outbound'`
)

// mostBases bounds what the writer remembers. A run of a million knows a few hundred.
const mostBases = 1 << 15

// basis finds the number of a situation, and keeps it if it is new, together with the
// rule set. Numbers of a commit that fails are forgotten with it.
func (t *txn) basis(b eligible.Basis, rules *eligible.Book) (int64, error) {
	if b.Rules == "" {
		return 0, nil // no verdict was asked
	}
	if id, ok := t.w.bases[b]; ok {
		return id, nil
	}
	if id, ok := t.bases[b]; ok {
		return id, nil
	}
	raw, err := json.Marshal(b)
	if err != nil {
		return 0, fmt.Errorf("write what a decision was made by: %w", err)
	}
	var id int64
	err = t.row(selectBasis, []any{string(raw)}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		set := rules.Rules()
		if _, err := t.exec(insertRuleSet, set.Hash(), set.Version(), string(set.Data().Encode()), t.w.now()); err != nil {
			return 0, err
		}
		err = t.row(insertBasis, []any{string(raw)}, &id)
	}
	if err != nil {
		return 0, err
	}
	if t.bases == nil {
		t.bases = make(map[eligible.Basis]int64)
	}
	t.bases[b] = id
	return id, nil
}

// remember keeps the numbers of a commit that is on disk.
func (w *writer) remember(bases map[eligible.Basis]int64) {
	if len(w.bases)+len(bases) > mostBases {
		clear(w.bases)
	}
	for b, id := range bases {
		w.bases[b] = id
	}
}

// Decision is what was decided about one outbound message, asked again.
type Decision struct {
	Org      string
	Number   string
	Status   message.Status
	Reason   message.Reason
	Version  string // of the rules
	Question eligible.Question
}

// Decision puts the question again that a message was decided by: the same rules,
// moment, places and standing. It reports false where no verdict was asked: a row
// that waits, or one that a STOP or a cancel settled.
func (s *Store) Decision(ctx context.Context, id string) (Decision, bool, error) {
	var d Decision
	var run, kind, sentAt, dueAt, raw, snapshot string
	err := s.read.QueryRowContext(ctx, selectDecided, id).Scan(&d.Org, &run, &kind, &d.Number, &d.Status, &d.Reason, &sentAt, &dueAt, &raw, &snapshot)
	if errors.Is(err, sql.ErrNoRows) {
		return d, false, campaign.ErrNotFound
	}
	if err != nil {
		return d, false, fmt.Errorf("read what a message was decided by: %w", err)
	}
	// A row that was skipped keeps the moment where others keep when they were due.
	at := moment(sentAt)
	if d.Status == message.Skipped {
		at = moment(dueAt)
	}
	if raw == "" || at.IsZero() || d.Status == message.Queued {
		return d, false, nil
	}
	var basis eligible.Basis
	if err := json.Unmarshal([]byte(raw), &basis); err != nil {
		return d, false, fmt.Errorf("read what a message was decided by: %w", err)
	}
	book, err := s.bookOf(ctx, basis.Rules)
	if err != nil {
		return d, false, err
	}
	var snap struct {
		ExpiresAt time.Time `json:"expiresAt"`
	}
	if err := json.Unmarshal([]byte(snapshot), &snap); err != nil {
		return d, false, fmt.Errorf("read the snapshot of run %s: %w", run, err)
	}
	d.Version = book.Rules().Version()
	d.Question = book.Replay(basis, message.Kind(kind), at, snap.ExpiresAt)
	return d, true, nil
}
