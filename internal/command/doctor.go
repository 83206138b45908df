package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"tidings/internal/ballast"
	"tidings/internal/config"
	"tidings/internal/spool"
	"tidings/internal/store"
)

// finding is one line of the doctor.
type finding struct {
	level  level
	what   string
	remedy string
}

type level int

const (
	good level = iota
	warn
	bad
)

func (l level) String() string { return [...]string{"ok", "warn", "bad"}[l] }

// errUnwell makes the exit code say that something is red.
var errUnwell = errors.New("something is wrong; the lines marked bad say how to mend it")

// NewDoctor checks the set-up and says how to mend what is wrong.
func NewDoctor(app core.App, cfg config.Config) *cobra.Command {
	whole := false
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Checks the set-up; every problem comes with its remedy",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			findings := examine(c.Context(), app, cfg, whole)
			unwell := false
			for _, f := range findings {
				fmt.Fprintf(c.OutOrStdout(), "%-4s  %s\n", f.level, f.what)
				if f.level != good {
					fmt.Fprintf(c.OutOrStdout(), "      -> %s\n", f.remedy)
				}
				unwell = unwell || f.level == bad
			}
			if unwell {
				return errUnwell
			}
			return nil
		},
	}
	c.Flags().BoolVar(&whole, "full", false, "read the whole of both databases for damage, however large they are")
	return c
}

func examine(ctx context.Context, app core.App, cfg config.Config, whole bool) []finding {
	var all []finding
	all = append(all, checkFolder(app)...)
	all = append(all, checkDurability(app, whole)...)
	all = append(all, checkSpool(app)...)
	all = append(all, checkSchema(app)...)
	all = append(all, checkReviews(app)...)
	all = append(all, checkOrigin(ctx, app)...)
	all = append(all, checkAddress(cfg), checkSecret(cfg))
	return append(all, checkPlivo(ctx, app, cfg)...)
}

// ample is the free space under which a busy week may fill the disk.
const ample = 1 << 30

func checkFolder(app core.App) []finding {
	dir := app.DataDir()
	probe := filepath.Join(dir, ".doctor")
	if err := os.WriteFile(probe, []byte("ok"), 0o600); err != nil {
		return []finding{{bad, "the data folder cannot be written: " + err.Error(), "give the user of the process write access to " + dir}}
	}
	_ = os.Remove(probe)
	found := []finding{{good, "the data folder can be written", ""}}
	free, total, err := ballast.Free(dir)
	if err != nil {
		return found
	}
	switch limit, _ := ballast.Limits(total); {
	case free < limit:
		found = append(found, finding{bad, fmt.Sprintf("only %d MB are free on the disk of the data folder, so nothing is sent", free>>20),
			fmt.Sprintf("free some space: texts go out again by themselves with %d MB", limit>>20)})
	case free < ample:
		found = append(found, finding{warn, fmt.Sprintf("%d MB are free on the disk of the data folder", free>>20), "free some space; at least 1 GB is comfortable"})
	}
	return found
}

// quickly is how large a database file may be for the doctor to read all of it without being asked
// to: about a second. Those of a server that sends much are gigabytes, and reading takes from it.
const quickly = 256 << 20

func checkDurability(app core.App, whole bool) []finding {
	if err := store.Durable(app); err != nil {
		return []finding{{bad, err.Error(), "the server sends nothing like this: use the tidings binary itself to open the data folder, then restart it"}}
	}
	passedOver := ""
	for _, d := range []struct {
		name, file string
		db         dbx.Builder
	}{{"database", "data.db", app.ConcurrentDB()}, {"log database", "auxiliary.db", app.AuxConcurrentDB()}} {
		if info, err := os.Stat(filepath.Join(app.DataDir(), d.file)); err == nil && info.Size() > quickly && !whole {
			passedOver += fmt.Sprintf("; the %s of %d MB was not read for damage, doctor --full does that", d.name, info.Size()>>20)
			continue
		}
		var verdict string
		if err := d.db.NewQuery("PRAGMA quick_check(1)").Row(&verdict); err != nil || verdict != "ok" {
			return []finding{{bad, "the " + d.name + " is damaged: " + verdict, "stop the server and restore the newest backup"}}
		}
	}
	if passedOver != "" {
		return []finding{{good, "every commit is flushed to disk" + passedOver, ""}}
	}
	return []finding{{good, "every commit is flushed to disk, and the databases are sound", ""}}
}

// checkSpool tells of webhooks that were acknowledged and are not among the rows. A server that can write applies them within
// a second, and leaves the file empty.
func checkSpool(app core.App) []finding {
	var found []finding
	for _, f := range []struct{ file, what, remedy string }{
		{spool.File, "%d bytes of webhooks wait in the file %s until the database takes writes",
			"end any other program that has the database open, or start the server if it does not run; keep the file, there may be a STOP in it"},
		{spool.Aside, "%d bytes of webhooks that could not be applied are set aside in the file %s",
			"the log says why; mend that or update, and restart the server, which tries them again; keep the file, a STOP in it binds"},
	} {
		if info, err := os.Stat(filepath.Join(app.DataDir(), f.file)); err == nil && info.Size() > 0 {
			found = append(found, finding{warn, fmt.Sprintf(f.what, info.Size(), f.file), f.remedy})
		}
	}
	return found
}

func checkSchema(app core.App) []finding {
	if _, err := app.FindCollectionByNameOrId("messages"); err != nil {
		return []finding{{warn, "the data folder is new", "start the server once: it makes the schema and the first organisation"}}
	}
	superusers, err := app.CountRecords(core.CollectionNameSuperusers)
	if err == nil && superusers == 0 {
		return []finding{{bad, "there is no superuser", "set TIDINGS_ADMIN_EMAIL and TIDINGS_ADMIN_PASSWORD, or run: tidings superuser upsert EMAIL PASSWORD"}}
	}
	var doubtful int
	if err := app.ConcurrentDB().NewQuery("SELECT COUNT(*) FROM messages WHERE status IN ('sending', 'unknown') AND status = 'unknown'").Row(&doubtful); err == nil && doubtful > 0 {
		return []finding{
			{good, "the schema is in place", ""},
			{warn, fmt.Sprintf("%d messages are unknown: it cannot be proven whether they left", doubtful), "look at them in the run's page; they are never sent again by themselves"},
		}
	}
	return []finding{{good, "the schema is in place", ""}}
}

func checkAddress(cfg config.Config) finding {
	switch {
	case cfg.PublicURL == "":
		return finding{warn, "TIDINGS_PUBLIC_URL is not set", "set it to the https address that Plivo and phones reach, unless you serve a domain or use --sandbox"}
	case !strings.HasPrefix(cfg.PublicURL, "https://"):
		return finding{warn, "TIDINGS_PUBLIC_URL is not https", "put TLS in front, or serve your domain directly: tidings serve your.domain"}
	}
	return finding{good, "Plivo is told to call " + cfg.PublicURL, ""}
}

func checkSecret(cfg config.Config) finding {
	if !cfg.EncryptionKey.IsSet() {
		return finding{warn, "TIDINGS_ENCRYPTION_KEY is not set; a secret is kept in the data folder", "set 32 characters and keep them apart from the backups"}
	}
	return finding{good, "the encryption key is set", ""}
}
