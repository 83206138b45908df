// Tidings sends SMS campaigns for small businesses from one binary: PocketBase
// inside, Plivo outside. This file holds flags and wiring only.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/plugins/migratecmd"
	"github.com/spf13/cobra"

	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/store"
	"tidings/internal/telemetry"
	_ "tidings/pb_migrations"
)

// version is set by the release build.
var version = "development"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	cfg, err := config.Load(os.Getenv)
	if err != nil {
		return err
	}
	log := telemetry.Logger(os.Stderr, telemetry.Options{Level: cfg.LogLevel, Format: cfg.LogFormat})
	app := pocketbase.NewWithConfig(pocketbase.Config{
		DBConnect:        store.Connect,
		DataMaxOpenConns: store.MaxOpenConns,
		DataMaxIdleConns: store.MaxOpenConns,
	})
	root := app.RootCmd
	root.Use, root.Short, root.Version = "tidings", "SMS campaigns for small businesses", version
	root.SilenceUsage, root.SilenceErrors = true, true
	root.SetErr(os.Stderr) // PocketBase's colours end on standard output
	migratecmd.MustRegister(app, root, migratecmd.Config{TemplateLang: migratecmd.TemplateLangGo})

	alone := []*cobra.Command{ // these have no data folder of their own to open
		command.NewDemo(cfg, log),
		command.NewSimulator(log),
		command.NewHealth(),
	}
	root.AddCommand(command.NewServe(app, cfg, log), command.NewImport(app, cfg, log), command.NewDoctor(app, cfg), command.NewVerify(app, cfg), command.NewEvidence(app), cmd.NewSuperuserCommand(app))
	root.AddCommand(alone...)

	root.SetHelpCommand(nil) // PocketBase hides it
	root.InitDefaultHelpCmd()
	root.InitDefaultHelpFlag()
	root.InitDefaultVersionFlag()
	called, _, err := root.Find(os.Args[1:])
	if err != nil {
		return fmt.Errorf("%w; tidings --help lists the commands", err)
	}
	for _, c := range alone {
		if c == called {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return root.ExecuteContext(ctx)
		}
	}
	return command.Execute(app)
}
