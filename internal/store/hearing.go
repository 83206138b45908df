package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

const (
	selectHeardUntil = `SELECT until FROM hearing WHERE id = 1`
	selectBarred     = `SELECT barred FROM hearing WHERE id = 1`
	upsertHeard      = `INSERT INTO hearing (id, until, barred) VALUES (1, ?, ?)
		ON CONFLICT (id) DO UPDATE SET until = excluded.until, barred = excluded.barred`
	// What was missed within a day is told together.
	setMissed = `UPDATE hearing SET missed = ? + CASE WHEN missedAt > ? THEN missed ELSE 0 END,
		wordless = ? + CASE WHEN missedAt > ? THEN wordless ELSE 0 END, missedAt = ? WHERE id = 1`
	selectMissed   = `SELECT missed, wordless, missedAt FROM hearing WHERE id = 1`
	selectLastStep = `SELECT at FROM fence WHERE id = 1`

	// unheardAtOnce bounds the parameters of one statement.
	unheardAtOnce = 500
)

// Listening gives since when it is to be asked what people wrote, and our senders.
func (s *Store) Listening(ctx context.Context) (since time.Time, sources []reconcile.Source, err error) {
	if since, err = s.momentOf(ctx, selectHeardUntil); err != nil {
		return since, nil, fmt.Errorf("read until when people were heard: %w", err)
	}
	sources, err = s.sources(ctx)
	return since, sources, err
}

// LastStep is when a process last had this folder in its hands, to a minute; zero if
// none ever had.
func (s *Store) LastStep(ctx context.Context) (time.Time, error) {
	at, err := s.momentOf(ctx, selectLastStep)
	if err != nil {
		return at, fmt.Errorf("read when this folder was last used: %w", err)
	}
	return at, nil
}

// momentOf reads a time; zero where there is no row.
func (s *Store) momentOf(ctx context.Context, query string) (time.Time, error) {
	var at string
	if err := s.read.QueryRowContext(ctx, query).Scan(&at); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, err
	}
	return moment(at), nil
}

// Unheard gives those of the provider's ids that no inbound message has.
func (s *Store) Unheard(ctx context.Context, uuids []string) (map[string]bool, error) {
	fresh := make(map[string]bool, len(uuids))
	byID := make(map[string]string, len(uuids))
	for _, uuid := range uuids {
		fresh[uuid] = true
		byID[message.InboundID(uuid)] = uuid
	}
	ids := make([]any, 0, len(byID))
	for id := range byID {
		ids = append(ids, id)
	}
	for len(ids) > 0 {
		n := min(len(ids), unheardAtOnce)
		err := each(ctx, s.read, func(rows *sql.Rows) error {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			delete(fresh, byID[id])
			return nil
		}, `SELECT id FROM messages WHERE id IN (?`+strings.Repeat(",?", n-1)+`)`, ids[:n]...)
		if err != nil {
			return nil, fmt.Errorf("look which texts are here: %w", err)
		}
		ids = ids[n:]
	}
	return fresh, nil
}

// Heard remembers until when people were heard, and what had to be asked for.
func (s *Store) Heard(ctx context.Context, h reconcile.Heard) error {
	return s.writer.do(ctx, 1, func(t *txn) error {
		if _, err := t.exec(upsertHeard, stamp(h.Until), h.Barred); err != nil || h.Missed == 0 {
			return err
		}
		yesterday := stamp(h.At.Add(-24 * time.Hour))
		_, err := t.exec(setMissed, h.Missed, yesterday, h.Wordless, yesterday, stamp(h.At))
		return err
	})
}

// BarredTexts is how many texts of the last look wait for a webhook that may still
// come; nothing may leave to their writers.
func (s *Store) BarredTexts(ctx context.Context) (int, error) {
	var n int
	if err := s.read.QueryRowContext(ctx, selectBarred).Scan(&n); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read whether opt-outs wait for their webhook: %w", err)
	}
	return n, nil
}

// Missed is what the looks of a day brought that no webhook had; At is zero where none did.
func (s *Store) Missed(ctx context.Context) (reconcile.Heard, error) {
	var h reconcile.Heard
	var at string
	err := s.read.QueryRowContext(ctx, selectMissed).Scan(&h.Missed, &h.Wordless, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return h, fmt.Errorf("read which texts no webhook brought: %w", err)
	}
	h.At = moment(at)
	return h, nil
}
