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
	selectOrgHours  = `SELECT sendFrom, sendUntil FROM organizations WHERE id = ?`

	// Unique index (org, phoneNumber) of each table.
	selectPerson = `SELECT status, timezone, state FROM subscribers WHERE org = ? AND phoneNumber = ?`
	// The organisation's own row comes first: an installation's has an empty org.
	selectSuppression = `SELECT org, reason FROM suppressions WHERE phoneNumber = ? AND org IN (?, '') ORDER BY org DESC LIMIT 1`

	markSending = `UPDATE messages SET status = 'sending', sentAt = ?, attempt = attempt + 1
		WHERE id = ? AND status = 'queued' RETURNING attempt, segments`
	markSkipped  = `UPDATE messages SET status = 'skipped', reason = ? WHERE id = ? AND status = 'queued'`
	markDeferred = `UPDATE messages SET dueAt = ? WHERE id = ? AND status = 'queued'`
	markFeeding  = `UPDATE runs SET status = 'sending' WHERE id = ? AND status = 'waiting'`
	countUsage   = `INSERT INTO sender_usage (sender, day, n) VALUES (?, ?, 1)
		ON CONFLICT (sender, day) DO UPDATE SET n = n + 1`
)

// Mark decides on a micro-batch in one durable commit. The facts are read in
// that very transaction, so nothing can change between the last look and the
// mark.
func (s *Store) Mark(ctx context.Context, m dispatch.MarkRequest) ([]dispatch.Marked, error) {
	var marked []dispatch.Marked
	err := s.writer.do(ctx, len(m.Candidates), func(t *txn) error {
		marked = make([]dispatch.Marked, len(m.Candidates))
		facts := looks{t: t, runs: make(map[string]bool), hours: make(map[string][2]string)}
		for i, c := range m.Candidates {
			f, err := facts.of(c)
			if err != nil {
				return err
			}
			marked[i].Decision = m.Judge(f)
			if err := t.mark(c, &marked[i], m.At); err != nil {
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

// mark writes one decision. A row that is not queued any more is left alone.
func (t *txn) mark(c dispatch.Candidate, m *dispatch.Marked, at time.Time) error {
	var changed int64
	var err error
	queued := figures{status: message.Queued}
	switch m.Action {
	case dispatch.Go:
		var segments int64
		err = t.row(markSending, []any{stamp(at), c.ID}, &m.Attempt, &segments)
		if errors.Is(err, sql.ErrNoRows) {
			m.Action = dispatch.Leave
			return nil
		}
		if err != nil {
			return err
		}
		t.move(c.Run, queued, figures{status: message.Sending})
		t.began(c.Run, stamp(at))
		if _, err = t.exec(countUsage, c.Sender, day(at)); err != nil {
			return err
		}
		if c.Run != "" {
			_, err = t.exec(markFeeding, c.Run)
		}
		return err
	case dispatch.Skip:
		if changed, err = t.exec(markSkipped, string(m.Reason), c.ID); err == nil && changed == 1 {
			t.move(c.Run, queued, figures{status: message.Skipped, reason: m.Reason})
		}
	case dispatch.Defer:
		_, err = t.exec(markDeferred, stamp(m.Next), c.ID)
	}
	return err
}

// looks reads facts and remembers, for one transaction, those that a batch
// shares.
type looks struct {
	t     *txn
	runs  map[string]bool
	hours map[string][2]string
}

func (l looks) of(c dispatch.Candidate) (dispatch.Facts, error) {
	f := dispatch.Facts{Candidate: c, DueAt: moment(c.Cursor.DueAt)}
	var err error
	if f.RunFeeds, err = l.feeds(c.Run); err != nil {
		return f, err
	}
	window, err := l.window(c.Org)
	if err != nil {
		return f, err
	}
	f.SendFrom, f.SendUntil = window[0], window[1]
	err = l.t.row(selectPerson, []any{c.Org, c.Number}, &f.Status, &f.Timezone, &f.State)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, err
	}
	f.Suppression, err = l.t.suppression(c.Org, c.Number)
	return f, err
}

func (l looks) feeds(run string) (bool, error) {
	if run == "" {
		return true, nil
	}
	if known, ok := l.runs[run]; ok {
		return known, nil
	}
	var status string
	var planned bool
	err := l.t.row(selectRunStatus, []any{run}, &status, &planned)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	l.runs[run] = planned && message.RunStatus(status).Feeds()
	return l.runs[run], nil
}

func (l looks) window(org string) ([2]string, error) {
	if known, ok := l.hours[org]; ok {
		return known, nil
	}
	var w [2]string
	if err := l.t.row(selectOrgHours, []any{org}, &w[0], &w[1]); err != nil {
		return w, fmt.Errorf("the organisation of a message: %w", err)
	}
	l.hours[org] = w
	return w, nil
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
	default:
		return eligible.Manual
	}
}
