package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/spf13/cobra"

	"tidings/internal/command/demo"
	"tidings/internal/config"
	"tidings/internal/simulator"
	"tidings/internal/store"
)

// The demo's login works on this machine only, in a folder made for it.
const (
	demoEmail    = "demo@example.com"
	demoPassword = "tidings-demo"
	demoAddress  = "127.0.0.1:8090"
)

// errBooks makes the exit code say that something is wrong.
var errBooks = errors.New("the books do not agree; please report this with the output above")

// demoFlags are what a person may ask of the demo.
type demoFlags struct {
	subscribers int
	rate        float64
	dir, http   string
	exit, json  bool
}

// NewDemo shows the main job from end to end, with nothing set up.
func NewDemo(cfg config.Config, log *slog.Logger) *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use:   "demo",
		Short: "Imports 1,000 customers, sends them a campaign through a simulated Plivo, and shows what became of it",
		Args:  cobra.NoArgs,
	}
	c.Flags().IntVar(&f.subscribers, "subscribers", demo.DefaultSubscribers, "rows of the customer file")
	c.Flags().Float64Var(&f.rate, "rate", 100, "texts a second")
	c.Flags().StringVar(&f.dir, "dir", "", "an empty or new data folder (default: a new one in the system's temporary folder)")
	c.Flags().StringVar(&f.http, "http", "", "where to listen (default "+demoAddress+", or a free port if that is taken)")
	c.Flags().BoolVar(&f.exit, "exit", false, "stop after the report; exit code 0 only if the books agree")
	c.Flags().BoolVar(&f.json, "json", false, "print the report as one JSON object")
	c.RunE = func(c *cobra.Command, _ []string) error {
		if f.subscribers < 1 || f.rate <= 0 {
			return errors.New("--subscribers and --rate must be above zero")
		}
		// The demo never talks to Plivo, whatever is set.
		return playDemo(c, f, config.Config{LogLevel: cfg.LogLevel, LogFormat: cfg.LogFormat}, log)
	}
	return c
}

func playDemo(c *cobra.Command, f demoFlags, cfg config.Config, log *slog.Logger) (err error) {
	ctx := c.Context()
	dir, clean, err := demoFolder(f)
	if err != nil {
		return err
	}
	defer clean()
	sandbox, err := OpenSandbox(demo.Opens, simulator.Config{
		Seed:        1,
		Faults:      simulator.Faults{DuplicateCallback: 0.03, ReorderCallback: 0.05},
		RetryDelays: []time.Duration{time.Second, 2 * time.Second, 4 * time.Second},
	}, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sandbox.Close()) }()
	cfg.AdminEmail, cfg.AdminPassword = demoEmail, config.NewSecret(demoPassword)
	server, err := startServer(dir, f.http, Assembly{Config: cfg, Sandbox: sandbox, Log: log})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()

	report, err := demo.Run(ctx, demo.Options{
		URL: server.url, Email: demoEmail, Password: demoPassword,
		Simulator: sandbox.Simulator, Clock: sandbox.Clock, NextDue: sandbox.nextDue,
		Subscribers: f.subscribers, RatePerSecond: f.rate,
		Progress: c.ErrOrStderr(), Terminal: isatty.IsTerminal(os.Stderr.Fd()),
	})
	if err != nil {
		return err
	}
	if f.json {
		if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
			return err
		}
	} else {
		report.Print(os.Stdout)
	}
	if !report.LedgerAgrees {
		return errBooks
	}
	if f.exit {
		return nil
	}
	c.PrintErrf("\nPhones     %s/simulator/\nDashboard  %s/_/   login %s, password %s\nStop with Ctrl-C.\n", server.url, server.url, demoEmail, demoPassword)
	select {
	case <-ctx.Done():
		return nil
	case err := <-server.ended:
		return err
	}
}

// demoFolder gives the data folder and what removes it again.
func demoFolder(f demoFlags) (string, func(), error) {
	if f.dir == "" {
		dir, err := os.MkdirTemp("", "tidings-demo-")
		if err != nil {
			return "", nil, fmt.Errorf("make a folder for the demo: %w", err)
		}
		return dir, func() { _ = os.RemoveAll(dir) }, nil
	}
	if _, err := os.Stat(filepath.Join(f.dir, "data.db")); err == nil {
		return "", nil, fmt.Errorf("%s holds data already; give the demo an empty or new folder", f.dir)
	}
	return f.dir, func() {}, nil
}

// server is a whole server inside this process.
type server struct {
	app   core.App
	url   string
	ended chan error
}

// startServer opens a data folder and serves it. Without an address it takes
// the demo's own, or a free port if that is taken.
func startServer(dir, address string, a Assembly) (*server, error) {
	listener, err := listen(address)
	if err != nil {
		return nil, err
	}
	app := core.NewBaseApp(core.BaseAppConfig{
		DataDir: dir, DBConnect: store.Connect, DataMaxOpenConns: store.MaxOpenConns, DataMaxIdleConns: store.MaxOpenConns,
	})
	if err := app.Bootstrap(); err != nil {
		return nil, fmt.Errorf("open the data folder: %w", err)
	}
	a.Listen = listener.Addr().String()
	if err := Assemble(app, a); err != nil {
		return nil, err
	}
	ready := make(chan struct{})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "tidingsListener", Priority: 99999, Func: func(e *core.ServeEvent) error {
		e.Listener = listener
		err := e.Next()
		if err == nil {
			close(ready)
		}
		return err
	}})
	s := &server{app: app, url: a.publicURL(), ended: make(chan error, 1)}
	go func() {
		err := apis.Serve(app, apis.ServeConfig{HttpAddr: a.Listen})
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		s.ended <- err
	}()
	select {
	case <-ready:
		return s, nil
	case err := <-s.ended:
		return nil, errors.Join(errors.New("the server did not start"), err)
	}
}

// stop drains and closes as PocketBase does at a signal.
func (s *server) stop() error {
	event := new(core.TerminateEvent)
	event.App = s.app
	return s.app.OnTerminate().Trigger(event, func(e *core.TerminateEvent) error { return e.App.ResetBootstrapState() })
}

func listen(address string) (net.Listener, error) {
	if address != "" {
		l, err := net.Listen("tcp", address)
		if err != nil {
			return nil, fmt.Errorf("listen on %s; choose another with --http: %w", address, err)
		}
		return l, nil
	}
	if l, err := net.Listen("tcp", demoAddress); err == nil {
		return l, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}
