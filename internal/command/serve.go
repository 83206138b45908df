package command

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/cmd"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/spf13/cobra"

	"tidings/internal/config"
	"tidings/internal/heap"
	"tidings/internal/simulator"
)

// NewServe is PocketBase's own serve, with our parts and a sandbox.
func NewServe(app core.App, cfg config.Config, log *slog.Logger) *cobra.Command {
	serve := cmd.NewServeCommand(app, true)
	serve.Short = "Starts the server (127.0.0.1:8090 unless told otherwise; a domain gets TLS)"
	sandbox := serve.Flags().Bool("sandbox", false, "send to a simulated Plivo inside the server instead of the real one")
	serve.PreRunE = func(c *cobra.Command, domains []string) error {
		a := Assembly{Config: cfg, Listen: "127.0.0.1:8090", Domains: domains, Log: log}
		if http, err := c.Flags().GetString("http"); err == nil && http != "" {
			a.Listen = http
		}
		if origins, err := c.Flags().GetStringSlice("origins"); err == nil && !slices.Contains(origins, "*") {
			a.Origins = origins
		}
		if *sandbox {
			s, err := OpenSandbox(start(cfg), simulator.Config{}, log)
			if err != nil {
				return err
			}
			a.Sandbox = s
			app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
				Id: "tidingsSandbox", Priority: -900, // when nothing sends any more
				Func: func(e *core.TerminateEvent) error {
					if err := s.Close(); err != nil {
						log.Error("close the sandbox", "error", err)
					}
					return e.Next()
				},
			})
		}
		if err := Assemble(app, a); err != nil {
			return err
		}
		heap.Keep()
		announceSetup(c, a)
		return nil
	}
	return serve
}

func start(cfg config.Config) time.Time {
	if cfg.Clock.IsZero() {
		return time.Now()
	}
	return cfg.Clock
}

// announceSetup says at the start what an operator would otherwise find out at
// the first Send.
func announceSetup(c *cobra.Command, a Assembly) {
	switch {
	case a.Sandbox != nil:
		c.Printf("Sandbox: texts go to simulated phones at %s/simulator/\n", a.publicURL())
	case !a.Config.HasPlivo():
		c.Println("Plivo is not set up, so nothing can be sent: set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN, or start with --sandbox.")
	case !a.Reachable() && !a.Config.Simulated():
		c.Println("TIDINGS_PUBLIC_URL is not set, so Plivo cannot report back: replies, STOP and receipts will not arrive.")
	}
}

// NewHealth asks a running server whether it lives; a container's health check.
func NewHealth() *cobra.Command {
	health := &cobra.Command{
		Use:   "health",
		Short: "Asks the running server whether it lives; for a container's health check",
		Args:  cobra.NoArgs,
	}
	address := health.Flags().String("http", "127.0.0.1:8090", "where the server listens")
	health.RunE = func(c *cobra.Command, _ []string) error {
		if err := askHealth(c.Context(), *address); err != nil {
			return fmt.Errorf("the server at %s does not answer: %w", *address, err)
		}
		c.Println("ok")
		return nil
	}
	return health
}
