// Package config reads the environment once, at start, and decides whether the
// product can run with it.
//
// It reports every problem at once, each with the variable, what is wrong and
// an example, and never repeats a value: a secret pasted into the wrong
// variable must not end up in a log. It refuses a clock that is not the real
// one unless texts go to a simulator on this machine.
//
//	cfg, err := config.Load(os.Getenv)
package config

import (
	"errors"
	"log/slog"
	"time"
)

// DefaultAPIURL is Plivo's production API.
const DefaultAPIURL = "https://api.plivo.com"

// Config is the validated environment.
type Config struct {
	PlivoAuthID    string
	PlivoAuthToken Secret
	SenderNumber   string  // E.164, a short code or a name; empty when not set
	PlivoAPIURL    string  // no trailing slash
	AccountRate    float64 // texts a second over all senders; 0: the sum of the enabled senders' rates

	PublicURL     string // no trailing slash; empty: the address that the server listens on
	EncryptionKey Secret // 32 bytes where set

	AdminEmail    string
	AdminPassword Secret

	LogLevel  slog.Level
	LogFormat string // text, json; empty: text on a terminal, else json

	MetricsToken Secret
	SentryDSN    Secret

	Clock time.Time // zero: the real clock
}

// HasPlivo tells whether texts can be sent.
func (c Config) HasPlivo() bool { return c.PlivoAuthID != "" && c.PlivoAuthToken.IsSet() }

// Simulated tells whether texts go to a simulator on this machine.
func (c Config) Simulated() bool { return isLoopback(c.PlivoAPIURL) }

// Problem is one variable that cannot be used.
type Problem struct {
	Variable string
	Wrong    string // what is wrong and what to do
	Example  string
}

// Error implements error.
func (p *Problem) Error() string {
	s := p.Variable + " " + p.Wrong
	if p.Example != "" {
		s += ", for example " + p.Variable + "=" + p.Example
	}
	return s
}

// Load reads every variable once. With an error the configuration is of no use;
// the error joins a *Problem for each variable.
func Load(getenv func(string) string) (Config, error) {
	r := &reader{getenv: getenv}
	c := Config{
		PlivoAuthID:    r.authID(),
		PlivoAuthToken: r.token("PLIVO_AUTH_TOKEN", "your-auth-token"),
		SenderNumber:   r.sender(),
		PlivoAPIURL:    r.apiURL(),
		AccountRate:    r.rate(),
		PublicURL:      r.publicURL(),
		EncryptionKey:  r.encryptionKey(),
		AdminEmail:     r.email(),
		AdminPassword:  r.password(),
		LogLevel:       r.level(),
		LogFormat:      r.format(),
		MetricsToken:   r.token("TIDINGS_METRICS_TOKEN", "a-long-random-word"),
		SentryDSN:      r.sentry(),
		Clock:          r.clock(),
	}
	r.pair("PLIVO_AUTH_ID", "PLIVO_AUTH_TOKEN")
	r.pair("TIDINGS_ADMIN_EMAIL", "TIDINGS_ADMIN_PASSWORD")
	if !c.Clock.IsZero() && !isLoopback(c.PlivoAPIURL) {
		r.fail("TIDINGS_CLOCK", "works only with a simulator, because a wrong clock would text real people at night; remove it, or point PLIVO_API_URL at a loopback address", "")
	}
	if len(r.problems) > 0 {
		return Config{}, errors.Join(r.problems...)
	}
	return c, nil
}
