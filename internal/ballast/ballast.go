// Package ballast keeps room on the disk of the data folder for what must get in.
//
// It is a file that is there for nothing but to be given up: when the database
// finds no room, Release removes it, and STOPs, receipts and settlements have
// some again. And it watches the free space: below a limit nothing more is to be
// sent (Halted says so in words), as each text needs rows, and its answer too.
// Both heal by themselves when space returns.
//
// On a disk of 2 GB or more the limit is 256 MB and the ballast 64 MB; on a
// smaller one an eighth and a thirty-second of it. The file is there only while
// the server runs: a stopped one shall not cost space. Where the free space
// cannot be read, only a full disk halts, for half a minute at a time.
//
//	b := ballast.New("pb_data", ballast.Options{Space: ballast.Free, Log: log})
//	b.Watch() // once a second
//	if b.Halted() != "" { … }
package ballast

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// File is its name in the data folder. It has no place in a backup.
	File = ".ballast"

	mostLimit = 256 << 20
	mostSize  = 64 << 20
	// blindFor is how long a full disk halts where nobody can tell its free space.
	blindFor = 30 * time.Second
)

// Options is what a Ballast is made of; both fields are required.
type Options struct {
	// Space tells the free and the total space of a folder's disk, in bytes.
	Space func(folder string) (free, total uint64, err error)
	Log   *slog.Logger
}

// Ballast is one data folder's. Its methods may be called by many goroutines.
type Ballast struct {
	Options
	folder string

	mu       sync.Mutex
	running  bool // between Start and Close
	filled   bool // the file is there
	halted   string
	released time.Time
}

// New makes a ballast that is not on the disk yet.
func New(folder string, o Options) *Ballast { return &Ballast{Options: o, folder: folder} }

// Limits are the free space below which nothing is sent, and the size of the
// ballast, for a disk of a total size.
func Limits(total uint64) (limit, size uint64) {
	return min(mostLimit, total/8), min(mostSize, total/32)
}

// Start makes the file, if there is room for it.
func (b *Ballast) Start() {
	b.mu.Lock()
	b.running = true
	b.mu.Unlock()
	b.Watch()
}

// Close removes the file. It is safe to call twice, and without Start.
func (b *Ballast) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.running {
		return nil
	}
	b.running, b.filled = false, false
	if err := os.Remove(b.path()); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the ballast: %w", err)
	}
	return nil
}

func (b *Ballast) path() string { return filepath.Join(b.folder, File) }

// Halted says in words why nothing is to be sent; empty when there is room.
func (b *Ballast) Halted() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.halted
}

// Release gives the ballast up, because something found no room. It reports
// whether there is some now.
func (b *Ballast) Release() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.running {
		return false
	}
	b.released = time.Now()
	b.halt("the disk of the data folder is full; free some space, and texts go out again by themselves")
	if !b.filled {
		return false
	}
	b.filled = false
	return os.Remove(b.path()) == nil
}

// Watch looks at the free space: it halts, ends a halt, and makes the file
// again when there is room for it.
func (b *Ballast) Watch() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.running {
		return
	}
	free, total, err := b.Space(b.folder)
	if err != nil {
		if b.halted != "" && time.Since(b.released) >= blindFor {
			b.resume()
		}
		return
	}
	limit, size := Limits(total)
	need := limit
	if !b.filled {
		need += size
	}
	switch {
	case free < limit:
		b.halt(fmt.Sprintf("only %s of the data folder's disk are free; free %s more, and texts go out again by themselves",
			inWords(free), inWords(need-free)))
	case !b.filled && free < need:
		// Not yet: else the halt would begin anew with the first byte of the ballast.
	default:
		if !b.filled && b.fill(int64(size)) != nil {
			return // somebody else took the room
		}
		b.resume()
	}
}

func (b *Ballast) halt(why string) {
	if b.halted == "" {
		b.Log.Error("nothing is sent until the disk has room", "reason", why)
	}
	b.halted = why
}

func (b *Ballast) resume() {
	if b.halted != "" {
		b.Log.Info("the disk has room again; texts go out")
	}
	b.halted = ""
}

// fill makes the file with blocks of its own.
func (b *Ballast) fill(size int64) error {
	f, err := os.OpenFile(b.path(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("make the ballast: %w", err)
	}
	defer f.Close()
	if err := allocate(f, size); err != nil {
		return errors.Join(fmt.Errorf("make the ballast: %w", err), os.Remove(b.path()))
	}
	b.filled = true
	return nil
}

// inWords gives a size in megabytes, as people read it.
func inWords(bytes uint64) string { return fmt.Sprintf("%d MB", (bytes+1<<20-1)>>20) }
