package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/failpoint"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const (
	selectRunStatus = `SELECT status, planned FROM runs WHERE id = ?`
	selectOrgHours  = `SELECT sendFrom, sendUntil, frequencyCap FROM organizations WHERE id = ?`

	// Unique index (org, phoneNumber) of each table, three looks in one statement. "x" tells a
	// suppression without a reason from none.
	selectPerson = `SELECT status, timezone, state,
		COALESCE((SELECT 'x' || reason FROM suppressions WHERE org = s.org AND phoneNumber = s.phoneNumber), ''),
		EXISTS (SELECT 1 FROM suppressions WHERE org = '' AND phoneNumber = s.phoneNumber)
		FROM subscribers s WHERE org = ? AND phoneNumber = ?`
	// The organisation's own row comes first: an installation's has an empty org.
	selectSuppression = `SELECT org, reason FROM suppressions WHERE phoneNumber = ? AND org IN (?, '') ORDER BY org DESC LIMIT 1`

	// OR FAIL: these change one row, and one that fails ends the transaction, so SQLite need not
	// keep a copy of each page in case the statement alone has to be undone.
	markSending = `UPDATE OR FAIL messages SET status = 'sending', sentAt = ?, attempt = attempt + 1, basis = ?
		WHERE id = ? AND status = 'queued' AND attempt = ?`
	// A row that is skipped keeps when that was decided. A confirmation keeps its due time, from
	// which its five minutes run.
	markSkipped = `UPDATE messages SET ` + skipOrDoubt + `, basis = CASE WHEN reason = 'resent' THEN basis ELSE ? END,
		dueAt = CASE WHEN kind IN ('stop', 'help', 'start', 'ask') THEN dueAt ELSE ? END WHERE id = ? AND status = 'queued' RETURNING status`
	markDeferred = `UPDATE messages SET dueAt = ? WHERE id = ? AND status = 'queued'`
	markFeeding  = `UPDATE runs SET status = 'sending' WHERE id = ? AND status = 'waiting'`
	countUsage   = `INSERT INTO sender_usage (sender, day, n) VALUES (?, ?, ?)
		ON CONFLICT (sender, day) DO UPDATE SET n = n + excluded.n`
)

// Mark decides on a micro-batch in one durable commit. The facts are read in
// that very transaction, so nothing can change between the last look and the
// mark.
func (s *Store) Mark(ctx context.Context, m dispatch.MarkRequest) ([]dispatch.Marked, error) {
	var marked []dispatch.Marked
	at := markTime{stamp(m.At), day(m.At)}
	err := s.writer.do(ctx, len(m.Candidates), func(t *txn) error {
		marked = make([]dispatch.Marked, len(m.Candidates))
		facts := looks{t: t, runs: make(map[string]message.RunStatus), own: make(map[string]eligible.Own),
			keys: make(map[string][]string), at: m.At, rules: s.Rules()}
		for i, c := range m.Candidates {
			f, err := facts.of(c)
			if err != nil {
				return err
			}
			marked[i].Decision = m.Judge(f)
			if err := facts.mark(c, &marked[i], at); err != nil {
				return err
			}
		}
		failpoint.Hit(failpoint.MarkWritten)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return marked, nil
}

// markTime is the moment of a mark as columns keep it.
type markTime struct{ stamp, day string }

// mark writes one decision. A row that is not queued any more, or was tried
// since the candidate was read, is left alone.
func (l looks) mark(c dispatch.Candidate, m *dispatch.Marked, at markTime) error {
	t := l.t
	var basis int64
	if m.Action == dispatch.Go || m.Action == dispatch.Skip {
		var err error
		if basis, err = t.basis(m.Basis, l.rules); err != nil {
			return err
		}
	}
	queued := figures{status: message.Queued}
	switch m.Action {
	case dispatch.Go:
		n, err := t.exec(markSending, at.stamp, basis, c.ID, c.Attempts)
		if err != nil {
			return err
		}
		if n == 0 {
			m.Action = dispatch.Leave
			return nil
		}
		m.Attempt = c.Attempts + 1
		t.move(c.Run, queued, figures{status: message.Sending})
		t.began(c.Run, at.stamp)
		t.usage[[2]string{c.Sender, at.day}]++
		return l.wake(c.Run)
	case dispatch.Skip:
		var became message.Status
		err := t.row(markSkipped, []any{string(m.Reason), basis, at.stamp, c.ID}, &became)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			t.move(c.Run, queued, figures{status: became, reason: m.Reason})
		}
		return err
	case dispatch.Defer:
		_, err := t.exec(markDeferred, stamp(m.Next), c.ID)
		return err
	}
	return nil
}

// wake shows that a run which waited for its hours sends again.
func (l looks) wake(run string) error {
	if l.runs[run] != message.RunWaiting {
		return nil
	}
	l.runs[run] = message.RunSending
	_, err := l.t.exec(markFeeding, run)
	return err
}

// looks reads facts and remembers, for one transaction, those that a batch
// shares.
type looks struct {
	t     *txn
	runs  map[string]message.RunStatus // empty where the run does not feed
	own   map[string]eligible.Own
	keys  map[string][]string // of runs that may have sent in the last 24 hours, by organisation
	at    time.Time
	rules *eligible.Book
}

func (l looks) of(c dispatch.Candidate) (dispatch.Facts, error) {
	f := dispatch.Facts{Candidate: c, DueAt: moment(c.Cursor.DueAt)}
	var err error
	if f.RunFeeds, err = l.feeds(c.Run); err != nil {
		return f, err
	}
	own, err := l.limits(c.Org)
	if err != nil {
		return f, err
	}
	f.SendFrom, f.SendUntil, f.Cap, f.Rules = own.From, own.Until, own.Cap, l.rules
	var listed string
	var everywhere bool
	err = l.t.row(selectPerson, []any{c.Org, c.Number}, &f.Status, &f.Timezone, &f.State, &listed, &everywhere)
	switch {
	case errors.Is(err, sql.ErrNoRows): // nobody, who may be suppressed all the same
		f.Suppression, err = l.t.suppression(c.Org, c.Number)
	case listed != "":
		f.Suppression = suppressionKind(c.Org, listed[1:])
	case everywhere:
		f.Suppression = eligible.Installation
	}
	if err != nil || c.Kind != message.Campaign {
		return f, err
	}
	where := l.rules.Where(eligible.Person{Number: c.Number, Timezone: f.Timezone, State: f.State}, own)
	if limit := where.Limit(); limit > 0 {
		f.Recent, err = l.recent(c.Org, c.Number, l.at, limit)
	}
	return f, err
}

func (l looks) feeds(run string) (bool, error) {
	if run == "" {
		return true, nil
	}
	if known, ok := l.runs[run]; ok {
		return known != "", nil
	}
	var status message.RunStatus
	var planned bool
	err := l.t.row(selectRunStatus, []any{run}, &status, &planned)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if !planned || !status.Feeds() {
		status = ""
	}
	l.runs[run] = status
	return status != "", nil
}

// limits are the organisation's own.
func (l looks) limits(org string) (eligible.Own, error) {
	if known, ok := l.own[org]; ok {
		return known, nil
	}
	var own eligible.Own
	if err := l.t.row(selectOrgHours, []any{org}, &own.From, &own.Until, &own.Cap); err != nil {
		return own, fmt.Errorf("the organisation of a message: %w", err)
	}
	l.own[org] = own
	return own, nil
}

// suppression tells whether and why a number gets nothing from an organisation.
func (t *txn) suppression(org, number string) (eligible.Suppression, error) {
	var of, reason string
	err := t.row(selectSuppression, []any{number, org}, &of, &reason)
	if errors.Is(err, sql.ErrNoRows) {
		return eligible.NotSuppressed, nil
	}
	if err != nil {
		return "", err
	}
	return suppressionKind(of, reason), nil
}

// The reasons of suppression rows that the engine writes itself.
const (
	reasonOptedOut = "opted_out"
	reasonInvalid  = "invalid_number"
)

func suppressionKind(org, reason string) eligible.Suppression {
	switch {
	case org == "":
		return eligible.Installation // whatever its reason says: only a superuser lifts it
	case reason == reasonOptedOut:
		return eligible.OptedOut
	case reason == reasonInvalid:
		return eligible.Invalid
	case reason == reasonReview:
		return eligible.Doubtful
	default:
		return eligible.Manual
	}
}
