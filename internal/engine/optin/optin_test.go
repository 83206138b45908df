package optin

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

var now = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// fakeStore has one form and keeps what was asked of it.
type fakeStore struct {
	form     Form
	facts    Facts
	outcome  Outcome
	requests []Request
}

func (s *fakeStore) Form(_ context.Context, slug string) (Form, error) {
	if slug != s.form.Slug {
		return Form{}, ErrNoForm
	}
	return s.form, nil
}

func (s *fakeStore) Request(_ context.Context, r Request, decide func(Facts) Outcome) (Outcome, error) {
	s.requests = append(s.requests, r)
	s.outcome = decide(s.facts)
	return s.outcome, nil
}

func newForms(f Form) (*Forms, *fakeStore, *int) {
	s := &fakeStore{form: f}
	woken := new(int)
	return New(s, NewTickets([]byte("secret")), func() time.Time { return now }, func() { *woken++ }), s, woken
}

var bakery = Form{Slug: "bakery", Org: "o", Country: "US", Brand: "Acme", Double: true, Sender: "s", Number: "+12125550199"}

func TestWhatIsKnownDecidesWhatIsDone(t *testing.T) {
	t.Parallel()
	caps := Caps{}.orDefault()
	for _, c := range []struct {
		name   string
		single bool
		facts  Facts
		want   Outcome
	}{
		{"a new number", false, Facts{OnList: true}, Ask},
		{"a new number on a list with single opt-in", true, Facts{OnList: true}, Grant},
		{"a subscriber", false, Facts{Subscribed: true, OnList: true}, Nothing},
		{"a subscriber of another list", false, Facts{Subscribed: true}, Ask},
		{"somebody who opted out", true, Facts{Standing: ledger.Standing{OptedOut: true}}, Nothing},
		{"somebody suppressed for a reason we do not know", true, Facts{Suppressed: true}, Nothing},
		{"the day's last", false, Facts{Tally: Tally{FormDay: caps.PerDay - 1}}, Ask},
		{"one more than the day's", false, Facts{Tally: Tally{FormDay: caps.PerDay}}, Nothing},
		{"one more than a network's", true, Facts{Tally: Tally{NetworkHour: caps.PerNetworkHour}}, Nothing},
		{"one more than a block's", false, Facts{Tally: Tally{BlockHour: caps.PerBlockHour}}, Nothing},
		{"asked today", false, Facts{Tally: Tally{NumberDay: 1}}, Nothing},
		{"asked three times, never answered", false, Facts{Tally: Tally{NumberUnanswered: 3}}, Nothing},
	} {
		form := bakery
		form.Double = !c.single
		if got := decide(form.Complete(), c.facts); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestASubmissionBecomesARequest(t *testing.T) {
	t.Parallel()
	forms, store, woken := newForms(bakery)
	_, ticket, err := forms.Open(t.Context(), "bakery")
	if err != nil {
		t.Fatal(err)
	}
	err = forms.Submit(t.Context(), Submission{
		Slug: "bakery", Ticket: ticket, Number: "(212) 555-0123", FirstName: " Ann  Lee ", Agreed: true, FromQR: true,
		Address: "203.0.113.77", UserAgent: "Phone", URL: "https://texts.example.com/join/bakery",
	})
	if err != nil || len(store.requests) != 1 || *woken != 1 {
		t.Fatalf("%v, %d requests, woken %d times", err, len(store.requests), *woken)
	}
	r := store.requests[0]
	if r.Number != "+12125550123" || r.FirstName != "Ann Lee" || r.Method != consent.MethodQR || r.Network != "203.0.113.0/24" || r.Block != "+1212555" {
		t.Errorf("the request is %+v", r)
	}
	for _, part := range []string{"Acme", "not a condition of purchase", "Msg & data rates", "HELP", "STOP"} {
		if !strings.Contains(r.Shown(), part) {
			t.Errorf("the disclosure lacks %q: %s", part, r.Shown())
		}
	}
	for _, part := range []string{"Acme", "YES", "rates", "HELP", "STOP"} {
		if !strings.Contains(r.Question, part) {
			t.Errorf("the question lacks %q: %s", part, r.Question)
		}
	}
	if r.Evidence["disclosureVersion"] != r.Version() || r.Evidence["ip"] != "203.0.113.77" || r.Evidence["userAgent"] != "Phone" {
		t.Errorf("the evidence is %v", r.Evidence)
	}
}

func TestAFormIsRefusedForWhatItSaysAlone(t *testing.T) {
	t.Parallel()
	forms, store, woken := newForms(bakery)
	_, ticket, _ := forms.Open(t.Context(), "bakery")
	good := Submission{Slug: "bakery", Ticket: ticket, Number: "+12125550123", Agreed: true}
	for _, c := range []struct {
		change func(*Submission)
		field  string
		code   string
	}{
		{func(s *Submission) { s.Number = "12" }, "phoneNumber", "phone_impossible"},
		{func(s *Submission) { s.Number = "+18765550199" }, "phoneNumber", "country_not_served"},
		{func(s *Submission) { s.Agreed = false }, "agree", "consent_required"},
		{func(s *Submission) { s.Ticket = "" }, "ticket", "form_expired"},
		{func(s *Submission) { s.Ticket = "A" + ticket[1:len(ticket)-1] + "A" }, "ticket", "form_expired"},
	} {
		s := good
		c.change(&s)
		var r *Refusal
		if err := forms.Submit(t.Context(), s); !errors.As(err, &r) || r.Field != c.field || r.Code != c.code {
			t.Errorf("%s: %v", c.code, err)
		}
	}
	baited := good
	baited.Bait = "x"
	if err := forms.Submit(t.Context(), baited); err != nil || len(store.requests) != 0 || *woken != 0 {
		t.Errorf("the bait: %v, %d requests", err, len(store.requests))
	}
	if err := forms.Submit(t.Context(), Submission{Slug: "other"}); !errors.Is(err, ErrNoForm) {
		t.Errorf("an unknown form: %v", err)
	}
}

func TestAFormWithoutSenderIsClosed(t *testing.T) {
	t.Parallel()
	// Nobody can answer YES to a name.
	for _, f := range []Form{{Slug: "x", Closed: true, Sender: "s"}, {Slug: "x"}, {Slug: "x", Sender: "s", OneWay: true, Double: true}} {
		forms, _, _ := newForms(f)
		var r *Refusal
		if _, _, err := forms.Open(t.Context(), "x"); !errors.As(err, &r) || r.Code != "form_closed" {
			t.Errorf("%+v is open: %v", f, err)
		}
	}
}

func TestTicketsAreOfOneFormForAnHour(t *testing.T) {
	t.Parallel()
	tickets := NewTickets([]byte("secret"))
	ticket := tickets.Make("a", now)
	for _, c := range []struct {
		ticket, slug string
		at           time.Time
		want         bool
	}{
		{ticket, "a", now, true},
		{ticket, "a", now.Add(ticketLife - time.Second), true},
		{ticket, "a", now.Add(ticketLife), false},
		{ticket, "a", now.Add(-2 * time.Minute), false},
		{ticket, "b", now, false},
		{NewTickets([]byte("other")).Make("a", now), "a", now, false},
		{ticket[:len(ticket)-1], "a", now, false},
		{"", "a", now, false},
	} {
		if got := tickets.Valid(c.ticket, c.slug, c.at); got != c.want {
			t.Errorf("%q of %q at %s is valid: %v", c.ticket, c.slug, c.at, got)
		}
	}
}

func TestNetworksAndNames(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"203.0.113.77": "203.0.113.0/24", "::ffff:203.0.113.9": "203.0.113.0/24", "2001:db8:1:2::3": "2001:db8:1::/48",
		"fe80::1%eth0": "fe80::/48", "": "unknown", "x": "unknown",
	} {
		if got := Network(address); got != want {
			t.Errorf("Network(%q) = %q, want %q", address, got, want)
		}
	}
	for in, want := range map[string]string{"  Ann ": "Ann", "Win at http://x.example": "", "{{brand}}": "", strings.Repeat("a", 101): "", "Zoë": "Zoë"} {
		if got := name(in); got != want {
			t.Errorf("name(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAFormInOneStepNeedsNobodyWhoHears(t *testing.T) {
	t.Parallel()
	forms, _, _ := newForms(Form{Slug: "x", Sender: "s", OneWay: true})
	if _, _, err := forms.Open(t.Context(), "x"); err != nil {
		t.Errorf("it is closed: %v", err)
	}
}

// Capitals stand on posters.
func TestAnAddressInCapitalsIsTheSame(t *testing.T) {
	t.Parallel()
	forms, store, _ := newForms(bakery)
	form, ticket, err := forms.Open(t.Context(), "BAKERY")
	if err != nil {
		t.Fatal(err)
	}
	if err := forms.Submit(t.Context(), Submission{Slug: "Bakery", Ticket: ticket, Number: "+12125550123", Agreed: true}); err != nil {
		t.Error(err)
	}
	if len(store.requests) != 1 || form.Slug != "bakery" {
		t.Errorf("%d requests at the form %s", len(store.requests), form.Slug)
	}
}
