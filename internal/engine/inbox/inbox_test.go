package inbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/optin"
	"tidings/internal/rules/message"
)

const ana, shop = "+12125550123", "+12125550199"

var (
	now     = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	errDisk = errors.New("disk full")
)

// fakeStore takes arrivals in.
type fakeStore struct {
	gate     *gate.Gate
	route    inbox.Route
	routeErr error
	err      error
	asked    string
	arrivals []inbox.Arrival
	open     bool // whether a send could pass while the arrival was written
}

func (s *fakeStore) Route(_ context.Context, to, _ string) (inbox.Route, error) {
	s.asked = to
	return s.route, s.routeErr
}

func (s *fakeStore) JoinForm(_ context.Context, org, keyword string) (optin.Form, error) {
	if keyword != "BAKERY" {
		return optin.Form{}, optin.ErrNoForm
	}
	return optin.Form{Slug: "bakery", Org: org, Brand: "Acme", List: "l", Country: "US", Sender: "s"}, nil
}

func (s *fakeStore) Receive(_ context.Context, a inbox.Arrival) error {
	if s.err != nil {
		return s.err
	}
	if s.open = s.gate.Hold(a.Number); s.open {
		s.gate.Release(a.Number)
	}
	s.arrivals = append(s.arrivals, a)
	return nil
}

// shortCode is a sender on which the provider answers nothing.
var shortCode = inbox.Route{Org: "o", Sender: "s", Kind: "short_code", Brand: "Acme", HelpText: "Call us."}

func newInbox(r inbox.Route) (*inbox.Inbox, *fakeStore, *int) {
	s := &fakeStore{gate: gate.New(), route: r}
	queued := new(int)
	return inbox.New(s, s.gate, func() time.Time { return now }, func() { *queued++ }), s, queued
}

func text(words string) inbox.Message {
	return inbox.Message{UUID: "u1", From: strings.TrimPrefix(ana, "+"), To: "55501", Text: words, BodySigned: true}
}

func TestWhatSomebodyWritesDecidesWhatFollows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, words, intent string
		action, method      string
		answer              message.Kind
		body                string
	}{
		{name: "STOP", words: " Stop!", action: "revoked", method: "reply", answer: message.Stop, body: "Acme: You are unsubscribed"},
		{name: "a stop sign", words: "\U0001F6D1", action: "revoked", method: "reply", answer: message.Stop},
		{name: "STOP in Spanish", words: "alto", action: "revoked", method: "reply", answer: message.Stop},
		{name: "HELP", words: "help", answer: message.Help, body: "Call us."},
		{name: "START", words: "Start", action: "granted", method: "keyword", answer: message.Start, body: "Acme: You are subscribed"},
		{name: "free text", words: "Do you open on Sunday? Please stop by my place"},
		{name: "nothing", words: ""},
		{name: "the provider calls it an opt-out", words: "leave me alone", intent: "optout", action: "revoked", method: "reply", answer: message.Stop},
		{name: "the provider calls free text an opt-in", words: "hello again", intent: "optin"},
		{name: "the provider calls START an opt-in too", words: "START", intent: "optin", action: "granted", method: "keyword", answer: message.Start},
		{name: "the provider overlooks a STOP", words: "unsubscribe", intent: "help", action: "revoked", method: "reply", answer: message.Stop},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b, s, queued := newInbox(shortCode)
			m := text(c.words)
			m.Intent = c.intent
			if err := b.Receive(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			a := s.arrivals[0]
			var action, method string
			if a.Act != nil {
				action, method = a.Act.Action, a.Act.Method
				if a.Act.Number != ana || a.Act.Org != "o" || a.Act.Text != c.words || a.Act.Evidence["messageUuid"] != "u1" {
					t.Errorf("the act is %+v", a.Act)
				}
				if a.Act.Create != (c.action == "granted") {
					t.Error("only somebody who says START becomes a subscriber")
				}
			}
			var answer message.Kind
			if a.Answer != nil {
				answer = a.Answer.Kind
				if !strings.HasPrefix(a.Answer.Body, c.body) {
					t.Errorf("the answer is %q", a.Answer.Body)
				}
			}
			if action != c.action || method != c.method || answer != c.answer {
				t.Errorf("led to %q by %q and the answer %q; want %q by %q and %q", action, method, answer, c.action, c.method, c.answer)
			}
			if a.Text != c.words || a.Number != ana || !a.At.Equal(now) || *queued != 1 {
				t.Errorf("the arrival is %+v, others were woken %d times", a, *queued)
			}
			if s.open == (c.action == "revoked") {
				t.Errorf("a send could pass while it was written: %v", s.open)
			}
			if !s.gate.Hold(ana) {
				t.Error("the gate stayed closed")
			}
		})
	}
}

// A second answer beside the provider's own would only confuse, and no answer
// at all breaks the carriers' rules.
func TestWeAnswerWhereTheProviderDoesNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, country, to string
		ours              bool
	}{
		{"long_code", "US", shop, false},
		{"long_code", "CA", "+14165550199", false},
		{"long_code", "GB", "+447700900123", true},
		{"long_code", "JM", "+18765550199", true},
		{"toll_free", "US", "+18005550199", false},
		{"short_code", "US", "55501", true},
		{"short_code", "CA", "55501", true},
		{"powerpack", "", shop, false}, // the number of the pool that was texted
		{"powerpack", "", "12125550199", false},
		{"powerpack", "", "+447700900123", true},
		{"powerpack", "", "55501", true},
		{"alphanumeric", "", "ACME", true},
	} {
		for _, words := range []string{"STOP", "HELP", "START"} {
			t.Run(c.kind+" "+c.to+" "+words, func(t *testing.T) {
				t.Parallel()
				b, s, _ := newInbox(inbox.Route{Org: "o", Kind: c.kind, Country: c.country})
				m := text(words)
				m.To = c.to
				if err := b.Receive(t.Context(), m); err != nil {
					t.Fatal(err)
				}
				a := s.arrivals[0]
				if (a.Answer != nil) != c.ours {
					t.Errorf("our answer: %v, want one: %v", a.Answer, c.ours)
				}
				if (a.Act == nil) != (words == "HELP") {
					t.Errorf("the ledger event is %v whoever answers", a.Act)
				}
			})
		}
	}
}

// The provider takes a keyword for one only where it is the whole text, blanks behind
// it aside. What we understand beyond that nobody answers but us.
func TestWeAnswerAKeywordThatTheProviderDoesNotTakeForOne(t *testing.T) {
	t.Parallel()
	for words, ours := range map[string]bool{
		"Stop": false, "stop \r\n": false, "STOPALL": false, "Stop all": false,
		"Stop!": true, "S T O P": true, " stop": true, "stop stop": true, "Help?": true, "REVOKE": true, "ayuda": true,
	} {
		b, s, _ := newInbox(inbox.Route{Org: "o", Kind: "long_code", Country: "US"})
		if err := b.Receive(t.Context(), text(words)); err != nil {
			t.Fatal(err)
		}
		if a := s.arrivals[0]; (a.Answer != nil) != ours {
			t.Errorf("%q: our answer %v, want one: %v", words, a.Answer, ours)
		}
	}
	b, s, _ := newInbox(inbox.Route{Org: "o", Kind: "long_code", Country: "US"})
	m := text("Stop!")
	m.Intent = "optout"
	if err := b.Receive(t.Context(), m); err != nil || s.arrivals[0].Answer != nil {
		t.Errorf("a second answer to what the provider says it read as an opt-out: %v, %v", s.arrivals[0].Answer, err)
	}
}

func TestAnswersHaveANameOnlyWhereThereIsOne(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"STOP": "You are unsubscribed and will get no more messages. Reply START to rejoin.",
		"HELP": "Reply STOP to opt out. Msg & data rates may apply.",
	} {
		b, s, _ := newInbox(inbox.Route{Kind: "short_code", Brand: " ", HelpText: " "})
		if err := b.Receive(t.Context(), text(words)); err != nil {
			t.Fatal(err)
		}
		if got := s.arrivals[0].Answer.Body; got != want {
			t.Errorf("%s is answered %q, want %q", words, got, want)
		}
	}
}

func TestNumbersAreReadAsTheProviderWritesThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, number, to, asked string }{
		{"12125550123", ana, "12125550199", shop},
		{"+12125550123", ana, " +12125550199 ", shop},
		{"55501", "", "55501", "55501"},
		{"ACME", "", "0212555", "0212555"},
		{"012125550123", "", "1234567890123456", "1234567890123456"},
		{"1212555O123", "", "", ""},
	} {
		b, s, _ := newInbox(shortCode)
		m := text("STOP")
		m.From, m.To = c.from, c.to
		if err := b.Receive(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		a := s.arrivals[0]
		if a.Number != c.number || s.asked != c.asked {
			t.Errorf("from %q is %q, to %q is %q; want %q and %q", c.from, a.Number, c.to, s.asked, c.number, c.asked)
		}
		if c.number == "" && (a.Act != nil || a.Answer != nil) {
			t.Errorf("something that is no phone, %q, opted out or was answered", c.from)
		}
	}
}

func TestOfALateTextOnlyAnOptOutHasConsequences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text   string
		overtaken    bool
		acts, review bool
	}{
		{"an opt-out", "STOP", false, true, false},
		{"one that was taken back", "STOP", true, false, false},
		{"what may be one", "not interested", false, false, true},
		{"what has no words that are told", "", false, false, true},
		{"the same, before a START", "", true, false, false},
		{"START", "START", false, false, false},
		{"anything else", "do you deliver?", false, false, false},
	} {
		b, s, _ := newInbox(shortCode)
		m := text(c.text)
		m.Late, m.Overtaken = true, c.overtaken
		if err := b.Receive(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		a := s.arrivals[0]
		if (a.Act != nil) != c.acts || (a.Review != nil) != c.review || a.Answer != nil {
			t.Errorf("%s: it acts: %v, is reviewed: %v, answered: %v", c.name, a.Act != nil, a.Review != nil, a.Answer != nil)
		}
	}
}

func TestWhatCannotBeTakenInIsAnError(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*inbox.Message, *fakeStore)
		want   error
	}{
		{"no id", func(m *inbox.Message, _ *fakeStore) { m.UUID = "" }, inbox.ErrMalformed},
		{"no sender", func(m *inbox.Message, _ *fakeStore) { m.From = "" }, inbox.ErrMalformed},
		{"a number that is nobody's", func(_ *inbox.Message, s *fakeStore) { s.routeErr = inbox.ErrNoSender }, inbox.ErrNoSender},
		{"a full disk", func(_ *inbox.Message, s *fakeStore) { s.err = errDisk }, errDisk},
		{"a signature used again", func(_ *inbox.Message, s *fakeStore) { s.err = inbox.ErrReplayed }, inbox.ErrReplayed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b, s, _ := newInbox(shortCode)
			m := text("STOP")
			c.change(&m, s)
			if err := b.Receive(t.Context(), m); !errors.Is(err, c.want) {
				t.Errorf("Receive = %v, want %v", err, c.want)
			}
			if !s.gate.Hold(ana) {
				t.Error("the gate stayed closed")
			}
		})
	}
}

func TestASTOPThatCannotWaitIsWrittenAndAskedForAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b, s, _ := newInbox(shortCode)
		s.gate.Hold(ana)
		began := time.Now()
		err := b.Receive(t.Context(), text("STOP"))
		if !errors.Is(err, context.DeadlineExceeded) || len(s.arrivals) != 1 {
			t.Errorf("Receive = %v with %d arrivals, want it written and the deadline", err, len(s.arrivals))
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v; the webhook has three seconds", took)
		}
		if err := b.Receive(t.Context(), text("hello")); err != nil {
			t.Errorf("free text waited for the gate: %v", err)
		}
	})
}

func TestABodyThatIsNotSignedIsFingerprinted(t *testing.T) {
	t.Parallel()
	hash := func(change func(*inbox.Message)) string {
		b, s, _ := newInbox(shortCode)
		m := text("hello")
		m.BodySigned = false
		change(&m)
		if err := b.Receive(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		return s.arrivals[0].BodyHash
	}
	same := hash(func(*inbox.Message) {})
	if same == "" || hash(func(*inbox.Message) {}) != same {
		t.Error("the fingerprint is empty or not stable")
	}
	if hash(func(m *inbox.Message) { m.BodySigned = true }) != "" {
		t.Error("a signed body needs no fingerprint")
	}
	for name, change := range map[string]func(*inbox.Message){
		"id": func(m *inbox.Message) { m.UUID = "u2" }, "sender": func(m *inbox.Message) { m.From = "13125550147" },
		"receiver": func(m *inbox.Message) { m.To = "55502" }, "text": func(m *inbox.Message) { m.Text = "hell" },
	} {
		if hash(change) == same {
			t.Errorf("another %s has the same fingerprint", name)
		}
	}
}
