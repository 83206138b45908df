package store

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/pocketbase/dbx"
)

func TestEveryConnectionHasTheSettingsThePromisesNeed(t *testing.T) {
	t.Parallel()
	db, err := Connect(filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for pragma, want := range map[string]string{
		"busy_timeout": "10000", "journal_mode": "wal", "journal_size_limit": "200000000", "synchronous": "2",
		"foreign_keys": "1", "temp_store": "2", "cache_size": "-4000", "recursive_triggers": "1",
		"wal_autocheckpoint": "8000",
	} {
		var got string
		if err := db.NewQuery("PRAGMA " + pragma).Row(&got); err != nil {
			t.Fatalf("%s: %v", pragma, err)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

// Two processes: each transaction reads before it writes, and all succeed.
func TestTransactionsOfTwoProcessesWaitForEachOther(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	var wg sync.WaitGroup
	for range 2 {
		db, err := Connect(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if _, err := db.NewQuery("CREATE TABLE IF NOT EXISTS counter (n INTEGER)").Execute(); err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for range 50 {
				err := db.Transactional(func(tx *dbx.Tx) error {
					var n int
					if err := tx.NewQuery("SELECT COUNT(*) FROM counter").Row(&n); err != nil {
						return err
					}
					_, err := tx.Insert("counter", dbx.Params{"n": n}).Execute()
					return err
				})
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}
