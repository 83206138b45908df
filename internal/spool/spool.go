// Package spool is a file that keeps records in order until they are dropped,
// for events that were acknowledged before the database had them.
//
// Append returns when the record is on disk; those that come together share one
// flush. A record that a crash cut off is left out when the file is opened: it
// was never acknowledged. When the last record is dropped the file is emptied; what
// Replace takes out is gone for good. It refuses to grow beyond 64 MB, and to go
// on after a flush that failed, as nobody knows then what is on disk.
//
//	s, records, err := spool.Open("pb_data/.webhooks.spool")
//	err = s.Append([]byte("an event"))
//	oldest, err := s.Peek(10)
//	err = s.Drop(len(oldest))
package spool

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// File is the spool's name in the data folder. It has no place in a backup.
const File = ".webhooks.spool"

// Aside is the name of a second one, of records that the database will not have.
const Aside = ".webhooks.aside"

// maxSize is about a hundred thousand webhooks.
const maxSize = 64 << 20

// ErrFull says that the spool has no room for another record.
var ErrFull = errors.New("the spool is full")

// Spool is an open file. Its methods may be called by many goroutines, but only
// one may Peek, Drop and Replace.
type Spool struct {
	path   string
	fsync  func(*os.File) error
	mu     sync.Mutex // of what follows, and of writing
	f      *os.File
	head   int64   // where the oldest record begins
	end    int64   // where the next is written
	sizes  []int64 // of the records between, the oldest first
	n      uint64  // records written since it was opened
	broken error   // of a flush; nothing more is taken

	flushed uint64 // of n

	flush sync.Mutex // held while the file is flushed; taken before mu
}

// Open opens or makes the file, for its owner alone, and says how many records
// are in it.
func Open(path string) (*Spool, int, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, 0, fmt.Errorf("open the spool: %w", err)
	}
	s := &Spool{path: path, f: f, fsync: (*os.File).Sync}
	if err := errors.Join(s.scan(), removeFresh(path)); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return s, len(s.sizes), nil
}

// scan finds the whole records and cuts off what follows them.
func (s *Spool) scan() error {
	info, err := s.f.Stat()
	if err != nil {
		return fmt.Errorf("read the spool: %w", err)
	}
	for s.end < info.Size() {
		record, err := readRecord(io.NewSectionReader(s.f, s.end, info.Size()-s.end))
		if errors.Is(err, errTorn) {
			break
		}
		if err != nil {
			return err
		}
		s.sizes = append(s.sizes, sizeOf(record))
		s.end += sizeOf(record)
	}
	if s.end == info.Size() {
		return nil
	}
	if err := s.f.Truncate(s.end); err != nil {
		return fmt.Errorf("cut off a torn record: %w", err)
	}
	return s.sync()
}

// Append adds a record; it is on disk when Append returns nil.
func (s *Spool) Append(record []byte) error {
	mine, err := s.write(record)
	if err != nil {
		return err
	}
	s.flush.Lock()
	defer s.flush.Unlock()
	s.mu.Lock()
	written, flushed, broken := s.n, s.flushed, s.broken
	s.mu.Unlock()
	switch {
	case flushed >= mine:
		return nil // somebody's flush came after our write
	case broken != nil:
		return broken
	}
	err = s.sync()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.giveUp(err)
		return err
	}
	s.flushed = written
	return nil
}

// giveUp takes nothing more after a flush that failed, and forgets what it may have left out: whoever
// appended that is told so, and nobody else shall deal with it. mu is held.
func (s *Spool) giveUp(because error) {
	s.broken = because
	kept := len(s.sizes) - s.unflushed()
	for _, size := range s.sizes[kept:] {
		s.end -= size
	}
	s.sizes, s.n = s.sizes[:kept], s.flushed
}

// unflushed is how many of the records are not known to be on disk. mu is held.
func (s *Spool) unflushed() int { return int(s.n - s.flushed) }

func (s *Spool) write(record []byte) (mine uint64, err error) {
	framed, err := frame(record)
	if err != nil {
		return 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.broken != nil:
		return 0, s.broken
	case s.end+int64(len(framed)) > maxSize:
		return 0, ErrFull
	}
	if _, err := s.f.WriteAt(framed, s.end); err != nil {
		// What was written of it is cut off, else the next record would follow a torn one.
		if cut := s.f.Truncate(s.end); cut != nil {
			s.broken = cut
		}
		return 0, fmt.Errorf("write to the spool: %w", err)
	}
	s.end += int64(len(framed))
	s.sizes = append(s.sizes, int64(len(framed)))
	s.n++
	return s.n, nil
}

// Peek reads the oldest records that are on disk, n at most.
func (s *Spool) Peek(n int) ([][]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var records [][]byte
	r := io.NewSectionReader(s.f, s.head, s.end-s.head)
	for range min(n, len(s.sizes)-s.unflushed()) {
		record, err := readRecord(r)
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

// Drop forgets the oldest n records. After a crash some of them may be there
// again: the file is emptied with the last of them, and not flushed for it.
func (s *Spool) Drop(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > len(s.sizes)-s.unflushed() {
		return fmt.Errorf("drop %d records of %d", n, len(s.sizes))
	}
	for _, size := range s.sizes[:n] {
		s.head += size
	}
	s.sizes = s.sizes[n:]
	if len(s.sizes) > 0 {
		return nil
	}
	if err := s.f.Truncate(0); err != nil {
		return fmt.Errorf("empty the spool: %w", err)
	}
	s.head, s.end, s.sizes = 0, 0, nil
	return nil
}

func (s *Spool) sync() error {
	if err := s.fsync(s.f); err != nil {
		return fmt.Errorf("flush the spool: %w", err)
	}
	return nil
}

// Close closes the file. What is in it stays.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.f.Close()
}

// syncFolder makes the file's name survive a power cut.
func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the folder of the spool: %w", err)
	}
	defer d.Close()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("flush the folder of the spool: %w", err)
	}
	return nil
}
