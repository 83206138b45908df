package command

import (
	"github.com/pocketbase/pocketbase"
	"github.com/spf13/cobra"
)

// Execute runs a command on the app and gives its error, which PocketBase's own
// Execute keeps to itself: a failed command is to end with a failing exit code.
func Execute(app *pocketbase.PocketBase) error {
	var failed error
	for _, c := range app.RootCmd.Commands() {
		keepError(c, &failed)
	}
	if err := app.Execute(); err != nil {
		return err
	}
	return failed
}

func keepError(c *cobra.Command, failed *error) {
	for _, sub := range c.Commands() {
		keepError(sub, failed)
	}
	for _, step := range []*func(*cobra.Command, []string) error{&c.PreRunE, &c.RunE} {
		if do := *step; do != nil {
			*step = func(c *cobra.Command, args []string) error {
				err := do(c, args)
				if err != nil {
					*failed = err
				}
				return err
			}
		}
	}
}
