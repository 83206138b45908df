package store

import (
	"path/filepath"
	"testing"
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
