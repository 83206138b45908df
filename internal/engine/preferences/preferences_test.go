package preferences

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/ledger"
)

var now = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

const ann = "subscriber00001"

// change is one call of ChangeLists.
type change struct {
	Subscriber  string
	Join, Leave []string
	At          time.Time
}

// fakeStore knows one person.
type fakeStore struct {
	person  Person
	err     error
	changes []change
	asked   int
	deleted bool // the person's record, after the token was made
}

func (s *fakeStore) Person(_ context.Context, subscriber string) (Person, error) {
	s.asked++
	if s.err != nil {
		return Person{}, s.err
	}
	if subscriber != s.person.Subscriber {
		return Person{}, ErrNotFound
	}
	if s.deleted {
		return Person{Org: s.person.Org, Brand: s.person.Brand, Number: s.person.Number, Status: s.person.Status}, nil
	}
	return s.person, nil
}

func (s *fakeStore) ChangeLists(_ context.Context, subscriber string, join, leave []string, at time.Time) error {
	s.changes = append(s.changes, change{subscriber, join, leave, at})
	return nil
}

// fakeLedger keeps what it is told.
type fakeLedger struct {
	acts []ledger.Act
	err  error
}

func (l *fakeLedger) Record(_ context.Context, act ledger.Act) (ledger.Result, error) {
	l.acts = append(l.acts, act)
	return ledger.Result{}, l.err
}

func newPage() (*Preferences, *fakeStore, *fakeLedger, string) {
	s := &fakeStore{person: Person{
		Subscriber: ann, Org: "o", Brand: "Acme", Number: "+12125550123", Status: "subscribed",
		Lists: []List{{"news", "News", true}, {"offers", "Offers", false}, {"events", "Events", true}},
	}}
	l, tokens := &fakeLedger{}, NewTokens([]byte("a secret"))
	return New(s, l, tokens, func() time.Time { return now }), s, l, tokens.Make(ann)
}

func TestThePageIsThatOfTheToken(t *testing.T) {
	t.Parallel()
	p, s, l, token := newPage()
	got, err := p.Load(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.person, got); diff != "" || !got.Subscribed() {
		t.Error(diff)
	}
	if len(s.changes)+len(l.acts) > 0 {
		t.Error("to look changed something; previews of links look too")
	}
}

func TestNobodySubscribedIsAnythingElse(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"", "new", "pending", "unsubscribed", "invalid"} {
		if (Person{Status: status}).Subscribed() {
			t.Errorf("%q counts as subscribed", status)
		}
	}
}

// Whatever is not a token of this installation leads nowhere, and nothing is looked up for it.
func TestAForgedTokenOpensNothing(t *testing.T) {
	t.Parallel()
	p, s, l, token := newPage()
	other := NewTokens([]byte("another secret")).Make(ann)
	for name, forged := range map[string]string{
		"none": "", "the id alone": ann, "an empty proof": ann + ".", "a shorter proof": token[:len(token)-1], "a longer proof": token + "A",
		"another's proof": other, "another's id": "subscriber00002" + token[len(ann):], "one letter else": "X" + token[1:], "a second dot": token + ".x",
		"blanks": " " + token, "the proof twice": token + token[len(ann):],
	} {
		_, load := p.Load(t.Context(), forged)
		choose := p.Choose(t.Context(), forged, nil)
		out := p.OptOut(t.Context(), forged, nil)
		for _, err := range []error{load, choose, out} {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if s.asked > 0 || len(s.changes)+len(l.acts) > 0 {
		t.Errorf("the rows were asked %d times, changed %d times; the ledger has %d acts", s.asked, len(s.changes), len(l.acts))
	}
}

func TestTokensDifferByPersonAndInstallation(t *testing.T) {
	t.Parallel()
	a, b := NewTokens([]byte("a")), NewTokens([]byte("b"))
	seen := map[string]bool{}
	for _, token := range []string{a.Make("x"), a.Make("y"), b.Make("x"), a.Make("x")} {
		seen[token] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different tokens, want 3: the same for the same person, another for each other", len(seen))
	}
	defer func() {
		if recover() == nil {
			t.Error("tokens without a secret were made")
		}
	}()
	NewTokens(nil)
}

func TestAChoiceMovesBetweenTheShownListsAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		chosen      []string
		join, leave []string
	}{
		{"the same", []string{"news", "events"}, nil, nil},
		{"the same, written otherwise", []string{"events", "news", "news"}, nil, nil},
		{"another", []string{"offers"}, []string{"offers"}, []string{"news", "events"}},
		{"one more", []string{"news", "offers", "events"}, []string{"offers"}, nil},
		{"none", nil, nil, []string{"news", "events"}},
		{"one that is not shown", []string{"news", "events", "slow payers"}, nil, nil},
	} {
		p, s, l, token := newPage()
		if err := p.Choose(t.Context(), token, c.chosen); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var want []change
		if len(c.join)+len(c.leave) > 0 {
			want = []change{{ann, c.join, c.leave, now}}
		}
		if diff := cmp.Diff(want, s.changes); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if len(l.acts) > 0 {
			t.Errorf("%s: the ledger has %v; to leave a list is no opt-out", c.name, l.acts)
		}
	}
}

func TestAnOptOutIsTheNumbersAndSaysHowItCame(t *testing.T) {
	t.Parallel()
	p, s, l, token := newPage()
	evidence := map[string]any{"ip": "192.0.2.1"}
	if err := p.OptOut(t.Context(), token, evidence); err != nil {
		t.Fatal(err)
	}
	want := []ledger.Act{{
		Org: "o", Number: "+12125550123", Action: "revoked", Method: "web_form", Text: "Stop all texts", Evidence: evidence, Once: true,
	}}
	if diff := cmp.Diff(want, l.acts); diff != "" {
		t.Error(diff)
	}
	if len(s.changes) > 0 {
		t.Error("it changed her lists as well")
	}
}

// She is told that it holds only when it does.
func TestAnOptOutThatIsNotRecordedIsAnError(t *testing.T) {
	t.Parallel()
	p, _, l, token := newPage()
	l.err = errors.New("a text may be leaving at this moment")
	if err := p.OptOut(t.Context(), token, nil); !errors.Is(err, l.err) {
		t.Errorf("OptOut = %v", err)
	}
}

func TestWhatTheRowsCannotTellIsNoMissingPage(t *testing.T) {
	t.Parallel()
	p, s, l, token := newPage()
	s.err = errors.New("database is locked")
	_, load := p.Load(t.Context(), token)
	errs := []error{load, p.Choose(t.Context(), token, []string{"offers"}), p.OptOut(t.Context(), token, nil)}
	if slices.ContainsFunc(errs, func(err error) bool { return !errors.Is(err, s.err) || errors.Is(err, ErrNotFound) }) {
		t.Errorf("%v", errs)
	}
	if len(s.changes)+len(l.acts) > 0 {
		t.Error("something was changed")
	}
}

func TestNobodyHasNoPage(t *testing.T) {
	t.Parallel()
	p, s, _, token := newPage()
	s.person = Person{Subscriber: "somebody else"}
	if _, err := p.Load(t.Context(), token); !errors.Is(err, ErrNotFound) {
		t.Errorf("Load = %v", err)
	}
}

// Her texts still have the address when her record is gone.
func TestWithoutARecordThereIsTheWayOutAlone(t *testing.T) {
	t.Parallel()
	p, s, l, token := newPage()
	s.deleted = true
	if err := p.Choose(t.Context(), token, []string{"offers"}); !errors.Is(err, ErrNoLists) || len(s.changes) > 0 {
		t.Errorf("Choose = %v, changed %v", err, s.changes)
	}
	if err := p.OptOut(t.Context(), token, nil); err != nil || len(l.acts) != 1 || l.acts[0].Number != s.person.Number {
		t.Errorf("OptOut = %v, recorded %v", err, l.acts)
	}
}

func FuzzTokens(f *testing.F) {
	tokens := NewTokens([]byte("a secret"))
	f.Add(tokens.Make(ann))
	f.Add("a.b")
	f.Add(".")
	f.Fuzz(func(t *testing.T, token string) {
		if subscriber, ok := tokens.parse(token); ok && tokens.Make(subscriber) != token {
			t.Errorf("%q is taken for a token of %q", token, subscriber)
		}
	})
}
