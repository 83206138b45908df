package store

import (
	"cmp"
	"database/sql"
	"errors"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	// Primary key, a range of it.
	selectPlannedBetween = `SELECT 1 FROM messages WHERE id BETWEEN ? AND ? LIMIT 1`

	insertPlanned = `INSERT INTO messages (id, org, run, campaign, subscriber, direction, phoneNumber, sender, body, encoding,
		segments, status, reason, errorCode, dueAt, basis) VALUES (?, ?, ?, ?, ?, 'outbound', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`

	// The columns of the batches in the order of stretch.add.
	insertPlannedAll = `INSERT OR FAIL INTO messages (id, org, run, campaign, subscriber, direction, phoneNumber, sender, body, encoding,
		segments, status, reason, errorCode, dueAt, basis)
		SELECT c0, ?, ?, ?, c1, 'outbound', c2, ?, c3, c4, c5, c6, c7, c8, c9, c10 FROM ` + batched
	// Nearly all rows: each value that is handed over costs a sixth of a microsecond, a million times.
	insertQueuedAll = `INSERT OR FAIL INTO messages (id, org, run, campaign, subscriber, direction, phoneNumber, sender, segments, status, dueAt)
		SELECT c0, ?, ?, ?, c1, 'outbound', c2, ?, c3, 'queued', c4 FROM ` + batched
)

// stretch is the rows of a part of an audience on their way in.
type stretch struct {
	t              *txn
	run            *campaign.Run
	queued, others batch
	due            time.Time // of the row before
	stamped        string    // the same
}

// planned writes rows and counts those that were not there. Strangers may have had the text.
func (t *txn) planned(run *campaign.Run, rows []campaign.Row, strangers map[string]bool) error {
	s := &stretch{t: t, run: run}
	again, err := t.plannedBefore(rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Status == message.Queued && strangers[r.Number] {
			r.Status = message.Unknown
		}
		n := int64(1)
		if again {
			n, err = s.one(&r)
		} else {
			err = s.add(&r)
		}
		if err != nil {
			return err
		}
		if n == 1 {
			t.add(run.ID, figures{status: r.Status, reason: r.Reason, errorCode: r.ErrorCode})
		}
	}
	for query, b := range map[string]*batch{insertQueuedAll: &s.queued, insertPlannedAll: &s.others} {
		if err := t.insert(query, b, run.Org, run.ID, run.Campaign, run.Snapshot.Sender); err != nil {
			return err
		}
	}
	return nil
}

// plannedBefore reports whether a row may be there already. Ids follow from numbers and come in their order, so those of
// a stretch are a range of their own, but for numbers of different lengths, and there is nothing in it yet unless the
// stretch is planned again.
func (t *txn) plannedBefore(rows []campaign.Row) (bool, error) {
	if len(rows) == 0 {
		return false, nil
	}
	least, most := rows[0].ID, rows[0].ID
	for i := range rows {
		least, most = min(least, rows[i].ID), max(most, rows[i].ID)
	}
	err := t.row(selectPlannedBetween, []any{least, most}, new(int))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// add collects one row that is not there.
func (s *stretch) add(r *campaign.Row) error {
	if r.Status == message.Queued && r.Body == "" {
		s.queued.add(r.ID, r.Subscriber, r.Number, int64(r.Segments), s.stamp(r.DueAt))
		return nil
	}
	basis, err := s.basis(r)
	s.others.add(r.ID, r.Subscriber, r.Number, r.Body, r.Encoding, int64(r.Segments), string(r.Status), string(r.Reason), r.ErrorCode,
		s.stamp(r.DueAt), basis)
	return err
}

// one writes one row that may be there, and says how many that made.
func (s *stretch) one(r *campaign.Row) (int64, error) {
	basis, err := s.basis(r)
	if err != nil {
		return 0, err
	}
	encoding := r.Encoding
	if r.Status == message.Queued && r.Body == "" {
		encoding = "" // that of the run's text
	}
	return s.t.exec(insertPlanned, r.ID, s.run.Org, s.run.ID, s.run.Campaign, r.Subscriber, r.Number, s.run.Snapshot.Sender,
		r.Body, encoding, r.Segments, string(r.Status), string(r.Reason), r.ErrorCode, s.stamp(r.DueAt), basis)
}

// basis is the number of the situation that a skipped row was decided in.
func (s *stretch) basis(r *campaign.Row) (int64, error) {
	if r.Status != message.Skipped {
		return 0, nil
	}
	return s.t.basis(r.Basis, cmp.Or(s.run.Rules, eligible.Default()))
}

// stamp is stamp for many rows that are due at the same few moments.
func (s *stretch) stamp(at time.Time) string {
	if s.stamped == "" || !at.Equal(s.due) {
		s.due, s.stamped = at, stamp(at)
	}
	return s.stamped
}
