package e2e

import (
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestABackupHoldsNeitherTheSecretNorTheBallast(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for _, name := range []string{".ballast", ".tidings-secret"} {
		if _, err := os.Stat(filepath.Join(h.app.DataDir(), name)); errors.Is(err, os.ErrNotExist) {
			t.Fatalf("there is no %s to leave out", name)
		}
	}
	if err := h.app.CreateBackup(t.Context(), "all.zip"); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(filepath.Join(h.app.DataDir(), "backups", "all.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	held := map[string]bool{}
	for _, f := range z.File {
		held[f.Name] = true
	}
	if held[".ballast"] || held[".tidings-secret"] || !held["data.db"] {
		t.Errorf("the backup holds %v", held)
	}
}
