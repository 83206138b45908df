package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"tidings/internal/engine/stride"
)

// Options is what an Importer is made of; all but Halted are required.
type Options struct {
	Store  Store
	Folder Folder
	Now    func() time.Time // legal time
	NewID  func(time.Time) string
	// Halted says why nothing that takes room may be done, a full disk for one; empty when it may. Nil: it always may.
	Halted func() string
	Log    *slog.Logger
}

// Importer is the use case. Make it with New.
type Importer struct {
	Options
	nudged  chan struct{}
	chunk   int // rows of a commit at most
	stretch int // bytes that are sorted in memory
}

// New makes an importer that is at rest.
func New(o Options) *Importer {
	return &Importer{Options: o, nudged: make(chan struct{}, 1), chunk: chunkRows, stretch: stretchBytes}
}

// Receive takes a file in. The error is a *Refusal where it is empty or too
// large.
func (i *Importer) Receive(file io.Reader) (Upload, error) { return i.Folder.receive(file, MaxFile) }

// Examine reads an upload from end to end and says how many rows it has. The
// error is a *Refusal where order or file are at fault.
func (i *Importer) Examine(u Upload, o Order) (rows int, err error) {
	if err := o.Check(); err != nil {
		return 0, err
	}
	return survey(u.path, o.Mapping, MaxRows)
}

// Queue checks an order and its file, and leaves the work to Run. The error is a
// *Refusal where order or file are at fault; the upload is gone then.
func (i *Importer) Queue(ctx context.Context, u Upload, o Order) (string, error) {
	im, err := i.accept(ctx, u, o, Queued)
	if err != nil {
		return "", err
	}
	select {
	case i.nudged <- struct{}{}:
	default:
	}
	return im.ID, nil
}

// Do is Queue for a caller that does the work itself and watches it. It ends
// early with ctx; the next Run of a process on the same data goes on then.
func (i *Importer) Do(ctx context.Context, u Upload, o Order, watch func(Progress)) (Import, error) {
	im, err := i.accept(ctx, u, o, Running)
	if err != nil {
		return im, err
	}
	err = i.work(ctx, &im, watch)
	if why := (*unreadableError)(nil); errors.As(err, &why) {
		return im, errors.Join(err, i.end(context.WithoutCancel(ctx), &im, why.Error()))
	}
	return im, err
}

func (i *Importer) accept(ctx context.Context, u Upload, o Order, s Status) (im Import, err error) {
	defer u.Discard() // nothing is left of it once it is adopted
	rows, err := i.Examine(u, o)
	if err != nil {
		return im, err
	}
	now := i.Now()
	im = Import{ID: i.NewID(now), Order: o.tidy(), SHA256: u.SHA256, Status: s, SortedRows: wholeFile, Progress: Progress{Rows: rows}}
	if err := i.Folder.adopt(u, im.ID); err != nil {
		return Import{}, err
	}
	// The file is here and good: whoever sent it may hang up now.
	if err := i.Store.QueueImport(context.WithoutCancel(ctx), im, now); err != nil {
		return Import{}, errors.Join(err, i.Folder.remove(im.ID))
	}
	return im, nil
}

// unreadableError says that a file cannot be read any more; trying again does
// not help.
type unreadableError struct{ error }

// ErrElsewhere says that another process works on the import.
var ErrElsewhere = errors.New("another process goes on with this import")

// work brings an import to its end from where it stands.
func (i *Importer) work(ctx context.Context, im *Import, watch func(Progress)) error {
	if err := i.room(ctx); err != nil { // before the file is sorted into a second one
		return err
	}
	if err := i.Store.BeginImport(ctx, im.ID, i.Now()); err != nil {
		return err
	}
	im.Status = Running
	file, err := os.Open(i.Folder.file(im.ID))
	if err != nil {
		return &unreadableError{fmt.Errorf("the uploaded file is gone; upload it again, what is in stays in: %w", err)}
	}
	defer file.Close()
	from, done, err := i.rows(ctx, im, file)
	if err != nil {
		return err
	}
	err = i.write(ctx, im, from, watch)
	if err = errors.Join(err, done()); err != nil {
		return err
	}
	return i.end(ctx, im, "")
}

// rows reads a file in the order in which the import writes it; done is called behind the last row.
func (i *Importer) rows(ctx context.Context, im *Import, file io.Reader) (_ sequence, done func() error, err error) {
	sheet, err := openSheet(file, im.Mapping)
	if err != nil {
		return nil, nil, &unreadableError{err}
	}
	if im.SortedRows < wholeFile {
		return newWindows(im, sheet), func() error { return nil }, nil
	}
	s, err := i.sort(ctx, im, sheet)
	if err != nil {
		return nil, nil, err
	}
	return s, s.close, nil
}

// write commits chunk after chunk. The next is made while one is written.
func (i *Importer) write(ctx context.Context, im *Import, from sequence, watch func(Progress)) error {
	cutting, cancel := context.WithCancel(ctx)
	chunks, ended := make(chan Chunk, 1), make(chan error, 1)
	begun := *im // commits move the import on
	pace := stride.New(i.chunk)
	go func() {
		defer close(chunks)
		ended <- cut(cutting, &begun, pace, from, chunks)
	}()
	err := i.commitAll(ctx, im, pace, chunks, watch)
	cancel()
	if failed := <-ended; err == nil {
		err = failed
	}
	return err
}

func (i *Importer) commitAll(ctx context.Context, im *Import, pace *stride.Stride, chunks <-chan Chunk, watch func(Progress)) error {
	for c := range chunks {
		if err := i.room(ctx); err != nil {
			return err
		}
		began := time.Now()
		out, err := i.commit(ctx, c)
		if err != nil {
			return err
		}
		pace.Took(c.To()-c.From, time.Since(began))
		if !out.Moved {
			return ErrElsewhere
		}
		im.Done = c.To()
		im.Created += out.Created
		im.Updated += out.Updated
		im.Rejected += out.Rejected
		watch(im.Progress)
		pace.Rest(ctx)
	}
	return ctx.Err()
}

// tries is how often a chunk is written before its import is put off. A failed
// one wrote nothing, and another process may only have been in the way.
const tries = 3

func (i *Importer) commit(ctx context.Context, c Chunk) (out Outcome, err error) {
	for range tries {
		if out, err = i.Store.ImportRows(ctx, c, i.Now()); err == nil || ctx.Err() != nil {
			return out, err
		}
	}
	return out, err
}

// end closes an import and forgets its file.
func (i *Importer) end(ctx context.Context, im *Import, why string) error {
	if err := i.Store.EndImport(ctx, im.ID, why, i.Now()); err != nil {
		return err
	}
	im.Status = Finished
	if why != "" {
		im.Status = Failed
	}
	return i.Folder.remove(im.ID)
}
