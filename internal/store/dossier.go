package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/evidence"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	selectOrgNames   = `SELECT id, slug, name FROM organizations WHERE id = ? OR ? = '' ORDER BY created, id`
	selectWholeSelf  = `SELECT id, firstName, lastName, language, timezone, state, status, consentedAt, created FROM subscribers WHERE org = ? AND phoneNumber = ?`
	selectNumberLine = `SELECT COALESCE(id, ''), org, seq, phoneNumber, action, method, text, CAST(evidence AS TEXT), at, prevHash, hash
		FROM consent_events WHERE org = ? AND phoneNumber = ? ORDER BY seq`
	selectNumberHeld    = `SELECT org = '', reason, source, created FROM suppressions WHERE org IN ('', ?) AND phoneNumber = ? ORDER BY org DESC`
	selectNumberReviews = `SELECT id, message, text, pattern, status, by, opened, dueAt, at FROM reviews WHERE org = ? AND phoneNumber = ? ORDER BY opened, id`
	selectRunKeys       = `SELECT key FROM runs WHERE org = ?`

	dossierColumns = `SELECT m.id, m.direction = 'inbound', m.kind, COALESCE(c.name, ''), m.run, COALESCE(NULLIF(s.number, ''), s.name, m.sender),
			COALESCE(NULLIF(m.body, ''), json_extract(r.snapshot, '$.text'), ''), m.segments, m.status, m.reason, m.dueAt, m.sentAt, m.plivoUuid, m.errorCode
		FROM messages m LEFT JOIN runs r ON r.id = m.run LEFT JOIN campaigns c ON c.id = m.campaign LEFT JOIN senders s ON s.id = m.sender `
	// Primary key.
	selectRunMessage = dossierColumns + `WHERE m.id = ?`
	// idx_messages_conversation: replies, answers and tests.
	selectConversationMessages = dossierColumns + `WHERE m.run = '' AND m.org = ? AND m.phoneNumber = ? ORDER BY m.sentAt, m.id`
)

// Dossiers gives what an organisation knows of a number, or each of them where org
// is empty.
func (s *Store) Dossiers(ctx context.Context, org, number string) ([]evidence.Dossier, error) {
	rows, err := s.read.QueryContext(ctx, selectOrgNames, org, org)
	if err != nil {
		return nil, fmt.Errorf("read the organisations: %w", err)
	}
	var all []evidence.Dossier
	for rows.Next() {
		d := evidence.Dossier{Number: number}
		if err := rows.Scan(&d.OrgID, &d.Slug, &d.Name); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
		all = append(all, d)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("read the organisations: %w", err)
	}
	for i := range all {
		if err := s.fill(ctx, &all[i]); err != nil {
			return nil, fmt.Errorf("gather what %s knows of the number: %w", all[i].Slug, err)
		}
	}
	return slices.DeleteFunc(all, evidence.Dossier.Empty), nil
}

func (s *Store) fill(ctx context.Context, d *evidence.Dossier) error {
	for _, step := range []func(context.Context, *evidence.Dossier) error{s.self, s.events, s.texted, s.heldBack, s.reviewed} {
		if err := step(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) self(ctx context.Context, d *evidence.Dossier) error {
	var p evidence.Subscriber
	var consented, created string
	d.Zones = eligible.Default().Where(eligible.Person{Number: d.Number}, eligible.Own{}).Zones
	err := s.read.QueryRowContext(ctx, selectWholeSelf, d.OrgID, d.Number).Scan(&p.ID, &p.FirstName, &p.LastName, &p.Language,
		&p.Timezone, &p.State, &p.Status, &consented, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	p.ConsentedAt, p.Created = moment(consented), moment(created)
	d.Subscriber = &p
	d.Zones = eligible.Default().Where(eligible.Person{Number: d.Number, Timezone: p.Timezone, State: p.State}, eligible.Own{}).Zones
	return err
}

func (s *Store) events(ctx context.Context, d *evidence.Dossier) error {
	rows, err := s.read.QueryContext(ctx, selectNumberLine, d.OrgID, d.Number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEvent(rows)
		var broken *consent.BrokenError
		if err != nil && !errors.As(err, &broken) { // a changed row is shown as it is: its hash tells
			return err
		}
		d.Events = append(d.Events, e)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	err = s.read.QueryRowContext(ctx, selectSealed, d.OrgID).Scan(&d.Head.Seq, &d.Head.Hash, &d.HeadMAC)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}

// texted gathers the messages: those of runs by their ids, which follow from run
// and number.
func (s *Store) texted(ctx context.Context, d *evidence.Dossier) error {
	ids, err := s.runMessages(ctx, d)
	if err != nil {
		return err
	}
	for _, id := range ids {
		rows, err := s.read.QueryContext(ctx, selectRunMessage, id)
		if err != nil {
			return err
		}
		if err := scanMessages(rows, d); err != nil {
			return err
		}
	}
	rows, err := s.read.QueryContext(ctx, selectConversationMessages, d.OrgID, d.Number)
	if err != nil {
		return err
	}
	if err := scanMessages(rows, d); err != nil {
		return err
	}
	for i := range d.Messages {
		if m := &d.Messages[i]; !m.Inbound {
			if m.Verdict, err = s.verdict(ctx, m.ID); err != nil {
				return err
			}
		}
	}
	when := func(m evidence.Message) time.Time {
		if m.SentAt.IsZero() {
			return m.DueAt
		}
		return m.SentAt
	}
	slices.SortStableFunc(d.Messages, func(a, b evidence.Message) int {
		if n := when(a).Compare(when(b)); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	return nil
}

func (s *Store) runMessages(ctx context.Context, d *evidence.Dossier) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, selectRunKeys, d.OrgID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		id, err := message.RunID(key, d.Number)
		if err != nil {
			return nil, fmt.Errorf("the messages of the number: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func scanMessages(rows *sql.Rows, d *evidence.Dossier) error {
	defer rows.Close()
	for rows.Next() {
		var m evidence.Message
		var due, sent string
		if err := rows.Scan(&m.ID, &m.Inbound, &m.Kind, &m.Campaign, &m.Run, &m.Sender, &m.Body, &m.Segments, &m.Status, &m.Reason,
			&due, &sent, &m.UUID, &m.ErrorCode); err != nil {
			return err
		}
		m.DueAt, m.SentAt = moment(due), moment(sent)
		d.Messages = append(d.Messages, m)
	}
	return rows.Err()
}

// verdict asks again what a message was decided by.
func (s *Store) verdict(ctx context.Context, id string) (*evidence.Verdict, error) {
	decided, ok, err := s.Decision(ctx, id)
	if err != nil || !ok {
		return nil, err
	}
	v := eligible.Judge(decided.Question)
	out := &evidence.Verdict{Rules: decided.Version, At: decided.Question.At, Allowed: v.Allowed(), Reason: string(v.Reason)}
	for _, a := range eligible.Explain(decided.Question) {
		out.Answers = append(out.Answers, evidence.Answer(a))
	}
	return out, nil
}

func (s *Store) heldBack(ctx context.Context, d *evidence.Dossier) error {
	rows, err := s.read.QueryContext(ctx, selectNumberHeld, d.OrgID, d.Number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var h evidence.Suppression
		var created string
		if err := rows.Scan(&h.Everywhere, &h.Reason, &h.Source, &created); err != nil {
			return err
		}
		h.Created = moment(created)
		d.Suppressions = append(d.Suppressions, h)
	}
	return rows.Err()
}

func (s *Store) reviewed(ctx context.Context, d *evidence.Dossier) error {
	rows, err := s.read.QueryContext(ctx, selectNumberReviews, d.OrgID, d.Number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r evidence.Review
		var opened, due, at string
		if err := rows.Scan(&r.ID, &r.Message, &r.Text, &r.Pattern, &r.Status, &r.By, &opened, &due, &at); err != nil {
			return err
		}
		r.Opened, r.DueAt, r.At = moment(opened), moment(due), moment(at)
		d.Reviews = append(d.Reviews, r)
	}
	return rows.Err()
}

// OpenReader is a store that only reads, for commands beside a running server.
func OpenReader(app core.App) (*Store, error) {
	read, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("store: open it on the app itself, not inside a transaction")
	}
	s := &Store{app: app, read: read.DB()}
	s.rules.Store(eligible.Default())
	return s, nil
}
