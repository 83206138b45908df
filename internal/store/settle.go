package store

import (
	"context"
	"database/sql"
	"errors"

	"tidings/internal/engine/dispatch"
	"tidings/internal/failpoint"
	"tidings/internal/rules/message"
)

const (
	// Primary key look-ups.
	selectState = `SELECT run, org, phoneNumber, status, reason, sequence, plivoUuid, errorCode, segments, costMicros, network, attempt
		FROM messages WHERE id = ?`
	updateState = `UPDATE messages SET status = ?, sequence = ?, plivoUuid = ?, errorCode = ?, segments = ?, costMicros = ?, network = ?
		WHERE id = ?`
	// What most settlements find: nothing has been said of the attempt yet. It saves reading the row.
	settleAccepted = `UPDATE OR FAIL messages SET status = 'accepted', plivoUuid = ?
		WHERE id = ? AND status = 'sending' AND attempt = ? AND segments = ? AND plivoUuid = '' AND errorCode = '' AND sequence = 0 AND costMicros = 0`
	returnToQueue = `UPDATE messages SET status = 'queued', dueAt = ?, sentAt = '' WHERE id = ? AND status = 'sending' AND attempt = ?`
	// What did not leave does not count against the sender's daily cap.
	uncountUsage = `UPDATE sender_usage SET n = n - 1 WHERE sender = (SELECT sender FROM messages WHERE id = ?) AND day = ? AND n > 0`
	markUnknown  = `UPDATE messages SET status = 'unknown', errorCode = '' WHERE id = ? AND status = 'sending' AND attempt = ?`

	// idx_messages_doubtful holds only rows that are sending or unknown. SQLite
	// takes it only where its own condition is repeated.
	selectDoubtful = `SELECT id, run, attempt FROM messages WHERE status IN ('sending', 'unknown') AND status = 'sending'`

	restRun = `UPDATE runs SET status = 'waiting' WHERE id = ? AND status = 'sending' AND sending = 0 AND queued > 0
		AND NOT EXISTS (SELECT 1 FROM messages WHERE status = 'queued' AND run = runs.id AND dueAt <= ?)`
	wakeRun = `UPDATE runs SET status = 'sending' WHERE id = ? AND status = 'waiting'
		AND EXISTS (SELECT 1 FROM messages WHERE status = 'queued' AND run = runs.id AND dueAt <= ?)`
)

// row is a message row as far as deliveries go.
type row struct {
	id, run, org, number string
	reason               message.Reason
	attempt              int
	message.State
}

func (r row) figures() figures {
	return figures{status: r.Status, reason: r.reason, errorCode: r.ErrorCode, segments: r.Segments, costMicros: r.CostMicros}
}

// find reads a row; sql.ErrNoRows when it is gone.
func (t *txn) find(id string) (row, error) {
	r := row{id: id}
	err := t.row(selectState, []any{id}, &r.run, &r.org, &r.number, &r.Status, &r.reason, &r.Sequence, &r.UUID,
		&r.ErrorCode, &r.Segments, &r.CostMicros, &r.Network, &r.attempt)
	return r, err
}

// merge applies a receipt to a row and counts what it changed.
func (t *txn) merge(r row, receipt message.Receipt) (bool, error) {
	next, changed := message.Merge(r.State, receipt)
	if !changed {
		return false, nil
	}
	if _, err := t.exec(updateState, string(next.Status), next.Sequence, next.UUID, next.ErrorCode, next.Segments,
		next.CostMicros, next.Network, r.id); err != nil {
		return false, err
	}
	before := r.figures()
	r.State = next
	t.move(r.run, before, r.figures())
	return true, nil
}

// Settle hands the outcome of an attempt over. A receipt may have come first:
// what it said stands.
func (s *Store) Settle(o dispatch.Settlement) error {
	return s.writer.hand(context.Background(), operation{
		rows: 1, patient: true,
		do: func(t *txn) error {
			err := t.settle(o)
			failpoint.Hit(failpoint.SettleWritten)
			return err
		},
		done: func(err error) {
			failpoint.Hit(failpoint.SettleCommitted)
			if err != nil {
				s.log.Error("settle a message; after a restart it will be unknown", "message", o.ID, "error", err)
			}
		},
	})
}

func (t *txn) settle(o dispatch.Settlement) error {
	switch o.Reply.Outcome {
	case dispatch.Throttled, dispatch.NotSent:
		n, err := t.exec(returnToQueue, stamp(o.RetryAt), o.ID, o.Attempt)
		if err != nil || n == 0 {
			return err
		}
		t.move(o.Run, figures{status: message.Sending}, figures{status: message.Queued})
		if _, err = t.exec(uncountUsage, o.ID, day(o.At)); err != nil || o.Attempt == 1 {
			return err
		}
		return t.adoptEarlier(o.ID)
	case dispatch.Unknown:
		return t.doubt(o.ID, o.Run, o.Attempt)
	}
	if o.Reply.Outcome == dispatch.Accepted {
		n, err := t.exec(settleAccepted, o.Reply.UUID, o.ID, o.Attempt, o.Segments)
		if err == nil && n == 1 {
			t.move(o.Run, figures{status: message.Sending}, figures{status: message.Accepted, segments: o.Segments})
		}
		if err != nil || n == 1 {
			return err
		}
	}
	r, err := t.find(o.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if r.attempt != o.Attempt {
		return nil
	}
	receipt := message.Receipt{Status: message.Accepted, UUID: o.Reply.UUID}
	if o.Reply.Outcome == dispatch.Rejected {
		receipt = message.Receipt{Status: message.Failed, ErrorCode: o.Reply.Code}
	}
	changed, err := t.merge(r, receipt)
	if err == nil && changed && receipt.Status == message.Failed {
		err = t.consequence(r, o.Reply.Code)
		if err == nil && o.Attempt > 1 {
			err = t.adoptEarlier(o.ID)
		}
	}
	return err
}

// doubt settles an attempt that may have been accepted.
func (t *txn) doubt(id, run string, attempt int) error {
	n, err := t.exec(markUnknown, id, attempt)
	if err == nil && n == 1 {
		t.move(run, figures{status: message.Sending}, figures{status: message.Unknown})
	}
	return err
}

// Recover settles as unknown what a crash left in sending. It runs before the
// first send of a process, so every such row is of an earlier one.
func (s *Store) Recover(ctx context.Context) (int, error) {
	found := 0
	err := s.writer.do(ctx, maxRows, func(t *txn) error {
		found = 0
		rows, err := t.tx.Query(selectDoubtful)
		if err != nil {
			return err
		}
		var doubtful []row
		for rows.Next() {
			var r row
			if err := rows.Scan(&r.id, &r.run, &r.attempt); err != nil {
				return errors.Join(err, rows.Close())
			}
			doubtful = append(doubtful, r)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		for _, r := range doubtful {
			if err := t.doubt(r.id, r.run, r.attempt); err != nil {
				return err
			}
		}
		failpoint.Hit(failpoint.RecoverWritten)
		found = len(doubtful)
		return nil
	})
	return found, err
}
