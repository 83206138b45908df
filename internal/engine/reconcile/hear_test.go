package reconcile

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ear is a folder that has heard all until a moment, and some texts since.
type ear struct {
	since time.Time
	has   map[string]bool
	heard []Heard
}

func (e *ear) Listening(context.Context) (time.Time, []Source, error) {
	return e.since, []Source{{SenderNumber: ourName}, {PowerpackUUID: "our-pool"}}, nil
}

func (e *ear) Unheard(_ context.Context, uuids []string) (map[string]bool, error) {
	fresh := make(map[string]bool)
	for _, u := range uuids {
		fresh[u] = !e.has[u]
	}
	return fresh, nil
}

func (e *ear) Heard(_ context.Context, h Heard) error {
	e.heard, e.since = append(e.heard, h), h.Until
	return nil
}

// listener asks an archive and notes what it takes in.
func listener(e *ear, p Provider, took *[]string) *Reconciler {
	return New(Options{
		Hearing: e, Provider: p, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Urgent: func(t Text) bool { return strings.HasPrefix(t.Body, "STOP") },
		Listen: func(_ context.Context, t Text) error {
			if t.UUID == "nobody's" {
				return ErrNotOurs
			}
			*took = append(*took, t.UUID)
			return nil
		},
	})
}

// wrote is a text to our number, so long ago.
func wrote(uuid, body string, ago time.Duration, change ...func(*Text)) Text {
	t := Text{UUID: uuid, From: person, To: ourName, At: time.Now().Add(-ago), Body: body}
	for _, f := range change {
		f(&t)
	}
	return t
}

func TestWhatNoWebhookBroughtIsTakenInAndAnOptOutSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		toPool := func(t *Text) { t.To, t.PowerpackUUID = "12125550177", "our-pool" }
		toOthers := func(t *Text) { t.To = "12125550178" }
		archive := &archive{texts: []Text{
			wrote("stop of this moment", "STOP", 30*time.Second),
			wrote("fresh", "hello", 2*time.Minute),
			wrote("stop", "STOP", 3*time.Minute),
			wrote("stop to a number of the pool", "STOP", 4*time.Minute, toOthers),
			wrote("nobody's", "STOP", 5*time.Minute, toOthers),
			wrote("known", "hello", 15*time.Minute),
			wrote("wordless", "", 16*time.Minute),
			wrote("to others", "hello", 17*time.Minute, toOthers),
			wrote("to the pool", "hello", 18*time.Minute, toPool),
			wrote("old", "hello", 19*time.Minute),
			wrote("before", "hello", 41*time.Minute),
		}}
		start := time.Now()
		e := &ear{since: start.Add(-40 * time.Minute), has: map[string]bool{"known": true}}
		var took []string
		r := listener(e, archive, &took)
		if err := r.listen(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"old", "to the pool", "stop to a number of the pool", "stop"}; !slices.Equal(took, want) {
			t.Errorf("taken in: %q, want %q", took, want)
		}
		if want := (Heard{Since: start.Add(-40 * time.Minute), Until: start.Add(-10 * time.Minute), At: start, Missed: 3, Wordless: 1}); e.heard[0] != want {
			t.Errorf("remembered is %+v, want %+v", e.heard[0], want)
		}
		if !r.sleptSince.Equal(start.Add(-40 * time.Minute)) {
			t.Errorf("receipts are asked for since %v: where texts did not come, they did not either", r.sleptSince)
		}
		select {
		case <-r.Listened():
		default:
			t.Error("nobody is told that it was asked")
		}
		for _, u := range took {
			e.has[u] = true
		}
		took = nil
		<-time.After(10 * time.Minute)
		if err := r.listen(t.Context()); err != nil || len(e.heard) != 1 {
			t.Errorf("asked again after ten minutes: %v", err)
		}
		<-time.After(5 * time.Minute)
		if err := r.listen(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"fresh", "stop of this moment"}; !slices.Equal(took, want) {
			t.Errorf("a quarter of an hour later: %q, want %q", took, want)
		}
	})
}

func TestNothingOfBeforeTheFirstStartIsAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, e := &archive{texts: []Text{wrote("old", "STOP", time.Hour)}}, &ear{}
		var took []string
		if err := listener(e, p, &took).listen(t.Context()); err != nil || len(took) != 0 || len(p.calls) != 0 || !e.since.Equal(time.Now()) {
			t.Errorf("%q is taken in with %d calls, heard until %v (%v)", took, len(p.calls), e.since, err)
		}
	})
}

func TestAListThatIsNotToldHasNobodyHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		since := time.Now().Add(-time.Hour)
		p, e := &archive{err: errors.New("503")}, &ear{since: since}
		var took []string
		r := listener(e, p, &took)
		if err := r.listen(t.Context()); err == nil || len(e.heard) != 0 {
			t.Errorf("%v, remembered is %v", err, e.heard)
		}
		select {
		case <-r.Listened():
			t.Error("it is said that it was asked")
		default:
		}
		p.err = nil
		if err := r.listen(t.Context()); err != nil || len(e.heard) != 1 {
			t.Errorf("once it is told: %v, remembered is %v", err, e.heard)
		}
	})
}

func TestOfMoreThanCanBeReadTheNewestIsHeard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const most = mostPages * pageSize
		p := &archive{}
		for i := range most + 100 {
			p.texts = append(p.texts, wrote(fmt.Sprint(i), "STOP", 2*time.Minute+time.Duration(i)*time.Millisecond))
		}
		e := &ear{since: time.Now().Add(-time.Hour)}
		var took []string
		if err := listener(e, p, &took).listen(t.Context()); err != nil || len(took) != most || took[most-1] != "0" {
			t.Errorf("%d are heard: %v", len(took), err)
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
		r := New(Options{Archive: v, Hearing: &ear{}, Provider: p, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
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
