package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// reasonReview marks the suppression of a number whose reply waits for a decision.
const reasonReview = "under_review"

const (
	// A number that gets nothing anyway keeps the reason that it has.
	suspend = `INSERT INTO suppressions (id, org, phoneNumber, reason, source, created) VALUES (?, ?, ?, ?, 'reply', ?)
		ON CONFLICT (org, phoneNumber) DO NOTHING`
	endSuspension = `DELETE FROM suppressions WHERE org = ? AND phoneNumber = ? AND reason = ?`

	// idx_reviews_open: one a number.
	insertReview = `INSERT INTO reviews (id, org, phoneNumber, message, text, pattern, status, opened, dueAt, by, at)
		VALUES (?, ?, ?, ?, ?, ?, 'open', ?, ?, '', '') ON CONFLICT DO NOTHING`
	selectReview     = `SELECT org, phoneNumber, message, text, pattern, status, opened FROM reviews WHERE id = ?`
	selectOpenReview = `SELECT 1 FROM reviews WHERE org = ? AND phoneNumber = ? AND status = 'open'`
	decideReview     = `UPDATE reviews SET status = ?, by = ?, at = ? WHERE id = ? AND status = 'open'`
	settleReview     = `UPDATE reviews SET status = ?, by = ?, at = ? WHERE org = ? AND phoneNumber = ? AND status = 'open' RETURNING id`

	selectOldReviews = `SELECT COUNT(*), COALESCE(MIN(opened), '') FROM reviews WHERE status = 'open'`
)

// suspendFor suspends what a number gets and asks a person what was meant. Who gets
// nothing for another reason is asked about as well: that reason may be lifted
// before the question is answered. Only an opt-out leaves none.
func (t *txn) suspendFor(a inbox.Arrival) error {
	standing, err := t.standing(a.Org, a.Number)
	if err != nil || standing.OptedOut {
		return err
	}
	if _, err := t.exec(suspend, NewID(a.At), a.Org, a.Number, reasonReview, stamp(a.At)); err != nil {
		return err
	}
	id := NewID(a.At)
	n, err := t.exec(insertReview, id, a.Org, a.Number, message.InboundID(a.UUID), a.Text, a.Review.Pattern, stamp(a.At), stamp(a.Review.DueAt))
	if err == nil && n == 1 {
		t.told = append(t.told, told{"reviews", id, true})
	}
	return err
}

// answered closes the open review of a number when the person herself, or whoever
// may speak for her, has said what was meant.
func (t *txn) answered(act ledger.Act, at time.Time) error {
	status := reviewStatus(act.Action == consent.ActionRevoked)
	var id string
	err := t.row(settleReview, []any{status, act.Method, stamp(at), act.Org, act.Number}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		t.told = append(t.told, told{"reviews", id, false})
	}
	return err
}

func reviewStatus(optOut bool) string {
	if optOut {
		return "confirmed"
	}
	return "dismissed"
}

// Decide closes a review with all that follows, in one durable commit.
func (s *Store) Decide(ctx context.Context, d ledger.Decision, at time.Time) error {
	var refused error
	err := s.writer.do(ctx, 5, func(t *txn) error {
		var err error
		refused, err = t.decide(d, at)
		return err
	})
	return errors.Join(refused, err)
}

func (t *txn) decide(d ledger.Decision, at time.Time) (refused, err error) {
	var org, number, messageID, text, pattern, status, opened string
	err = t.row(selectReview, []any{d.Review}, &org, &number, &messageID, &text, &pattern, &status, &opened)
	if err != nil {
		return nil, fmt.Errorf("read a review: %w", err)
	}
	if n, err := t.exec(decideReview, reviewStatus(d.OptOut), d.By, stamp(at), d.Review); err != nil {
		return nil, err
	} else if n == 0 {
		return &ledger.Refusal{Code: "already_decided", Message: "this reply has been decided already; it is " + status}, nil
	}
	t.told = append(t.told, told{"reviews", d.Review, false})
	evidence := map[string]any{
		"review": d.Review, "message": messageID, "opened": opened, "tier": consent.TierDoubt, "pattern": pattern,
		"decision": d.Word(), "reply": text,
	}
	for key, value := range d.Evidence {
		evidence[key] = value
	}
	act := ledger.Act{Org: org, Number: number, Evidence: evidence}
	if d.OptOut {
		act.Action, act.Method, act.Text = consent.ActionRevoked, consent.MethodReply, text
		_, _, err := t.record(act, at, func(ledger.Standing) error { return nil })
		return nil, err
	}
	if _, err := t.exec(endSuspension, org, number, reasonReview); err != nil {
		return nil, err
	}
	// Consent that stood goes on; where there was none, there is nothing to confirm.
	var action string
	err = t.row(`SELECT action FROM consent_events WHERE org = ? AND phoneNumber = ? ORDER BY seq DESC LIMIT 1`, []any{org, number}, &action)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil || consent.Status(&consent.Event{Action: action}) != consent.StatusSubscribed {
		return nil, err
	}
	act.Action, act.Method = consent.ActionConfirmed, consent.MethodOperator
	act.Text = "The reply was read by a person, who decided that it was no opt-out"
	return nil, t.append(act, at)
}

// OpenReviews is how many replies wait for a decision in the whole installation,
// and since when the oldest does.
type OpenReviews struct {
	Count  int
	Oldest time.Time
}

// OpenReviews counts the replies that wait for a decision.
func (s *Store) OpenReviews(ctx context.Context) (OpenReviews, error) {
	return openReviews(ctx, s.read)
}

func openReviews(ctx context.Context, db *sql.DB) (OpenReviews, error) {
	var open OpenReviews
	var oldest string
	if err := db.QueryRowContext(ctx, selectOldReviews).Scan(&open.Count, &oldest); err != nil {
		return open, fmt.Errorf("count the open reviews: %w", err)
	}
	if oldest == "" {
		return open, nil
	}
	var err error
	open.Oldest, err = time.Parse(types.DefaultDateLayout, oldest)
	return open, err
}
