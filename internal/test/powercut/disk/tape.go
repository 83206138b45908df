package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// action is what was asked of a file.
type action uint8

const (
	write action = iota
	truncate
	flush
	create
	remove
	note
)

// entry is one thing that happened, at its place in the order.
type entry struct {
	action action
	file   string // base name
	offset int64  // of a write
	data   []byte // of a write
	size   int64  // after a truncation
	// covers is where the tape ended when a flush began: what was asked before
	// is on disk once it has returned. A removal that was flushed covers itself.
	covers int
	note   any
}

// Tape is the record of one folder. It is safe for concurrent use.
type Tape struct {
	folder string
	start  map[string][]byte // the files as they were, all on disk

	mu      sync.Mutex
	entries []entry
	notes   int
	armed   Fuse
	dark    chan struct{} // closed when the power went
	end     int           // and how much was on the tape then
}

// Fuse says when the power goes: when that many entries, or that many notes,
// are on the tape. 0 is never.
type Fuse struct{ Entries, Notes int }

// String says when, for a report.
func (f Fuse) String() string {
	switch {
	case f.Notes > 0:
		return fmt.Sprintf("at note %d", f.Notes)
	case f.Entries > 0:
		return fmt.Sprintf("at entry %d", f.Entries)
	}
	return "at the end"
}

// tapes are the folders that are being recorded.
var tapes sync.Map // folder -> *Tape

// Record begins a tape of a folder whose databases are closed.
func Record(folder string) (*Tape, error) {
	folder, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil, fmt.Errorf("record a folder: %w", err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("record a folder: %w", err)
	}
	t := &Tape{folder: folder, start: make(map[string][]byte), dark: make(chan struct{})}
	for _, f := range files {
		if !strings.Contains(f.Name(), ".db") {
			continue
		}
		if t.start[f.Name()], err = os.ReadFile(filepath.Join(folder, f.Name())); err != nil {
			return nil, fmt.Errorf("record a folder: %w", err)
		}
	}
	tapes.Store(folder, t)
	return t, nil
}

// Stop ends the record. What comes later is not on the tape.
func (t *Tape) Stop() { tapes.CompareAndDelete(t.folder, t) }

// Note puts something that the test saw onto the tape and gives its position.
// Where the power is off it has not happened: lit is false.
func (t *Tape) Note(what any) (at int, lit bool) { return t.add(entry{action: note, note: what}) }

// Arm sets the fuse. What is on the tape already counts.
func (t *Tape) Arm(f Fuse) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.armed = f
}

// Dark is closed when the power goes.
func (t *Tape) Dark() <-chan struct{} { return t.dark }

// Off cuts the power now, unless it is off already, and gives the position.
func (t *Tape) Off() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.off()
	return t.end
}

func (t *Tape) off() {
	if !t.isOff() {
		t.end = len(t.entries)
		close(t.dark)
	}
}

func (t *Tape) isOff() bool {
	select {
	case <-t.dark:
		return true
	default:
		return false
	}
}

// Len is how much is on the tape; a cut at Len loses nothing but what was not
// flushed.
func (t *Tape) Len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries)
}

// Notes calls f with each note and its position, in their order.
func (t *Tape) Notes(f func(at int, what any)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, e := range t.entries {
		if e.action == note {
			f(i, e.note)
		}
	}
}

// Size is how many entries and how many notes are on the tape.
func (t *Tape) Size() (entries, notes int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.entries), t.notes
}

// Totals count what is on the tape, for a report.
func (t *Tape) Totals() (writes, flushes int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.entries {
		switch e.action {
		case write:
			writes++
		case flush:
			flushes++
		}
	}
	return writes, flushes
}

func (t *Tape) add(e entry) (at int, lit bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	lit = !t.isOff()
	t.entries = append(t.entries, e)
	if e.action == note {
		t.notes++
	}
	if f := t.armed; f.Entries > 0 && len(t.entries) >= f.Entries || f.Notes > 0 && t.notes >= f.Notes {
		t.off()
	}
	return len(t.entries) - 1, lit
}

// of gives the tape that a file belongs on; nil for temporary files and for
// folders that nobody records. The index of the write-ahead log is memory that
// all share, and gone after a cut.
func of(path string) *Tape {
	if path == "" || strings.HasSuffix(path, "-shm") {
		return nil
	}
	t, ok := tapes.Load(filepath.Dir(path))
	if !ok {
		return nil
	}
	return t.(*Tape)
}
