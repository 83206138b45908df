package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/failpoint"
	"tidings/internal/rules/message"
)

const (
	selectLastKey = `SELECT COALESCE(MAX(key), '') FROM runs`
	// idx_runs_unfinished_campaign refuses a second run of a campaign that has not ended;
	// the first look is for a helpful answer.
	selectUnfinished = `SELECT id FROM runs WHERE campaign = ? AND (? OR status NOT IN ('finished', 'canceled')) ORDER BY key DESC LIMIT 1`
	insertRun        = `INSERT INTO runs (id, key, org, campaign, status, snapshot, currency, sendAt, launchedBy, created, updated)
		VALUES (?, ?, ?, ?, ?, ?, 'USD', ?, ?, ?, ?)`

	// A schedule more than an hour late starts nothing by itself: the shop may
	// be closed by now, or the folder may be an old copy.
	lateSchedule = `UPDATE runs SET status = 'paused', pausedBy = 'system', updated = ?,
		pauseReason = 'its time passed more than an hour ago while the server was not running; resume it if it should still go out'
		WHERE status NOT IN ('finished', 'canceled') AND status = 'scheduled' AND sendAt <= ? RETURNING id`
	startScheduled  = `UPDATE runs SET status = 'queued', updated = ? WHERE status NOT IN ('finished', 'canceled') AND status = 'scheduled' AND sendAt <= ? RETURNING id`
	selectPlannable = `SELECT id, key, campaign, org, planCursor, snapshot FROM runs WHERE status NOT IN ('finished', 'canceled') AND status = 'queued' AND NOT planned ORDER BY key`

	selectPlanning = `SELECT 1 FROM runs WHERE id = ? AND status = 'queued' AND NOT planned AND planCursor = ?`
	movePlan       = `UPDATE runs SET planCursor = ? WHERE id = ?`
	finishPlan     = `UPDATE runs SET planCursor = ?, planned = 1, status = 'sending', startedAt = ? WHERE id = ?`

	// Canceled runs that still have queued rows, a stretch at a time.
	selectCanceled = `SELECT id, key FROM runs WHERE status = 'canceled' AND queued > 0 LIMIT 1`
	skipCanceled   = `UPDATE messages SET ` + skipOrDoubt + ` WHERE id IN
		(SELECT id FROM messages WHERE run = ? AND status = 'queued' LIMIT ?) RETURNING status`

	pauseBySystem = `UPDATE runs SET status = 'paused', pausedBy = 'system', pauseReason = ?, updated = ?
		WHERE id = ? AND status IN ('scheduled', 'queued', 'sending', 'waiting')`
	pauseByPerson = `UPDATE runs SET status = 'paused', pausedBy = 'person', pauseReason = '', updated = ?
		WHERE id = ? AND status IN ('scheduled', 'queued', 'sending', 'waiting')`
	resume = `UPDATE runs SET pausedBy = '', pauseReason = '', updated = ?,
		status = CASE WHEN planned THEN 'sending' WHEN sendAt > ? THEN 'scheduled' ELSE 'queued' END
		WHERE id = ? AND status = 'paused'`
	cancel = `UPDATE runs SET status = 'canceled', pausedBy = '', pauseReason = '', finishedAt = ?, updated = ?
		WHERE id = ? AND status NOT IN ('finished', 'canceled')`
)

// lateBy is how late a schedule may start by itself.
const lateBy = time.Hour

// sweepRows is a stretch of a canceled run: one commit of a few milliseconds.
const sweepRows = 500

// Start makes a run with its snapshot, and keeps the answer for an idempotent
// caller, in one commit.
func (s *Store) Start(ctx context.Context, l campaign.Launch, at time.Time) (campaign.Launched, error) {
	raw, err := json.Marshal(l.Snapshot)
	if err != nil {
		return campaign.Launched{}, fmt.Errorf("write a snapshot: %w", err)
	}
	launched := campaign.Launched{CampaignID: l.Campaign.ID, Status: message.RunQueued, EstimatedRecipients: l.Recipients}
	if l.SendAt.After(at) {
		launched.Status = message.RunScheduled
	}
	var refused error
	err = s.writer.do(ctx, 2, func(t *txn) error {
		refused = nil
		var running string
		switch err := t.row(selectUnfinished, []any{l.Campaign.ID, !l.NewOnly}, &running); {
		case err == nil:
			refused = &campaign.AlreadySent{RunID: running, GoesOn: l.NewOnly}
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		if l.NewOnly {
			switch err := t.row(selectForgotten, []any{l.Campaign.ID}, new(int)); {
			case err == nil:
				refused = campaign.Forgotten()
				return nil
			case !errors.Is(err, sql.ErrNoRows):
				return err
			}
		}
		var last string
		if err := t.row(selectLastKey, nil, &last); err != nil {
			return err
		}
		key, err := message.NextKey(last)
		if err != nil {
			return err
		}
		launched.RunID = message.RunRecordID(key)
		now := stamp(at)
		if _, err := t.exec(insertRun, launched.RunID, key, l.Campaign.Org, l.Campaign.ID, string(launched.Status), string(raw),
			stamp(l.SendAt), l.By, now, now); err != nil {
			return err
		}
		t.told = append(t.told, told{"runs", launched.RunID, true})
		failpoint.Hit(failpoint.LaunchWritten)
		if l.Idempotency == nil {
			return nil
		}
		return t.keep(&campaign.Kept{Idempotency: *l.Idempotency, Status: 202, Answer: launched})
	})
	failpoint.Hit(failpoint.LaunchCommitted)
	if err == nil && refused != nil {
		err = refused
	}
	return launched, err
}

// Plannable starts the scheduled runs that are due and lists what to plan.
func (s *Store) Plannable(ctx context.Context, now time.Time) ([]campaign.Run, error) {
	if err := s.startScheduled(ctx, now); err != nil {
		return nil, err
	}
	if s.halted() != "" {
		return nil, nil // an audience is the largest thing that can wait
	}
	rows, err := s.read.QueryContext(ctx, selectPlannable)
	if err != nil {
		return nil, fmt.Errorf("read runs to plan: %w", err)
	}
	defer rows.Close()
	var runs []campaign.Run
	for rows.Next() {
		var r campaign.Run
		var raw string
		if err := rows.Scan(&r.ID, &r.Key, &r.Campaign, &r.Org, &r.Cursor, &raw); err != nil {
			return nil, fmt.Errorf("read runs to plan: %w", err)
		}
		if err := json.Unmarshal([]byte(raw), &r.Snapshot); err != nil {
			return nil, fmt.Errorf("read the snapshot of run %s: %w", r.ID, err)
		}
		r.Rules = s.Rules()
		runs = append(runs, r)
	}
	return runs, rows.Err()
}

func (s *Store) startScheduled(ctx context.Context, now time.Time) error {
	var waiting bool
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM runs WHERE status NOT IN ('finished', 'canceled') AND status = 'scheduled' AND sendAt <= ?)`, stamp(now)).Scan(&waiting)
	if err != nil {
		return fmt.Errorf("read schedules: %w", err)
	}
	if !waiting {
		return nil
	}
	return s.writer.do(ctx, 1, func(t *txn) error {
		if err := t.moveRuns(lateSchedule, stamp(now), stamp(now.Add(-lateBy))); err != nil {
			return err
		}
		return t.moveRuns(startScheduled, stamp(now), stamp(now))
	})
}

// moveRuns runs an UPDATE that returns the ids of the runs it moved, and tells
// clients of them.
func (t *txn) moveRuns(query string, args ...any) error {
	rows, err := t.tx.Query(query, args...)
	if err != nil {
		return fmt.Errorf("move runs: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return fmt.Errorf("move runs: %w", err)
		}
		t.told = append(t.told, told{"runs", id, false})
	}
	return rows.Err()
}

// Plan writes a stretch of the audience, if the run is still at the place where
// the stretch began.
func (s *Store) Plan(ctx context.Context, c campaign.Chunk) (bool, error) {
	if why := s.halted(); why != "" {
		return false, errors.New(why)
	}
	planning := false
	err := s.writer.do(ctx, maxRows, func(t *txn) error {
		var one int
		err := t.row(selectPlanning, []any{c.Run.ID, c.Run.Cursor}, &one)
		if planning = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		strangers, err := t.strangers(c.Run.ID)
		if err != nil {
			return err
		}
		if err := t.planned(&c.Run, c.Rows, strangers); err != nil {
			return err
		}
		t.run(c.Run.ID)
		if c.Last {
			_, err = t.exec(finishPlan, c.Cursor, t.w.now(), c.Run.ID)
		} else {
			_, err = t.exec(movePlan, c.Cursor, c.Run.ID)
		}
		failpoint.Hit(failpoint.ChunkWritten)
		return err
	})
	return planning, err
}

// Sweep skips a stretch of what canceled runs left queued.
func (s *Store) Sweep(ctx context.Context) (bool, error) {
	var run, key string
	err := s.read.QueryRowContext(ctx, selectCanceled).Scan(&run, &key)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read canceled runs: %w", err)
	}
	skipped := 0
	err = s.writer.do(ctx, maxRows, func(t *txn) error {
		skipped = 0
		return each(ctx, t.tx, func(rows *sql.Rows) error {
			var became message.Status
			err := rows.Scan(&became)
			t.move(run, figures{status: message.Queued}, figures{status: became, reason: message.Canceled})
			skipped++
			return err
		}, skipCanceled, string(message.Canceled), run, sweepRows)
	})
	return skipped > 0, err
}

// Pause stops a run on the engine's own account.
func (s *Store) Pause(ctx context.Context, run, reason string) error {
	return s.writer.do(ctx, 1, func(t *txn) error {
		t.told = append(t.told, told{"runs", run, false})
		_, err := t.exec(pauseBySystem, reason, t.w.now(), run)
		return err
	})
}

// Steer moves a run as a person asked; false when its state does not allow it.
func (s *Store) Steer(ctx context.Context, run string, to message.RunStatus, at time.Time) (bool, error) {
	moved := false
	err := s.writer.do(ctx, 1, func(t *txn) error {
		now := stamp(at)
		var n int64
		var err error
		switch to {
		case message.RunPaused:
			n, err = t.exec(pauseByPerson, now, run)
		case message.RunSending:
			n, err = t.exec(resume, now, now, run)
		case message.RunCanceled:
			n, err = t.exec(cancel, now, now, run)
		default:
			return fmt.Errorf("a person cannot move a run to %s", to)
		}
		moved = n == 1
		t.run(run) // the resumed run may have nothing left to do
		return err
	})
	return moved, err
}

// Rest shows which runs wait for their hours.
func (s *Store) Rest(ctx context.Context, runs []string, now time.Time) error {
	return s.writer.do(ctx, len(runs), func(t *txn) error {
		for _, run := range runs {
			n, err := t.exec(restRun, run, stamp(now))
			if err != nil {
				return err
			}
			if n == 0 {
				if n, err = t.exec(wakeRun, run, stamp(now)); err != nil {
					return err
				}
			}
			if n == 1 {
				t.told = append(t.told, told{"runs", run, false})
			}
		}
		return nil
	})
}

// Single queues one message that belongs to no run.
func (s *Store) Single(ctx context.Context, m campaign.Single) error {
	return s.writer.do(ctx, 2, func(t *txn) error {
		if err := t.single(m); err != nil {
			return err
		}
		return t.keep(m.Kept)
	})
}
