package reconcile

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// memory is a folder that has heard all until a moment, and some texts since.
type memory struct {
	since time.Time
	has   map[string]bool
	heard []Heard
}

func (m *memory) Listening(context.Context) (time.Time, []Source, error) {
	return m.since, []Source{{SenderNumber: ourName}, {PowerpackUUID: "our-pool"}}, nil
}

func (m *memory) Unheard(_ context.Context, uuids []string) (map[string]bool, error) {
	fresh := make(map[string]bool)
	for _, u := range uuids {
		fresh[u] = !m.has[u]
	}
	return fresh, nil
}

func (m *memory) Heard(_ context.Context, h Heard) error {
	m.heard, m.since = append(m.heard, h), h.Until
	return nil
}

// listener notes what it is told.
type listener struct {
	take   func(t Text, overtaken bool) error
	took   []string
	barred map[string]bool
}

func (l *listener) OptsOut(t Text) bool { return t.Body == "STOP" }
func (l *listener) Returns(t Text) bool { return t.Body == "START" }

func (l *listener) Take(_ context.Context, t Text, overtaken bool) error {
	if l.take != nil {
		return l.take(t, overtaken)
	}
	if t.UUID == "nobody's" {
		return ErrNotTaken
	}
	if overtaken {
		t.UUID += ", overtaken"
	}
	l.took = append(l.took, t.UUID)
	return nil
}

func (l *listener) Bar(_ context.Context, t Text) (func(), error) {
	if t.UUID == "nobody's" {
		return nil, ErrNotTaken
	}
	l.barred[t.UUID] = true
	return func() { delete(l.barred, t.UUID) }, nil
}

func listening(m *memory, p Provider) (*Reconciler, *listener) {
	l := &listener{barred: make(map[string]bool)}
	return New(Options{Hearing: m, Provider: p, Now: time.Now, Log: slog.New(slog.DiscardHandler), Ear: l}), l
}

// wrote is a text to our number, so long ago.
func wrote(uuid, body string, ago time.Duration, change ...func(*Text)) Text {
	t := Text{UUID: uuid, From: person, To: ourName, At: time.Now().Add(-ago), Body: body}
	for _, f := range change {
		f(&t)
	}
	return t
}

func told(r *Reconciler) bool {
	select {
	case <-r.Listened():
		return true
	default:
		return false
	}
}

func TestWhatNoWebhookBroughtIsTakenInAndAnOptOutBindsBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		toPool := func(t *Text) { t.To, t.PowerpackUUID = "12125550177", "our-pool" }
		toOthers := func(t *Text) { t.To = "12125550178" }
		archive := &archive{texts: []Text{
			wrote("stop of this moment", "STOP", 30*time.Second),
			wrote("fresh", "hello", 2*time.Minute),
			wrote("early", "STOP", 3*time.Minute),
			wrote("early and to others", "", 4*time.Minute, toOthers),
			wrote("nobody's", "STOP", 5*time.Minute, toOthers),
			wrote("known", "hello", 15*time.Minute),
			wrote("wordless", "", 16*time.Minute),
			wrote("to others", "hello", 17*time.Minute, toOthers),
			wrote("stop to a number of the pool", "STOP", 18*time.Minute, toOthers),
			wrote("to the pool", "hello", 19*time.Minute, toPool),
			wrote("old", "hello", 20*time.Minute),
			wrote("before", "hello", 41*time.Minute),
		}}
		start := time.Now()
		m := &memory{since: start.Add(-40 * time.Minute), has: map[string]bool{"known": true}}
		r, l := listening(m, archive)
		look := func(want ...string) {
			t.Helper()
			l.took = nil
			if err := r.listen(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(l.took, want) {
				t.Errorf("taken in: %q, want %q", l.took, want)
			}
			for _, u := range l.took {
				m.has[u] = true
			}
		}
		look("old", "to the pool", "stop to a number of the pool", "wordless")
		if want := (Heard{Until: start.Add(-10 * time.Minute), At: start, Missed: 3, Wordless: 1, Barred: 1}); m.heard[0] != want {
			t.Errorf("remembered is %+v, want %+v", m.heard[0], want)
		}
		if !told(r) || len(l.barred) != 1 || !l.barred["early"] {
			t.Errorf("told: %v, barred: %v", told(r), l.barred)
		}
		<-time.After(time.Minute)
		if look(); len(m.heard) != 1 {
			t.Error("asked again after a minute")
		}
		<-time.After(time.Minute)
		if look(); len(l.barred) != 2 || !l.barred["stop of this moment"] {
			t.Errorf("two minutes later: barred are %v", l.barred)
		}
		m.has["stop of this moment"] = true // its webhook came
		<-time.After(2 * time.Minute)
		if look(); len(l.barred) != 1 {
			t.Errorf("after its webhook came: barred are %v", l.barred)
		}
		<-time.After(4 * time.Minute)
		if look("early"); len(l.barred) != 0 {
			t.Errorf("when it is recorded: barred are %v", l.barred)
		}
		<-time.After(14 * time.Minute)
		looks := len(m.heard)
		if look(); len(m.heard) != looks {
			t.Error("asked again within a quarter of an hour, though nobody is barred")
		}
		<-time.After(time.Minute)
		look("fresh")
	})
}

func TestAnOptOutThatWasTakenBackSinceHasNoConsequences(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		other := func(t *Text) { t.From = "+12125550188" }
		elsewhere := func(t *Text) { t.To = "+12125550189" }
		archive := &archive{texts: []Text{
			wrote("start that was not heard", "START", 20*time.Minute, other),
			wrote("stop of another", "STOP", 21*time.Minute, other),
			wrote("start to another shop", "START", 21*time.Minute, other, elsewhere),
			wrote("start", "START", 22*time.Minute),
			wrote("stop", "STOP", 23*time.Minute),
		}}
		r, l := listening(&memory{since: time.Now().Add(-time.Hour), has: map[string]bool{"start": true, "start to another shop": true}}, archive)
		if err := r.listen(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"stop, overtaken", "stop of another", "start that was not heard"}; !slices.Equal(l.took, want) {
			t.Errorf("taken in: %q, want %q", l.took, want)
		}
	})
}

func TestNothingOfBeforeTheFirstStartIsAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, m := &archive{texts: []Text{wrote("old", "STOP", time.Hour)}}, &memory{}
		r, l := listening(m, p)
		if err := r.listen(t.Context()); err != nil || len(l.took) != 0 || len(p.calls) != 0 || !m.since.Equal(time.Now()) {
			t.Errorf("%q is taken in with %d calls, heard until %v (%v)", l.took, len(p.calls), m.since, err)
		}
	})
}

// A version that did not listen was down for two hours.
func TestAFolderThatNeverListenedListensFromItsLastUseOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, m := &archive{texts: []Text{wrote("in between", "STOP", time.Hour), wrote("older", "STOP", 3*time.Hour)}}, &memory{}
		r, l := listening(m, p)
		r.Slept(time.Now().Add(-2 * time.Hour))
		if err := r.listen(t.Context()); err != nil || !slices.Equal(l.took, []string{"in between"}) {
			t.Errorf("%q is taken in (%v)", l.took, err)
		}
	})
}

func TestAListThatIsNotToldHasNobodyHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, m := &archive{err: errors.New("503")}, &memory{since: time.Now().Add(-time.Hour)}
		r, _ := listening(m, p)
		if err := r.listen(t.Context()); err == nil || len(m.heard) != 0 || told(r) || r.Pages() != 0 {
			t.Errorf("%v, remembered is %v, told: %v, pages: %d", err, m.heard, told(r), r.Pages())
		}
		p.err = nil
		if err := r.listen(t.Context()); err != nil || len(m.heard) != 1 || !told(r) || r.Pages() != 1 {
			t.Errorf("once it is told: %v, remembered is %v, told: %v, pages: %d", err, m.heard, told(r), r.Pages())
		}
	})
}

func TestOfMoreThanCanBeReadTheNewestIsHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const most = mostPages * pageSize
		p := &archive{}
		for i := range most + 100 {
			p.texts = append(p.texts, wrote(fmt.Sprint(i), "STOP", 20*time.Minute+time.Duration(i)*time.Millisecond))
		}
		r, l := listening(&memory{since: time.Now().Add(-time.Hour)}, p)
		if err := r.listen(t.Context()); err != nil || len(l.took) != most || l.took[most-1] != "0" {
			t.Errorf("%d are heard: %v", len(l.took), err)
		}
	})
}

func TestAfterASleepOnlyWhatIsKnownOfARowIsTakenOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ours := Source{SenderNumber: ourName}
		sent := func(uuid string, ago time.Duration) Text {
			return text(func(t *Text) { t.UUID, t.At = uuid, time.Now().Add(-ago) })
		}
		v := &vault{held: []Held{
			{ID: "accepted", Source: ours, Segments: 2, UUID: "one"}, {ID: "queued", Source: ours, Segments: 2, Queued: true, Open: true},
		}}
		p := post{in: &archive{}, out: &archive{texts: []Text{sent("nobody's", 30*time.Minute), sent("one", 70*time.Minute), sent("older", 2*time.Hour)}}}
		r := New(Options{Archive: v, Hearing: &memory{}, Provider: p, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err := r.catchUp(t.Context()); err != nil || len(p.out.calls) != 0 {
			t.Errorf("without a sleep: %d calls (%v)", len(p.out.calls), err)
		}
		r.Slept(time.Now().Add(-time.Hour))
		for range 2 {
			if err := r.catchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		want := []Claim{{Number: person, Known: []Bound{{"accepted", sent("one", 70*time.Minute)}}}}
		if diff := cmp.Diff(want, v.claims); diff != "" || len(p.out.calls) != 1 {
			t.Errorf("%d calls (-want +got):\n%s", len(p.out.calls), diff)
		}
	})
}

func TestAListThatFailsInTheMiddleIsNotBegunForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &archive{err: errors.New("503")}
		r, _ := listening(&memory{}, p)
		r.Slept(time.Now().Add(-time.Hour))
		failed := 0
		for range 10 {
			if r.catchUp(t.Context()) != nil {
				failed++
			}
		}
		if failed != mostFailures-1 || len(p.calls) != mostFailures {
			t.Errorf("%d calls, of which %d are told to have failed", len(p.calls), failed)
		}
	})
}

// torn is an archive that tells its first page alone.
type torn struct{ *archive }

func (a torn) Texts(ctx context.Context, q Query) (Page, error) {
	if q.Offset > 0 {
		return Page{}, errors.New("500")
	}
	return a.archive.Texts(ctx, q)
}

func TestAListThatFailsInTheMiddleIsHeardAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &archive{}
		for i := range 2 * pageSize {
			p.texts = append(p.texts, wrote(fmt.Sprint(i), "STOP", 20*time.Minute+time.Duration(i)*time.Second))
		}
		since := time.Now().Add(-time.Hour)
		m := &memory{since: since}
		r, l := listening(m, torn{p})
		for n := range mostFailures - 1 {
			if err := r.listen(t.Context()); err == nil || told(r) {
				t.Errorf("look %d: %v, told: %v", n, err, told(r))
			}
		}
		if err := r.listen(t.Context()); err != nil || len(l.took) != pageSize || !told(r) {
			t.Errorf("%d are heard, told: %v (%v)", len(l.took), told(r), err)
		}
		if !m.since.Equal(since) {
			t.Errorf("what was not read is passed over: heard until %v", m.since)
		}
	})
}
