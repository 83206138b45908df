package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestTheLogIsFoldedBackBesideTheCommits writes less than makes a commit fold
// the log back, and more than the checkpoints leave in it.
func TestTheLogIsFoldedBackBesideTheCommits(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.exec(t, "PRAGMA wal_checkpoint(TRUNCATE)")
	size := func() int64 {
		info, err := os.Stat(filepath.Join(f.app.DataDir(), "data.db"))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := size()
	for range 20 {
		err := f.writer.do(context.Background(), maxRows, func(t *txn) error {
			_, err := t.exec(`INSERT INTO messages (id, org, direction, body, status) VALUES ('m' || hex(randomblob(7)), ?, 'inbound', hex(zeroblob(5000)), 'received')`, org)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.After(30 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for size() == before {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("the database did not grow: everything is in the log still")
		}
	}
}

// TestAFoldedLogBeginsAnew: bulk work waits for it between its commits.
func TestAFoldedLogBeginsAnew(t *testing.T) {
	t.Parallel()
	f := open(t)
	write := func(bytes int) {
		err := f.writer.do(t.Context(), 1, func(tx *txn) error {
			_, err := tx.exec(`INSERT INTO messages (id, org, direction, body, status) VALUES ('m' || hex(randomblob(7)), ?, 'inbound', hex(zeroblob(?)), 'received')`, org, bytes/2)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	pages := func() (log int) {
		var busy, folded int
		if err := f.read.QueryRowContext(t.Context(), "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &log, &folded); err != nil {
			t.Fatal(err)
		}
		return log
	}
	write(1 << 20)
	if n := pages(); n < 256 {
		t.Fatalf("a megabyte is %d pages of the log", n)
	}
	write(1 << 20)
	f.folding.foldWhole(t.Context())
	write(100)
	if n := pages(); n > 50 {
		t.Errorf("the log has %d pages after it was folded back and a row was written, want a few", n)
	}
}
