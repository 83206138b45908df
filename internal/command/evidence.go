package command

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"tidings/internal/engine/evidence"
	"tidings/internal/rules/phone"
	"tidings/internal/store"
)

// NewEvidence writes all that is known of a number into a zip.
func NewEvidence(app core.App) *cobra.Command {
	var slug, out, country string
	c := &cobra.Command{
		Use:   "evidence NUMBER",
		Short: "Writes all that is known of a number into a zip, to show to whoever asks",
		Long: `Writes consent with its wording, every text with its time there and the rules that let it go, every
reply, and how soon an opt-out was honoured. The number may be one whose subscriber was deleted. It changes
nothing; a server may be running.`,
		Example: `tidings evidence "+1 212 555 0123" --org default --out evidence.zip`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if _, err := app.FindCollectionByNameOrId("consent_events"); err != nil {
				return fmt.Errorf("the data folder %s holds no ledger; name the right one with --dir", app.DataDir())
			}
			org := ""
			if slug != "" {
				r, err := app.FindFirstRecordByData("organizations", "slug", slug)
				if err != nil {
					return fmt.Errorf("there is no organisation %q; leave --org out for all of them", slug)
				}
				org, country = r.Id, cmp.Or(country, r.GetString("defaultCountry"))
			}
			n, err := phone.Parse(args[0], cmp.Or(country, "US"))
			if err != nil {
				return err
			}
			rows, err := store.OpenReader(app)
			if err != nil {
				return err
			}
			dossiers, err := rows.Dossiers(c.Context(), org, n.E164)
			if err != nil {
				return err
			}
			if len(dossiers) == 0 {
				return errors.New("nothing is known of " + n.E164)
			}
			if out == "" {
				out = "evidence-" + strings.TrimPrefix(n.E164, "+") + ".zip"
			}
			if err := writePack(out, dossiers); err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%s holds what is known of %s\n", out, n.E164)
			return nil
		},
	}
	c.Flags().StringVar(&slug, "org", "", "the organisation's slug (default: every one that knows the number)")
	c.Flags().StringVar(&out, "out", "", "the file to write (default evidence-NUMBER.zip)")
	c.Flags().StringVar(&country, "default-country", "", "country of a number without a country code, such as US (default: the organisation's, else US)")
	return c
}

// writePack leaves no half file behind, and nobody else may read what is in it.
func writePack(path string, dossiers []evidence.Dossier) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write the evidence pack: %w", err)
	}
	err = errors.Join(evidence.Write(f, dossiers), f.Close())
	if err != nil {
		_ = os.Remove(path)
	}
	return err
}
