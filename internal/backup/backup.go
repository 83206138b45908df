// Package backup writes the archive of a data folder while others write to its
// databases: each database as one consistent copy that was made beside the
// writers, everything else as it lies there.
//
// The archive has the layout that PocketBase lists, downloads and restores. What
// belongs to one place alone stays out of it: locks, secrets, and the memory by
// which a folder knows that it is no copy.
package backup

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Database is one database of the folder.
type Database struct {
	Name string // of its file in the folder
	// Copy writes a consistent copy to a path where nothing is yet, without
	// holding up those who write.
	Copy func(ctx context.Context, to string) error
}

// Source is what is written down.
type Source struct {
	Folder    string
	Databases []Database
	// Skip tells what stays out, by its name in the folder; what lies under it
	// stays out too.
	Skip func(name string) bool
	// Scratch is a folder on the same disk for the copies; they are removed.
	Scratch string
}

// Write makes the archive at a path. If it fails, nothing is left there.
func Write(ctx context.Context, s Source, to string) (err error) {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("make the archive: %w", err)
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}()
	z := zip.NewWriter(f)
	// The speed of the disk matters more than the last tenth of size.
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, db := range s.Databases {
		if err := s.addDatabase(ctx, z, db); err != nil {
			return fmt.Errorf("back up %s: %w", db.Name, err)
		}
	}
	if err := s.addRest(ctx, z); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("finish the archive: %w", err)
	}
	return nil
}

// addDatabase copies one database and puts the copy into the archive. One at a
// time, so that a full copy of the folder is never needed.
func (s Source) addDatabase(ctx context.Context, z *zip.Writer, db Database) (err error) {
	dir, err := os.MkdirTemp(s.Scratch, "tidings_backup_")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	copied := filepath.Join(dir, db.Name)
	if err := db.Copy(ctx, copied); err != nil {
		return err
	}
	return add(ctx, z, os.DirFS(dir), db.Name, db.Name)
}

// addRest puts everything else of the folder into the archive.
func (s Source) addRest(ctx context.Context, z *zip.Writer) error {
	folder := os.DirFS(s.Folder)
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // files come and go while we walk
		case err != nil:
			return err
		case name == ".":
			return nil
		case s.Skip(name) || s.copied(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !entry.Type().IsRegular():
			return nil
		}
		if err := add(ctx, z, folder, name, path.Clean(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("back up %s: %w", name, err)
		}
		return nil
	})
}

// copied reports whether a file is one of the databases' own.
func (s Source) copied(name string) bool {
	for _, db := range s.Databases {
		if name == db.Name || strings.HasPrefix(name, db.Name+"-") {
			return true
		}
	}
	return false
}

func add(ctx context.Context, z *zip.Writer, from fs.FS, name, as string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := from.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	h, err := zip.FileInfoHeader(info)
	if err != nil {
		return err
	}
	h.Name, h.Method = as, zip.Deflate
	w, err := z.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}
