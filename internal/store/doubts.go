package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"tidings/internal/engine/receipt"
	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

const (
	// idx_messages_doubtful holds only rows that are sending or unknown; lookups is read by its key.
	selectDoubts = `SELECT m.id, m.attempt, m.org, m.phoneNumber, m.segments, m.sentAt, COALESCE(l.asks, 0),
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN '' ELSE s.number END, ''),
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN s.powerpackUuid END, '')
		FROM messages m LEFT JOIN lookups l ON l.message = m.id AND l.attempt = m.attempt LEFT JOIN senders s ON s.id = m.sender
		WHERE m.status IN ('sending', 'unknown') AND m.status = 'unknown' AND m.plivoUuid = ''
			AND m.sentAt >= ? AND m.sentAt <= ? AND (l.next IS NULL OR (l.next != '' AND l.next <= ?))
		ORDER BY m.sentAt, m.id LIMIT ?`

	// idx_runs_org_created: the runs that could have sent in a stretch of time. A row settles a little
	// later than its request began.
	selectRunsOfStretch = `SELECT key FROM runs WHERE org = ? AND startedAt != '' AND startedAt <= ? AND (finishedAt = '' OR finishedAt >= ?)`
	siblingColumns      = `SELECT m.id, m.attempt, m.status, m.sentAt, m.plivoUuid,
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN '' ELSE s.number END, ''),
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN s.powerpackUuid END, '')
		FROM messages m LEFT JOIN senders s ON s.id = m.sender`
	selectRunSibling = siblingColumns + ` WHERE m.id = ?`
	// idx_messages_conversation (org, phoneNumber, sentAt) WHERE run = ''.
	selectSingleSiblings = siblingColumns + ` WHERE m.run = '' AND m.org = ? AND m.phoneNumber = ? AND m.sentAt >= ? AND m.sentAt <= ? AND m.direction = 'outbound'`
	selectEarlier        = `SELECT attempt, sentAt, plivoUuid FROM resends WHERE message = ? AND attempt < ?`

	upsertLookup = `INSERT INTO lookups (message, attempt, asks, at, next, found) VALUES (?, ?, 1, ?, ?, ?)
		ON CONFLICT (message, attempt) DO UPDATE SET asks = asks + 1, at = excluded.at, next = excluded.next, found = excluded.found`
	// What has been settled meanwhile need not be remembered.
	pruneLookups = `DELETE FROM lookups WHERE (message, attempt) IN (SELECT l.message, l.attempt FROM lookups l
		LEFT JOIN messages m ON m.id = l.message AND m.attempt = l.attempt WHERE m.id IS NULL OR m.status != 'unknown' LIMIT 1000)`
)

// settlesWithin is how much later than its request a row may be settled.
const settlesWithin = 10 * time.Minute

// Doubts lists attempts whose outcome is unknown and which are due to be asked
// about.
func (s *Store) Doubts(ctx context.Context, q reconcile.DoubtQuery) ([]reconcile.Doubt, error) {
	rows, err := s.read.QueryContext(ctx, selectDoubts, stamp(q.Since), stamp(q.Until), stamp(q.Due), q.Limit)
	if err != nil {
		return nil, fmt.Errorf("read unknown messages: %w", err)
	}
	defer rows.Close()
	var doubts []reconcile.Doubt
	for rows.Next() {
		var d reconcile.Doubt
		var at string
		if err := rows.Scan(&d.ID, &d.Attempt, &d.Org, &d.Number, &d.Segments, &at, &d.Asks, &d.SenderNumber, &d.PowerpackUUID); err != nil {
			return nil, fmt.Errorf("read unknown messages: %w", err)
		}
		d.At = moment(at)
		doubts = append(doubts, d)
	}
	return doubts, rows.Err()
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Siblings lists every attempt to one number that may have left in a stretch of
// time. Each look is by primary key or by the index of a conversation.
func (s *Store) Siblings(ctx context.Context, reach reconcile.Reach) ([]reconcile.Sibling, error) {
	return siblings(ctx, s.read, reach)
}

func siblings(ctx context.Context, db querier, reach reconcile.Reach) ([]reconcile.Sibling, error) {
	var keys []string
	err := each(ctx, db, func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	}, selectRunsOfStretch, reach.Org, stamp(reach.Until), stamp(reach.Since.Add(-settlesWithin)))
	if err != nil {
		return nil, fmt.Errorf("read the runs of a stretch: %w", err)
	}
	var found []reconcile.Sibling
	read := func(rows *sql.Rows) error {
		var b reconcile.Sibling
		var status, at string
		if err := rows.Scan(&b.ID, &b.Attempt, &status, &at, &b.UUID, &b.SenderNumber, &b.PowerpackUUID); err != nil {
			return err
		}
		b.At = moment(at)
		b.Open = b.UUID == "" && (status == string(message.Unknown) || status == string(message.Sending))
		found = append(found, b)
		return nil
	}
	for _, key := range keys {
		id, err := message.RunID(key, reach.Number)
		if err != nil {
			return nil, err
		}
		if err := each(ctx, db, read, selectRunSibling, id); err != nil {
			return nil, fmt.Errorf("read the attempts to a number: %w", err)
		}
	}
	if err := each(ctx, db, read, selectSingleSiblings, reach.Org, reach.Number, stamp(reach.Since), stamp(reach.Until)); err != nil {
		return nil, fmt.Errorf("read the attempts to a number: %w", err)
	}
	// Attempts that an operator had repeated may have left as well.
	for _, b := range slices.Clone(found) {
		err := each(ctx, db, func(rows *sql.Rows) error {
			e := reconcile.Sibling{ID: b.ID, Source: b.Source}
			var at string
			if err := rows.Scan(&e.Attempt, &at, &e.UUID); err != nil {
				return err
			}
			e.At, e.Open = moment(at), e.UUID == ""
			found = append(found, e)
			return nil
		}, selectEarlier, b.ID, b.Attempt)
		if err != nil {
			return nil, fmt.Errorf("read earlier attempts: %w", err)
		}
	}
	return found, nil
}

// each scans the rows of a query.
func each(ctx context.Context, db querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// Bind merges a text of the provider into the row of an attempt, if it is still
// unknown and the text still nobody else's.
func (s *Store) Bind(ctx context.Context, b reconcile.Binding) (bool, error) {
	bound := false
	err := s.writer.do(ctx, 2, func(t *txn) error {
		bound = false
		r, err := t.find(b.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil || r.Status != message.Unknown || r.attempt != b.Attempt || r.UUID != "" {
			return err
		}
		near, err := siblings(ctx, t.tx, reconcile.Reach{
			Org: b.Org, Number: b.Number, Since: b.Text.At.Add(-settlesWithin), Until: b.Text.At.Add(settlesWithin),
		})
		if err != nil {
			return err
		}
		for _, o := range near {
			if o.UUID == b.Text.UUID {
				return nil
			}
		}
		bound = true
		return t.receipt(receipt.Attempt{ID: b.ID, Number: b.Attempt}, b.Text.Receipt)
	})
	return bound, err
}

// Asked remembers a question that brought no settlement.
func (s *Store) Asked(ctx context.Context, a reconcile.Asked) error {
	return s.writer.do(ctx, 1, func(t *txn) error {
		_, err := t.exec(upsertLookup, a.ID, a.Attempt, stamp(a.At), stamp(a.Next), a.Found)
		return err
	})
}
