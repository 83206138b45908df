package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	selectHead = `SELECT seq, hash FROM consent_heads WHERE org = ?`
	upsertHead = `INSERT INTO consent_heads (org, seq, hash, mac) VALUES (?, ?, ?, ?)
		ON CONFLICT (org) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, mac = excluded.mac`
	insertEvent = `INSERT INTO consent_events (id, org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	// idx_consent_events_org_phone_seq, read from its end.
	selectLastAction = `SELECT action FROM consent_events WHERE org = ? AND phoneNumber = ? ORDER BY seq DESC LIMIT 1`

	insertSuppression = `INSERT INTO suppressions (id, org, phoneNumber, reason, source, created) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (org, phoneNumber) DO UPDATE SET reason = excluded.reason, source = excluded.source`
	selectReason    = `SELECT reason FROM suppressions WHERE org = ? AND phoneNumber = ?`
	liftSuppression = `DELETE FROM suppressions WHERE org = ? AND phoneNumber = ?`

	// idx_runs_unfinished_status holds only runs that have not ended.
	selectLiveRuns = `SELECT id, key FROM runs WHERE org = ? AND status NOT IN ('finished', 'canceled')`
	skipOptedOut   = `UPDATE messages SET ` + skipOrDoubt + ` WHERE id = ? AND status = 'queued' RETURNING status`
	// idx_messages_conversation: answers and tests to one number, all but the
	// confirmation of an earlier STOP.
	skipSingles = `UPDATE messages SET ` + skipOrDoubt + `
		WHERE run = '' AND org = ? AND phoneNumber = ? AND status = 'queued' AND kind != 'stop'`
)

// Record appends one event to the ledger with all that follows from it.
func (s *Store) Record(ctx context.Context, act ledger.Act, at time.Time, permit func(ledger.Standing) error) (ledger.Result, error) {
	var result ledger.Result
	var refused error
	err := s.writer.do(ctx, 4, func(t *txn) error {
		var err error
		result, refused, err = t.record(act, at, permit)
		return err
	})
	return result, errors.Join(refused, err)
}

// RecordKept does the same, and keeps the answer to the call in that commit. answer
// may give nil.
func (s *Store) RecordKept(
	ctx context.Context, act ledger.Act, at time.Time, permit func(ledger.Standing) error, answer func(ledger.Result) *campaign.Kept,
) (ledger.Result, error) {
	var result ledger.Result
	var refused error
	err := s.writer.do(ctx, 5, func(t *txn) error {
		var err error
		if result, refused, err = t.record(act, at, permit); err != nil || refused != nil {
			return err
		}
		return t.keep(answer(result))
	})
	return result, errors.Join(refused, err)
}

// RecordWithin does the same inside a transaction of PocketBase that makes the
// subscriber. The gate is not needed: a revocation never comes this way.
func (s *Store) RecordWithin(app core.App, act ledger.Act, at time.Time, permit func(ledger.Standing) error) error {
	t := &txn{w: s.writer, within: app.NonconcurrentDB(), changes: newChanges()}
	_, refused, err := t.record(act, at, permit)
	return errors.Join(refused, err)
}

// record does the work of Record inside a transaction. A refusal changes
// nothing and is no failure of the transaction.
func (t *txn) record(act ledger.Act, at time.Time, permit func(ledger.Standing) error) (result ledger.Result, refused, err error) {
	standing, err := t.standing(act.Org, act.Number)
	if err != nil {
		return result, nil, err
	}
	if refused := permit(standing); refused != nil {
		return result, refused, nil
	}
	if holds, err := t.holds(act, standing); err != nil {
		return result, nil, err
	} else if holds {
		result.Status = consent.StatusUnsubscribed
		return result, nil, t.withdraw(act, at)
	}
	if err := t.append(act, at); err != nil {
		return result, nil, err
	}
	if standing.Doubtful {
		if err := t.answered(act, at); err != nil {
			return result, nil, err
		}
	}
	result.Status = consent.Status(&consent.Event{Action: act.Action})
	if act.Action == consent.ActionRevoked {
		if _, err := t.exec(insertSuppression, NewID(at), act.Org, act.Number, reasonOptedOut, act.Method, stamp(at)); err != nil {
			return result, nil, err
		}
		if result.Skipped, err = t.skipQueued(act.Org, act.Number); err != nil {
			return result, nil, err
		}
		if err := t.withdraw(act, at); err != nil {
			return result, nil, err
		}
	} else if standing.Invalid && !act.Confirmed {
		// Whoever writes from the number proves that it works; nobody else does.
		result.Status = statusInvalid
	} else if err := t.lift(act, standing); err != nil {
		return result, nil, err
	}
	result.SubscriberID, err = t.follow(act, at, result.Status)
	return result, nil, err
}

// lift takes away what stood against a number. What held for the whole
// installation only a superuser has been permitted to lift.
func (t *txn) lift(act ledger.Act, standing ledger.Standing) error {
	if _, err := t.exec(liftSuppression, act.Org, act.Number); err != nil || !standing.Installation {
		return err
	}
	_, err := t.exec(liftSuppression, "", act.Number)
	return err
}

// standing reads what stands against a number: an organisation's own rows and
// those of the whole installation.
func (t *txn) standing(org, number string) (ledger.Standing, error) {
	var standing ledger.Standing
	for _, of := range []string{org, ""} {
		var reason string
		err := t.row(selectReason, []any{of, number}, &reason)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return standing, err
		}
		switch suppressionKind(of, reason) {
		case eligible.OptedOut:
			standing.OptedOut = true
		case eligible.Installation:
			standing.Installation = true
		case eligible.Manual:
			standing.Manual = true
		case eligible.Invalid:
			standing.Invalid = true
		}
	}
	// The review and not its suppression: a number that got nothing already has none.
	var one int
	err := t.row(selectOpenReview, []any{org, number}, &one)
	if standing.Doubtful = err == nil; err != nil && !errors.Is(err, sql.ErrNoRows) {
		return standing, err
	}
	return standing, nil
}

// holds reports whether a revocation that is to be said once is the ledger's last
// word already.
func (t *txn) holds(act ledger.Act, standing ledger.Standing) (bool, error) {
	if !act.Once || act.Action != consent.ActionRevoked || !standing.OptedOut || standing.Doubtful {
		return false, nil
	}
	var last string
	err := t.row(selectLastAction, []any{act.Org, act.Number}, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil // a row of the list that nobody's words stand behind
	}
	return last == consent.ActionRevoked, err
}

// append chains one event to the organisation's ledger and moves its head.
func (t *txn) append(act ledger.Act, at time.Time) error {
	var seq int64
	var hash string
	if err := t.row(selectHead, []any{act.Org}, &seq, &hash); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	evidence := []byte("{}")
	if len(act.Evidence) > 0 {
		var err error
		if evidence, err = consent.CanonicalJSON(act.Evidence); err != nil {
			return fmt.Errorf("evidence of a consent event: %w", err)
		}
	}
	e := consent.Chain(hash, consent.Event{
		ID: NewID(at), Org: act.Org, Seq: seq + 1, PhoneNumber: act.Number, Action: act.Action, Method: act.Method,
		Text: act.Text, Evidence: evidence, At: at.UTC().Truncate(time.Millisecond),
	})
	if _, err := t.exec(insertEvent, e.ID, e.Org, e.Seq, e.PhoneNumber, e.Action, e.Method, e.Text, string(e.Evidence),
		stamp(e.At), e.PrevHash, e.Hash); err != nil {
		return err
	}
	_, err := t.exec(upsertHead, e.Org, e.Seq, e.Hash, t.w.headMAC(e.Org, e.Seq, e.Hash))
	return err
}

// headMAC seals the end of a ledger, which a chain alone cannot: without it the
// last events could be cut off unseen.
func headMAC(key []byte, org string, seq int64, hash string) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "tidings ledger head v1\n%s\n%d\n%s", org, seq, hash)
	return hex.EncodeToString(mac.Sum(nil))
}

// skipQueued settles every queued text to a number as opted out and says how
// many there were.
func (t *txn) skipQueued(org, number string) (int, error) {
	rows, err := t.tx.Query(selectLiveRuns, org)
	if err != nil {
		return 0, err
	}
	var runs [][2]string
	for rows.Next() {
		var run [2]string
		if err := rows.Scan(&run[0], &run[1]); err != nil {
			return 0, errors.Join(err, rows.Close())
		}
		runs = append(runs, run)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, err
	}
	skipped, err := t.exec(skipSingles, reasonOptedOut, org, number)
	if err != nil {
		return 0, err
	}
	for _, run := range runs {
		id, err := message.RunID(run[1], number)
		if err != nil {
			return 0, err
		}
		var became message.Status
		err = t.row(skipOptedOut, []any{reasonOptedOut, id}, &became)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return 0, err
		}
		t.move(run[0], figures{status: message.Queued}, figures{status: became, reason: message.OptedOut})
		skipped++
	}
	return int(skipped), nil
}
