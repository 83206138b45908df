package command

import (
	"fmt"

	"github.com/pocketbase/pocketbase"
	"github.com/spf13/cobra"
)

// Execute runs a command on the app and gives its error, which PocketBase's own
// Execute keeps to itself: a failed command, or one that was called the wrong way, is
// to end with a failing exit code.
func Execute(app *pocketbase.PocketBase) error {
	var failed error
	app.RootCmd.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		failed = usage(c, err)
		return failed
	})
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
	if check := c.Args; check != nil {
		c.Args = func(c *cobra.Command, args []string) error {
			err := check(c, args)
			if err != nil {
				*failed = usage(c, err)
			}
			return err
		}
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

// usage says where it is told how a command is called.
func usage(c *cobra.Command, err error) error {
	return fmt.Errorf("%w; %s --help tells how it is called", err, c.CommandPath())
}
