package command

import (
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"tidings/hooks"
	"tidings/internal/config"
	"tidings/internal/store"
)

// errBroken makes the exit code say that a ledger is not what was written.
var errBroken = errors.New("the consent ledger is not what was written; keep this data folder as it is, and compare it with a backup")

// NewVerify recomputes the consent ledger.
func NewVerify(app core.App, cfg config.Config) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Recomputes the hash chain of the consent ledger and what follows from it",
		Long: `Recomputes the hash chain of every organisation's consent ledger, holds its end against the seal, and
the subscribers' status against the ledger. Names the first place of each ledger that is not what was
written, and exits with an error if there is one. It changes nothing; a server may be running.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if _, err := app.FindCollectionByNameOrId("consent_events"); err != nil {
				return fmt.Errorf("the data folder %s holds no ledger; name the right one with --dir", app.DataDir())
			}
			key, err := hooks.KnownSecret(app, cfg.EncryptionKey.Reveal())
			if err != nil {
				return err
			}
			report, err := store.VerifyLedgers(c.Context(), app, key)
			if err != nil {
				return err
			}
			out := c.OutOrStdout()
			if report.Unsealed {
				fmt.Fprintln(out, "warn  the installation's secret is not here, so seals were not checked: set TIDINGS_ENCRYPTION_KEY")
			}
			for _, f := range report.Faults {
				fmt.Fprintf(out, "bad   %s\n", f)
			}
			if len(report.Faults) > 0 {
				return errBroken
			}
			fmt.Fprintf(out, "ok    %d events of %d organisations are as they were written; %d subscribers agree with them\n",
				report.Events, report.Orgs, report.Subscribers)
			return nil
		},
	}
}
