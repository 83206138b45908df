package command

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/spf13/cobra"

	"tidings/hooks"
	"tidings/internal/clock"
	"tidings/internal/config"
	"tidings/internal/engine/importer"
	"tidings/internal/store"
)

// shell stands in imports for who has no account here.
const shell = "shell"

// errNobody makes the exit code say that the file brought nobody in.
var errNobody = errors.New("no row could be imported; the file of errors has the reasons")

// importFlags are what a person asks of an import.
type importFlags struct {
	org, list, errors string
	order             importer.Order
}

// NewImport is the console's import from the shell: the same code, the same
// error file. It works beside a running server.
func NewImport(app core.App, cfg config.Config, log *slog.Logger) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:     "import FILE.csv",
		Short:   "Imports people from a CSV file, as the console does",
		Example: `tidings import people.csv --org default --list Customers --consent-method paper --consent-text "Yes, text me offers"`,
		Args:    cobra.ExactArgs(1),
	}
	flags := c.Flags()
	flags.StringVar(&f.org, "org", "default", "the organisation's slug")
	flags.StringVar(&f.list, "list", "", "the list that these people join; it is made if there is none of that name")
	flags.StringVar(&f.order.ConsentMethod, "consent-method", "", "how they agreed: "+strings.Join(importer.Methods(), ", ")+" (empty: they come in without consent)")
	flags.StringVar(&f.order.ConsentText, "consent-text", "", "the words that they agreed to")
	flags.StringVar(&f.order.DefaultCountry, "default-country", "", "country of numbers without a country code, such as US (default: the organisation's)")
	flags.StringToStringVar(&f.order.Mapping, "map", nil, `what a column holds where its name does not say it, such as --map "Handy=phoneNumber"`)
	flags.BoolVar(&f.order.DryRun, "dry-run", false, "check and count, write nobody")
	flags.StringVar(&f.errors, "errors", "", "where rejected rows go (default FILE.errors.csv)")
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		if _, err := app.FindCollectionByNameOrId("imports"); err != nil {
			return fmt.Errorf("the data folder %s was never served; name the right one with --dir, or start tidings serve once: it makes the schema and the first organisation", app.DataDir())
		}
		legal := clock.Real()
		if !cfg.Clock.IsZero() {
			legal = clock.StartingAt(cfg.Clock)
		}
		rows, err := hooks.OpenStore(app, hooks.Options{Now: legal.Now, EncryptionKey: cfg.EncryptionKey.Reveal(), Log: log})
		if err != nil {
			return err
		}
		// A signal ends the work between two commits, before the database closes.
		ctx, cancel := context.WithCancel(c.Context())
		ended := make(chan struct{})
		app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{Id: "tidingsImport", Priority: -10000, Func: func(e *core.TerminateEvent) error {
			cancel()
			<-ended
			return e.Next()
		}})
		defer close(ended)
		defer cancel()
		defer rows.Close()
		job := importJob{
			app: app, rows: rows, out: c.ErrOrStderr(), live: isatty.IsTerminal(os.Stderr.Fd()),
			importer: importer.New(importer.Options{Store: rows, Folder: importer.FolderIn(app.DataDir()), Now: legal.Now, NewID: store.NewID, Log: log}),
		}
		return job.run(ctx, args[0], f)
	}
	return c
}

// importJob is one import from the shell.
type importJob struct {
	app      core.App
	rows     *store.Store
	importer *importer.Importer
	out      io.Writer
	live     bool // a terminal: progress stays on one line
}

func (j importJob) run(ctx context.Context, path string, f importFlags) error {
	if f.list == "" {
		return errors.New("say which list these people join: --list NAME")
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the file: %w", err)
	}
	defer file.Close()
	order := f.order
	org, err := j.organization(f.org)
	if err != nil {
		return err
	}
	order.Org, order.FileName, order.By = org.Id, path, shell
	if order.DefaultCountry == "" {
		order.DefaultCountry = org.GetString("defaultCountry")
	}
	upload, err := j.importer.Receive(file)
	if err != nil {
		return err
	}
	defer upload.Discard()
	// Before a list is made for a file that is no good.
	if _, err := j.importer.Examine(upload, order); err != nil {
		return err
	}
	if order.List, err = j.listOf(org.Id, f.list, order.DryRun); err != nil {
		return err
	}
	im, err := j.importer.Do(ctx, upload, order, j.progress())
	switch {
	case ctx.Err() != nil && im.ID != "":
		return fmt.Errorf("stopped after %d of %d rows; the server goes on with the rest when it starts next", im.Done, im.Rows)
	case errors.Is(err, importer.ErrElsewhere):
		fmt.Fprintln(j.out, "\nThe running server has taken this import over; the console shows how it goes.")
		return nil
	case err != nil:
		return err
	}
	return j.summary(ctx, im, path, f)
}

func (j importJob) organization(slug string) (*core.Record, error) {
	org, err := j.app.FindFirstRecordByData("organizations", "slug", slug)
	if err == nil {
		return org, nil
	}
	all, listErr := j.app.FindAllRecords("organizations")
	if listErr != nil || len(all) == 0 {
		return nil, errors.New("this data folder has no organisation yet; start the server once: tidings serve")
	}
	slugs := make([]string, len(all))
	for i, o := range all {
		slugs[i] = o.GetString("slug")
	}
	return nil, fmt.Errorf("there is no organisation %q; there is %s", slug, strings.Join(slugs, ", "))
}

// listOf finds a list by name, or makes it. A dry run makes nothing and goes on
// without one.
func (j importJob) listOf(org, name string, dry bool) (string, error) {
	list, err := j.app.FindFirstRecordByFilter("lists", "org = {:org} && name = {:name}", dbx.Params{"org": org, "name": name})
	switch {
	case err == nil && list.GetBool("archived"):
		return "", fmt.Errorf("the list %q is archived; choose another, or take it out of the archive", name)
	case err == nil:
		return list.Id, nil
	case !errors.Is(err, sql.ErrNoRows):
		return "", fmt.Errorf("find the list: %w", err)
	case dry:
		fmt.Fprintf(j.out, "The list %q would be made.\n", name)
		return "", nil
	}
	lists, err := j.app.FindCachedCollectionByNameOrId("lists")
	if err != nil {
		return "", fmt.Errorf("find the list: %w", err)
	}
	list = core.NewRecord(lists)
	list.Load(map[string]any{"org": org, "name": name, "optIn": "single"})
	if err := j.app.Save(list); err != nil {
		return "", fmt.Errorf("make the list %q: %w", name, err)
	}
	fmt.Fprintf(j.out, "Made the list %q.\n", name)
	return list.Id, nil
}

// progress shows how far it is: on a terminal in place, else a line now and
// then.
func (j importJob) progress() func(importer.Progress) {
	every, last := 5*time.Second, time.Now()
	if j.live {
		every = 100 * time.Millisecond
	}
	return func(p importer.Progress) {
		if now := time.Now(); p.Done == p.Rows || now.Sub(last) >= every {
			last = now
			line := fmt.Sprintf("%d of %d rows, %d%%", p.Done, p.Rows, p.Done*100/max(p.Rows, 1))
			if j.live {
				fmt.Fprintf(j.out, "\r%s\x1b[K", line)
			} else {
				fmt.Fprintln(j.out, line)
			}
		}
	}
}

func (j importJob) summary(ctx context.Context, im importer.Import, path string, f importFlags) error {
	if j.live {
		fmt.Fprintln(j.out)
	}
	would := ""
	if im.DryRun {
		would = "would be "
	}
	fmt.Fprintf(j.out, "%d %snew, %d %sbrought up to date, %d rejected\n", im.Created, would, im.Updated, would, im.Rejected)
	if im.Rejected > 0 {
		to := f.errors
		if to == "" {
			to = path + ".errors.csv"
		}
		if err := j.writeErrors(ctx, im.ID, to); err != nil {
			return err
		}
		fmt.Fprintf(j.out, "The rejected rows, with reasons: %s\n", to)
	}
	if im.Created+im.Updated == 0 {
		return errNobody
	}
	return nil
}

// writeErrors writes the file that the console offers. It holds numbers, so
// nobody else reads it.
func (j importJob) writeErrors(ctx context.Context, id, to string) (err error) {
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the file of errors; choose another place with --errors: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	file, err := importer.NewErrorFile(out)
	if err != nil {
		return err
	}
	if err := j.rows.ImportErrors(ctx, id, file.Write); err != nil {
		return err
	}
	return file.Flush()
}
