// Package ledger records what people said about being texted: who agreed, how
// and in which words, and who took it back. Every act is one event of the
// organisation's append-only ledger; the subscriber's status follows from it.
//
// A revocation closes the number's gate first, so that no request to it begins
// after the revocation was acknowledged. A grant after an opt-out is refused
// unless the person herself gives it, or an owner with a reason in words.
package ledger

import (
	"context"
	"fmt"
	"strings"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/rules/consent"
)

// Act is one statement about one number.
type Act struct {
	Org       string
	Number    string // E.164
	Action    string // consent.ActionGranted, Confirmed or Revoked
	Method    string
	Text      string // the words: what was shown, or what the person wrote
	Evidence  map[string]any
	Confirmed bool // the person said it from the phone itself; never on somebody else's word
	Owner     bool // an owner of the organisation acts
	Superuser bool // a superuser acts, who may also lift what holds for the whole installation
	// Once leaves a revocation out of the ledger that says again what holds: a button
	// can be pressed any number of times.
	Once bool
	// Create makes a subscriber of the number if there is none, with FirstName.
	Create    bool
	FirstName string
	List      string // the subscriber joins it; empty: none
}

// Result is what the act made of the number.
type Result struct {
	SubscriberID string // empty when there is no subscriber
	Status       string
	Skipped      int // queued messages that will not be sent
}

// Refusal says why an act was not recorded. Nothing was changed.
type Refusal struct {
	Code    string // opted_out, suppressed, bad_action, bad_method, text_required
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// Store keeps the ledger.
type Store interface {
	// Record appends the event and everything that follows from it in one
	// durable commit. permit is asked inside it whether the number may be granted
	// for, knowing what stands against it.
	Record(ctx context.Context, act Act, at time.Time, permit func(Standing) error) (Result, error)
}

// Permit decides whether an act may be recorded against what stands. It is the
// rule for every way in; Record asks it by itself.
func Permit(act Act) func(Standing) error { return act.permit }

// Check refuses an act that is at fault in itself.
func Check(act Act) error { return check(act) }

// Standing is what stands against a grant.
type Standing struct {
	OptedOut     bool // the person said STOP and has not taken it back
	Installation bool // blocked for the whole installation
	Manual       bool // on the organisation's own do-not-text list
	Doubtful     bool // a reply may have been an opt-out, and nobody has decided
	Invalid      bool // the network says that the number cannot receive texts
}

// Ledger is the use case. Make it with New.
type Ledger struct {
	store Store
	gate  *gate.Gate
	now   func() time.Time
}

// New makes a ledger over a store; gate is the one that sends pass.
func New(store Store, g *gate.Gate, now func() time.Time) *Ledger {
	return &Ledger{store: store, gate: g, now: now}
}

// closeWithin is how long a revocation waits for requests of its number that
// are just beginning.
const closeWithin = 2 * time.Second

// Record checks and records an act. The error is a *Refusal where the act is at
// fault.
func (l *Ledger) Record(ctx context.Context, act Act) (Result, error) {
	if err := check(act); err != nil {
		return Result{}, err
	}
	if act.Action != consent.ActionRevoked {
		return l.store.Record(ctx, act, l.now(), act.permit)
	}
	waiting, cancel := context.WithTimeout(ctx, closeWithin)
	defer cancel()
	closed := l.gate.Close(waiting, act.Number)
	if closed == nil {
		defer l.gate.Open(act.Number)
	}
	// Even with the gate held up the revocation is recorded at once: it stops
	// everything that has not been marked. It is only not acknowledged.
	result, err := l.store.Record(ctx, act, l.now(), func(Standing) error { return nil })
	if err != nil {
		return result, err
	}
	if closed != nil {
		return result, fmt.Errorf("the opt-out is recorded, but a text may be leaving at this moment: %w", closed)
	}
	return result, nil
}

func check(act Act) error {
	switch act.Action {
	case consent.ActionGranted, consent.ActionConfirmed, consent.ActionRevoked:
	default:
		return &Refusal{"bad_action", `action must be "granted" or "revoked"`}
	}
	if !consent.KnownMethod(act.Method) {
		return &Refusal{"bad_method", fmt.Sprintf("method %q is not known; use one of %s", act.Method, strings.Join(consent.Methods(), ", "))}
	}
	if act.Action != consent.ActionRevoked && strings.TrimSpace(act.Text) == "" {
		return &Refusal{"text_required", "say in which words consent was given, for example the sentence on the form"}
	}
	return nil
}

// permit decides whether a grant may lift what stands against the number.
func (act Act) permit(s Standing) error {
	if s.Installation && !(act.Superuser && act.Method == consent.MethodOperator && strings.TrimSpace(act.Text) != "") {
		return &Refusal{"suppressed", "this number is blocked for the whole installation; a superuser can lift that with method operator and the reason as text"}
	}
	if s.OptedOut {
		if err := consent.MayLift(consent.Grant{Method: act.Method, Text: act.Text, Confirmed: act.Confirmed, Owner: act.Owner}); err != nil {
			return &Refusal{"opted_out", "this person opted out; only she can opt in again by texting START, or an owner with method operator and the reason as text"}
		}
	}
	if s.Doubtful && !act.Confirmed {
		return &Refusal{"suppressed", "a reply of this person may be an opt-out; decide it under Reviews first"}
	}
	// A consent about this one number lifts what the team put on its list. A file does
	// not: it speaks of many at once, and may be older than the wish.
	if s.Manual && act.Method == consent.MethodImport {
		return &Refusal{"suppressed", "this number is on the do-not-text list, and a file does not lift that; if the person has agreed since, record how, with another method"}
	}
	return nil
}
