package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/engine/receipt"
	"tidings/internal/failpoint"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
	"tidings/internal/rules/phone"
	"tidings/internal/rules/sms"
)

const (
	// The number is unique in the installation; a short code is kept as digits.
	selectRoute = `SELECT s.id, s.org, s.kind, s.number, o.brand, o.name, o.helpText FROM senders s JOIN organizations o ON o.id = s.org
		WHERE (s.number = ? AND s.number != '') OR (s.powerpackUuid = ? AND s.powerpackUuid != '') ORDER BY s.number = ? DESC LIMIT 1`
	// While there is one organisation, every number is its own.
	selectOnlyRoute = `SELECT s.id, s.org, s.kind, s.number, o.brand, o.name, o.helpText FROM organizations o JOIN senders s ON s.org = o.id
		WHERE (SELECT COUNT(*) FROM organizations) = 1 ORDER BY s.enabled DESC, s.id LIMIT 1`

	insertInbound = `INSERT INTO messages (id, org, campaign, subscriber, direction, phoneNumber, sender, body, encoding, segments,
		status, sentAt, plivoUuid, costMicros) VALUES (?, ?, ?, COALESCE((SELECT id FROM subscribers WHERE org = ? AND phoneNumber = ?), ''),
		'inbound', ?, ?, ?, ?, ?, 'received', ?, ?, ?) ON CONFLICT (id) DO NOTHING`
	insertSingle = `INSERT INTO messages (id, org, campaign, subscriber, direction, kind, phoneNumber, sender, body, encoding, segments,
		status, dueAt) VALUES (?, ?, ?, COALESCE((SELECT id FROM subscribers WHERE org = ? AND phoneNumber = ?), ''),
		'outbound', ?, ?, ?, ?, ?, ?, 'queued', ?) ON CONFLICT (id) DO NOTHING`

	// idx_runs_org_created: the newest runs first.
	selectNewestRuns = `SELECT id, key, campaign FROM runs WHERE org = ? ORDER BY created DESC LIMIT 50`
	selectReached    = `SELECT 1 FROM messages WHERE id = ? AND status NOT IN ('queued', 'skipped')`

	insertNonce = `INSERT INTO webhook_nonces (nonce, bodyHash, at) VALUES (?, ?, ?) ON CONFLICT (nonce) DO NOTHING`
	selectNonce = `SELECT bodyHash FROM webhook_nonces WHERE nonce = ?`
)

// Route finds the organisation of a number that was texted.
func (s *Store) Route(ctx context.Context, to, powerpack string) (inbox.Route, error) {
	r, err := s.route(ctx, selectRoute, to, powerpack, to)
	if errors.Is(err, sql.ErrNoRows) {
		r, err = s.route(ctx, selectOnlyRoute)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return r, inbox.ErrNoSender
	}
	return r, err
}

func (s *Store) route(ctx context.Context, query string, args ...any) (inbox.Route, error) {
	var r inbox.Route
	var number, brand, name string
	err := s.read.QueryRowContext(ctx, query, args...).Scan(&r.Sender, &r.Org, &r.Kind, &number, &brand, &name, &r.HelpText)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return r, err
		}
		return r, fmt.Errorf("find the sender of an inbound number: %w", err)
	}
	if r.Brand = brand; brand == "" {
		r.Brand = name
	}
	r.Country = phone.Locate(number).Country
	return r, nil
}

// Receive takes an inbound message in with all that follows from it, once. It
// waits for the disk as long as ctx allows.
func (s *Store) Receive(ctx context.Context, a inbox.Arrival) error {
	replayed := false
	err := s.writer.await(ctx, 6, func(t *txn) error {
		var err error
		if replayed, err = t.replayed(a.Nonce, a.BodyHash, a.At); err != nil || replayed {
			return err
		}
		err = t.receive(a)
		failpoint.Hit(failpoint.InboundWritten)
		return err
	})
	failpoint.Hit(failpoint.InboundCommitted)
	if err == nil && replayed {
		return inbox.ErrReplayed
	}
	return err
}

func (t *txn) receive(a inbox.Arrival) error {
	run, answered, err := t.lastRun(a.Org, a.Number)
	if err != nil {
		return err
	}
	id := message.InboundID(a.UUID)
	from := a.Number
	if from == "" {
		from = a.From
	}
	count := sms.Count(a.Text)
	n, err := t.exec(insertInbound, id, a.Org, answered, a.Org, from, from, a.Sender, a.Text, count.Encoding,
		max(a.Segments, int64(count.Segments)), stamp(a.At), a.UUID, a.CostMicros)
	if err != nil || n == 0 {
		return err // n == 0: it came before
	}
	t.told = append(t.told, told{"messages", id, true})
	if run != "" {
		t.run(run).replies++
	}
	if a.Welcome != nil {
		asked, frequency, err := t.confirmed(a)
		if err != nil {
			return err
		}
		if asked != nil {
			a.Act = asked
			// Also where Plivo answers YES or START itself: its words name neither the shop nor how
			// often texts come, which carriers want to be in the first text of a programme.
			a.Answer = &inbox.Answer{Kind: a.Welcome.Kind, Body: optin.Welcome(a.Brand, frequency)}
		}
	}
	if a.Rejoin != nil {
		held, err := t.rejoin(a)
		if err != nil {
			return err
		}
		if held {
			a.Act, a.Answer = nil, &a.Rejoin.Answer
		}
	}
	if a.Review != nil && a.Act == nil {
		if err := t.suspendFor(a); err != nil {
			return err
		}
	}
	if a.Act != nil {
		act := *a.Act
		// The event bears the time of the text, which may have been heard late.
		act.Evidence = map[string]any{"recordedAt": t.w.clock().UTC().Format(time.RFC3339Nano)}
		maps.Copy(act.Evidence, a.Act.Evidence)
		before := false
		_, refused, err := t.record(act, a.At, func(st ledger.Standing) error {
			before = st.OptedOut
			if st.Installation && act.Action != consent.ActionRevoked {
				return &ledger.Refusal{Code: "suppressed", Message: "blocked for the whole installation"}
			}
			return nil
		})
		if err != nil {
			return err
		}
		failpoint.Hit(failpoint.StopWritten)
		if refused != nil {
			return nil // the text is kept; there is nothing to confirm
		}
		if act.Action == consent.ActionRevoked && run != "" && !before { // who says it twice is one person
			t.run(run).optedOut++
		}
	}
	if a.Answer == nil {
		return nil
	}
	return t.single(campaign.Single{
		ID: message.SingleID("answer " + a.UUID), Org: a.Org, Campaign: answered, Kind: a.Answer.Kind,
		Number: a.Number, Sender: a.Sender, Body: a.Answer.Body, DueAt: a.At,
	})
}

func (t *txn) single(m campaign.Single) error {
	count := sms.Count(m.Body)
	_, err := t.exec(insertSingle, m.ID, m.Org, m.Campaign, m.Org, m.Number, string(m.Kind), m.Number, m.Sender, m.Body,
		count.Encoding, count.Segments, stamp(m.DueAt))
	return err
}

// lastRun finds the newest run that reached a number, which is what a reply
// most likely answers. Each look is by primary key.
func (t *txn) lastRun(org, number string) (run, campaign string, err error) {
	rows, err := t.tx.Query(selectNewestRuns, org)
	if err != nil {
		return "", "", err
	}
	var runs [][3]string
	for rows.Next() {
		var r [3]string
		if err := rows.Scan(&r[0], &r[1], &r[2]); err != nil {
			return "", "", errors.Join(err, rows.Close())
		}
		runs = append(runs, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", "", err
	}
	for _, r := range runs {
		id, err := message.RunID(r[1], number)
		if err != nil {
			return "", "", nil // no full number: no run can have reached it
		}
		var one int
		switch err := t.row(selectReached, []any{id}, &one); {
		case err == nil:
			return r[0], r[2], nil
		case !errors.Is(err, sql.ErrNoRows):
			return "", "", err
		}
	}
	return "", "", nil
}

// replayed remembers the nonce of a signature that did not cover the body and
// reports whether it was used before with another one.
func (t *txn) replayed(nonce, bodyHash string, at time.Time) (bool, error) {
	if bodyHash == "" {
		return false, nil
	}
	n, err := t.exec(insertNonce, nonce, bodyHash, stamp(at))
	if err != nil || n == 1 {
		return false, err
	}
	var known string
	if err := t.row(selectNonce, []any{nonce}, &known); err != nil {
		return false, err
	}
	return known != bodyHash, nil
}

// Apply merges a receipt into the row of its attempt. It waits for the disk as
// long as ctx allows.
func (s *Store) Apply(ctx context.Context, a receipt.Attempt, r receipt.Report) error {
	replayed := false
	err := s.writer.await(ctx, 1, func(t *txn) error {
		var err error
		if replayed, err = t.replayed(r.Nonce, r.BodyHash, s.now()); err != nil || replayed {
			return err
		}
		err = t.receipt(a, r.Receipt)
		failpoint.Hit(failpoint.ReceiptWritten)
		return err
	})
	failpoint.Hit(failpoint.ReceiptCommitted)
	if err == nil && replayed {
		return receipt.ErrReplayed
	}
	return err
}

func (t *txn) receipt(a receipt.Attempt, r message.Receipt) error {
	if done, err := t.swap(a, r); err != nil || done {
		return err
	}
	found, err := t.find(a.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	// An earlier attempt was proven unsent, or an operator had it repeated. A row
	// that waits for its next attempt takes the receipt: it did leave after all.
	switch {
	case found.attempt < a.Number:
		if !behind(found, r) {
			return nil
		}
	case found.attempt != a.Number:
		return t.earlier(found, a.Number, r)
	}
	changed, err := t.merge(found, r)
	if err != nil || !changed {
		return err
	}
	if r.Status == message.Failed || r.Status == message.Undelivered {
		return t.consequence(found, r.ErrorCode)
	}
	return nil
}

// Consequence is what a final error code means for the number's future.
type Consequence int

// What may follow from an error code.
const (
	Nothing    Consequence = iota
	Invalidate             // the number cannot receive texts
	OptOut                 // the person said STOP to the provider
)

// consequence keeps what a refusal says about the number.
func (t *txn) consequence(r row, code string) error {
	now := t.w.clock()
	switch t.w.means(code) {
	case Invalidate:
		return t.invalidate(r.org, r.number, now)
	case OptOut:
		standing, err := t.standing(r.org, r.number)
		if err != nil || standing.OptedOut {
			return err
		}
		if returned, err := t.returnedAfter(r); err != nil || returned {
			return err
		}
		_, _, err = t.record(ledger.Act{
			Org: r.org, Number: r.number, Action: consent.ActionRevoked, Method: consent.MethodCarrier,
			Text:     "the provider reports that this person opted out",
			Evidence: map[string]any{"messageId": r.id, "errorCode": code, "actor": "provider"},
		}, now, func(ledger.Standing) error { return nil })
		return err
	}
	return nil
}
