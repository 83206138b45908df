// Package inbox takes in what people text to us: STOP, HELP, START and free
// text.
//
// A STOP is one transaction: the message, the ledger event, the suppression and
// every queued text of that number. It closes the number's gate first and is
// acknowledged only afterwards, so nothing begins to leave after it. A message
// that comes twice is taken in once. Our own answer is queued only where the
// provider does not already send one.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/failpoint"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
	"tidings/internal/rules/phone"
)

var (
	// ErrNoSender says that no sender has the number that was texted. The
	// provider is to try again: the operator may just be adding it.
	ErrNoSender = errors.New("inbox: no sender has the number that was texted; add it as a sender")
	// ErrReplayed says that a signature was used again for another text.
	ErrReplayed = errors.New("inbox: this signature was used before for another text")
	// ErrMalformed says that the message lacks what it needs.
	ErrMalformed = errors.New("inbox: the message lacks its id or sender")
)

// Route is whom an inbound number belongs to.
type Route struct {
	Org      string
	Sender   string
	Kind     string // of the sender
	Country  string // of the sender's number
	Brand    string
	HelpText string
}

// Answer is a text of ours to be queued with the message it answers.
type Answer struct {
	Kind message.Kind
	Body string
}

// Arrival is an inbound message with all that follows from it.
type Arrival struct {
	Message
	Route
	Number string // the person's, E.164; empty when it is none
	At     time.Time
	Act    *ledger.Act // the ledger event, for a STOP or a START
	Answer *Answer
	// Welcome is the answer if somebody who was asked says YES with this; nil
	// where the text is no yes.
	Welcome *Answer
	// Rejoin takes the place of Act and Answer if the person opted out and the
	// provider still holds that; nil where it cannot.
	Rejoin   *Rejoin
	Review   *Review // where a person has to decide whether it was an opt-out
	BodyHash string  // with Nonce, for a signature that did not cover the text
}

// Review is a reply that may be an opt-out. Nothing is sent to the number but the
// team's own answers until somebody has decided.
type Review struct {
	Pattern string    // why it may be one
	DueAt   time.Time // by when the law wants it honoured, if it was
}

// Store keeps inbound messages.
type Store interface {
	// Route finds the organisation of a number that was texted; ErrNoSender if there is none.
	Route(ctx context.Context, to, powerpack string) (Route, error)
	// JoinForm finds the form that a keyword belongs to; optin.ErrNoForm if it is none.
	JoinForm(ctx context.Context, org, keyword string) (optin.Form, error)
	// Receive takes an arrival in with one durable commit, once; ErrReplayed as above.
	Receive(ctx context.Context, a Arrival) error
}

// Inbox is the use case. Make it with New.
type Inbox struct {
	store  Store
	gate   *gate.Gate
	now    func() time.Time
	queued func() // told after an answer may have been queued
}

// New makes an inbox; queued is called after each arrival.
func New(store Store, g *gate.Gate, now func() time.Time, queued func()) *Inbox {
	return &Inbox{store: store, gate: g, now: now, queued: queued}
}

// closeWithin leaves the webhook time to answer within three seconds.
const closeWithin = 1500 * time.Millisecond

// Expects reports whether a message is one that Receive would take: ErrMalformed
// or ErrNoSender if not. It writes nothing.
func (b *Inbox) Expects(ctx context.Context, m Message) error {
	if m.UUID == "" || m.From == "" {
		return ErrMalformed
	}
	_, err := b.store.Route(ctx, canonical(m.To), m.PowerpackUUID)
	return err
}

// Returns reports whether a message lifts an opt-out.
func Returns(m Message) bool {
	return m.Intent == "optin" || consent.Read(m.Text).Intent == consent.OptIn
}

// Person gives the number of somebody who can be texted; empty for a short code or a name.
func Person(from string) string { return person(from) }

// OptsOut gives the number of a person whose message is an opt-out; else it is
// empty.
func OptsOut(m Message) string {
	if intentOf(m, consent.Read(m.Text)) != consent.OptOut {
		return ""
	}
	return person(m.From)
}

func intentOf(m Message, reading consent.Reading) consent.Intent {
	if m.Intent == "optout" {
		return consent.OptOut // the provider blocks the number from now on
	}
	return reading.Intent
}

// Receive takes one message in. When it returns nil, all is on disk.
func (b *Inbox) Receive(ctx context.Context, m Message) error {
	if m.UUID == "" || m.From == "" {
		return ErrMalformed
	}
	route, err := b.store.Route(ctx, canonical(m.To), m.PowerpackUUID)
	if err != nil {
		return err
	}
	a := Arrival{Message: m, Route: route, Number: person(m.From), At: m.At}
	if a.At.IsZero() {
		a.At = b.now()
	}
	if !m.BodySigned {
		a.BodyHash = hashBody(m)
	}
	reading := consent.Read(m.Text)
	intent := intentOf(m, reading)
	if m.Late && m.Text == "" {
		intent, reading.Pattern = consent.Doubtful, "no words"
	}
	if m.Late && (m.Overtaken || intent != consent.OptOut && intent != consent.Doubtful) {
		return b.store.Receive(ctx, a)
	}
	a.Act, a.Answer = follow(intent, reading, a)
	if m.Late {
		a.Answer = nil
	} else if consent.ClassifyPending(m.Text) == consent.OptIn {
		a.Welcome = &Answer{message.Start, startText(route)}
	}
	if !m.Late && (intent != consent.OptOut || reading.Tier > consent.TierExact && m.Intent == "") {
		// The word of a form may be a letter away from STOP.
		joined, err := b.join(ctx, &a)
		if err != nil {
			return err
		}
		if joined {
			intent = consent.OptIn
		}
	}
	if intent == consent.Doubtful && a.Number != "" {
		a.Review = &Review{Pattern: reading.Pattern, DueAt: consent.ReviewDue(a.At)}
	}
	defer b.queued()
	if a.Number == "" || intent != consent.OptOut && intent != consent.Doubtful {
		return b.store.Receive(ctx, a)
	}
	waiting, cancel := context.WithTimeout(ctx, closeWithin)
	defer cancel()
	closed := b.gate.Close(waiting, a.Number)
	if closed == nil {
		defer b.gate.Open(a.Number)
	}
	failpoint.Hit(failpoint.StopClosed)
	if err := b.store.Receive(ctx, a); err != nil {
		return err
	}
	failpoint.Hit(failpoint.StopCommitted)
	if closed != nil {
		// Recorded, but not acknowledged: the provider calls again, and then no
		// request is under way any more.
		return fmt.Errorf("the opt-out is recorded, but a text may be leaving at this moment: %w", closed)
	}
	return nil
}

// follow says what a keyword leads to.
func follow(intent consent.Intent, reading consent.Reading, a Arrival) (*ledger.Act, *Answer) {
	act := ledger.Act{
		Org: a.Org, Number: a.Number, Text: a.Text,
		Evidence: map[string]any{
			"messageUuid": a.UUID, "to": a.To, "keyword": reading.Keyword,
			"tier": reading.Tier, "pattern": reading.Pattern, "language": reading.Language, "providerIntent": a.Intent, "bodySigned": a.BodySigned,
		},
	}
	if a.Number == "" {
		return nil, nil
	}
	var answer *Answer
	var event *ledger.Act
	switch intent {
	case consent.OptOut:
		act.Action, act.Method = consent.ActionRevoked, consent.MethodReply
		event, answer = &act, &Answer{message.Stop, stopText(a.Route)}
	case consent.OptIn:
		act.Action, act.Method, act.Create, act.Confirmed = consent.ActionGranted, consent.MethodKeyword, true, true
		event, answer = &act, &Answer{message.Start, startText(a.Route)}
	case consent.Help:
		answer = &Answer{message.Help, helpText(a.Route)}
	}
	if a.answersItself() && (a.Intent != "" || isProviderWord(a.Text)) {
		answer = nil
	}
	return event, answer
}

// providerWords are the words that Plivo answers by itself (plivo.com/docs, DND
// service). To all others, phrases above all, nobody answers but us.
var providerWords = map[string]bool{
	"stop": true, "end": true, "quit": true, "cancel": true, "unsubscribe": true, "unsub": true, "stop all": true, "stopall": true,
	"start": true, "unstop": true, "yes": true, "help": true, "info": true,
}

// isProviderWord reads a text as Plivo does: the word is all of it, in any case, with
// blanks behind it at most. "Stop!" is none.
func isProviderWord(text string) bool {
	return providerWords[plain(text)]
}

// answersItself reports whether the provider answers keywords on the number that
// was texted: Plivo does on long codes and toll-free numbers of the US and Canada
// (plivo.com/docs, DND service). A second answer would only confuse.
func (a Arrival) answersItself() bool {
	country := a.Country
	switch a.Kind {
	case "long_code", "toll_free":
	case "powerpack": // it has no number of its own; one of its pool was texted
		country = phone.Locate(canonical(a.To)).Country
	default:
		return false
	}
	return handles(country)
}

func stopText(r Route) string {
	return sign(r, "You are unsubscribed and will get no more messages. Reply START to rejoin.")
}

func startText(r Route) string { return optin.Welcome(r.Brand, "") }

func helpText(r Route) string {
	if strings.TrimSpace(r.HelpText) != "" {
		return r.HelpText
	}
	return sign(r, "Reply STOP to opt out. Msg & data rates may apply.")
}

func sign(r Route, text string) string {
	if brand := strings.TrimSpace(r.Brand); brand != "" {
		return brand + ": " + text
	}
	return text
}
