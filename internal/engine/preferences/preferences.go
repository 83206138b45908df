// Package preferences is a person's own page: what she gets from an organisation,
// and the way out of all of it. The address is a secret of hers, made of her
// subscriber id and a MAC; who has it may see a masked number and the lists that
// have a public name, change those, and opt out. It gives no way back in: after an
// opt-out only the phone itself counts.
//
// A text keeps the address for as long as the phone has it, so the page outlives
// the subscriber: it is that of her number then, and without a record of it there
// is the way out alone.
//
//	p, err := prefs.Load(ctx, token)          // to look changes nothing
//	err = prefs.OptOut(ctx, token, evidence)
package preferences

import (
	"context"
	"errors"
	"slices"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

// ErrNotFound says that no page has that address: the token was not made here.
var ErrNotFound = errors.New("preferences: there is no such page")

// ErrNoLists says that the person has no record any more, so that there is nothing
// to choose. The page shows the way out.
var ErrNoLists = errors.New("preferences: a person without a record is on no list")

// List is one list as the person sees it.
type List struct {
	ID   string
	Name string
	On   bool
}

// Person is what the page shows.
type Person struct {
	Subscriber string // empty: of the number there is no record any more
	Org        string
	Brand      string
	Number     string // E.164; shown masked
	Status     string
	Sender     string // the number to text START to; may be empty
	Lists      []List // those with a public name
}

// Subscribed reports whether texts may reach the person.
func (p Person) Subscribed() bool { return p.Status == consent.StatusSubscribed }

// Store keeps subscribers.
type Store interface {
	// Person reads a subscriber, or what has become of a former one's number;
	// ErrNotFound if there never was one.
	Person(ctx context.Context, subscriber string) (Person, error)
	// ChangeLists adds a subscriber to lists and takes him off others.
	ChangeLists(ctx context.Context, subscriber string, join, leave []string, at time.Time) error
}

// Recorder records what a person says about being texted.
type Recorder interface {
	Record(ctx context.Context, act ledger.Act) (ledger.Result, error)
}

// Preferences is the use case. Make it with New.
type Preferences struct {
	store  Store
	ledger Recorder
	tokens *Tokens
	now    func() time.Time
}

// New makes the use case.
func New(store Store, l Recorder, tokens *Tokens, now func() time.Time) *Preferences {
	return &Preferences{store: store, ledger: l, tokens: tokens, now: now}
}

// Load reads the page of a token.
func (p *Preferences) Load(ctx context.Context, token string) (Person, error) {
	subscriber, ok := p.tokens.parse(token)
	if !ok {
		return Person{}, ErrNotFound
	}
	return p.store.Person(ctx, subscriber)
}

// Choose puts the person on exactly the shown lists that are named. Lists that are
// not shown stay as they are.
func (p *Preferences) Choose(ctx context.Context, token string, lists []string) error {
	person, err := p.Load(ctx, token)
	if err != nil {
		return err
	}
	if person.Subscriber == "" {
		return ErrNoLists
	}
	var join, leave []string
	for _, l := range person.Lists {
		wanted := slices.Contains(lists, l.ID)
		switch {
		case wanted && !l.On:
			join = append(join, l.ID)
		case !wanted && l.On:
			leave = append(leave, l.ID)
		}
	}
	if len(join)+len(leave) == 0 {
		return nil
	}
	return p.store.ChangeLists(ctx, person.Subscriber, join, leave, p.now())
}

// OptOut takes the consent back. It is acknowledged like a STOP: when it returns
// nil, no text begins to leave any more. Pressed again it is acknowledged again,
// and the ledger says it once.
func (p *Preferences) OptOut(ctx context.Context, token string, evidence map[string]any) error {
	person, err := p.Load(ctx, token)
	if err != nil {
		return err
	}
	_, err = p.ledger.Record(ctx, ledger.Act{
		Org: person.Org, Number: person.Number, Action: consent.ActionRevoked, Method: consent.MethodWebForm,
		Text: OptOutWords, Evidence: evidence, Once: true,
	})
	return err
}

// OptOutWords are on the button that opts out.
const OptOutWords = "Stop all texts"
