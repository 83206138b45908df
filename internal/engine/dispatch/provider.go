package dispatch

import (
	"context"
	"time"
)

// Provider sends one text and says what can be proven about it. An
// implementation never retries: whether a text may be tried again is the
// engine's decision.
type Provider interface {
	Send(ctx context.Context, t Text) Reply
}

// Text is one message as it goes to the provider.
type Text struct {
	Source        string // E.164, short code or alphanumeric sender; empty when PowerpackUUID is set
	PowerpackUUID string
	To            string // E.164 of exactly one person
	Body          string
	CallbackURL   string        // where status callbacks of this attempt go
	Expiry        time.Duration // how long the provider may queue it; 0 leaves the provider's default

	// Started is called once, just after the first bytes of the request were
	// handed to the connection, or when it is certain that none will be. A STOP
	// waits for it. It is never nil.
	Started func()
}

// Outcome says what is known of an attempt.
type Outcome int

const (
	// Accepted: the provider took the text and named it.
	Accepted Outcome = iota
	// Rejected: a definite refusal; nothing was created.
	Rejected
	// Throttled: refused for now (429); nothing was created.
	Throttled
	// Unknown: the request may have been accepted; it must not be repeated.
	Unknown
	// NotSent: no byte reached the provider.
	NotSent
)

// Reply is the outcome of one attempt with what the provider said.
type Reply struct {
	Outcome    Outcome
	UUID       string        // the provider's id, with Accepted
	Code       string        // the provider's error code or "http_400" and the like, with Rejected
	Detail     string        // the provider's words, shortened, free of phone numbers
	RetryAfter time.Duration // with Throttled; 0 when the provider did not say
	Class      Class         // with Rejected: how far the refusal reaches
}

// Class says how far a refusal reaches.
type Class string

const (
	// OneNumber: it concerns this recipient alone.
	OneNumber Class = ""
	// WholeAccount: every text would meet it: credentials, credit, address.
	WholeAccount Class = "account"
	// WholeSender: every text of this sender would meet it.
	WholeSender Class = "sender"
	// WholeCountry: the account may not text the recipient's country.
	WholeCountry Class = "country"
	// WholeText: the text or the request as such is refused.
	WholeText Class = "content"
)

// mayBeOne reports whether a refusal of this class may be about one number
// after all: a sender is refused for some countries, a country is one of many.
func (c Class) mayBeOne() bool { return c == WholeSender || c == WholeCountry }
