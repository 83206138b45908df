// Package command is what the binary can be told to do. It assembles the
// server from its parts and drives it; decisions are made elsewhere.
package command

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/hooks"
	"tidings/internal/clock"
	"tidings/internal/config"
	"tidings/internal/console"
	"tidings/internal/plivo"
)

// Assembly says what a server is made of.
type Assembly struct {
	Config  config.Config
	Listen  string   // the address of the HTTP server, host:port
	Domains []string // with TLS
	Origins []string // foreign web origins that may call the API
	Sandbox *Sandbox // nil: texts go to Plivo
	// Transport carries requests to Plivo, for tests that watch its connections
	// (default: the client's own).
	Transport http.RoundTripper
	Log       *slog.Logger
	// Space tells the free and the total space of a folder's disk; nil: what the system says.
	Space func(folder string) (free, total uint64, err error)
}

// inFlight is Plivo's limit of simultaneous calls.
const inFlight = 100

// Assemble binds all parts to an app that has not started.
func Assemble(app core.App, a Assembly) error {
	cfg := a.Config
	o := hooks.Options{
		PublicURL:     a.publicURL(),
		Origins:       a.Origins,
		SenderNumber:  cfg.SenderNumber,
		AdminEmail:    cfg.AdminEmail,
		AdminPassword: cfg.AdminPassword.Reveal(),
		EncryptionKey: cfg.EncryptionKey.Reveal(),
		MetricsToken:  cfg.MetricsToken.Reveal(),
		AccountRate:   cfg.AccountRate,
		InFlight:      inFlight,
		Explain:       explain,
		Means:         means,
		Log:           a.Log,
		Space:         a.Space,
	}
	account := plivo.Config{AuthID: cfg.PlivoAuthID, AuthToken: cfg.PlivoAuthToken.Reveal(), BaseURL: cfg.PlivoAPIURL, Connections: inFlight, Transport: a.Transport}
	legal := clock.Real()
	if !cfg.Clock.IsZero() {
		legal = clock.StartingAt(cfg.Clock)
	}
	if s := a.Sandbox; s != nil {
		account.AuthID, account.AuthToken, account.BaseURL = s.AuthID, s.AuthToken, s.URL
		legal = s.Clock
		o.SenderNumber = cmp.Or(o.SenderNumber, s.Sender)
		o.Simulator = s.Pages()
		o.OnStart = func(e hooks.Engine) { s.attach(e, o.PublicURL) }
	}
	o.Now, o.OnAdvance = legal.Now, legal.OnAdvance
	if account.AuthID != "" {
		client, err := plivo.New(account)
		if err != nil {
			return err
		}
		o.Provider, o.Records, o.Prices = client, client, &priceBook{list: client, log: a.Log}
		o.Webhooks = webhooks{texts: plivo.NewVerifier(account.AuthToken), receipts: plivo.NewVerifier(account.AuthToken)}
	}
	hooks.Register(app, o)
	console.Register(app, console.Options{SandboxURL: a.phones()})
	return nil
}

// publicURL is what Plivo and phones reach: as configured, else the first
// domain, else the address that the server listens on.
func (a Assembly) publicURL() string {
	switch {
	case a.Config.PublicURL != "":
		return a.Config.PublicURL
	case len(a.Domains) > 0:
		return "https://" + a.Domains[0]
	}
	host, port, err := net.SplitHostPort(a.Listen)
	if err != nil {
		return "http://" + a.Listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return fmt.Sprintf("http://%s", net.JoinHostPort(host, port))
}

// phones is where the sandbox's phones are; empty without one.
func (a Assembly) phones() string {
	if a.Sandbox == nil {
		return ""
	}
	return "/simulator/"
}

// Reachable reports whether Plivo could reach that address: one on loopback is
// for the sandbox only.
func (a Assembly) Reachable() bool {
	return a.Config.PublicURL != "" || len(a.Domains) > 0
}

// drainLimit bounds how long the end of a server waits for open requests.
const drainLimit = 30 * time.Second
