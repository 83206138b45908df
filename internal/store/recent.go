package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"tidings/internal/rules/message"
)

// What was sent, or may have been, and is no answer to a keyword or form, nor a test.
const countsAsText = `status IN ('sending', 'accepted', 'sent', 'delivered', 'unknown') AND kind IN ('', 'reply')`

const (
	// Few runs: idx_runs_unfinished_status holds those that have not ended, idx_runs_ended the others.
	selectRecentRuns = `SELECT key FROM runs WHERE status NOT IN ('finished', 'canceled')
			AND status IN ('scheduled', 'queued', 'sending', 'waiting', 'paused') AND +org = ?
		UNION ALL SELECT key FROM runs WHERE finishedAt != '' AND org = ? AND finishedAt > ?`
	// Primary key.
	selectTextOfRun = `SELECT COUNT(*) FROM messages WHERE id = ? AND sentAt > ? AND ` + countsAsText
	// idx_messages_conversation (org, phoneNumber, sentAt) WHERE run = ''.
	selectSingleTexts = `SELECT COUNT(*) FROM messages WHERE run = '' AND org = ? AND phoneNumber = ? AND sentAt > ?
		AND direction = 'outbound' AND ` + countsAsText
	selectSinglesBetween = `SELECT phoneNumber, sentAt FROM messages WHERE run = '' AND org = ? AND phoneNumber BETWEEN ? AND ? AND sentAt > ?
		AND direction = 'outbound' AND ` + countsAsText
)

// capSpan is the time in which texts to a number are counted.
const capSpan = 24 * time.Hour

// recent counts the texts to a number in the 24 hours before a moment, up to a limit:
// one look by key for each run of the organisation that may have sent something, and
// one for what belongs to no run. Nothing is written for it, as the rows know it all.
func (l looks) recent(org, number string, at time.Time, limit int) (int, error) {
	since := stamp(at.Add(-capSpan))
	keys, ok := l.keys[org]
	if !ok {
		var err error
		if keys, err = recentRuns(l.t.tx.QueryContext, org, since); err != nil {
			return 0, err
		}
		l.keys[org] = keys
	}
	count := 0
	for _, key := range keys {
		id, err := message.RunID(key, number)
		if err != nil {
			return 0, err
		}
		var n int
		if err := l.t.row(selectTextOfRun, []any{id, since}, &n); err != nil {
			return 0, err
		}
		if count += n; count >= limit {
			return count, nil
		}
	}
	var n int
	err := l.t.row(selectSingleTexts, []any{org, number, since}, &n)
	return count + n, err
}

type query func(ctx context.Context, query string, args ...any) (*sql.Rows, error)

func recentRuns(ask query, org, since string) ([]string, error) {
	rows, err := ask(context.Background(), selectRecentRuns, org, org, since)
	if err != nil {
		return nil, fmt.Errorf("read recent runs: %w", err)
	}
	defer rows.Close()
	keys := []string{}
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("read recent runs: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// Recent gives the moments of the texts to some numbers in the 24 hours before one,
// each number's in order. Numbers are sorted.
func (s *Store) Recent(ctx context.Context, org string, numbers []string, at time.Time) (map[string][]time.Time, error) {
	texts := make(map[string][]time.Time)
	if len(numbers) == 0 {
		return texts, nil
	}
	since := stamp(at.Add(-capSpan))
	keys, err := recentRuns(s.read.QueryContext, org, since)
	if err != nil {
		return nil, err
	}
	add := func(q string, args ...any) error {
		rows, err := s.read.QueryContext(ctx, q, args...)
		if err != nil {
			return fmt.Errorf("read recent texts: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var number, sentAt string
			if err := rows.Scan(&number, &sentAt); err != nil {
				return fmt.Errorf("read recent texts: %w", err)
			}
			texts[number] = append(texts[number], moment(sentAt))
		}
		return rows.Err()
	}
	for _, key := range keys {
		args := make([]any, 0, len(numbers)+1)
		args = append(args, since)
		for _, number := range numbers {
			id, err := message.RunID(key, number)
			if err != nil {
				return nil, err
			}
			args = append(args, id)
		}
		if err := add(`SELECT phoneNumber, sentAt FROM messages WHERE sentAt > ? AND `+countsAsText+` AND id IN (?`+
			strings.Repeat(", ?", len(numbers)-1)+`)`, args...); err != nil {
			return nil, err
		}
	}
	if err := add(selectSinglesBetween, org, numbers[0], numbers[len(numbers)-1], since); err != nil {
		return nil, err
	}
	for _, times := range texts {
		slices.SortFunc(times, time.Time.Compare)
	}
	return texts, nil
}
