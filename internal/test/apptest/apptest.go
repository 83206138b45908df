// Package apptest is the whole app in a test: PocketBase on a fresh data folder with our connection,
// schema and hooks, its router called in memory or served on loopback.
//
//	app := apptest.New(t)
//	owner := app.Member(app.Org("Acme"), "owner")
//	res := app.Do("GET", "/api/collections/lists/records", owner.Token, owner.Org, nil)
//
// The schema is made once per process and its files copied, which makes an app in about 20 ms.
package apptest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/ui"

	_ "tidings/pb_migrations" // the schema

	"tidings/hooks"
	"tidings/internal/store"
)

// App is one app of a test. It ends with the test.
type App struct {
	*core.BaseApp
	t       testing.TB
	handler http.Handler
	stopped sync.Once
}

// Option changes how an app is made.
type Option func(*plan)

type plan struct {
	hooks    hooks.Options
	assemble func(core.App) error
	register []func(core.App)
	limited  bool
	serve    bool
	dir      string
	migrate  bool
	connect  core.DBConnectFunc
}

// WithHooks gives the hooks these options.
func WithHooks(o hooks.Options) Option { return func(p *plan) { p.hooks = o } }

// WithAssembly binds everything through f instead of by the hooks alone, for tests of the server as the
// binary puts it together.
func WithAssembly(f func(core.App) error) Option { return func(p *plan) { p.assemble = f } }

// WithRegister calls f after the hooks are registered and before the app serves.
func WithRegister(f func(core.App)) Option {
	return func(p *plan) { p.register = append(p.register, f) }
}

// WithRateLimits leaves the limits of the settings on. They are off otherwise: a test is one client
// that asks more than any person.
func WithRateLimits() Option { return func(p *plan) { p.limited = true } }

// WithoutServing leaves the app bootstrapped and migrated, with hooks but without a router, for tests
// of what happens before or during OnServe.
func WithoutServing() Option { return func(p *plan) { p.serve = false } }

// WithFolder opens a data folder that is there already, as a newer binary would: its schema is
// migrated first.
func WithFolder(dir string) Option {
	return func(p *plan) { p.dir, p.migrate = dir, true }
}

// WithConnect opens the databases by f instead of by store.Connect.
func WithConnect(f core.DBConnectFunc) Option { return func(p *plan) { p.connect = f } }

// New makes an app that has started: OnServe has run, the default organisation is there.
func New(t testing.TB, opts ...Option) *App {
	t.Helper()
	p := plan{serve: true, connect: store.Connect}
	for _, o := range opts {
		o(&p)
	}
	dir := p.dir
	if dir == "" {
		dir = t.TempDir()
		copyTemplate(t, dir)
	}
	base, err := open(dir, p.connect)
	if err != nil {
		t.Fatalf("make the app: %v", err)
	}
	if p.migrate {
		if err := base.RunAllMigrations(); err != nil {
			t.Fatalf("migrate the data folder: %v", err)
		}
	}
	// The request log writes from goroutines of its own that may outlive the test.
	base.Settings().Logs.MaxDays = 0
	base.Settings().RateLimits.Enabled = p.limited
	a := &App{BaseApp: base, t: t}
	if p.assemble == nil {
		hooks.Register(base, p.hooks)
	} else if err := p.assemble(base); err != nil {
		t.Fatalf("assemble the app: %v", err)
	}
	for _, f := range p.register {
		f(base)
	}
	t.Cleanup(a.Stop)
	if p.serve {
		a.Start()
	}
	return a
}

// Start runs OnServe as PocketBase's serve command does and builds the router. New has done it already
// unless told WithoutServing.
func (a *App) Start() {
	a.t.Helper()
	if err := a.TryStart(); err != nil {
		a.t.Fatalf("serve: %v", err)
	}
}

// TryStart is Start for tests of a start that fails.
func (a *App) TryStart() error {
	router, err := apis.NewRouter(a.BaseApp)
	if err != nil {
		return err
	}
	router.Bind(apis.CORS(apis.CORSConfig{AllowOrigins: []string{"*"}}))
	if ui.DistDirFS != nil {
		router.GET("/_/{path...}", apis.Static(ui.DistDirFS, false))
	}
	e := &core.ServeEvent{
		App:           a.BaseApp,
		Router:        router,
		Server:        &http.Server{},
		InstallerFunc: apis.DefaultInstallerFunc,
	}
	err = a.OnServe().Trigger(e, func(e *core.ServeEvent) error {
		e.Server.Handler, err = e.Router.BuildMux()
		return err
	})
	a.handler = e.Server.Handler
	return err
}

// Listen serves the app on a real loopback listener until the test ends, for clients that need one
// (SDKs, browsers, realtime), and returns its address as "http://127.0.0.1:port".
func (a *App) Listen() string {
	a.t.Helper()
	return a.listen(httptest.NewUnstartedServer(a.handler))
}

// ListenOn is Listen for a test that had to know the address before it made the app.
func (a *App) ListenOn(l net.Listener) string {
	a.t.Helper()
	return a.listen(&httptest.Server{Listener: l, Config: &http.Server{Handler: a.handler}})
}

func (a *App) listen(s *httptest.Server) string {
	s.Start()
	a.t.Cleanup(func() {
		s.CloseClientConnections() // realtime connections never end by themselves
		s.Close()
	})
	return s.URL
}

// Stop ends the app as a signal ends the server. A test's app is stopped with it; stopping twice is
// harmless.
func (a *App) Stop() {
	a.stopped.Do(func() {
		e := &core.TerminateEvent{App: a.BaseApp}
		err := a.OnTerminate().Trigger(e, func(*core.TerminateEvent) error { return a.ResetBootstrapState() })
		if err != nil {
			a.t.Errorf("terminate: %v", err)
		}
	})
}

// Restart stops the app and makes another on its data folder.
func (a *App) Restart(opts ...Option) *App {
	a.t.Helper()
	a.Stop()
	return New(a.t, append(opts, func(p *plan) { p.dir = a.DataDir() })...)
}

func open(dir string, connect core.DBConnectFunc) (*core.BaseApp, error) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: connect})
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	return app, nil
}

// template is the data folder that every app starts from, as file contents by name.
var template = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "apptest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	app, err := open(dir, store.Connect)
	if err != nil {
		return nil, err
	}
	if err := app.RunAllMigrations(); err != nil {
		return nil, err
	}
	if err := cheapPasswords(app); err != nil {
		return nil, err
	}
	// Closing the last connection moves the write-ahead log into the file.
	if err := app.ResetBootstrapState(); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range []string{"data.db", "auxiliary.db"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// cheapPasswords lowers the cost of password hashes, else most of a test's time goes there.
func cheapPasswords(app core.App) error {
	for _, name := range []string{"users", core.CollectionNameSuperusers} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return err
		}
		c.Fields.GetByName(core.FieldNamePassword).(*core.PasswordField).Cost = 4
		if err := app.Save(c); err != nil {
			return err
		}
	}
	return nil
}

func copyTemplate(t testing.TB, dir string) {
	t.Helper()
	files, err := template()
	if err != nil {
		t.Fatalf("make the template data folder: %v", err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
