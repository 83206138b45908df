package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"sync"

	"modernc.org/sqlite/vtab"
)

// batch is many rows for one statement. A statement for each row begins anew at the root of every index; one that inserts
// them all goes on where the row before went in, and takes half of the time where they come in the order of an index.
//
//	var b batch
//	b.add(id, number) // … a call for each row …
//	err := t.insert("INSERT OR FAIL INTO people (id, org, number) SELECT c0, ?, c1 FROM "+batched, &b, org)
//
// Bulk work uses it. For a few rows it saves nothing, and rows that may be there already need a look beforehand, as the
// statement fails as a whole.
type batch struct {
	width  int
	values []driver.Value // row after row
}

// batched stands for the rows of a batch in a statement: columns c0, c1 and so on. Its parameter is the last of the
// statement and is filled in by insert.
const batched = "temp.batch WHERE number = ?"

// batchColumns is how many values a row may have.
const batchColumns = 13

// add puts a row behind the others. All rows have as many values.
func (b *batch) add(values ...driver.Value) {
	b.width = len(values)
	b.values = append(b.values, values...)
}

// rows is how many rows there are.
func (b *batch) rows() int {
	if b.width == 0 {
		return 0
	}
	return len(b.values) / b.width
}

// reset takes all rows out and keeps their room.
func (b *batch) reset() {
	clear(b.values)
	b.values = b.values[:0]
}

// insert runs a statement over a batch. It fails unless every row goes in. With no rows it does nothing.
func (t *txn) insert(query string, b *batch, args ...any) error {
	if b.rows() == 0 {
		return nil
	}
	if t.within != nil {
		return errors.New("store: batches are the writer's own; insert row by row in somebody else's transaction")
	}
	number := batches.lend(b)
	defer batches.takeBack(number)
	n, err := t.exec(query, append(args, number)...)
	if err == nil && n != int64(b.rows()) {
		err = fmt.Errorf("%s: %d of %d rows went in", firstWords(query), n, b.rows())
	}
	return err
}

// shelf is where SQLite finds the batches that are being inserted, by their numbers: a virtual table (see
// sqlite.org/vtab.html), which every connection that wants it makes for itself.
type shelf struct {
	mu      sync.Mutex
	last    int64
	batches map[int64]*batch
}

// batches is the shelf of the process. The driver keeps its modules for the whole process too, and without a lock, so it
// is put there before anything else runs.
var batches = func() *shelf {
	s := &shelf{batches: make(map[int64]*batch)}
	if err := vtab.RegisterModule(nil, "tidings_batch", s); err != nil {
		panic(err) // the name is taken, or the driver has no virtual tables
	}
	return s
}()

// makeBatches is done once on a connection, outside of transactions.
const makeBatches = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.batch USING tidings_batch"

func (s *shelf) lend(b *batch) (number int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	s.batches[s.last] = b
	return s.last
}

func (s *shelf) takeBack(number int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.batches, number)
}

func (s *shelf) get(number int64) *batch {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.batches[number]
}

// Create implements vtab.Module.
func (s *shelf) Create(c vtab.Context, _ []string) (vtab.Table, error) {
	var columns strings.Builder
	for i := range batchColumns {
		fmt.Fprintf(&columns, "c%d, ", i)
	}
	return shelved{s}, c.Declare("CREATE TABLE batch (" + columns.String() + "number HIDDEN)")
}

// Connect implements vtab.Module.
func (s *shelf) Connect(c vtab.Context, args []string) (vtab.Table, error) { return s.Create(c, args) }

// shelved is the table of one connection.
type shelved struct{ *shelf }

// BestIndex implements vtab.Table: the number is asked for, or nothing is found.
func (t shelved) BestIndex(info *vtab.IndexInfo) error {
	for i := range info.Constraints {
		if c := &info.Constraints[i]; c.Column == batchColumns && c.Op == vtab.OpEQ && c.Usable {
			c.ArgIndex, c.Omit = 0, true
			break
		}
	}
	return nil
}

// Open implements vtab.Table.
func (t shelved) Open() (vtab.Cursor, error) { return &batchCursor{shelf: t.shelf}, nil }

// Disconnect implements vtab.Table.
func (t shelved) Disconnect() error { return nil }

// Destroy implements vtab.Table.
func (t shelved) Destroy() error { return nil }

// batchCursor reads the rows of a batch.
type batchCursor struct {
	*shelf
	batch *batch
	at    int // of its values, where the row begins
}

// Filter implements vtab.Cursor.
func (c *batchCursor) Filter(_ int, _ string, asked []vtab.Value) error {
	c.batch, c.at = new(batch), 0
	if len(asked) == 1 {
		if number, ok := asked[0].(int64); ok {
			if b := c.get(number); b != nil {
				c.batch = b
			}
		}
	}
	return nil
}

// Next implements vtab.Cursor.
func (c *batchCursor) Next() error {
	c.at += c.batch.width
	return nil
}

// Eof implements vtab.Cursor.
func (c *batchCursor) Eof() bool { return c.at >= len(c.batch.values) }

// Column implements vtab.Cursor.
func (c *batchCursor) Column(i int) (vtab.Value, error) {
	if i >= c.batch.width {
		return nil, nil
	}
	return c.batch.values[c.at+i], nil
}

// Rowid implements vtab.Cursor.
func (c *batchCursor) Rowid() (int64, error) { return int64(c.at), nil }

// Close implements vtab.Cursor.
func (c *batchCursor) Close() error { return nil }
