package importer

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
)

// spill is a file of sorted stretches. It is made when the first is written, and several sorters may write to it.
type spill struct {
	folder Folder
	halted func() string // as in Options
	mu     sync.Mutex
	file   *os.File
	size   int64
	ends   []int64 // of the stretches
}

// noRoomError says that the disk has no room for the sorted rows.
type noRoomError struct{ error }

func (e *noRoomError) Unwrap() error { return e.error }

// write appends what f writes as a stretch. The error is a *noRoomError where the disk is full or nearly so: what is left
// of it is for STOPs and receipts.
func (s *spill) write(f func(io.Writer) error) (err error) {
	defer func() {
		if err != nil {
			full := errors.Is(err, errHalted) || errors.Is(err, syscall.ENOSPC)
			err = fmt.Errorf("keep sorted rows; is there room in %s? %w", s.folder.Path, err)
			if full {
				err = &noRoomError{err}
			}
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.halted != nil {
		if why := s.halted(); why != "" {
			return fmt.Errorf("%w: %s", errHalted, why)
		}
	}
	if s.file == nil {
		if s.file, err = s.folder.scratch(); err != nil {
			return err
		}
	}
	out := &counting{w: io.NewOffsetWriter(s.file, s.size)}
	buffered := bufio.NewWriterSize(out, 64<<10)
	if err := errors.Join(f(buffered), buffered.Flush()); err != nil {
		return err
	}
	s.size += out.n
	s.ends = append(s.ends, s.size)
	return nil
}

// stretches gives a reader for each stretch. Nothing is written any more.
func (s *spill) stretches() []io.Reader {
	var all []io.Reader
	from := int64(0)
	for _, end := range s.ends {
		all = append(all, io.NewSectionReader(s.file, from, end-from))
		from = end
	}
	return all
}

var errHalted = errors.New("the disk is nearly full")

// close gives the file's room back. It is safe to call where none was made.
func (s *spill) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), removed(s.file.Name()))
}

// counting counts what passes.
type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
