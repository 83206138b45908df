package hooks

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/ballast"
)

// secretFile keeps the installation's secret where TIDINGS_ENCRYPTION_KEY is not
// set. It stays out of backups, so that a stolen one is of no use with it.
const secretFile = ".tidings-secret"

const secretLength = 32

// secretOf is the key behind callback tokens and the seal of the ledger: the
// operator's, else one made for this data folder.
func secretOf(app core.App, key string) ([]byte, error) {
	if key != "" {
		return []byte(key), nil
	}
	path := filepath.Join(app.DataDir(), secretFile)
	secret, err := os.ReadFile(path)
	if err == nil && len(secret) == secretLength {
		return secret, nil
	}
	if err == nil {
		// A new one would make all open callbacks and the ledger's seal worthless.
		return nil, fmt.Errorf("%s is damaged: put it back from a copy, or delete it to have another made", path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the installation's secret: %w", err)
	}
	secret = make([]byte, secretLength)
	rand.Read(secret)
	fresh := path + ".new"
	if err := errors.Join(os.WriteFile(fresh, secret, 0o600), os.Rename(fresh, path)); err != nil {
		return nil, fmt.Errorf("keep the installation's secret; the data folder must be writable: %w", err)
	}
	return secret, nil
}

// KnownSecret is the installation's secret, and empty where there is none: it makes
// none, for those who only look.
func KnownSecret(app core.App, key string) ([]byte, error) {
	if key == "" {
		if _, err := os.Stat(filepath.Join(app.DataDir(), secretFile)); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
	}
	return secretOf(app, key)
}

// registerSecret keeps the secret out of backups, and what is there to take up room.
func registerSecret(app core.App) {
	app.OnBackupCreate().Bind(&hook.Handler[*core.BackupEvent]{
		Id: "tidingsSecret",
		Func: func(e *core.BackupEvent) error {
			e.Exclude = append(e.Exclude, secretFile, ballast.File)
			return e.Next()
		},
	})
}
