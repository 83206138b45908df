package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/reconcile"
	"tidings/internal/failpoint"
)

const (
	selectFence = `SELECT generation, mark, at, dbPlace, filePlace FROM fence WHERE id = 1`
	upsertFence = `INSERT INTO fence (id, generation, mark, at, dbPlace, filePlace) VALUES (1, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET generation = excluded.generation, mark = excluded.mark, at = excluded.at,
		dbPlace = excluded.dbPlace, filePlace = excluded.filePlace`
	// A second restore before the first was looked into began no later than the first.
	raiseFence = `INSERT INTO fence (id, generation, mark, at, dbPlace, filePlace, reason, since, foundAt) VALUES (1, 0, '', '', '', '', ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, foundAt = excluded.foundAt,
		since = CASE WHEN foundAt != '' AND replayedAt = '' THEN since ELSE excluded.since END,
		replayedAt = '', bound = 0, doubted = 0, strangers = 0, heard = 0, wordless = 0`
	// idx_runs_unfinished_status.
	pauseLive = `UPDATE runs SET status = 'paused', pausedBy = 'system', pauseReason = ?, updated = ?
		WHERE status NOT IN ('finished', 'canceled') AND status IN ('scheduled', 'queued', 'sending', 'waiting') RETURNING id`
	// idx_messages_due: answers and tests that wait. They may have left since the copy was made.
	doubtSingles = `UPDATE messages SET status = 'unknown' WHERE run = '' AND status = 'queued'`
	lastUpdate   = `SELECT COALESCE(MAX(updated), '') FROM runs`
)

// restoredPause begins the reason of every run that a restored folder paused.
const restoredPause = "this data folder was restored or copied"

// fenceRow is the database's half.
type fenceRow struct {
	generation          int64
	mark, at            string
	dbPlace, filePlace  string
	nowDB, nowFile      string // the places that the files have now
	rowThere, noteThere bool
	note                fenceNote
}

// LookAtFence says why a data folder is not the one that it was when it was
// last used; empty where it is, and where it was never used. It changes
// nothing.
func (s *Store) LookAtFence(ctx context.Context) (string, error) {
	f, err := s.fence(ctx)
	if err != nil {
		return "", err
	}
	return f.verdict(), nil
}

func (s *Store) fence(ctx context.Context) (fenceRow, error) {
	var f fenceRow
	err := s.read.QueryRowContext(ctx, selectFence).Scan(&f.generation, &f.mark, &f.at, &f.dbPlace, &f.filePlace)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return f, fmt.Errorf("read the generation of the database: %w", err)
	}
	f.rowThere = err == nil && f.mark != ""
	folder := s.app.DataDir()
	note, path, err := fenceFolder(folder).read()
	if err != nil {
		return f, err
	}
	f.note, f.noteThere = note, path != ""
	if f.nowDB, err = placeOf(filepath.Join(folder, "data.db")); err != nil {
		return f, err
	}
	if f.noteThere {
		f.nowFile, err = placeOf(path)
	}
	return f, err
}

// verdict compares the two halves with each other and with the places of the
// files. What a crash can leave between the writes of one step is allowed.
func (f fenceRow) verdict() string {
	n := f.note
	switch {
	case !f.rowThere && !f.noteThere:
		return "" // never used, or last used by a version without a fence
	case !f.rowThere && n.First:
		return "" // the process ended within its very first step
	case !f.rowThere:
		return "the database is a copy from before this folder was last used"
	case !f.noteThere:
		return "the database was put here without the file " + FencePrefix + "… that belongs to it"
	case n.Mark == "":
		return "the file " + FencePrefix + "… is damaged"
	case n.Mark != f.mark && (n.Previous == "" || n.Previous != f.mark):
		if f.generation < n.Generation {
			return "the database is an older copy, of " + f.at
		}
		return "the database and the file " + FencePrefix + "… do not belong together"
	case moved(f.nowDB, f.dbPlace) || moved(f.nowDB, n.DBPlace) || moved(f.nowFile, n.FilePlace),
		n.Mark == f.mark && moved(f.nowFile, f.filePlace):
		return "the files of this folder are copies"
	}
	return ""
}

// moved compares inodes. The number of a device changes with the next start of
// a machine, or where a volume is attached, and says nothing alone.
func moved(now, then string) bool {
	_, a, ok := strings.Cut(now, ":")
	_, b, ok2 := strings.Cut(then, ":")
	return ok && ok2 && a != b
}

// Origin says of an app that does not send whether its data folder is a copy,
// and how things stand where that was found before.
func Origin(ctx context.Context, app core.App) (copied string, f reconcile.Fenced, err error) {
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return "", f, errors.New("store: ask on the app itself, not inside a transaction")
	}
	s := &Store{app: app, read: db.DB()}
	for range 2 { // a server that runs may take a step between our two looks
		if copied, err = s.LookAtFence(ctx); copied == "" || err != nil {
			break
		}
	}
	if err != nil {
		return "", f, err
	}
	f, err = s.Fenced(ctx)
	return copied, f, err
}

// Guard looks whether the data folder is the one that it was, before anything
// is sent from it. One that was restored or copied has its live runs paused and
// its waiting single messages made unknown, and says why; then the folder takes
// a step, so that an older copy will be known. Call it with the folder locked.
func (s *Store) Guard(ctx context.Context) (reason string, err error) {
	f, err := s.fence(ctx)
	if err != nil {
		return "", err
	}
	if reason = f.verdict(); reason != "" {
		if err := s.raise(ctx, f, reason); err != nil {
			return reason, err
		}
	}
	return reason, s.Step(ctx)
}

// raise stops everything that would go out by itself, in one commit.
func (s *Store) raise(ctx context.Context, f fenceRow, reason string) error {
	return s.writer.do(ctx, maxRows, func(t *txn) error {
		now := t.w.now()
		since := f.at
		if since == "" { // a copy of a version without a fence
			if err := t.row(lastUpdate, nil, &since); err != nil {
				return err
			}
		}
		if _, err := t.exec(raiseFence, reason, since, now); err != nil {
			return err
		}
		why := restoredPause + " (" + reason + "). Look at what Plivo says has left since, then resume the run, or cancel it"
		if err := t.moveRuns(pauseLive, why, now); err != nil {
			return err
		}
		_, err := t.exec(doubtSingles)
		return err
	})
}

// Step moves the folder to its next generation: a copy of either half from
// before will not match. It runs at the start, every minute, and at the end.
// Between its three writes the process may end at any moment.
func (s *Store) Step(ctx context.Context) error {
	s.stepping.Lock()
	defer s.stepping.Unlock()
	f, err := s.fence(ctx)
	if err != nil {
		return err
	}
	mark := make([]byte, 8)
	rand.Read(mark)
	n := fenceNote{
		Generation: max(f.generation, f.note.Generation) + 1, Mark: hex.EncodeToString(mark), Previous: f.mark, First: !f.rowThere, DBPlace: f.nowDB,
	}
	file := fenceFolder(s.app.DataDir())
	if err := file.write(&n); err != nil {
		return err
	}
	failpoint.Hit(failpoint.FenceNoted)
	err = s.writer.do(ctx, 1, func(t *txn) error {
		_, err := t.exec(upsertFence, n.Generation, n.Mark, t.w.now(), n.DBPlace, n.FilePlace)
		failpoint.Hit(failpoint.FenceWritten)
		return err
	})
	if err != nil {
		return fmt.Errorf("write the generation of the database: %w", err)
	}
	failpoint.Hit(failpoint.FenceCommitted)
	n.Previous, n.First = "", false
	return errors.Join(file.write(&n), file.forget(n.Generation))
}
