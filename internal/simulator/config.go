package simulator

import (
	"log/slog"
	"net/http"
	"strings"
	"time"

	"tidings/internal/clock"
)

// Defaults of Config; see the fields of the same meaning.
const (
	DefaultAuthID          = "MASANDBOX0000000000"
	DefaultAuthToken       = "sandbox-token"
	DefaultCallbackDelay   = 5 * time.Millisecond
	DefaultDeliverDelay    = 25 * time.Millisecond
	DefaultReplyDelay      = 50 * time.Millisecond
	DefaultVisibilityDelay = time.Second
	DefaultWebhookTimeout  = 8 * time.Second // Plivo's page on callbacks; another one says 5 s
	DefaultWorkers         = 32
	DefaultListPerMinute   = 20
)

// Config is what a simulated account looks like. The zero value works: an
// account with default credentials, no limits and no faults, on the wall clock.
type Config struct {
	AuthID    string
	AuthToken string
	// MainAuthToken signs the Ma- headers, as a main account does for its
	// subaccounts. Empty: AuthToken.
	MainAuthToken string

	// Clock is the time shown in records, and the one that expiry, the grace
	// period after STOP and retention are counted by. Nil: the wall clock.
	Clock *clock.Clock
	Seed  uint64

	// Numbers are the numbers the account rents. Empty: any sender is accepted.
	Numbers []string
	// Powerpacks name the pools that powerpack_uuid may point at.
	Powerpacks map[string][]string
	// Campaigns joins numbers into one 10DLC campaign: a STOP to one of them
	// blocks all of them.
	Campaigns map[string]string

	// Rates are messages a second by source number, DefaultRate that of all
	// others, AccountRate over all of them together; 0 is unlimited. Speed
	// divides the waiting (10: ten times as fast); 0 is 1.
	Rates       map[string]float64
	DefaultRate float64
	AccountRate float64
	Speed       float64

	// CallbackDelay is the least time from accepted to sent, DeliverDelay from
	// sent to delivered, ReplyDelay from delivered to a phone's own answer.
	// 0 is the default, negative is none.
	CallbackDelay time.Duration
	DeliverDelay  time.Duration
	ReplyDelay    time.Duration
	// RetryDelays are the waits before the second, third … try of a webhook that
	// was not answered 2xx. Nil: Plivo's 60, 120 and 240 s. Empty: no retry.
	RetryDelays []time.Duration
	// WebhookTimeout is how long a webhook may take. 0: 8 s.
	WebhookTimeout time.Duration
	// VisibilityDelay is the time until GET and list show a message. 0: 1 s,
	// negative: none.
	VisibilityDelay time.Duration

	// Balance in USD; 0 is plenty.
	Balance float64
	// NoV3 leaves the V3 signature headers off (Plivo documents them for voice
	// only, but was seen sending them with texts).
	NoV3   bool
	Faults Faults
	Limits Limits

	// Workers is how many webhooks are out at a time.
	Workers int
	// Transport carries the webhooks. Nil: HTTP of its own.
	Transport http.RoundTripper
	Log       *slog.Logger
	// NextOpening, if given, is where the phones page's clock button jumps to.
	NextOpening func() time.Time
}

// Limits are the account limits of the REST API. 0 switches one off, except
// ListPerMinute, where 0 is Plivo's 20 and negative is off.
type Limits struct {
	Requests      int // in Window
	Window        time.Duration
	InFlight      int
	ListPerMinute int
}

// RealLimits are those Plivo documents: 300 requests in 5 s, 100 at a time, 20
// list calls a minute.
func RealLimits() Limits {
	return Limits{Requests: 300, Window: 5 * time.Second, InFlight: 100, ListPerMinute: DefaultListPerMinute}
}

func (c Config) withDefaults() Config {
	if c.AuthID == "" {
		c.AuthID = DefaultAuthID
	}
	if c.AuthToken == "" {
		c.AuthToken = DefaultAuthToken
	}
	if c.MainAuthToken == "" {
		c.MainAuthToken = c.AuthToken
	}
	if c.Speed <= 0 {
		c.Speed = 1
	}
	if c.Workers <= 0 {
		c.Workers = DefaultWorkers
	}
	if c.RetryDelays == nil {
		c.RetryDelays = []time.Duration{60 * time.Second, 120 * time.Second, 240 * time.Second}
	}
	c.CallbackDelay = delayOr(c.CallbackDelay, DefaultCallbackDelay)
	c.DeliverDelay = delayOr(c.DeliverDelay, DefaultDeliverDelay)
	c.ReplyDelay = delayOr(c.ReplyDelay, DefaultReplyDelay)
	c.VisibilityDelay = delayOr(c.VisibilityDelay, DefaultVisibilityDelay)
	c.WebhookTimeout = delayOr(c.WebhookTimeout, DefaultWebhookTimeout)
	if c.Limits.ListPerMinute == 0 {
		c.Limits.ListPerMinute = DefaultListPerMinute
	}
	if c.Limits.Requests > 0 && c.Limits.Window <= 0 {
		c.Limits.Window = 5 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	rates := make(map[string]float64, len(c.Rates))
	for number, rate := range c.Rates {
		rates[strip(number)] = rate
	}
	c.Rates = rates
	campaigns := make(map[string]string, len(c.Campaigns))
	for number, campaign := range c.Campaigns {
		campaigns[strip(number)] = campaign
	}
	c.Campaigns = campaigns
	return c
}

func delayOr(d, otherwise time.Duration) time.Duration {
	switch {
	case d < 0:
		return 0
	case d == 0:
		return otherwise
	}
	return d
}

// strip keeps what Plivo keeps of a sender: letters and digits.
func strip(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, number)
}
