package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

const (
	// A form of that slug, else the organisation of that slug with a form of
	// defaults. idx_forms_slug and idx_organizations_slug.
	formColumns = `o.id, o.defaultCountry, CASE WHEN o.brand != '' THEN o.brand ELSE o.name END,
		COALESCE(f.id, ''), COALESCE(f.closed, 0), COALESCE(f.title, ''), COALESCE(f.intro, ''), COALESCE(f.disclosure, ''),
		COALESCE(f.frequency, ''), COALESCE(f.termsUrl, ''), COALESCE(f.privacyUrl, ''), COALESCE(f.keyword, ''), COALESCE(f.accent, ''),
		COALESCE(f.countries, ''), COALESCE(f.perDay, 0), COALESCE(f.perNetworkHour, 0), COALESCE(f.perBlockHour, 0),
		COALESCE(l.id, ''), COALESCE(l.optIn, 'double')`
	selectForm = `SELECT f.slug, ` + formColumns + `, f.sender FROM forms f JOIN organizations o ON o.id = f.org
		LEFT JOIN lists l ON l.id = f.list AND NOT l.archived WHERE f.slug = ? AND NOT o.archived`
	selectDefaultForm = `SELECT o.slug, ` + formColumns + `, '' FROM organizations o LEFT JOIN forms f ON 0 LEFT JOIN lists l ON 0
		WHERE o.slug = ? AND NOT o.archived`
	// A form that has no keyword listens to JOIN. idx_forms_org.
	selectKeywordForm = `SELECT f.slug FROM forms f WHERE f.org = ? AND NOT f.closed
		AND UPPER(CASE WHEN f.keyword != '' THEN f.keyword ELSE ? END) = ? ORDER BY f.created LIMIT 1`
	// idx_senders_org: the form's own sender first, those with a name alone last.
	selectAsker = `SELECT id, number, kind = 'alphanumeric' FROM senders WHERE org = ? AND enabled AND (id = ? OR ? = '' OR NOT EXISTS
		(SELECT 1 FROM senders s WHERE s.id = ? AND s.enabled AND s.org = senders.org)) ORDER BY id = ? DESC, kind = 'alphanumeric', number = '', id LIMIT 1`

	insertRequest = `INSERT INTO optin_requests (id, org, form, list, phoneNumber, network, block, at, state, method, disclosure, evidence, message)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	// idx_optin_requests_number, and the one of each cap.
	selectTally = `SELECT (SELECT COUNT(*) FROM optin_requests WHERE form = ? AND at > ?),
		(SELECT COUNT(*) FROM optin_requests WHERE network = ? AND at > ?),
		(SELECT COUNT(*) FROM optin_requests WHERE block = ? AND at > ?),
		(SELECT COUNT(*) FROM optin_requests WHERE org = ? AND phoneNumber = ? AND at > ?),
		(SELECT COUNT(*) FROM optin_requests WHERE org = ? AND phoneNumber = ? AND state = 'asked')`
	selectAsked = `SELECT list, method, disclosure, evidence, message, at, COALESCE((SELECT frequency FROM forms WHERE id = form), '')
		FROM optin_requests WHERE org = ? AND phoneNumber = ? AND at > ? AND state = 'asked' ORDER BY at DESC LIMIT 1`
	confirmRequests  = `UPDATE optin_requests SET state = 'confirmed' WHERE org = ? AND phoneNumber = ? AND state = 'asked'`
	withdrawRequests = `UPDATE optin_requests SET state = 'withdrawn' WHERE org = ? AND phoneNumber = ? AND at <= ? AND state = 'asked'`
	// Ids begin with the time: the oldest stand first in the primary key.
	pruneRequests = `DELETE FROM optin_requests WHERE id IN (SELECT id FROM optin_requests WHERE id < ? LIMIT 500)`

	selectOnList  = `SELECT status, EXISTS (SELECT 1 FROM json_each(lists) WHERE value = ?) FROM subscribers WHERE org = ? AND phoneNumber = ?`
	updatePending = `UPDATE subscribers SET status = 'pending', updated = ? WHERE id = ? AND status = 'new'`
)

// askedFor is how long a YES answers the question.
const askedFor = 72 * time.Hour

// requestsKept is how long requests are kept: what came of a consent is in the
// ledger, and the rest is personal data without a use.
const requestsKept = 90 * 24 * time.Hour

// Form finds a public form by its slug.
func (s *Store) Form(ctx context.Context, slug string) (optin.Form, error) {
	f, err := s.form(ctx, selectForm, slug)
	if errors.Is(err, sql.ErrNoRows) {
		f, err = s.form(ctx, selectDefaultForm, slug)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return f, optin.ErrNoForm
	}
	return f, err
}

func (s *Store) form(ctx context.Context, query, slug string) (optin.Form, error) {
	var f optin.Form
	var countries, mode, sender string
	err := s.read.QueryRowContext(ctx, query, slug).Scan(&f.Slug, &f.Org, &f.Country, &f.Brand, &f.ID, &f.Closed, &f.Title, &f.Intro,
		&f.Disclosure, &f.Frequency, &f.TermsURL, &f.PrivacyURL, &f.Keyword, &f.Accent, &countries,
		&f.Caps.PerDay, &f.Caps.PerNetworkHour, &f.Caps.PerBlockHour, &f.List, &mode, &sender)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return f, err
		}
		return f, fmt.Errorf("read a form: %w", err)
	}
	f.Countries, f.Double = strings.Fields(countries), mode != "single"
	err = s.read.QueryRowContext(ctx, selectAsker, f.Org, sender, sender, sender, sender).Scan(&f.Sender, &f.Number, &f.OneWay)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, fmt.Errorf("read the sender of a form: %w", err)
	}
	if f.OneWay {
		f.Number = ""
	}
	return f, nil
}

// JoinForm finds the form that a keyword belongs to: ErrNoForm if it is none of
// the organisation's.
func (s *Store) JoinForm(ctx context.Context, org, keyword string) (optin.Form, error) {
	var slug string
	err := s.read.QueryRowContext(ctx, selectKeywordForm, org, optin.DefaultKeyword, keyword).Scan(&slug)
	if errors.Is(err, sql.ErrNoRows) && keyword == optin.DefaultKeyword {
		err = s.read.QueryRowContext(ctx, `SELECT slug FROM organizations WHERE id = ? AND NOT archived`, org).Scan(&slug)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return optin.Form{}, optin.ErrNoForm
	}
	if err != nil {
		return optin.Form{}, fmt.Errorf("read the form of a keyword: %w", err)
	}
	return s.Form(ctx, slug)
}

// Request decides on a submitted form and does what follows, in one commit.
func (s *Store) Request(ctx context.Context, r optin.Request, decide func(optin.Facts) optin.Outcome) (optin.Outcome, error) {
	var outcome optin.Outcome
	err := s.writer.do(ctx, 6, func(t *txn) error {
		facts, err := t.optinFacts(r)
		if err != nil {
			return err
		}
		outcome = decide(facts)
		if outcome == optin.Nothing {
			return nil
		}
		return t.request(r, outcome)
	})
	return outcome, err
}

func (t *txn) optinFacts(r optin.Request) (optin.Facts, error) {
	var f optin.Facts
	var err error
	if f.Standing, err = t.standing(r.Org, r.Number); err != nil {
		return f, err
	}
	var one int
	err = t.row(`SELECT 1 FROM suppressions WHERE phoneNumber = ? AND org IN (?, '') LIMIT 1`, []any{r.Number, r.Org}, &one)
	if f.Suppressed = err == nil; err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, err
	}
	var status string
	err = t.row(selectOnList, []any{r.List, r.Org, r.Number}, &status, &f.OnList)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, err
	}
	f.Subscribed, f.OnList = status == consent.StatusSubscribed, f.OnList || r.List == ""
	hour, day := stamp(r.At.Add(-optin.Hour)), stamp(r.At.Add(-optin.Day))
	err = t.row(selectTally, []any{key(r.Form), day, r.Network, hour, r.Block, hour, r.Org, r.Number, day, r.Org, r.Number},
		&f.Tally.FormDay, &f.Tally.NetworkHour, &f.Tally.BlockHour, &f.Tally.NumberDay, &f.Tally.NumberUnanswered)
	return f, err
}

func (t *txn) request(r optin.Request, outcome optin.Outcome) error {
	id := NewID(r.At)
	text := campaign.Single{ID: message.SingleID("optin " + id), Org: r.Org, Number: r.Number, Sender: r.Sender, DueAt: r.At,
		Kind: message.AskYes, Body: r.Question}
	state := "asked"
	if outcome == optin.Grant {
		text.Kind, text.Body, state = message.Start, r.Greeting, "granted"
	}
	evidence, err := json.Marshal(r.Evidence)
	if err != nil {
		return fmt.Errorf("write the evidence of a form: %w", err)
	}
	if _, err := t.exec(insertRequest, id, r.Org, key(r.Form), r.List, r.Number, r.Network, r.Block, stamp(r.At), state, r.Method,
		r.Shown(), string(evidence), text.ID); err != nil {
		return err
	}
	if outcome == optin.Ask {
		if err := t.pending(r); err != nil {
			return err
		}
		return t.single(text)
	}
	_, refused, err := t.record(ledger.Act{
		Org: r.Org, Number: r.Number, Action: consent.ActionGranted, Method: r.Method, Text: r.Shown(), Evidence: r.Evidence,
		Create: true, FirstName: r.FirstName, List: r.List,
	}, r.At, func(ledger.Standing) error { return nil })
	if err = errors.Join(refused, err); err != nil {
		return err
	}
	return t.single(text)
}

// pending makes the subscriber, or shows that an old one was asked.
func (t *txn) pending(r optin.Request) error {
	var id string
	err := t.row(selectSubscriberID, []any{r.Org, r.Number}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = t.newSubscriber(ledger.Act{Org: r.Org, Number: r.Number, FirstName: r.FirstName}, r.At, "pending", "")
		return err
	}
	if err != nil {
		return err
	}
	t.told = append(t.told, told{"subscribers", id, false})
	_, err = t.exec(updatePending, stamp(r.At), id)
	return err
}

// confirmed turns the YES of somebody who was asked into the consent that the
// form was about, and tells how often the form said that texts come; nil where
// nobody asked.
func (t *txn) confirmed(a inbox.Arrival) (*ledger.Act, string, error) {
	act := ledger.Act{Org: a.Org, Number: a.Number, Action: consent.ActionConfirmed, Create: true, Confirmed: true}
	var evidence, asked, at, frequency string
	err := t.row(selectAsked, []any{a.Org, a.Number, stamp(a.At.Add(-askedFor))}, &act.List, &act.Method, &act.Text, &evidence, &asked, &at, &frequency)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	if err := json.Unmarshal([]byte(evidence), &act.Evidence); err != nil {
		return nil, "", fmt.Errorf("read the evidence of a form: %w", err)
	}
	act.Evidence["askedMessage"], act.Evidence["askedAt"] = asked, at
	act.Evidence["answerUuid"], act.Evidence["answer"] = a.UUID, a.Text
	_, err = t.exec(confirmRequests, a.Org, a.Number)
	return &act, frequency, err
}

// withdraw ends the questions of before an opt-out: a YES to something else must not
// answer them. Those asked after the moment at which she said it stand, also if it is heard
// late. What a provider reports of itself is not said after them.
func (t *txn) withdraw(act ledger.Act, at time.Time) error {
	if act.Method == consent.MethodCarrier {
		return nil
	}
	_, err := t.exec(withdrawRequests, act.Org, act.Number, stamp(at))
	return err
}

// key names a form for its caps: one made of defaults is its organisation's.
func key(f optin.Form) string {
	if f.ID != "" {
		return f.ID
	}
	return f.Org
}
