package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// FencePrefix begins the name of the file that is the data folder's half of the
// memory by which a restored or copied folder is known. It belongs into no
// backup.
const FencePrefix = ".tidings-generation-"

// fenceSize is the file's fixed length. It is within one sector, so that the
// file is never half written.
const fenceSize = 512

// fenceNote is what the file says.
type fenceNote struct {
	Generation int64  `json:"generation"`
	Mark       string `json:"mark"`
	// Previous is the mark of the generation before, while the step to this one
	// is under way: the database may have either. Empty: the step is done.
	Previous string `json:"previous,omitempty"`
	// First is set while the very first step is under way.
	First     bool   `json:"first,omitempty"`
	DBPlace   string `json:"database"`
	FilePlace string `json:"file"`
}

// fenceFolder keeps the files of one folder. Each generation has a name of its
// own: a copy that is put back over the folder's files brings an older one along
// and leaves the newer one where it is.
type fenceFolder string

func (f fenceFolder) path(generation int64) string {
	return filepath.Join(string(f), fmt.Sprintf("%s%012d", FencePrefix, generation))
}

// all are the paths of the files, in the order of their names, so of generations.
func (f fenceFolder) all() ([]string, error) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return nil, fmt.Errorf("read the data folder: %w", err)
	}
	var paths []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), FencePrefix) {
			paths = append(paths, filepath.Join(string(f), e.Name()))
		}
	}
	return paths, nil
}

// read gives what the newest file says, and its path; an empty path when there
// is none.
func (f fenceFolder) read() (fenceNote, string, error) {
	var n fenceNote
	paths, err := f.all()
	if err != nil || len(paths) == 0 {
		return n, "", err
	}
	newest := paths[len(paths)-1]
	raw, err := os.ReadFile(newest)
	if err != nil {
		return n, "", fmt.Errorf("read the generation of the data folder: %w", err)
	}
	if err := json.Unmarshal(bytes.TrimSpace(raw), &n); err != nil {
		return fenceNote{}, newest, nil // damaged: it matches nothing
	}
	return n, newest, nil
}

// write makes or replaces the file of a generation, durably, and notes the place
// that the file has on its disk.
func (f fenceFolder) write(n *fenceNote) (err error) {
	path := f.path(n.Generation)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("write the generation of the data folder: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if n.FilePlace, err = placeOf(path); err != nil {
		return err
	}
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if len(raw) >= fenceSize {
		return fmt.Errorf("write the generation of the data folder: %d bytes are too many", len(raw))
	}
	page := bytes.Repeat([]byte{' '}, fenceSize)
	copy(page, raw)
	page[fenceSize-1] = '\n'
	if _, err := file.WriteAt(page, 0); err != nil {
		return fmt.Errorf("write the generation of the data folder: %w", err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write the generation of the data folder: %w", err)
	}
	return f.sync()
}

// forget removes the files of generations before this one.
func (f fenceFolder) forget(generation int64) error {
	paths, err := f.all()
	if err != nil {
		return err
	}
	for _, p := range paths {
		if p < f.path(generation) {
			err = errors.Join(err, os.Remove(p))
		}
	}
	return err
}

// sync makes a new file's name durable. Systems that cannot do that keep it by
// other means.
func (f fenceFolder) sync() error {
	d, err := os.Open(string(f))
	if err != nil {
		return fmt.Errorf("open the data folder: %w", err)
	}
	_ = d.Sync()
	return d.Close()
}
