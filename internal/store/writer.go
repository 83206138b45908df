package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/failpoint"
	"tidings/internal/rules/eligible"
)

const (
	// maxRows is how many row operations one commit takes. 128 keep it at two to
	// four milliseconds, so that nobody else waits longer for the writer.
	maxRows = 128
	// maxPending bounds what waits in memory; beyond it callers wait.
	maxPending = 4096
	// patience is how long a settlement waits for company. Nobody waits for it, and
	// the next mark brings a commit anyway: without patience every text that is
	// settled alone costs a commit of its own, a third of all of its work.
	patience = 4 * time.Millisecond
)

// ErrClosed says that the store takes no more writes, because the process stops.
var ErrClosed = errors.New("store: closed; the process is stopping")

// operation is a piece of work for the writer. It may run twice: if one
// operation of a commit fails, all are rolled back and tried one by one, so it
// must set its results anew each time.
type operation struct {
	rows int // row operations, roughly; they size the commit
	do   func(*txn) error
	done func(error) // called once, after the commit or the failure
	// patient says that nobody waits for it, so it may share the next commit.
	patient bool
}

// writer is the only place where the engine's rows are written. It waits for
// the first operation, takes whatever else is waiting, and commits them
// together: the disk is asked once for the marks, settlements, receipts and
// STOPs of a moment.
type writer struct {
	surroundings
	db      *sql.DB
	queue   chan operation
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
	mu      sync.RWMutex // held for reading while an operation is handed over
	closed  bool
	bases   map[eligible.Basis]int64 // numbers of situations that are on disk
	kept    []operation              // of run alone: to be tried again

	runs map[string]string // ids by key; of run's goroutine
}

// surroundings is what transactions need of the world around them.
type surroundings struct {
	clock     func() time.Time
	means     func(errorCode string) Consequence
	key       []byte
	committed func(changes)  // told what each commit changed
	wrote     func(rows int) // told how many row operations each commit had
	relieve   func() bool    // makes room on a full disk; false when there is none to make
}

func (s surroundings) now() string { return stamp(s.clock()) }

func (s surroundings) headMAC(org string, seq int64, hash string) string {
	return headMAC(s.key, org, seq, hash)
}

func newWriter(db *sql.DB, around surroundings) *writer {
	w := &writer{
		surroundings: around,
		db:           db,
		queue:        make(chan operation, maxPending),
		quit:         make(chan struct{}),
		stopped:      make(chan struct{}),
		bases:        make(map[eligible.Basis]int64),
		runs:         make(map[string]string),
	}
	go w.run()
	return w
}

// close finishes what was handed over and stops. It is safe to call twice.
func (w *writer) close() {
	w.once.Do(func() {
		w.mu.Lock()
		w.closed = true
		w.mu.Unlock()
		close(w.quit)
	})
	<-w.stopped
}

// hand gives an operation to the writer, in order, without waiting for it.
func (w *writer) hand(ctx context.Context, op operation) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return ErrClosed
	}
	select {
	case w.queue <- op:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// do hands an operation over and waits until it is on disk.
func (w *writer) do(ctx context.Context, rows int, do func(*txn) error) error {
	done := make(chan error, 1)
	if err := w.hand(ctx, operation{rows: rows, do: do, done: func(err error) { done <- err }}); err != nil {
		return err
	}
	// Once handed over it will be done whether or not somebody waits, so the
	// answer is worth waiting for: a caller that left early would not know it.
	return <-done
}

func (w *writer) run() {
	defer close(w.stopped)
	timer := time.NewTimer(patience)
	defer timer.Stop()
	var batch []operation
	for {
		if batch = w.resume(batch[:0]); len(batch) > 0 {
			w.commit(w.gather(batch, timer))
			continue
		}
		select {
		case op := <-w.queue:
			batch = append(batch, op)
		case <-w.quit:
			select {
			case op := <-w.queue:
				batch = append(batch, op)
			default:
				return
			}
		}
		batch = w.gather(batch, timer)
		w.commit(batch)
	}
}

// gather adds what else is waiting to a batch of one. Who is about to hand
// something over does so first: fuller commits cost each of them less. As long as
// somebody waits for none of it, it waits a moment for more.
func (w *writer) gather(batch []operation, timer *time.Timer) []operation {
	rows, patient, yielded, timing := batch[0].rows, batch[0].patient, false, false
	for rows < maxRows {
		var op operation
		select {
		case op = <-w.queue:
		default:
			if !yielded {
				yielded = true
				runtime.Gosched()
				continue
			}
			if !patient {
				return batch
			}
			if !timing {
				timer.Reset(patience)
				timing = true
			}
			select {
			case op = <-w.queue:
			case <-timer.C:
				return batch
			case <-w.quit:
				return batch
			}
		}
		batch = append(batch, op)
		rows += op.rows
		patient = patient && op.patient
	}
	return batch
}

// commit does a batch in one transaction, or each operation in its own if one
// of them fails.
func (w *writer) commit(batch []operation) {
	err := w.transact(batch)
	if isFull(err) && w.relieve() {
		err = w.transact(batch)
	}
	// What is of the moment each of them would meet, and wait for in its turn.
	if err != nil && len(batch) > 1 && !isPassing(err) {
		for i := range batch {
			w.finish(batch[i], w.transact(batch[i:i+1]))
		}
		return
	}
	for i := range batch {
		w.finish(batch[i], err)
	}
}

func (w *writer) transact(batch []operation) (err error) {
	// The connection is taken for one commit at a time, so that saves of people
	// come in between.
	ctx := context.Background()
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := conn.Raw(withBatches); err != nil {
		return err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	t := &txn{tx: tx, conn: conn, w: w, changes: newChanges()}
	defer func() {
		if err != nil {
			err = errors.Join(err, rollback(tx))
		}
	}()
	for i := range batch {
		if err := batch[i].do(t); err != nil {
			return err
		}
	}
	if err := t.flush(); err != nil {
		return err
	}
	failpoint.Hit(failpoint.CommitBefore)
	if err := tx.Commit(); err != nil {
		// To database/sql it is over; to SQLite it may not be.
		_, _ = conn.ExecContext(ctx, "ROLLBACK")
		return fmt.Errorf("commit: %w", err)
	}
	failpoint.Hit(failpoint.CommitAfter)
	w.remember(t.bases)
	w.committed(t.changes)
	rows := 0
	for i := range batch {
		rows += batch[i].rows
	}
	w.wrote(rows)
	return nil
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// txn is the writer's transaction.
type txn struct {
	tx     *sql.Tx
	conn   *sql.Conn // of tx
	w      *writer
	within dbx.Builder // somebody else's transaction, instead of tx
	bases  map[eligible.Basis]int64
	changes
}

// exec runs a statement and says how many rows it changed.
func (t *txn) exec(query string, args ...any) (n int64, err error) {
	if t.within != nil {
		res, err := named(t.within, query, args).Execute()
		if err != nil {
			return 0, fmt.Errorf("%s: %w", firstWords(query), err)
		}
		return res.RowsAffected()
	}
	err = t.conn.Raw(func(c any) error {
		s, err := statementOf(c, query)
		if err == nil {
			n, err = s.run(args)
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return n, nil
}

// row reads one row; sql.ErrNoRows when there is none.
func (t *txn) row(query string, args []any, into ...any) error {
	var err error
	if t.within != nil {
		err = named(t.within, query, args).Row(into...)
	} else {
		found := false
		err = t.conn.Raw(func(c any) error {
			s, err := statementOf(c, query)
			if err != nil {
				return err
			}
			return s.each(args, func(row []driver.Value) (bool, error) {
				found = true
				return false, scan(row, into)
			})
		})
		if err == nil && !found {
			err = sql.ErrNoRows
		}
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("%s: %w", firstWords(query), err)
	}
	return err
}

// named turns the positional parameters of our statements into the named ones
// that PocketBase's builder asks for.
func named(db dbx.Builder, query string, args []any) *dbx.Query {
	var b strings.Builder
	params := make(dbx.Params, len(args))
	for i, part := range strings.Split(query, "?") {
		b.WriteString(part)
		if i < len(args) {
			name := "p" + strconv.Itoa(i)
			b.WriteString("{:" + name + "}")
			params[name] = args[i]
		}
	}
	return db.NewQuery(b.String()).Bind(params)
}

// firstWords names a statement in an error without its values.
func firstWords(query string) string {
	const most = 40
	if len(query) > most {
		return query[:most] + "…"
	}
	return query
}
