package spool

import "os"

// FailFlushes makes each flush from now on fail.
func (s *Spool) FailFlushes(with error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fsync = func(*os.File) error { return with }
}
