package importer

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Folder keeps uploaded files until they are imported. They are people's
// numbers: nobody but the server's own user reads them.
type Folder struct{ Path string }

// FolderIn is the folder of uploads within a data folder.
func FolderIn(data string) Folder { return Folder{filepath.Join(data, "imports")} }

const (
	kept    = ".csv"
	partial = ".part"
	// forgottenAfter is how old a file without an import must be to be removed:
	// an upload may be on its way in.
	forgottenAfter = time.Hour
)

// Upload is a file that has come in and belongs to no import yet. Queue or
// Discard it.
type Upload struct {
	SHA256 string // in hex
	path   string
}

// Discard removes an upload that no import has taken over. It is safe to call
// at any time.
func (u Upload) Discard() {
	_ = os.Remove(u.path) // sweep tries again
}

// receive writes a file of at most so many bytes to disk, flushed.
func (f Folder) receive(file io.Reader, most int64) (u Upload, err error) {
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		return u, fmt.Errorf("make the folder of uploads: %w", err)
	}
	u.path = filepath.Join(f.Path, rand.Text()+partial)
	out, err := os.OpenFile(u.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return u, fmt.Errorf("keep the upload: %w", err)
	}
	defer func() {
		if err = errors.Join(err, out.Close()); err != nil {
			u.Discard()
		}
	}()
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, hash), io.LimitReader(file, most+1))
	switch {
	case err != nil:
		return u, fmt.Errorf("keep the upload: %w", err)
	case n > most:
		return u, refuseFile(CodeFileTooLarge, "the file is larger than %d MiB; split it", MaxFile>>20)
	case n == 0:
		return u, refuseFile(CodeFileEmpty, "the file is empty")
	}
	u.SHA256 = hex.EncodeToString(hash.Sum(nil))
	if err := out.Sync(); err != nil {
		return u, fmt.Errorf("keep the upload: %w", err)
	}
	return u, nil
}

// scratch makes a file for the time of an import. Where the system lets an open file lose its name (all but Windows do), it
// has none from the start, so that no crash can leave it; elsewhere such a one goes with forgotten uploads. After it was
// closed its name is to be removed.
func (f Folder) scratch() (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(f.Path, rand.Text()+partial), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	_ = os.Remove(file.Name())
	return file, nil
}

// removed removes a file that another process may have removed already.
func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func (f Folder) file(id string) string { return filepath.Join(f.Path, id+kept) }

// adopt makes an upload the file of an import.
func (f Folder) adopt(u Upload, id string) error {
	if err := os.Rename(u.path, f.file(id)); err != nil {
		return fmt.Errorf("keep the upload: %w", err)
	}
	return nil
}

func (f Folder) remove(id string) error {
	if err := removed(f.file(id)); err != nil {
		return fmt.Errorf("remove an imported file: %w", err)
	}
	return nil
}

// sweep removes files that a crash left without an import.
func (f Folder) sweep(wanted func(id string) bool) error {
	entries, err := os.ReadDir(f.Path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look through the uploads: %w", err)
	}
	var all error
	for _, e := range entries {
		id, isKept := strings.CutSuffix(e.Name(), kept)
		if isKept && wanted(id) || !isKept && !strings.HasSuffix(e.Name(), partial) {
			continue
		}
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < forgottenAfter {
			continue
		}
		if err := removed(filepath.Join(f.Path, e.Name())); err != nil {
			all = errors.Join(all, err)
		}
	}
	return all
}
