package backup_test

import (
	"archive/zip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tidings/internal/backup"
)

// folder is a data folder with files of all kinds.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"data.db", "data.db-wal", "storage/a/b.txt", "backups/old.zip", ".secret", "notes.txt"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("live "+name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func source(dir, scratch string, copied func(ctx context.Context, to string) error) backup.Source {
	return backup.Source{
		Folder: dir, Scratch: scratch, Databases: []backup.Database{{Name: "data.db", Copy: copied}},
		Skip: func(name string) bool { return strings.HasPrefix(name, ".") || name == "backups" },
	}
}

func TestAnArchiveHoldsCopiesOfDatabasesAndTheRest(t *testing.T) {
	t.Parallel()
	scratch := t.TempDir()
	archive := filepath.Join(scratch, "a.zip")
	err := backup.Write(t.Context(), source(folder(t), scratch, func(_ context.Context, to string) error {
		return os.WriteFile(to, []byte("copied"), 0o600)
	}), archive)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if f.Name == "data.db" && f.UncompressedSize64 != uint64(len("copied")) {
			t.Error("the database in the archive is not the copy")
		}
	}
	slices.Sort(names)
	if want := []string{"data.db", "notes.txt", "storage/a/b.txt"}; !slices.Equal(names, want) {
		t.Errorf("the archive holds %v, want %v", names, want)
	}
	left, err := os.ReadDir(scratch)
	if err != nil || len(left) != 1 {
		t.Errorf("beside the archive lie %v (%v)", left, err)
	}
}

func TestAFailureLeavesNothing(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	scratch := t.TempDir()
	err := backup.Write(t.Context(), source(folder(t), scratch, func(context.Context, string) error { return full }), filepath.Join(scratch, "a.zip"))
	if !errors.Is(err, full) {
		t.Errorf("the error is %v", err)
	}
	left, err := os.ReadDir(scratch)
	if err != nil || len(left) != 0 {
		t.Errorf("left are %v (%v)", left, err)
	}
}
