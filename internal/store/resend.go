package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

// skipOrDoubt is how a queued row is set aside: skipped with the reason in the
// argument, or unknown again if its reason says that an operator had it sent
// again. The earlier attempt may have left, so such a row is never skipped.
const skipOrDoubt = `status = CASE WHEN reason = 'resent' THEN 'unknown' ELSE 'skipped' END,
	reason = CASE WHEN reason = 'resent' THEN 'resent' ELSE ? END`

const (
	// idx_messages_doubtful. A row that knows its text has been accepted, whatever its state says.
	isUnknown     = `status IN ('sending', 'unknown') AND status = 'unknown' AND plivoUuid = '' AND direction = 'outbound' AND `
	ofRun         = `run = ? AND org = ?`
	ofMessage     = `id = ? AND org = ? AND run = ''`
	countUnknown  = `SELECT COUNT(*), COALESCE(MAX(kind IN ('stop', 'help', 'start')), 0) FROM messages WHERE ` + isUnknown
	insertResends = `INSERT INTO resends (message, attempt, resendOrder, sentAt, status) SELECT id, attempt, ?, sentAt, status FROM messages
		WHERE ` + isUnknown
	requeueUnknown = `UPDATE messages SET status = 'queued', dueAt = ?, reason = 'resent' WHERE ` + isUnknown

	selectRunToReopen = `SELECT status, campaign FROM runs WHERE id = ? AND org = ?`
	selectOtherRun    = `SELECT 1 FROM runs WHERE campaign = ? AND status NOT IN ('finished', 'canceled') LIMIT 1`
	reopenRun         = `UPDATE runs SET status = 'sending', finishedAt = '' WHERE id = ? AND status = 'finished'`
	insertOrder       = `INSERT INTO resend_orders (id, org, run, n, at, actor, actorName) VALUES (?, ?, ?, ?, ?, ?, ?)`

	selectEarlierState = `SELECT status, sequence, plivoUuid, errorCode, segments, costMicros, network FROM resends WHERE message = ? AND attempt = ?`
	updateEarlierState = `UPDATE resends SET status = ?, sequence = ?, plivoUuid = ?, errorCode = ?, segments = ?, costMicros = ?, network = ?
		WHERE message = ? AND attempt = ?`
	// An earlier attempt of which it is known that it left.
	selectEarlierText = `SELECT status, sequence, plivoUuid, errorCode, segments, costMicros, network FROM resends
		WHERE message = ? AND plivoUuid != '' ORDER BY attempt LIMIT 1`
)

// Resend makes unknown messages queued again, keeps their attempts for late
// receipts, and logs the order.
func (s *Store) Resend(ctx context.Context, o reconcile.Order) (reconcile.Verdict, error) {
	var v reconcile.Verdict
	err := s.writer.do(ctx, maxRows, func(t *txn) error {
		v = reconcile.Verdict{}
		var err error
		if o.Message == "" {
			if v.State, err = t.reopenable(o); err != nil || v.State != reconcile.Fine {
				return err
			}
		}
		return t.resend(o, &v)
	})
	return v, err
}

// reopenable says whether a run may have more to send.
func (t *txn) reopenable(o reconcile.Order) (reconcile.State, error) {
	var status, campaign string
	err := t.row(selectRunToReopen, []any{o.Run, o.Org}, &status, &campaign)
	if err != nil {
		return reconcile.Fine, fmt.Errorf("the run of an order: %w", err)
	}
	switch message.RunStatus(status) {
	case message.RunCanceled:
		return reconcile.Canceled, nil
	case message.RunFinished:
		var one int
		err := t.row(selectOtherRun, []any{campaign}, &one)
		if errors.Is(err, sql.ErrNoRows) {
			return reconcile.Fine, nil
		}
		return reconcile.Busy, err
	}
	return reconcile.Fine, nil
}

func (t *txn) resend(o reconcile.Order, v *reconcile.Verdict) error {
	which, id := ofRun, o.Run
	if o.Message != "" {
		which, id = ofMessage, o.Message
	}
	var answers bool
	if err := t.row(countUnknown+which, []any{id, o.Org}, &v.Unknown, &answers); err != nil {
		return err
	}
	switch {
	case v.Unknown != o.Confirm:
		v.State = reconcile.Changed
		return nil
	case o.Message != "" && answers:
		v.State = reconcile.Answer
		return nil
	}
	order := NewID(o.At)
	if _, err := t.exec(insertOrder, order, o.Org, o.Run, v.Unknown, stamp(o.At), o.Actor, o.Name); err != nil {
		return err
	}
	if _, err := t.exec(insertResends+which, order, id, o.Org); err != nil {
		return err
	}
	n, err := t.exec(requeueUnknown+which, stamp(o.At), id, o.Org)
	if err != nil {
		return err
	}
	v.Resent = n
	if o.Run == "" {
		return nil
	}
	for range n {
		t.move(o.Run, figures{status: message.Unknown}, figures{status: message.Queued})
	}
	_, err = t.exec(reopenRun, o.Run)
	return err
}

// earlier takes what is said of an attempt that an operator had repeated. If
// nothing else left for that row, it is what the row stands for; else the person
// got two texts, and the earlier one is kept beside the row.
func (t *txn) earlier(r row, attempt int, rc message.Receipt) error {
	var e message.State
	err := t.row(selectEarlierState, []any{r.id, attempt}, &e.Status, &e.Sequence, &e.UUID, &e.ErrorCode, &e.Segments, &e.CostMicros, &e.Network)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // proven unsent: what is said of it is not about a text that left
	}
	if err != nil {
		return err
	}
	next, changed := message.Merge(e, rc)
	if changed {
		if _, err := t.exec(updateEarlierState, string(next.Status), next.Sequence, next.UUID, next.ErrorCode, next.Segments, next.CostMicros,
			next.Network, r.id, attempt); err != nil {
			return err
		}
	}
	if r.Status == message.Queued || r.UUID == "" && r.Status == message.Failed || r.UUID != "" && r.UUID == rc.UUID {
		return t.adopt(r, rc)
	}
	return nil
}

// adopt makes a row stand for an earlier attempt, because none of the later ones
// left.
func (t *txn) adopt(r row, rc message.Receipt) error {
	before := r.figures()
	if r.UUID == "" {
		r.State = message.State{Status: message.Unknown, Segments: r.Segments}
	}
	next, _ := message.Merge(r.State, rc)
	if _, err := t.exec(updateState, string(next.Status), next.Sequence, next.UUID, next.ErrorCode, next.Segments, next.CostMicros,
		next.Network, r.id); err != nil {
		return err
	}
	r.State = next
	t.move(r.run, before, r.figures())
	return nil
}

// adoptEarlier looks whether an earlier attempt is known to have left, when the
// later one proves not to have.
func (t *txn) adoptEarlier(id string) error {
	var e message.State
	err := t.row(selectEarlierText, []any{id}, &e.Status, &e.Sequence, &e.UUID, &e.ErrorCode, &e.Segments, &e.CostMicros, &e.Network)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	r, err := t.find(id)
	if err != nil || r.UUID != "" {
		return err
	}
	return t.adopt(r, message.Receipt{
		Status: e.Status, Sequence: e.Sequence, UUID: e.UUID, ErrorCode: e.ErrorCode, Segments: e.Segments,
		CostMicros: e.CostMicros, HasCost: e.CostMicros > 0, Network: e.Network,
	})
}
