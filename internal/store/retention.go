package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/stride"
	"tidings/internal/rules/message"
)

// deletedTogether is how many messages one commit deletes at most: two to five milliseconds, if their pages are in memory.
const deletedTogether = 500

// foldedAfter is after how many deleted messages the log is folded back. Each of them changes a page of the index of numbers
// that none of the others does, if there are many runs; so these are a quarter of the pages at which a commit does it.
const foldedAfter = 1500

const (
	selectKeepers = `SELECT id, keepMessagesDays FROM organizations WHERE keepMessagesDays > 0`

	// idx_runs_ended (org, finishedAt). Whoever is sent to for the first time is told by the rows of earlier
	// runs, so those stay while a run of the campaign is under way.
	selectForgettable = `SELECT r.id FROM runs r WHERE r.org = ? AND r.status IN ('finished', 'canceled') AND r.queued = 0
		AND r.finishedAt != '' AND r.finishedAt < ?
		AND (r.messagesDeletedAt = '' OR EXISTS (SELECT 1 FROM messages m WHERE m.run = r.id))
		AND NOT EXISTS (SELECT 1 FROM runs u WHERE u.campaign = r.campaign AND u.status NOT IN ('finished', 'canceled')) LIMIT 1`
	noteForgotten = `UPDATE runs SET messagesDeletedAt = ? WHERE id = ? AND messagesDeletedAt = ''
		AND NOT EXISTS (SELECT 1 FROM runs u WHERE u.campaign = runs.campaign AND u.status NOT IN ('finished', 'canceled'))`
	selectForgotten = `SELECT 1 FROM runs WHERE campaign = ? AND messagesDeletedAt != '' LIMIT 1`
	// idx_messages_run.
	deleteOfRun = `DELETE FROM messages WHERE rowid IN (SELECT rowid FROM messages WHERE run = ? LIMIT ?)`

	// idx_messages_conversation, a walk along the numbers of an organisation: what people wrote, and what was answered.
	selectConversations = `SELECT rowid, phoneNumber, CASE WHEN sentAt = '' THEN dueAt ELSE sentAt END, status FROM messages
		WHERE run = '' AND org = ? AND phoneNumber > ? ORDER BY phoneNumber LIMIT ?`
	deleteSingle = `DELETE FROM messages WHERE rowid = ?`
)

// forget deletes the messages that organisations no longer keep, some at a time. Counters of runs stay, and so do reports; the
// ledger of consent is kept for good.
func (s *Store) forget(ctx context.Context) error {
	rows, err := s.read.QueryContext(ctx, selectKeepers)
	if err != nil {
		return fmt.Errorf("read how long messages are kept: %w", err)
	}
	defer rows.Close()
	until := make(map[string]time.Time)
	for rows.Next() {
		var org string
		var days int
		if err := rows.Scan(&org, &days); err != nil {
			return fmt.Errorf("read how long messages are kept: %w", err)
		}
		until[org] = s.now().AddDate(0, 0, -days)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("read how long messages are kept: %w", err)
	}
	for org, before := range until {
		if err := s.forgetRuns(ctx, org, before); err != nil {
			return err
		}
		if err := s.forgetSingles(ctx, org, before); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) forgetRuns(ctx context.Context, org string, before time.Time) error {
	pace := stride.New(deletedTogether)
	for ctx.Err() == nil {
		var run string
		err := s.read.QueryRowContext(ctx, selectForgettable, org, stamp(before)).Scan(&run)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("look for old runs: %w", err)
		}
		deleted := 0
		for more := true; more && ctx.Err() == nil; {
			most, began := pace.Rows(), time.Now()
			err := s.writer.do(ctx, maxRows, func(t *txn) (err error) {
				more, err = t.forgetRun(run, most)
				return err
			})
			if err != nil {
				return err
			}
			pace.Took(most, time.Since(began))
			if deleted += most; deleted >= foldedAfter {
				deleted = 0
				s.folding.foldWhole(ctx)
			}
			pace.Rest(ctx)
		}
	}
	return ctx.Err()
}

// forgetRun deletes some messages of a run and reports whether there may be more. It is noted first: from then on it is not known
// any more whom the campaign has reached, and no run of it begins.
func (t *txn) forgetRun(run string, most int) (more bool, err error) {
	if _, err := t.exec(noteForgotten, t.w.now(), run); err != nil {
		return false, err
	}
	var noted string
	if err := t.row(`SELECT messagesDeletedAt FROM runs WHERE id = ?`, []any{run}, &noted); err != nil || noted == "" {
		return false, err
	}
	n, err := t.exec(deleteOfRun, run, most)
	return n == int64(most), err
}

// forgetSingles walks an organisation's conversations from its first number to its last.
func (s *Store) forgetSingles(ctx context.Context, org string, before time.Time) error {
	pace := stride.New(deletedTogether)
	for number := ""; ctx.Err() == nil; {
		old, last, err := s.oldSingles(ctx, org, number, stamp(before))
		if err != nil {
			return err
		}
		for len(old) > 0 {
			n, began := min(pace.Rows(), len(old)), time.Now()
			err := s.writer.do(ctx, maxRows, func(t *txn) error {
				for _, id := range old[:n] {
					if _, err := t.exec(deleteSingle, id); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			pace.Took(n, time.Since(began))
			pace.Rest(ctx)
			old = old[n:]
		}
		if last == "" {
			return nil
		}
		number = last
	}
	return ctx.Err()
}

// oldSingles reads a page of conversations: what is too old of it, and its last number; none at the end. What the page cuts off
// of that number is newer, and has its turn next time.
func (s *Store) oldSingles(ctx context.Context, org, after, before string) (old []int64, last string, err error) {
	rows, err := s.read.QueryContext(ctx, selectConversations, org, after, deletedTogether)
	if err != nil {
		return nil, "", fmt.Errorf("read old conversations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var number, at, status string
		if err := rows.Scan(&id, &number, &at, &status); err != nil {
			return nil, "", fmt.Errorf("read old conversations: %w", err)
		}
		last = number
		if at < before && status != string(message.Queued) && status != string(message.Sending) {
			old = append(old, id)
		}
	}
	return old, last, rows.Err()
}
