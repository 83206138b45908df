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
	upsertHeard      = `INSERT INTO hearing (id, until) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET until = excluded.until`
	setMissed        = `UPDATE hearing SET missed = ?, wordless = ?, missedAt = ? WHERE id = 1`
	selectMissed     = `SELECT missed, wordless, missedAt FROM hearing WHERE id = 1`
	selectLastStep   = `SELECT at FROM fence WHERE id = 1`

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
		if _, err := t.exec(upsertHeard, stamp(h.Until)); err != nil || h.Missed == 0 {
			return err
		}
		_, err := t.exec(setMissed, h.Missed, h.Wordless, stamp(h.At))
		return err
	})
}

// Missed is what the last look brought that no webhook had; At is zero where none did.
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
