package hooks

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/ballast"
	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/gate"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/intake"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/engine/preferences"
	"tidings/internal/engine/receipt"
	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/consent"
	"tidings/internal/schedule"
	"tidings/internal/spool"
	"tidings/internal/store"
	"tidings/internal/web"
)

// engine is the running engine: made and started when the server starts,
// because migrations are not applied before, and drained when it ends.
type engine struct {
	store       *store.Store
	gate        *gate.Gate
	ledger      *ledger.Ledger
	campaigns   *campaign.Campaigns
	planner     *campaign.Planner
	dispatcher  *dispatch.Dispatcher
	receipts    *receipt.Receipts
	reconciler  *reconcile.Reconciler
	inbox       *inbox.Inbox
	intake      *intake.Intake
	ballast     *ballast.Ballast
	spools      []*spool.Spool // none where another process has the data folder
	forms       *optin.Forms
	preferences *preferences.Preferences
	imports     importDeps
	jobs        *schedule.Jobs

	keys keyLock // idempotency keys in use
	// idle is why this process sends nothing, though it serves; nil where it sends.
	idle       error
	release    func() error     // of the data folder's lock
	now        func() time.Time // legal time
	deaf       bool             // webhooks were given up before this process came
	inboundURL string           // what Plivo is to call when somebody writes
	done       sync.WaitGroup
	log        *slog.Logger
}

// The order of stopping. Lower runs first; PocketBase shuts its HTTP server at
// -9999 and flushes its log at -999. Open requests are finished while callbacks
// are still answered; the writer closes when nobody writes any more.
const (
	drainPriority = -10000
	closePriority = -5000
)

// newEngine wires the use cases to the rows and to the provider.
func newEngine(app core.App, o Options) (*engine, error) {
	secret, err := secretOf(app, o.EncryptionKey)
	if err != nil {
		return nil, err
	}
	pages := preferences.NewTokens(secret)
	room := ballast.New(app.DataDir(), ballast.Options{Space: o.Space, Log: o.Log})
	rows, err := store.Open(store.Options{
		App: app, Now: o.Now, Key: secret, Means: o.Means, Relieve: room.Release, Halted: room.Halted, Log: o.Log,
		OwnPage: func(subscriber string) string { return o.PublicURL + web.PreferencesPath + pages.Make(subscriber) },
	})
	if err != nil {
		return nil, err
	}
	e := &engine{store: rows, gate: gate.New(), ballast: room, now: o.Now, inboundURL: o.PublicURL + web.InboundPath, log: o.Log}
	tokens := receipt.NewTokens(secret)
	e.ledger = ledger.New(rows, e.gate, o.Now)
	e.planner = campaign.NewPlanner(rows, o.Now, e.nudge, o.Log)
	e.campaigns = campaign.New(rows, o.Prices, o.Now, e.nudge)
	e.receipts = receipt.New(rows, tokens)
	e.inbox = inbox.New(rows, e.gate, o.Now, e.nudge)
	e.intake = e.newIntake(o)
	e.forms = optin.New(rows, optin.NewTickets(secret), o.Now, e.nudge)
	e.preferences = preferences.New(rows, e.ledger, pages, o.Now)
	e.imports = newImports(app, rows, room.Halted, o)
	e.jobs = schedule.New(o.Log)
	if o.Records != nil {
		e.reconciler = reconcile.New(reconcile.Options{
			Store: rows, Archive: rows, Hearing: rows, Provider: o.Records, Ear: ear{e}, Now: o.Now, Log: o.Log,
		})
	}
	if o.Provider != nil {
		e.dispatcher = dispatch.New(dispatch.Options{
			Store: rows, Provider: o.Provider, Gate: e.gate, Now: o.Now, AccountRate: o.AccountRate, InFlight: o.InFlight, Halted: room.Halted,
			Words: o.Explain, Log: o.Log,
			Callback: func(id string, attempt int) string {
				return o.PublicURL + web.StatusPath + tokens.Make(id, attempt)
			},
		})
	}
	return e, nil
}

// nudge wakes whoever may have something to do.
func (e *engine) nudge() {
	e.planner.Nudge()
	if e.dispatcher != nil {
		e.dispatcher.Nudge()
	}
}

// advanced wakes those who wait for the clock, when somebody moves it.
func (e *engine) advanced() {
	e.nudge()
	if e.reconciler != nil {
		e.reconciler.Nudge()
	}
}

// start makes this process the one that sends, if no other does. It runs when
// the server listens, so that a second one that finds its address taken has
// touched nothing. All that it starts ends with the context, for drain to wait for.
func (e *engine) start(ctx context.Context, app core.App, o Options) error {
	if err := e.claim(ctx, app); err != nil {
		e.idle = err
		if ctx.Err() == nil {
			e.log.Error("this process serves but sends nothing", "reason", err)
		}
		return nil
	}
	e.ballast.Start()
	e.done.Go(func() { e.intake.Run(ctx) })
	e.done.Go(func() { e.planner.Run(ctx) })
	e.done.Go(func() { e.imports.importer.Run(ctx) })
	if e.dispatcher != nil {
		e.done.Go(func() { e.dispatch(ctx) })
	}
	if e.reconciler != nil {
		e.done.Go(func() { e.reconciler.Run(ctx) })
	}
	if o.OnAdvance != nil {
		unbind := o.OnAdvance(e.advanced)
		e.done.Go(func() { <-ctx.Done(); unbind() })
	}
	return e.jobs.Start(
		schedule.Job{Name: "tick", Every: "@every 1s", Do: func(context.Context) error { e.nudge(); return nil }},
		schedule.Job{Name: "space", Every: "@every 1s", Do: func(context.Context) error { e.ballast.Watch(); return nil }},
		schedule.Job{Name: "remind", Every: "@every 6h", Do: e.remind},
		schedule.Job{Name: "generation", Every: "@every 1m", Do: e.store.Step},
		schedule.Job{Name: "prune", Every: "@every 10m", Do: e.store.Prune},
	)
}

// claim makes the data folder this process's own. An error says why nothing may be sent from it.
func (e *engine) claim(ctx context.Context, app core.App) error {
	if err := store.Durable(app); err != nil {
		return err
	}
	release, err := store.Lock(app.DataDir())
	if err != nil {
		return err
	}
	e.release = release
	if err := e.guard(ctx); err != nil {
		return err
	}
	return e.openSpool(ctx, app)
}

// recoverEvery is how long the dispatcher waits after a start that failed.
const recoverEvery = 5 * time.Second

// dispatch keeps the dispatcher running: it ends early only if it cannot tell
// what an earlier process left open, and then nothing may be sent.
func (e *engine) dispatch(ctx context.Context) {
	e.heard(ctx)
	for ctx.Err() == nil {
		err := e.dispatcher.Run(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		e.log.Error("look for requests that an earlier process left open; trying again", "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(recoverEvery):
		}
	}
}

// close gives back what this process has of the data folder.
func (e *engine) close() error {
	err := e.ballast.Close()
	for _, s := range e.spools {
		err = errors.Join(err, s.Close())
	}
	if e.release != nil {
		err = errors.Join(err, e.release())
	}
	return err
}

// registerEngine starts and stops the engine with the server. It returns a look
// at the engine for hooks that need it; nil until the server has started.
func registerEngine(app core.App, o Options) func() *engine {
	life := newLifetime()
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsEngine",
		Func: func(e *core.ServeEvent) error {
			return life.start(func(ctx context.Context) error {
				eng, err := newEngine(e.App, o)
				if err != nil {
					return err
				}
				life.engine.Store(eng)
				door := bindRoutes(e, eng, o)
				if err := e.Next(); err != nil {
					return err
				}
				if o.Webhooks != nil {
					e.Server.Handler = webhooksFirst(door, e.Server.Handler, o.Log) // the router's was made in Next
				}
				if err := eng.start(ctx, e.App, o); err != nil {
					return err
				}
				if o.OnStart != nil {
					o.OnStart(eng.store)
				}
				return nil
			})
		},
	})
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Id: "tidingsDrain", Priority: drainPriority,
		Func: func(e *core.TerminateEvent) error {
			life.drain()
			return e.Next()
		},
	})
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Id: "tidingsClose", Priority: closePriority,
		Func: func(e *core.TerminateEvent) error {
			return errors.Join(life.close(), e.Next())
		},
	})
	return life.engine.Load
}

// grantThrough hands consent that came with a new subscriber to the engine.
func grantThrough(running func() *engine, o Options) func(Grant) error {
	return func(g Grant) error {
		eng := running()
		if eng == nil {
			return unavailable()
		}
		return eng.grant(g, o)
	}
}

// grant writes the consent that came with a new subscriber.
func (e *engine) grant(g Grant, o Options) error {
	act := ledger.Act{
		Org: g.Org, Number: g.PhoneNumber, Action: consent.ActionGranted, Method: g.Method, Text: g.Text,
		Owner: g.Role == roleOwner, Superuser: g.Request.HasSuperuserAuth(), Evidence: evidence(g.Request),
	}
	act.Evidence["role"], act.Evidence["disclosureVersion"] = g.Role, consent.Version(g.Text)
	if err := ledger.Check(act); err != nil {
		return asAnswer(err, "consentMethod")
	}
	return asAnswer(e.store.RecordWithin(g.App, act, o.Now(), ledger.Permit(act)), "consentMethod")
}

// evidence is what a request shows of who stated a consent.
func evidence(e *core.RequestEvent) map[string]any {
	m := map[string]any{"ip": e.RealIP(), "userAgent": e.Request.UserAgent(), "route": e.Request.Pattern}
	if e.Auth != nil {
		m["actor"] = e.Auth.Id
		m["actorCollection"] = e.Auth.Collection().Name
		m["actorEmail"] = e.Auth.Email()
	}
	return m
}
