package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockFile is held by the one process that sends from a data folder. The kernel
// gives it free when the process ends, however it ends.
const lockFile = ".sender.lock"

// ErrLocked says that another process sends from the data folder.
var ErrLocked = errors.New("another tidings process sends from this data folder; stop one of them")

// Lock makes this process the one that sends from a data folder, until release
// is called. Candidates, pace and the gate are in memory, so two processes would
// keep each other's promises badly.
func Lock(folder string) (release func() error, err error) {
	f, err := os.OpenFile(filepath.Join(folder, lockFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the lock of the data folder: %w", err)
	}
	if err := lock(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
