package spool

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fresh ends the name of the file that is to take the place of the spool's.
const fresh = ".new"

// Replace puts records in the place of the oldest n; those behind stay. Unlike
// after Drop, what is gone is gone for good: the new content is written to a file
// of its own, flushed, and renamed over the old one, so that a crash leaves either.
// On an error the old records stand, unless the folder could not be flushed after
// the rename: then it takes nothing more, as nobody knows which file is on disk.
func (s *Spool) Replace(n int, records [][]byte) error {
	s.flush.Lock()
	defer s.flush.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.broken != nil:
		return s.broken
	case n > len(s.sizes)-s.unflushed():
		return fmt.Errorf("replace %d records of %d", n, len(s.sizes))
	}
	var content bytes.Buffer
	var sizes []int64
	for _, record := range records {
		framed, err := frame(record)
		if err != nil {
			return err
		}
		content.Write(framed)
		sizes = append(sizes, int64(len(framed)))
	}
	from := s.head
	for _, size := range s.sizes[:n] {
		from += size
	}
	if int64(content.Len())+s.end-from > maxSize {
		return ErrFull
	}
	if _, err := io.Copy(&content, io.NewSectionReader(s.f, from, s.end-from)); err != nil {
		return fmt.Errorf("read the spool: %w", err)
	}
	f, err := s.exchange(content.Bytes())
	if err != nil {
		return err
	}
	old := s.f
	s.f, s.head, s.end = f, 0, int64(content.Len())
	s.sizes = append(sizes, s.sizes[n:]...)
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		s.giveUp(err)
		return errors.Join(err, old.Close())
	}
	return old.Close()
}

// exchange puts a file of that content in the place of the spool's. On an error
// the old one is there.
func (s *Spool) exchange(content []byte) (*os.File, error) {
	name := s.path + fresh
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the spool anew: %w", err)
	}
	if _, err = f.Write(content); err == nil {
		err = s.fsync(f)
	}
	if err == nil {
		err = os.Rename(name, s.path)
	}
	if err != nil {
		return nil, fmt.Errorf("write the spool anew: %w", errors.Join(err, f.Close(), os.Remove(name)))
	}
	return f, nil
}

// removeFresh removes what a crash has left of a Replace: the old file is whole.
func removeFresh(path string) error {
	if err := os.Remove(path + fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove what is left of a new spool: %w", err)
	}
	return nil
}
