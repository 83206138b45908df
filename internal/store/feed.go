package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
	"tidings/internal/rules/quota"
)

const (
	// Few senders and few live runs: both are read whole. idx_runs_unfinished_status covers the
	// second.
	selectSenders = `SELECT s.id, s.number, s.powerpackUuid, s.kind, s.ratePerSecond, s.dailyCap, COALESCE(u.n, 0)
		FROM senders s LEFT JOIN sender_usage u ON u.sender = s.id AND u.day = ?
		JOIN organizations o ON o.id = s.org
		WHERE s.enabled AND NOT o.archived`
	selectFeeding = `SELECT id, snapshot FROM runs WHERE status NOT IN ('finished', 'canceled') AND status IN ('sending', 'waiting') AND planned ORDER BY key`

	// idx_messages_due (run, dueAt, id) WHERE status = 'queued' gives the page in
	// order without sorting.
	selectDue = `SELECT id, org, sender, phoneNumber, kind, body, dueAt, attempt, segments FROM messages
		WHERE status = 'queued' AND run = ? AND dueAt <= ? AND (dueAt, id) > (?, ?) AND (run != '' OR sender = ?)
		ORDER BY dueAt, id LIMIT ?`

	// One look at the index for each live run, however many rows wait.
	selectNextDue = `SELECT COALESCE(MIN(at), '') FROM (
		SELECT (SELECT m.dueAt FROM messages m WHERE m.status = 'queued' AND m.run = r.id AND m.dueAt > ? ORDER BY m.dueAt LIMIT 1) AS at
			FROM runs r WHERE r.status IN ('sending', 'waiting')
		UNION ALL SELECT sendAt FROM runs WHERE status NOT IN ('finished', 'canceled') AND status = 'scheduled' AND sendAt > ?)`
)

// defaultRates are what carriers and the provider allow a sender of a kind
// unless something better was agreed, in texts a second.
var defaultRates = map[string]float64{
	"long_code":    1,
	"toll_free":    25,
	"short_code":   100,
	"alphanumeric": 1,
	"powerpack":    1,
}

// Work lists enabled senders and the runs that feed them.
func (s *Store) Work(ctx context.Context, now time.Time) (dispatch.Work, error) {
	var work dispatch.Work
	rows, err := s.read.QueryContext(ctx, selectSenders, day(now))
	if err != nil {
		return work, fmt.Errorf("read senders: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var sender dispatch.Sender
		var kind string
		var limit, used int
		if err := rows.Scan(&sender.ID, &sender.Number, &sender.PowerpackUUID, &kind, &sender.RatePerSecond, &limit, &used); err != nil {
			return work, fmt.Errorf("read senders: %w", err)
		}
		if sender.RatePerSecond == 0 {
			sender.RatePerSecond = defaultRates[kind]
		}
		if kind == "powerpack" {
			sender.Number = ""
		} else {
			sender.PowerpackUUID = ""
		}
		sender.LeftToday = quota.Quota{Cap: limit, Used: used}.Left()
		work.Senders = append(work.Senders, sender)
	}
	if err := rows.Err(); err != nil {
		return work, fmt.Errorf("read senders: %w", err)
	}
	work.Runs, err = s.feeding(ctx)
	return work, err
}

func (s *Store) feeding(ctx context.Context) ([]dispatch.Run, error) {
	rows, err := s.read.QueryContext(ctx, selectFeeding)
	if err != nil {
		return nil, fmt.Errorf("read runs: %w", err)
	}
	defer rows.Close()
	var runs []dispatch.Run
	for rows.Next() {
		var id, raw string
		if err := rows.Scan(&id, &raw); err != nil {
			return nil, fmt.Errorf("read runs: %w", err)
		}
		var snap campaign.Snapshot
		if err := json.Unmarshal([]byte(raw), &snap); err != nil {
			return nil, fmt.Errorf("read the snapshot of run %s: %w", id, err)
		}
		runs = append(runs, dispatch.Run{ID: id, Sender: snap.Sender, Text: snap.Text, Expires: snap.ExpiresAt})
	}
	return runs, rows.Err()
}

// Due reads a page of due rows, changing nothing.
func (s *Store) Due(ctx context.Context, q dispatch.DueQuery) ([]dispatch.Candidate, error) {
	rows, err := s.read.QueryContext(ctx, selectDue, q.Run, stamp(q.Until), q.After.DueAt, q.After.ID, q.Sender, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("read due messages: %w", err)
	}
	defer rows.Close()
	var due []dispatch.Candidate
	for rows.Next() {
		c := dispatch.Candidate{Run: q.Run}
		var kind string
		if err := rows.Scan(&c.ID, &c.Org, &c.Sender, &c.Number, &kind, &c.Body, &c.Cursor.DueAt, &c.Attempts, &c.Segments); err != nil {
			return nil, fmt.Errorf("read due messages: %w", err)
		}
		c.Kind, c.Cursor.ID = message.Kind(kind), c.ID
		due = append(due, c)
	}
	return due, rows.Err()
}

// NextDue gives the next moment at which a row of a live run becomes due or a
// scheduled run starts; zero when there is none.
func (s *Store) NextDue(ctx context.Context, after time.Time) (time.Time, error) {
	var at string
	if err := s.read.QueryRowContext(ctx, selectNextDue, stamp(after), stamp(after)).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("read the next due message: %w", err)
	}
	return moment(at), nil
}

// day is the key of a sender's daily count.
func day(t time.Time) string { return quota.Day(t) }
