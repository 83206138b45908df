package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A foreign program holds the lock for longer than SQLite waits: settlements
// are written when it lets go, and who waits is told meanwhile.
func TestWhatNobodyWaitsForIsKeptWhileTheDatabaseIsLocked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	mine, err := ConnectWith(path, "_pragma=busy_timeout(50)")
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	foreign, err := Connect(path)
	if err != nil {
		t.Fatal(err)
	}
	defer foreign.Close()
	if _, err := foreign.NewQuery("CREATE TABLE settled (n INTEGER)").Execute(); err != nil {
		t.Fatal(err)
	}
	w := newWriter(mine.DB(), surroundings{clock: time.Now, committed: func(changes) {}, wrote: func(int) {}, relieve: func() bool { return false }})
	defer w.close()
	lock, err := foreign.Begin()
	if err != nil {
		t.Fatal(err)
	}
	insert := func(t *txn) error { _, err := t.tx.Exec("INSERT INTO settled VALUES (1)"); return err }
	done := make(chan error, 3)
	for range 3 {
		op := operation{rows: 1, patient: true, do: insert, done: func(err error) { done <- err }}
		if err := w.hand(t.Context(), op); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.do(t.Context(), 1, insert); !isPassing(err) {
		t.Errorf("who waits is told %v, want that it is locked", err)
	}
	select {
	case err := <-done:
		t.Fatalf("a settlement was given up: %v", err)
	default:
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	var n int
	if err := mine.NewQuery("SELECT COUNT(*) FROM settled").Row(&n); err != nil || n != 3 {
		t.Errorf("%d of 3 settlements are written (%v)", n, err)
	}
}

func TestWhoAwaitsIsToldInTime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data.db")
	db, err := Connect(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.NewQuery("CREATE TABLE taken (n INTEGER)").Execute(); err != nil {
		t.Fatal(err)
	}
	w := newWriter(db.DB(), surroundings{clock: time.Now, committed: func(changes) {}, wrote: func(int) {}, relieve: func() bool { return false }})
	defer w.close()
	hold := make(chan struct{})
	if err := w.hand(t.Context(), operation{rows: maxRows, do: func(*txn) error { <-hold; return nil }, done: func(error) {}}); err != nil {
		t.Fatal(err)
	}
	late, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	insert := func(t *txn) error { _, err := t.tx.Exec("INSERT INTO taken VALUES (1)"); return err }
	if err := w.await(late, 1, insert); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrFull) {
		t.Errorf("await = %v, want that it is late", err)
	}
	for range maxPending - 1 { // one waits already
		if err := w.hand(t.Context(), operation{rows: 1, do: func(*txn) error { return nil }, done: func(error) {}}); err != nil {
			t.Fatal(err)
		}
	}
	full, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := w.await(full, 1, insert); !errors.Is(err, ErrFull) {
		t.Errorf("await = %v, want that too much waits", err)
	}
	close(hold)
	if err := w.do(t.Context(), 1, func(*txn) error { return nil }); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := db.NewQuery("SELECT COUNT(*) FROM taken").Row(&n); err != nil || n != 1 {
		t.Errorf("%d rows, want the one that was late and none of what was refused (%v)", n, err)
	}
}

func TestErrorsOfTheMomentAreToldFromThoseOfAnOperation(t *testing.T) {
	t.Parallel()
	if !isFull(fmt.Errorf("write: %w", syscall.ENOSPC)) || !isPassing(syscall.ENOSPC) {
		t.Error("a full disk is not known")
	}
	if isPassing(errors.New("no such table")) || isPassing(nil) || isFull(nil) {
		t.Error("an operation's own error is taken for one of the moment")
	}
}
