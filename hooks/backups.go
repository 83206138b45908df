package hooks

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/inflector"
	"github.com/pocketbase/pocketbase/tools/security"

	"tidings/internal/backup"
	"tidings/internal/spool"
	"tidings/internal/store"
)

// registerBackups makes backups in our own way, whoever asks for one: the dashboard's button, the API
// or the schedule of the settings. PocketBase's own holds all writers up for as long as it takes, six
// seconds for a gigabyte, and a STOP would wait as long.
func registerBackups(app core.App) {
	app.OnBackupCreate().Bind(&hook.Handler[*core.BackupEvent]{
		Id: "tidingsBackup",
		// After every other hook: it does the work instead of PocketBase.
		Priority: 99999,
		Func:     backUp,
	})
	app.OnBackupRestore().Bind(&hook.Handler[*core.BackupEvent]{
		Id: "tidingsRestore",
		Func: func(e *core.BackupEvent) error {
			// These are of this place, or newer than any backup, and stay where they are: with the secret the ledger's
			// seal and open callbacks can still be checked, and the spool holds what was acknowledged.
			e.Exclude = append(e.Exclude, secretFile, spool.File, spool.Aside)
			return e.Next()
		},
	})
}

// hidden are the names of files that a backup leaves out: our own that begin with a dot are of one
// place alone (secret, lock, generation, spool, reserve), and so is whatever an operator hides there.
func hidden(name string) bool { return strings.HasPrefix(name, ".") }

func backUp(e *core.BackupEvent) error {
	if e.Name == "" {
		e.Name = backupName(e.App)
	}
	scratch := filepath.Join(e.App.DataDir(), core.LocalTempDirName)
	if err := os.MkdirAll(scratch, 0o700); err != nil {
		return fmt.Errorf("make the folder for temporary files: %w", err)
	}
	archive := filepath.Join(scratch, "tidings_backup_"+security.PseudorandomString(6)+".zip")
	defer func() { _ = os.Remove(archive) }() // where that fails, the next start empties the folder
	err := backup.Write(e.Context, backup.Source{
		Folder: e.App.DataDir(), Scratch: scratch,
		Databases: []backup.Database{
			{Name: "data.db", Copy: func(ctx context.Context, to string) error { return store.Snapshot(ctx, e.App.ConcurrentDB(), to) }},
			{Name: "auxiliary.db", Copy: func(ctx context.Context, to string) error { return store.Snapshot(ctx, e.App.AuxConcurrentDB(), to) }},
		},
		Skip: func(name string) bool {
			if hidden(name) {
				return true
			}
			for _, x := range e.Exclude {
				if name == filepath.ToSlash(filepath.Clean(x)) {
					return true
				}
			}
			return false
		},
	}, archive)
	if err != nil {
		return err
	}
	return keep(e, archive)
}

// keep puts an archive where the settings keep backups.
func keep(e *core.BackupEvent, archive string) (err error) {
	place, err := e.App.NewBackupsFilesystem()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, place.Close()) }()
	place.SetContext(e.Context)
	file, err := filesystem.NewFileFromPath(archive)
	if err != nil {
		return err
	}
	file.OriginalName, file.Name = e.Name, e.Name
	return place.UploadFile(file, file.Name)
}

// backupName is the name that PocketBase gives where nobody chose one.
func backupName(app core.App) string {
	const longest = 50
	name := inflector.Snakecase(app.Settings().Meta.AppName)
	return "pb_backup_" + name[:min(len(name), longest)] + "_" + time.Now().UTC().Format("20060102150405") + ".zip"
}
