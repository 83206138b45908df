// Package web is the front door for strangers: Plivo calling our webhooks, and
// people who sign up or change what they get. It is an echo router without listener
// or middleware of its own: webhooks come to it before PocketBase's router, and the pages
// of people through it, which gives them limits. Recovery is the mount's.
//
// It believes nothing that is not signed: a request without a valid signature
// over the configured public address changes nothing and gets 403. It answers
// 200 only when the change is on disk.
package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v5"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
)

// StatusPath and InboundPath are what Plivo is given, under the public address.
const (
	StatusPath  = "/webhooks/plivo/status/"
	InboundPath = "/webhooks/plivo/inbound"
)

// IsWebhook reports whether the provider asks, and not a person.
func IsWebhook(r *http.Request) bool {
	token, status := strings.CutPrefix(r.URL.Path, StatusPath)
	return r.Method == http.MethodPost && (r.URL.Path == InboundPath || status && token != "" && !strings.Contains(token, "/"))
}

// Proof is what a valid signature proves.
type Proof struct {
	BodySigned bool
	Nonce      string
}

// Provider reads what the provider sends.
type Provider interface {
	// Verify fails closed: without credentials no signature is valid.
	Verify(method, address string, h http.Header, form url.Values) (Proof, error)
	ParseStatus(form url.Values) (receipt.Event, error)
	ParseInbound(form url.Values) (inbox.Message, error)
}

// Receipts applies status callbacks.
type Receipts interface {
	Known(token string) bool
	Apply(ctx context.Context, e receipt.Event) error
}

// Inbox takes inbound messages in.
type Inbox interface {
	Receive(ctx context.Context, m inbox.Message) error
}

// Options is what the front door needs.
type Options struct {
	PublicURL string // what Plivo reaches, without a trailing slash; signatures are computed over it
	Provider  Provider
	Receipts  Receipts
	Inbox     Inbox
	// Forms and Preferences are the public pages; nil: there are none.
	Forms       Forms
	Preferences Preferences
	Log         *slog.Logger
}

// New makes the router.
func New(o Options) http.Handler {
	e := echo.New()
	d := door{o}
	if o.Provider != nil {
		e.POST(StatusPath+":token", d.status)
		e.POST(InboundPath, d.inbound)
	}
	// Previews and scanners ask by HEAD as well as by GET, and neither changes anything.
	look := []string{http.MethodGet, http.MethodHead}
	if o.Forms != nil {
		e.Match(look, JoinPath+":slug", d.joinForm)
		e.POST(JoinPath+":slug", d.join)
		e.Match(look, JoinPath+":slug/code.svg", d.joinCode)
	}
	if o.Preferences != nil {
		e.Match(look, PreferencesPath+":token", d.ownPage)
		e.POST(PreferencesPath+":token", d.changeOwn)
	}
	return e
}

type door struct{ Options }

// status takes one status callback.
func (d door) status(c *echo.Context) error {
	token := c.Param("token")
	if !d.Receipts.Known(token) {
		d.Log.Warn("a status callback was refused, as its address was not made with the key of this installation; if it is Plivo's, check TIDINGS_ENCRYPTION_KEY, or put .tidings-secret back")
		return refuse(c, http.StatusForbidden, "this address was not made here")
	}
	form, proof, status, err := d.signed(c)
	if err != nil {
		return refuse(c, status, err.Error())
	}
	event, err := d.Provider.ParseStatus(form)
	if err != nil {
		return refuse(c, http.StatusBadRequest, err.Error())
	}
	event.Token, event.Nonce = token, proof.Nonce
	if !proof.BodySigned {
		event.BodyHash = fingerprint(form)
	}
	return d.answer(c, d.Receipts.Apply(c.Request().Context(), event))
}

// inbound takes one message that somebody texted.
func (d door) inbound(c *echo.Context) error {
	form, proof, status, err := d.signed(c)
	if err != nil {
		return refuse(c, status, err.Error())
	}
	m, err := d.Provider.ParseInbound(form)
	if err != nil {
		return refuse(c, http.StatusBadRequest, err.Error())
	}
	m.BodySigned, m.Nonce = proof.BodySigned, proof.Nonce
	return d.answer(c, d.Inbox.Receive(c.Request().Context(), m))
}

// signed reads the form and checks its signature.
func (d door) signed(c *echo.Context) (url.Values, Proof, int, error) {
	r := c.Request()
	form, problem := readForm(c)
	if problem != 0 {
		return nil, Proof{}, problem, errors.New("a webhook is a form of at most 64 KB")
	}
	// The configured address, not the request's: Host and X-Forwarded-* are the
	// caller's to choose.
	proof, err := d.Provider.Verify(r.Method, d.PublicURL+r.URL.EscapedPath(), r.Header, form)
	if err != nil {
		d.Log.Warn("a webhook without a valid signature was refused; if it is Plivo's, check TIDINGS_PUBLIC_URL and PLIVO_AUTH_TOKEN", "error", err)
		return nil, Proof{}, http.StatusForbidden, errors.New("the signature is not valid")
	}
	return form, proof, 0, nil
}

// answer says 200 only for what is on disk. Anything that may pass is a 503,
// so that the provider calls again.
func (d door) answer(c *echo.Context, err error) error {
	switch {
	case err == nil:
		return c.NoContent(http.StatusOK)
	case errors.Is(err, inbox.ErrReplayed), errors.Is(err, receipt.ErrReplayed), errors.Is(err, receipt.ErrBadToken):
		return refuse(c, http.StatusForbidden, "this request was used before")
	case errors.Is(err, inbox.ErrMalformed):
		return refuse(c, http.StatusBadRequest, err.Error())
	case errors.Is(err, inbox.ErrNoSender):
		d.Log.Error("a text came in for a number that no sender has; add the number as a sender")
		return refuse(c, http.StatusNotFound, err.Error())
	default:
		d.Log.Error("a webhook could not be stored; the provider will call again", "error", err)
		c.Response().Header().Set("Retry-After", "60")
		return refuse(c, http.StatusServiceUnavailable, "not stored, call again")
	}
}

// refuse answers in the shape of all other errors.
func refuse(c *echo.Context, status int, message string) error {
	return c.JSON(status, map[string]any{"status": status, "message": message, "data": map[string]any{}})
}

func fingerprint(form url.Values) string {
	sum := sha256.Sum256([]byte(form.Encode()))
	return hex.EncodeToString(sum[:])
}
