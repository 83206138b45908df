package optin

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/phone"
)

// Submission is one form as somebody sent it.
type Submission struct {
	Slug      string
	Ticket    string
	Number    string // as typed
	FirstName string
	Agreed    bool
	Bait      string // a field that people do not see; scripts fill it in
	FromQR    bool   // the address was read from a printed code
	Address   string // of the client
	UserAgent string
	URL       string // of the form
}

// Refusal is an answer about the form itself; nothing of it depends on what is
// known of the number.
type Refusal struct {
	Field   string // phoneNumber, agree, ticket, or empty for the whole form
	Code    string
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// Outcome is what is done about a request. The person is shown the same page for
// each.
type Outcome int

const (
	// Nothing: it is known already, may not be texted, or a cap is reached.
	Nothing Outcome = iota
	// Ask the phone to answer YES.
	Ask
	// Grant at once: the list takes the form for it.
	Grant
)

// Facts is what the rows say about a number, read in the transaction that acts on
// them.
type Facts struct {
	Standing   ledger.Standing
	Suppressed bool // whatever the reason
	Subscribed bool
	OnList     bool // true where the form has no list
	Tally      Tally
}

// Request is a checked submission.
type Request struct {
	Form
	Number    string // E.164
	FirstName string
	Method    string // consent.MethodWebForm or MethodQR
	Network   string
	Block     string
	Evidence  map[string]any
	Question  string // the text that asks for YES
	Greeting  string // the text that confirms
	At        time.Time
}

// Store keeps forms and requests.
type Store interface {
	// Form finds a form, or an organisation, by its slug; ErrNoForm if there is none.
	Form(ctx context.Context, slug string) (Form, error)
	// Request decides and acts in one durable commit.
	Request(ctx context.Context, r Request, decide func(Facts) Outcome) (Outcome, error)
}

// Forms is the use case. Make it with New.
type Forms struct {
	store   Store
	tickets *Tickets
	now     func() time.Time
	queued  func() // told after a text may have been queued
}

// New makes the use case; queued is called after each request.
func New(store Store, tickets *Tickets, now func() time.Time, queued func()) *Forms {
	return &Forms{store: store, tickets: tickets, now: now, queued: queued}
}

// Open gives the form to be shown, with its ticket. The error is ErrNoForm where
// there is none, and a *Refusal where it takes nobody now.
func (f *Forms) Open(ctx context.Context, slug string) (Form, string, error) {
	slug = strings.ToLower(slug) // people type what is printed in capitals
	form, err := f.store.Form(ctx, slug)
	if err != nil {
		return form, "", err
	}
	form = form.Complete()
	if !form.open() {
		return form, "", &Refusal{Code: "form_closed", Message: "Signing up is closed at the moment."}
	}
	return form, f.tickets.Make(slug, f.now()), nil
}

// maxName bounds a first name, in bytes.
const maxName = 100

// Submit takes a form in. Nil says only that the form was in order; the page that
// follows is the same whatever came of it.
func (f *Forms) Submit(ctx context.Context, s Submission) error {
	form, _, err := f.Open(ctx, s.Slug)
	if err != nil {
		return err
	}
	now := f.now()
	number, err := check(form, s)
	if err != nil {
		return err
	}
	if !f.tickets.Valid(s.Ticket, strings.ToLower(s.Slug), now) {
		return &Refusal{Field: "ticket", Code: "form_expired", Message: "This page was open for a while. Please press the button again."}
	}
	if s.Bait != "" {
		return nil
	}
	r := Request{
		Form: form, Number: number, FirstName: name(s.FirstName), Method: consent.MethodWebForm,
		Network: Network(s.Address), Block: Block(number), At: now,
		Question: ask(form), Greeting: Welcome(form.Brand, form.Frequency),
		Evidence: map[string]any{
			"form": form.Slug, "formUrl": s.URL, "checkbox": "ticked by the person", "disclosureVersion": form.Version(),
			"ip": s.Address, "userAgent": s.UserAgent, "submittedAt": now.UTC().Format(time.RFC3339Nano), "optIn": optInName(form.Double),
		},
	}
	if s.FromQR {
		r.Method = consent.MethodQR
	}
	outcome, err := f.store.Request(ctx, r, func(facts Facts) Outcome { return decide(form, facts) })
	if err == nil && outcome != Nothing {
		f.queued()
	}
	return err
}

// decide is the rule. A number that opted out is not texted, even to be asked:
// somebody else may have typed it. START from that phone brings it back.
func decide(form Form, f Facts) Outcome {
	switch {
	case f.Suppressed, f.Standing != (ledger.Standing{}):
		return Nothing
	case f.Subscribed && f.OnList:
		return Nothing
	case form.Caps.reached(f.Tally):
		return Nothing
	case form.Double:
		return Ask
	}
	return Grant
}

func check(form Form, s Submission) (string, error) {
	n, err := phone.Parse(s.Number, form.Country)
	if err != nil {
		refusal := &Refusal{Field: "phoneNumber", Code: "invalid_number", Message: "Please check the number."}
		if e := (*phone.Error)(nil); errors.As(err, &e) {
			refusal.Code, refusal.Message = e.Code, sentence(e.Message)
		}
		return "", refusal
	}
	if !slices.Contains(form.Countries, phone.Locate(n.E164).Country) && !slices.Contains(form.Countries, n.Country) {
		return "", &Refusal{Field: "phoneNumber", Code: "country_not_served",
			Message: "Texts go to numbers of these countries only: " + strings.Join(form.Countries, ", ") + "."}
	}
	if !s.Agreed {
		return "", &Refusal{Field: "agree", Code: "consent_required", Message: "Please tick the box: without it no text may be sent."}
	}
	return n.E164, nil
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// name keeps what can be a first name.
func name(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) > maxName || strings.ContainsAny(s, "<>{}/\\@") || strings.Contains(s, "://") {
		return ""
	}
	return s
}

func optInName(double bool) string {
	if double {
		return "double"
	}
	return "single"
}
