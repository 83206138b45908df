package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const insertName = `INSERT INTO webhook_nonces (nonce, bodyHash, at) VALUES (?, 'x', '')`

var errOwn = errors.New("it changed its mind")

// behaviours are what an operation may do to its transaction.
var behaviours = map[string]func(t *txn, name string) error{
	"writes":                 func(t *txn, name string) error { _, err := t.exec(insertName, name); return err },
	"refuses before writing": func(*txn, string) error { return errOwn },
	"refuses after writing": func(t *txn, name string) error {
		_, err := t.exec(insertName, name)
		return errors.Join(err, errOwn)
	},
	"breaks a constraint": func(t *txn, name string) error {
		if _, err := t.exec(insertName, name); err != nil {
			return err
		}
		_, err := t.exec(insertName, name)
		return err
	},
	"is no SQL": func(t *txn, _ string) error { _, err := t.exec("SELECT nothing FROM nowhere"); return err },
}

// held keeps the writer busy while the test hands operations over, so that they meet in one commit.
func (f fixture) held(t rapid.TB, hand func()) {
	t.Helper()
	started, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	err := f.writer.hand(context.Background(), operation{rows: maxRows, done: func(error) {}, do: func(*txn) error {
		once.Do(func() { close(started) })
		<-release
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	<-started
	hand()
	close(release)
}

func TestAFailingOperationDoesNotFailItsNeighbours(t *testing.T) {
	t.Parallel()
	f := open(t)
	names := slices.Sorted(maps.Keys(behaviours))
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		plan := rapid.SliceOfN(rapid.SampledFrom(names), 1, 12).Draw(t, "operations")
		errs := make([]error, len(plan))
		var wg sync.WaitGroup
		f.held(t, func() {
			for i, what := range plan {
				wg.Add(1)
				name := fmt.Sprintf("%d/%d", round, i)
				err := f.writer.hand(context.Background(), operation{
					rows: 1,
					do:   func(t *txn) error { return behaviours[what](t, name) },
					done: func(err error) { errs[i] = err; wg.Done() },
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		wg.Wait()
		want := []string{}
		for i, what := range plan {
			if ok := what == "writes"; ok != (errs[i] == nil) {
				t.Errorf("operation %d %s: %v", i, what, errs[i])
			}
			if what == "writes" {
				want = append(want, fmt.Sprintf("%d/%d", round, i))
			}
		}
		got := []string{}
		err := f.app.NonconcurrentDB().NewQuery(fmt.Sprintf("SELECT nonce FROM webhook_nonces WHERE nonce LIKE '%d/%%'", round)).Column(&got)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("on disk (-want +got):\n%s", diff)
		}
	})
}

func TestOperationsOfAMomentShareACommit(t *testing.T) {
	t.Parallel()
	f := open(t)
	commits := 0 // written by the writer's goroutine, read when the last operation is done
	told := f.writer.committed
	f.writer.committed = func(c changes) { commits++; told(c) }
	var wg sync.WaitGroup
	write := func(n, rows int) {
		commits = 0
		f.held(t, func() {
			for i := range n {
				wg.Add(1)
				name := fmt.Sprintf("%d of %d/%d", i, n, rows)
				err := f.writer.hand(context.Background(), operation{
					rows: rows, done: func(error) { wg.Done() },
					do: func(t *txn) error { _, err := t.exec(insertName, name); return err },
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		wg.Wait()
	}
	// One commit more is that of the operation that held the writer up.
	if write(100, 1); commits != 2 {
		t.Errorf("100 rows took %d commits, want 1", commits-1)
	}
	if write(4, 100); commits != 3 {
		t.Errorf("400 rows took %d commits, want 2 of at least %d rows", commits-1, maxRows)
	}
}

func TestStatementsArePreparedOnce(t *testing.T) {
	t.Parallel()
	f := open(t)
	write := func(name string) {
		t.Helper()
		err := f.writer.do(t.Context(), 1, func(t *txn) error { _, err := t.exec(insertName, name); return err })
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := func() *statement {
		t.Helper()
		c, err := f.writer.db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		var s *statement
		_ = c.Raw(func(c any) error { s = c.(*connection).kept[insertName]; return nil })
		return s
	}
	write("a")
	first := kept()
	if first == nil {
		t.Fatal("the statement was not kept")
	}
	write("b")
	if kept() != first {
		t.Error("the statement was prepared again")
	}
}

// The pool may close a connection and open another at any time.
func TestStatementsAreAsOldAsTheirConnection(t *testing.T) {
	t.Parallel()
	f := open(t)
	write := func(name string) error {
		return f.writer.do(t.Context(), 1, func(t *txn) error { _, err := t.exec(insertName, name); return err })
	}
	if err := write("a"); err != nil {
		t.Fatal(err)
	}
	c, err := f.writer.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var own *connection
	_ = c.Raw(func(c any) error { own = c.(*connection); return nil })
	c.Close()
	f.writer.db.SetMaxIdleConns(0)
	defer f.writer.db.SetMaxIdleConns(1)
	if own.kept != nil {
		t.Error("a connection that is closed still has statements, and so stays open")
	}
	for _, name := range []string{"b", "c"} {
		if err := write(name); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACloseFinishesWhatWasHandedOver(t *testing.T) {
	t.Parallel()
	f := open(t)
	const n = 300
	var mu sync.Mutex
	done := 0
	f.held(t, func() {
		for i := range n {
			err := f.writer.hand(context.Background(), operation{
				rows: 1, done: func(err error) {
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						done++
					}
				},
				do: func(t *txn) error { _, err := t.exec(insertName, fmt.Sprint(i)); return err },
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	f.Close()
	f.Close()
	if done != n {
		t.Errorf("%d of %d operations were done", done, n)
	}
	if err := f.writer.do(t.Context(), 1, func(*txn) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("a write after the end: %v", err)
	}
}
