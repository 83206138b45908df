// Package hooks is the edge between PocketBase and the engine: record hooks, routes, headers and the
// order of starting. It translates and decides nothing that a rule could decide: what comes in is
// checked by a rules package, and what is refused is refused with PocketBase's error shape and a
// stable code of ours.
package hooks

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/reconcile"
	"tidings/internal/engine/report"
	"tidings/internal/store"
	"tidings/internal/web"
)

// Options is what the hooks need to know from outside. The zero value works.
type Options struct {
	// Now is the legal time (default time.Now).
	Now func() time.Time
	// PublicURL is what people and Plivo reach us by, without a slash at its end.
	PublicURL string
	// Origins are the foreign web origins that may call the API from a browser, such as
	// "https://app.example.com" (default none: same origin only).
	Origins []string
	// SenderNumber makes the default organisation's first sender.
	SenderNumber string
	// AdminEmail and AdminPassword make that superuser where there is none of that address.
	AdminEmail, AdminPassword string
	// Grant writes the ledger event of consent that came with a new subscriber, inside the
	// transaction that makes it. Without it such a create is refused.
	Grant func(Grant) error
	// Standing says how a number stands in an organisation (default: the ledger and the
	// suppressions, read by SQL).
	Standing func(app core.App, org, phoneNumber string) (status string, consentedAt time.Time, err error)

	// Provider sends texts; nil: the server serves and refuses to send.
	Provider dispatch.Provider
	// Records lists what the provider has recorded; nil: unknown messages wait for their receipts alone.
	Records reconcile.Provider
	// Webhooks reads what the provider sends us; nil: there are no webhooks.
	Webhooks web.Provider
	// Prices gives what a segment costs (default: nothing is known, so nothing is estimated).
	Prices campaign.Prices
	// Explain gives an error code of the provider in plain words.
	Explain report.Words
	// Means says what a final error code means for the number.
	Means func(errorCode string) store.Consequence
	// AccountRate is texts a second over all senders (default: the sum of the enabled senders').
	AccountRate float64
	// InFlight is how many requests may be open at once (default 100).
	InFlight int
	// EncryptionKey is the installation's secret (default: one is made in the data folder).
	EncryptionKey string
	// Space tells the free and the total space of a folder's disk (default: what the system says).
	Space func(folder string) (free, total uint64, err error)
	// OnAdvance tells when the sandbox's clock was moved.
	OnAdvance func(func()) (cancel func())
	// MetricsToken opens /metrics (default: there is none).
	MetricsToken string
	// Simulator are the phones of the sandbox, shown to loopback and superusers; nil: no sandbox.
	Simulator http.Handler
	// OnStart is told of the engine when the server starts.
	OnStart func(Engine)
	Log     *slog.Logger
}

// Engine is what others may ask of the running engine.
type Engine interface {
	// NextDue is the next moment after which a message of a live run, or a scheduled run, is due;
	// zero without one.
	NextDue(ctx context.Context, after time.Time) (time.Time, error)
}

// Register binds everything to the app. Call it once, before the app starts.
func Register(app core.App, o Options) {
	o = o.withDefaults()
	running := registerEngine(app, o)
	if o.Grant == nil {
		o.Grant = grantThrough(running, o)
	}
	registerSecret(app)
	registerBackups(app)
	registerLogs(app)
	registerBodies(app, running)
	registerSecurity(app, o)
	registerOrgHeader(app)
	registerOrgInRealtime(app)
	registerEngineOwned(app)
	registerArchivedInstead(app)
	registerTenants(app)
	registerBlanks(app)
	registerNumbers(app)
	registerOrganizations(app)
	registerMemberships(app)
	registerMembers(app, o)
	registerSenders(app)
	registerLists(app)
	registerForms(app)
	registerSubscribers(app, o)
	registerSuppressions(app)
	registerSegments(app)
	registerRules(app, running)
	registerCampaigns(app, o)
	registerBootstrap(app, o)
}
