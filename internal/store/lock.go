package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// lockFile is held by the one process that sends from a data folder. The kernel
// gives it free when the process ends, however it ends.
const lockFile = ".sender.lock"

// ErrLocked says that another process sends from the data folder.
var ErrLocked = errors.New("another tidings process sends from this data folder; stop one of them")

// Lock makes this process the one that sends from a data folder, until release
// is called. Candidates, pace and the gate are in memory, so two processes would
// keep each other's promises badly. It waits up to a second for whoever only asks
// whether the folder is locked, or is just ending.
func Lock(folder string) (release func() error, err error) {
	patience := time.NewTimer(claimWithin)
	defer patience.Stop()
	again := time.NewTicker(claimEvery)
	defer again.Stop()
	for {
		release, err = take(folder, lock)
		if !errors.Is(err, ErrLocked) {
			return release, err
		}
		select {
		case <-again.C:
		case <-patience.C:
			return nil, err
		}
	}
}

const (
	claimWithin = time.Second
	claimEvery  = 50 * time.Millisecond
)

// Locked reports whether some process has the store's data folder.
func (s *Store) Locked() bool { return locked(s.app.DataDir()) }

// locked asks for a share and gives it back at once, so that those who ask are not
// in each other's way.
func locked(folder string) bool {
	release, err := take(folder, share)
	if err != nil {
		return true // what cannot be told is taken for a lock
	}
	return release() != nil
}

func take(folder string, how func(*os.File) error) (release func() error, err error) {
	f, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the data folder: %w", err)
	}
	if err := how(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
