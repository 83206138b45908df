// Package store is the only room that knows collections, fields and SQL. It
// keeps the engine's rows: it implements the interfaces that the use cases
// declare, with one writer that commits the marks, settlements, receipts and
// STOPs of a moment together.
//
// Its writes go around PocketBase's record hooks: rules of people's forms do
// not bind the engine, and a hook per row would cost more than the row. What
// people watch (runs, inbound messages) is announced as ordinary record events
// by Announcer. DESIGN.md beside this file has the reasons.
package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/eligible"
)

// Store keeps the engine's rows. Close it to finish what was handed over.
type Store struct {
	app       core.App
	read      *sql.DB
	writer    *writer
	folding   *checkpoints
	announcer *Announcer
	shares    shares
	rules     atomic.Pointer[eligible.Book]
	stepping  sync.Mutex // of the data folder's generation
	ownPage   func(subscriber string) string
	now       func() time.Time
	halted    func() string
	log       *slog.Logger
}

// Options is what a Store is made of.
type Options struct {
	App core.App         // bootstrapped
	Now func() time.Time // legal time
	Key []byte           // the installation's secret
	// Means says what a final error code of the provider means for the number.
	Means func(errorCode string) Consequence
	// OwnPage gives the address of a subscriber's own page (default: none).
	OwnPage func(subscriber string) string
	// Relieve makes room on a full disk, and reports whether it did (default: there is none to make).
	Relieve func() bool
	// Halted says why nothing that takes room may be begun; empty when it may (default).
	Halted func() string
	Log    *slog.Logger
}

// Open starts the writer on the app's own connection.
func Open(o Options) (*Store, error) {
	read, ok := o.App.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("store: open it on the app itself, not inside a transaction")
	}
	write, ok := o.App.NonconcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("store: open it on the app itself, not inside a transaction")
	}
	s := &Store{app: o.App, read: read.DB(), now: o.Now, log: o.Log, ownPage: o.OwnPage}
	if s.ownPage == nil {
		s.ownPage = func(string) string { return "" }
	}
	if err := s.LoadRules(context.Background()); err != nil {
		return nil, err
	}
	if o.Relieve == nil {
		o.Relieve = func() bool { return false }
	}
	if s.halted = o.Halted; s.halted == nil {
		s.halted = func() string { return "" }
	}
	s.announcer = newAnnouncer(o.App)
	s.folding = newCheckpoints(s.read, o.Log)
	s.writer = newWriter(write.DB(), surroundings{
		clock: o.Now, means: o.Means, key: o.Key, committed: s.announcer.committed, wrote: s.folding.wrote, relieve: o.Relieve,
	})
	return s, nil
}

// Close commits what was handed over, tells the last changes and stops. It is
// safe to call twice.
func (s *Store) Close() {
	s.writer.close()
	s.folding.close()
	s.announcer.close()
}

// stamp writes a time as PocketBase's date columns keep it: UTC, milliseconds,
// sortable as text. The zero time is the empty text.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(types.DefaultDateLayout)
}

// moment reads a date column; the empty text is the zero time.
func moment(text string) time.Time {
	t, err := time.Parse(types.DefaultDateLayout, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
