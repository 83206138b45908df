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
