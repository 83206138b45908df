// Package plivo is the one door to Plivo and the only importer of plivo-go.
//
// It decides what an answer of Plivo's API proves about an attempt (see Send),
// whether a webhook is genuine (Verifier) and what the words of a callback or
// an inbound text mean (ParseStatus, ParseInbound, Explain). It refuses to
// retry, to follow a redirect, to send to anything but one E.164 number and to
// read the environment: what may be tried again is the engine's decision.
//
// Requests are built by plivo-go and sent by an HTTP client of our own, because
// plivo-go v7.57.0 reports no error for an empty 429 or 500, takes no context
// and replays a POST on a redirect.
//
//	client, err := plivo.New(plivo.Config{AuthID: id, AuthToken: token})
//	reply := client.Send(ctx, dispatch.Text{Source: "+12125550100", To: "+12125550123", Body: "Hello"})
package plivo

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	sdk "github.com/plivo/plivo-go/v7"
)

// DefaultBaseURL is Plivo's production API.
const DefaultBaseURL = "https://api.plivo.com"

const (
	productionHost = "api.plivo.com"
	lookupHost     = "lookup.plivo.com"

	// Plivo allows 100 simultaneous API calls an account; 32 leave room for
	// other programs of the same account.
	defaultConnections = 32
	maxConnections     = 100

	defaultTimeout = 10 * time.Second
)

// Config says which account is used and how it is reached.
type Config struct {
	AuthID    string
	AuthToken string
	BaseURL   string // empty: DefaultBaseURL; a path in it is kept as a prefix

	// Connections bounds the open connections to Plivo; 0 means 32, 100 is the
	// most that Plivo serves at once.
	Connections int

	// Transport replaces the tuned transport. One that is not an *http.Transport
	// should call the httptrace hook WroteHeaders of the request's context just
	// before it counts the request as sent; an error of one that never calls it
	// is taken for Unknown.
	Transport http.RoundTripper

	Timeout time.Duration // of a whole call with its body; 0 means 10 s
}

// Client calls Plivo's API. It is safe for concurrent use.
type Client struct {
	sdk     *sdk.Client
	message *http.Request // of every text, as plivo-go builds it, but for body and context
	http    *http.Client
	prefix  string
	timeout time.Duration
	traced  bool // the transport reports what it wrote
}

var authIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// New checks the configuration and makes a client. It opens no connection.
func New(cfg Config) (*Client, error) {
	if !authIDForm.MatchString(cfg.AuthID) {
		return nil, errors.New("plivo: the auth id must be 1 to 64 letters and digits; copy it from the Plivo console")
	}
	if cfg.AuthToken == "" || strings.ContainsFunc(cfg.AuthToken, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("plivo: the auth token must be set and hold no blanks; copy it from the Plivo console")
	}
	base, err := parseBase(cfg.BaseURL)
	if err != nil {
		return nil, err
	}
	if cfg.Connections < 0 || cfg.Connections > maxConnections {
		return nil, fmt.Errorf("plivo: %d connections; choose 1 to %d", cfg.Connections, maxConnections)
	}
	if cfg.Connections == 0 {
		cfg.Connections = defaultConnections
	}
	if cfg.Timeout < 0 {
		return nil, fmt.Errorf("plivo: timeout %v; choose a positive one", cfg.Timeout)
	}
	if cfg.Timeout == 0 {
		cfg.Timeout = defaultTimeout
	}
	transport, traced := cfg.Transport, true
	if transport == nil {
		transport = newTransport(cfg.Connections)
	}
	if own, ok := transport.(*http.Transport); ok {
		transport = announcing(own)
	} else {
		traced = false
	}

	hc := &http.Client{
		Transport: transport,
		// A followed redirect would post the text a second time.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	// Never nil options (plivo-go dereferences them), and never its own client.
	s, err := sdk.NewClient(cfg.AuthID, cfg.AuthToken, &sdk.ClientOptions{HttpClient: hc})
	if err != nil {
		return nil, fmt.Errorf("plivo: make the client: %w", err)
	}
	s.BaseUrl = &url.URL{Scheme: base.Scheme, Host: base.Host}
	c := &Client{sdk: s, http: hc, prefix: strings.TrimRight(base.Path, "/"), timeout: cfg.Timeout, traced: traced}
	if c.message, err = c.request(http.MethodPost, sdk.MessageCreateParams{}, "Message"); err != nil {
		return nil, fmt.Errorf("plivo: build a request: %w", err)
	}
	// Without GetBody the transport cannot repeat a request on another connection
	// by itself, after a STOP was told that it had begun.
	c.message.Body, c.message.GetBody = nil, nil
	return c, nil
}

func parseBase(raw string) (*url.URL, error) {
	if raw == "" {
		raw = DefaultBaseURL
	}
	base, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("plivo: the API address is not a URL; write it like " + DefaultBaseURL)
	}
	if (base.Scheme != "https" && base.Scheme != "http") || base.Hostname() == "" ||
		base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("plivo: the API address needs http or https, a host, and no user, query or fragment; write it like " + DefaultBaseURL)
	}
	// plivo-go dereferences a nil request when the address does not survive
	// being written and read again.
	if _, err := http.NewRequest(http.MethodGet, base.String(), nil); err != nil {
		return nil, errors.New("plivo: the API address is not a URL; write it like " + DefaultBaseURL)
	}
	return base, nil
}

// newTransport keeps one idle connection per worker: the default of two made 27
// connections for 16 workers. HTTP/2 stays off because one reset of a shared
// connection would leave every open attempt in doubt.
func newTransport(connections int) *http.Transport {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    5 * time.Second,
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
		MaxIdleConns:           connections + 4,
		MaxIdleConnsPerHost:    connections,
		MaxConnsPerHost:        connections,
		IdleConnTimeout:        45 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		DisableCompression:     true,
	}
}

// Close closes idle connections. Calls in flight go on.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// request builds a call below the account's own path.
func (c *Client) request(method string, params any, format string, args ...any) (*http.Request, error) {
	req, err := c.sdk.NewRequest(method, params, format, args...)
	if err != nil {
		return nil, err
	}
	// plivo-go asks for ".../{auth id}//" where the path below is empty.
	req.URL.Path = c.prefix + strings.TrimRight(req.URL.Path, "/") + "/"
	return req, nil
}
