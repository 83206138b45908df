package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

const (
	selectFenced = `SELECT reason, since, foundAt, replayedAt, bound, doubted, strangers, heard, wordless,
			(SELECT COUNT(*) FROM runs WHERE status NOT IN ('finished', 'canceled') AND status = 'paused' AND pausedBy = 'system'
				AND pauseReason LIKE '` + restoredPause + `%') FROM fence WHERE id = 1`
	selectSources = `SELECT CASE WHEN kind = 'powerpack' THEN '' ELSE number END, CASE WHEN kind = 'powerpack' THEN powerpackUuid ELSE '' END FROM senders`

	// Few runs are unfinished or ended a moment ago.
	selectRunsSince = `SELECT key FROM runs WHERE finishedAt = '' OR finishedAt >= ?`
	heldColumns     = `SELECT m.id, m.segments, m.status, m.plivoUuid,
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN '' ELSE s.number END, ''),
			COALESCE(CASE WHEN s.kind = 'powerpack' THEN s.powerpackUuid END, '')
		FROM messages m LEFT JOIN senders s ON s.id = m.sender`
	selectHeldOfRun = heldColumns + ` WHERE m.id = ?`
	// idx_messages_conversation, for each organisation.
	selectHeldSingles = heldColumns + ` WHERE m.run = '' AND m.org IN (SELECT id FROM organizations) AND m.phoneNumber = ?
		AND m.direction = 'outbound' AND (m.sentAt = '' OR m.sentAt >= ?)`

	doubtRestored = `UPDATE messages SET status = 'unknown' WHERE id = ? AND status = 'queued' RETURNING run`
	keepStranger  = `INSERT INTO restored_texts (plivoUuid, phoneNumber, at) VALUES (?, ?, ?) ON CONFLICT (plivoUuid) DO NOTHING`
	setReplayed   = `UPDATE fence SET replayedAt = ?, bound = ?, doubted = ?, strangers = ?, heard = ?, wordless = ? WHERE id = 1`
	// Only a run from before the restore may be what those texts were of.
	selectStrangers = `SELECT DISTINCT phoneNumber FROM restored_texts
		WHERE (SELECT r.created <= f.foundAt FROM runs r, fence f WHERE r.id = ? AND f.id = 1)`
)

// Fenced reads how things stand with a folder that was restored or copied; the
// zero value where it was not.
func (s *Store) Fenced(ctx context.Context) (reconcile.Fenced, error) {
	var f reconcile.Fenced
	var since, found, replayed string
	err := s.read.QueryRowContext(ctx, selectFenced).Scan(&f.Reason, &since, &found, &replayed, &f.Bound, &f.Doubted, &f.Strangers,
		&f.Heard, &f.Wordless, &f.Paused)
	if errors.Is(err, sql.ErrNoRows) {
		return f, nil
	}
	if err != nil {
		return f, fmt.Errorf("read whether the data folder was restored: %w", err)
	}
	f.Since, f.FoundAt, f.Replayed = moment(since), moment(found), replayed != ""
	return f, nil
}

// Restored gives what is still to be asked about a restored folder.
func (s *Store) Restored(ctx context.Context) (reconcile.Restored, bool, error) {
	f, err := s.Fenced(ctx)
	if err != nil || !f.Pending() {
		return reconcile.Restored{}, false, err
	}
	sources, err := s.sources(ctx)
	return reconcile.Restored{Since: f.Since, Sources: sources}, true, err
}

// sources are all of our senders.
func (s *Store) sources(ctx context.Context) ([]reconcile.Source, error) {
	var all []reconcile.Source
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var source reconcile.Source
		err := rows.Scan(&source.SenderNumber, &source.PowerpackUUID)
		all = append(all, source)
		return err
	}, selectSources)
	if err != nil {
		return nil, fmt.Errorf("read the senders: %w", err)
	}
	return all, nil
}

// Held lists the rows of one number that a text since then may belong to.
func (s *Store) Held(ctx context.Context, number string, since time.Time) ([]reconcile.Held, error) {
	var keys []string
	err := each(ctx, s.read, func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		keys = append(keys, key)
		return err
	}, selectRunsSince, stamp(since.Add(-settlesWithin)))
	if err != nil {
		return nil, fmt.Errorf("read the runs since a copy: %w", err)
	}
	var held []reconcile.Held
	read := func(rows *sql.Rows) error {
		var h reconcile.Held
		var status string
		if err := rows.Scan(&h.ID, &h.Segments, &status, &h.UUID, &h.Source.SenderNumber, &h.Source.PowerpackUUID); err != nil {
			return err
		}
		h.Queued = status == string(message.Queued)
		h.Open = h.UUID == "" && (h.Queued || status == string(message.Unknown) || status == string(message.Sending))
		held = append(held, h)
		return nil
	}
	for _, key := range keys {
		id, err := message.RunID(key, number)
		if err != nil {
			return nil, nil // no number that we could have texted
		}
		if err := each(ctx, s.read, read, selectHeldOfRun, id); err != nil {
			return nil, fmt.Errorf("read the messages to a number: %w", err)
		}
	}
	if err := each(ctx, s.read, read, selectHeldSingles, number, stamp(since)); err != nil {
		return nil, fmt.Errorf("read the messages to a number: %w", err)
	}
	return held, nil
}

// Claim binds texts to rows, makes rows unknown that may have left, and keeps
// texts that no row stands for.
func (s *Store) Claim(ctx context.Context, c reconcile.Claim) error {
	return s.writer.do(ctx, len(c.Bind)+len(c.Known)+len(c.Doubt)+len(c.Strangers), func(t *txn) error {
		for _, b := range slices.Concat(c.Bind, c.Known) {
			if err := t.claim(b); err != nil {
				return err
			}
		}
		for _, id := range c.Doubt {
			var run string
			err := t.row(doubtRestored, []any{id}, &run)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			t.move(run, figures{status: message.Queued}, figures{status: message.Unknown})
		}
		for _, x := range c.Strangers {
			if _, err := t.exec(keepStranger, x.UUID, c.Number, stamp(x.At)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *txn) claim(b reconcile.Bound) error {
	r, err := t.find(b.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil || r.UUID != "" && r.UUID != b.Text.UUID {
		return err
	}
	changed, err := t.merge(r, b.Text.Receipt)
	if err != nil || !changed || b.Text.Receipt.Status != message.Failed && b.Text.Receipt.Status != message.Undelivered {
		return err
	}
	return t.consequence(r, b.Text.Receipt.ErrorCode)
}

// Replayed remembers that the provider has told what happened since the copy.
func (s *Store) Replayed(ctx context.Context, r reconcile.Replay) error {
	return s.writer.do(ctx, 1, func(t *txn) error {
		_, err := t.exec(setReplayed, t.w.now(), r.Bound, r.Doubted, r.Strangers, r.Heard, r.Wordless)
		return err
	})
}

// strangers are the numbers that got a text which no row stands for, where a run
// was under way when the folder was copied: planning it on would text them again.
func (t *txn) strangers(run string) (map[string]bool, error) {
	numbers := make(map[string]bool)
	err := each(context.Background(), t.tx, func(rows *sql.Rows) error {
		var number string
		err := rows.Scan(&number)
		numbers[number] = true
		return err
	}, selectStrangers, run)
	return numbers, err
}

// behind reports whether a row may take the receipt of an attempt that it knows
// nothing of: it comes from an older copy of the database, and its text did
// leave.
func behind(r row, rc message.Receipt) bool {
	return r.Status == message.Queued || r.Status == message.Unknown || r.UUID != "" && r.UUID == rc.UUID
}
