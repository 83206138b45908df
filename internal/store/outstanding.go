package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

const (
	selectUnknownCount = `SELECT key, unknown FROM runs WHERE id = ?`
	// idx_messages_doubtful: a run with unknown rows is rare, and they are few.
	selectUnknownTotals = `SELECT COUNT(*), COALESCE(MAX(sentAt), '') FROM messages WHERE ` + isUnknown + `run = ?`
	selectUnknownRows   = `SELECT m.id, m.phoneNumber, m.sentAt, COALESCE(l.asks, 0), COALESCE(l.found, 0), COALESCE(l.next, '')
		FROM messages m LEFT JOIN lookups l ON l.message = m.id AND l.attempt = m.attempt
		WHERE m.status IN ('sending', 'unknown') AND m.status = 'unknown' AND m.plivoUuid = '' AND m.direction = 'outbound' AND m.run = ?
		ORDER BY m.sentAt, m.id LIMIT ?`
	// idx_resend_orders_run.
	selectOrders = `SELECT at, actor, actorName, n FROM resend_orders WHERE run = ? ORDER BY at`
	// The ids of a run's messages are one range of the primary key.
	selectDoubles = `SELECT COUNT(DISTINCT r.message), COALESCE(SUM(r.costMicros), 0) FROM resends r JOIN messages m ON m.id = r.message
		WHERE r.message BETWEEN ? AND ? AND r.plivoUuid != '' AND m.plivoUuid != '' AND r.plivoUuid != m.plivoUuid`
)

// mostPending is how many unknown messages a report names.
const mostPending = 100

// Outstanding reads what a run does not know, and what was sent again.
func (s *Store) Outstanding(ctx context.Context, run string) (reconcile.Outstanding, error) {
	o := reconcile.Outstanding{Rows: []reconcile.Pending{}, Resends: []reconcile.Resent{}}
	var key string
	var unknown int64
	if err := s.read.QueryRowContext(ctx, selectUnknownCount, run).Scan(&key, &unknown); err != nil {
		return o, fmt.Errorf("read a run's unknown messages: %w", err)
	}
	if unknown > 0 {
		var newest string
		if err := s.read.QueryRowContext(ctx, selectUnknownTotals, run).Scan(&o.Count, &newest); err != nil {
			return o, fmt.Errorf("count a run's unknown messages: %w", err)
		}
		o.NewestAt = moment(newest)
		err := each(ctx, s.read, func(rows *sql.Rows) error {
			var p reconcile.Pending
			err := rows.Scan(&p.ID, &p.PhoneNumber, &p.SentAt, &p.Asked, &p.Found, &p.NextAskAt)
			o.Rows = append(o.Rows, p)
			return err
		}, selectUnknownRows, run, mostPending)
		if err != nil {
			return o, fmt.Errorf("read a run's unknown messages: %w", err)
		}
	}
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var r reconcile.Resent
		err := rows.Scan(&r.At, &r.Actor, &r.Name, &r.N)
		o.Resends = append(o.Resends, r)
		return err
	}, selectOrders, run)
	if err != nil || len(o.Resends) == 0 {
		return o, err
	}
	low, high := message.KeyRange(key)
	err = s.read.QueryRowContext(ctx, selectDoubles, low, high).Scan(&o.Doubles, &o.DoubleCostMicros)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return o, fmt.Errorf("count texts that came twice: %w", err)
	}
	return o, nil
}
