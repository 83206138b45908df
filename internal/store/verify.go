package store

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/consent"
)

// LedgerFault is one place where a ledger, or what follows from it, is not what was
// written.
type LedgerFault struct {
	Org  string // id
	Slug string // of the organisation; empty where there is none any more
	Seq  int64  // the row of the ledger; 0 where it is about no row
	Why  string
}

func (f LedgerFault) String() string {
	name := f.Slug
	if name == "" {
		name = f.Org
	}
	if f.Seq == 0 {
		return name + ": " + f.Why
	}
	return fmt.Sprintf("%s, row %d: %s", name, f.Seq, f.Why)
}

// LedgerReport is what a verification found.
type LedgerReport struct {
	Orgs, Events, Subscribers int64
	Unsealed                  bool // without the secret, seals are not checked
	Faults                    []LedgerFault
}

// mostFaults of one kind are named; a ledger that broke in one place is to be
// looked at there, and not in ten thousand lines.
const mostFaults = 20

const (
	// idx_consent_events_org_seq, from one organisation to the next.
	nextLedger = `SELECT COALESCE(MIN(org), '') FROM (SELECT MIN(org) AS org FROM consent_events WHERE org > ?
		UNION ALL SELECT MIN(org) FROM consent_heads WHERE org > ?)`
	// By row number after it, so that two rows with one number come in the order they were written.
	// What is no text or no whole number is read as one that cannot be right.
	selectLedger = `SELECT COALESCE(id, ''), org, CASE WHEN seq = CAST(seq AS INTEGER) THEN CAST(seq AS INTEGER) ELSE -1 END, COALESCE(phoneNumber, ''),
		COALESCE(action, ''), COALESCE(method, ''), COALESCE(text, ''), COALESCE(CAST(evidence AS TEXT), ''), COALESCE(at, ''),
		COALESCE(prevHash, ''), COALESCE(hash, '') FROM consent_events WHERE org = ? ORDER BY seq, rowid`
	selectSealed = `SELECT seq, hash, mac FROM consent_heads WHERE org = ?`
	selectSlug   = `SELECT slug FROM organizations WHERE id = ?`

	// The newest event of each subscriber's number: idx_consent_events_org_phone_seq, read from its end.
	selectDerived = `SELECT s.org, s.id, s.status,
			COALESCE((SELECT e.action FROM consent_events e WHERE e.org = s.org AND e.phoneNumber = s.phoneNumber ORDER BY e.seq DESC LIMIT 1), ''),
			COALESCE((SELECT e.seq FROM consent_events e WHERE e.org = s.org AND e.phoneNumber = s.phoneNumber ORDER BY e.seq DESC LIMIT 1), 0),
			EXISTS (SELECT 1 FROM suppressions x WHERE x.org IN ('', s.org) AND x.phoneNumber = s.phoneNumber)
		FROM subscribers s`
	// Numbers that are out and that nothing holds back.
	selectLost = `SELECT e.org, e.seq FROM consent_events e WHERE e.action = 'revoked'
		AND NOT EXISTS (SELECT 1 FROM suppressions x WHERE x.org IN ('', e.org) AND x.phoneNumber = e.phoneNumber)
		AND NOT EXISTS (SELECT 1 FROM consent_events l WHERE l.org = e.org AND l.phoneNumber = e.phoneNumber AND l.seq > e.seq)`
)

// VerifyLedgers recomputes the chain of every organisation, compares its end with
// the seal, and what subscribers and suppressions say with what follows from it.
// Rows are read one by one, so memory does not grow with the ledger. Without a key
// seals are not checked.
func VerifyLedgers(ctx context.Context, app core.App, key []byte) (LedgerReport, error) {
	read, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return LedgerReport{}, errors.New("store: verify on the app itself, not inside a transaction")
	}
	// One transaction: a server may be writing meanwhile.
	tx, err := read.DB().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return LedgerReport{}, fmt.Errorf("open the ledger: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	v := verifier{ctx: ctx, tx: tx, key: key, slugs: map[string]string{}}
	v.report.Unsealed = len(key) == 0
	for org := ""; ; {
		if err := tx.QueryRowContext(ctx, nextLedger, org, org).Scan(&org); err != nil {
			return v.report, fmt.Errorf("find the next ledger: %w", err)
		}
		if org == "" {
			break
		}
		if err := v.ledger(org); err != nil {
			return v.report, fmt.Errorf("read the ledger of %s: %w", org, err)
		}
	}
	if err := v.derived(); err != nil {
		return v.report, fmt.Errorf("compare the subscribers with the ledger: %w", err)
	}
	return v.report, v.held()
}

type verifier struct {
	ctx    context.Context
	tx     *sql.Tx
	key    []byte
	slugs  map[string]string
	report LedgerReport
}

func (v *verifier) fault(org string, seq int64, why string) error {
	slug, known := v.slugs[org]
	if !known {
		if err := v.tx.QueryRowContext(v.ctx, selectSlug, org).Scan(&slug); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		v.slugs[org] = slug
	}
	v.report.Faults = append(v.report.Faults, LedgerFault{Org: org, Slug: slug, Seq: seq, Why: why})
	return nil
}

// ledger checks one organisation's chain and seal. Only the first fault is named:
// what follows it hangs in the air.
func (v *verifier) ledger(org string) error {
	v.report.Orgs++
	rows, err := v.tx.QueryContext(v.ctx, selectLedger, org)
	if err != nil {
		return err
	}
	defer rows.Close()
	var broken error
	end, err := consent.Walk(func(yield func(consent.Event) bool) {
		for rows.Next() {
			e, err := scanEvent(rows)
			if err != nil {
				broken = err
				return
			}
			v.report.Events++
			if !yield(e) {
				return
			}
		}
	}, consent.Link{})
	var fault *consent.BrokenError
	switch {
	case errors.As(broken, &fault), errors.As(err, &fault):
		return v.fault(org, fault.Seq, fault.Why)
	case errors.Join(broken, err, rows.Err()) != nil:
		return errors.Join(broken, err, rows.Err())
	}
	return v.seal(org, end)
}

// scanEvent reads a row as it was hashed. A column that is not in the form in
// which we write it was changed.
func scanEvent(rows *sql.Rows) (consent.Event, error) {
	var e consent.Event
	var evidence, at string
	if err := rows.Scan(&e.ID, &e.Org, &e.Seq, &e.PhoneNumber, &e.Action, &e.Method, &e.Text, &evidence, &at, &e.PrevHash, &e.Hash); err != nil {
		return e, &consent.BrokenError{Seq: e.Seq, Why: "holds a value that was never written: " + err.Error()}
	}
	e.Evidence = []byte(evidence)
	moment, err := time.Parse(types.DefaultDateLayout, at)
	if err != nil || stamp(moment) != at {
		return e, &consent.BrokenError{Seq: e.Seq, Why: fmt.Sprintf("was changed after it was written; %q is no time of ours", at)}
	}
	e.At = moment
	return e, nil
}

// seal holds the end of a sound chain against the head that was sealed with it.
func (v *verifier) seal(org string, end consent.Link) error {
	var head consent.Link
	var mac string
	err := v.tx.QueryRowContext(v.ctx, selectSealed, org).Scan(&head.Seq, &head.Hash, &mac)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return v.fault(org, end.Seq, "the seal of this ledger is missing, so rows may be missing at its end")
	case err != nil:
		return err
	case len(v.key) > 0 && !hmac.Equal([]byte(mac), []byte(headMAC(v.key, org, head.Seq, head.Hash))):
		return v.fault(org, head.Seq, "the seal of this ledger is not ours: it was changed, or was made with another TIDINGS_ENCRYPTION_KEY")
	case head.Seq > end.Seq:
		return v.fault(org, end.Seq+1, fmt.Sprintf("is missing, with all up to row %d where the sealed ledger ends", head.Seq))
	case head.Seq < end.Seq:
		return v.fault(org, head.Seq+1, "was added past the seal; the sealed ledger ends before it")
	case head.Hash != end.Hash:
		return v.fault(org, end.Seq, "is not the row that was sealed; the ledger was rewritten")
	}
	return nil
}

// derived compares every subscriber's status with what the ledger says.
func (v *verifier) derived() error {
	rows, err := v.tx.QueryContext(v.ctx, selectDerived)
	if err != nil {
		return err
	}
	type wrong struct {
		org, why string
		seq      int64
	}
	var found []wrong // named after the rows are read
	for rows.Next() {
		var org, id, status, action string
		var seq int64
		var suppressed bool
		if err := rows.Scan(&org, &id, &status, &action, &seq, &suppressed); err != nil {
			return errors.Join(err, rows.Close())
		}
		v.report.Subscribers++
		if !follows(status, action, suppressed) && len(found) < mostFaults {
			want := consent.StatusNew
			if action != "" {
				want = consent.Status(&consent.Event{Action: action})
			}
			found = append(found, wrong{org, fmt.Sprintf("subscriber %s is %q, and the ledger says %q", id, status, want), seq})
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, w := range found {
		if err := v.fault(w.org, w.seq, w.why); err != nil {
			return err
		}
	}
	return nil
}

// follows reports whether a status may stand after the last event of a number. A
// number that cannot be texted may be called so whatever was said; consent alone
// makes a subscriber.
func follows(status, action string, suppressed bool) bool {
	var last *consent.Event
	if action != "" {
		last = &consent.Event{Action: action}
	}
	switch want := consent.Status(last); status {
	case want, statusInvalid:
		return true
	case "pending":
		return want == consent.StatusNew
	case consent.StatusUnsubscribed:
		return suppressed
	}
	return false
}

// held looks for people who opted out and whom no suppression protects.
func (v *verifier) held() error {
	rows, err := v.tx.QueryContext(v.ctx, selectLost)
	if err != nil {
		return err
	}
	type lost struct {
		org string
		seq int64
	}
	var found []lost
	for rows.Next() && len(found) < mostFaults {
		var l lost
		if err := rows.Scan(&l.org, &l.seq); err != nil {
			return errors.Join(err, rows.Close())
		}
		found = append(found, l)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, l := range found {
		if err := v.fault(l.org, l.seq, "revokes consent, and the suppression that followed from it is gone"); err != nil {
			return err
		}
	}
	return nil
}
