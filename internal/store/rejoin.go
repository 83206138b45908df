package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

const (
	// idx_consent_events_org_phone_seq, read from its end. Nobody changes her mind more
	// often than that between two words that the provider knows.
	selectLastSaid = `SELECT action, method, text, evidence, at FROM consent_events WHERE org = ? AND phoneNumber = ? ORDER BY seq DESC LIMIT 50`

	// Primary key look-up.
	selectLeft = `SELECT sentAt FROM messages WHERE id = ?`

	// idx_optin_requests_number. One wish a number and form, however often it is repeated.
	repeatWish = `UPDATE optin_requests SET at = ?, list = ?, disclosure = ?, evidence = ?, message = ?
		WHERE org = ? AND phoneNumber = ? AND form = ? AND state = 'asked' AND method = 'keyword'`
	selectWish = `SELECT at FROM optin_requests WHERE org = ? AND phoneNumber = ? AND at > ? AND state = 'asked' AND method = 'keyword'
		ORDER BY at DESC LIMIT 1`
)

// rejoin keeps the wish of somebody who opted out and whom the provider still
// blocks, for a START to confirm. It reports whether that is so.
func (t *txn) rejoin(a inbox.Arrival) (bool, error) {
	standing, err := t.standing(a.Org, a.Number)
	if err != nil || !standing.OptedOut || standing.Installation {
		return false, err
	}
	said, err := t.lastSaid(a.Org, a.Number)
	if err != nil || !inbox.ProviderBlocks(said) {
		return false, err
	}
	form := a.Rejoin.Form
	evidence, err := json.Marshal(a.Rejoin.Evidence)
	if err != nil {
		return false, fmt.Errorf("write the evidence of a keyword: %w", err)
	}
	at, answer := stamp(a.At), message.SingleID("answer "+a.UUID)
	n, err := t.exec(repeatWish, at, form.List, form.Shown(), string(evidence), answer, a.Org, a.Number, key(form))
	if err != nil || n > 0 {
		return true, err
	}
	_, err = t.exec(insertRequest, NewID(a.At), a.Org, key(form), form.List, a.Number, "", "", at, "asked", consent.MethodKeyword,
		form.Shown(), string(evidence), answer)
	return true, err
}

// lastSaid reads what the ledger has of a number, newest first.
func (t *txn) lastSaid(org, number string) ([]consent.Event, error) {
	rows, err := t.tx.Query(selectLastSaid, org, number)
	if err != nil {
		return nil, fmt.Errorf("read what a person said: %w", err)
	}
	var said []consent.Event
	for rows.Next() {
		var e consent.Event
		var evidence, at string
		if err := rows.Scan(&e.Action, &e.Method, &e.Text, &evidence, &at); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		e.Evidence, e.At = []byte(evidence), moment(at)
		said = append(said, e)
	}
	return said, errors.Join(rows.Err(), rows.Close())
}

// returnedAfter reports whether a person lifted the provider's block herself after a
// text to her had left. What the provider says of that text then is of a block that
// stands no more: its reports may come hours late.
func (t *txn) returnedAfter(r row) (bool, error) {
	var sentAt string
	if err := t.row(selectLeft, []any{r.id}, &sentAt); err != nil {
		return false, fmt.Errorf("read when a text left: %w", err)
	}
	left := moment(sentAt)
	said, err := t.lastSaid(r.org, r.number)
	if err != nil {
		return false, err
	}
	returned := inbox.Returned(said)
	return !left.IsZero() && !returned.IsZero() && !returned.Before(left), nil
}

// Wish is when somebody who opted out last texted a form's keyword, where that waits
// for her START; zero where nothing waits.
func (s *Store) Wish(ctx context.Context, org, number string, now time.Time) (time.Time, error) {
	var at string
	err := s.read.QueryRowContext(ctx, selectWish, org, number, stamp(now.Add(-askedFor))).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read whether somebody wants to come back: %w", err)
	}
	return moment(at), nil
}
