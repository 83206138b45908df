package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/reconcile"
)

func TestHearingIsRemembered(t *testing.T) {
	t.Parallel()
	f := open(t)
	listening := func() time.Time {
		t.Helper()
		since, sources, err := f.Listening(t.Context())
		if want := []reconcile.Source{{SenderNumber: "+12125550100"}}; err != nil || !cmp.Equal(sources, want) {
			t.Fatalf("our senders are %v, want %v (%v)", sources, want, err)
		}
		return since
	}
	missed := func() reconcile.Heard {
		t.Helper()
		h, err := f.Missed(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	if since, h := listening(), missed(); !since.IsZero() || h != (reconcile.Heard{}) {
		t.Errorf("before the first look people were heard until %v, and %+v was missed", since, h)
	}
	for i, h := range []reconcile.Heard{
		{Until: morning, At: morning},
		{Until: morning.Add(time.Hour), At: morning.Add(time.Hour), Missed: 3, Wordless: 1, Barred: 2},
		{Until: morning.Add(2 * time.Hour), At: morning.Add(2 * time.Hour), Missed: 1},
		{Until: morning.Add(3 * time.Hour), At: morning.Add(3 * time.Hour)}, // leaves what was missed
	} {
		if err := f.Heard(t.Context(), h); err != nil {
			t.Fatal(err)
		}
		if got := listening(); !got.Equal(h.Until) {
			t.Errorf("look %d: heard until %v, want %v", i, got, h.Until)
		}
		if n, err := f.BarredTexts(t.Context()); err != nil || n != h.Barred {
			t.Errorf("look %d: %d are barred, want %d (%v)", i, n, h.Barred, err)
		}
	}
	if got, want := missed(), (reconcile.Heard{At: morning.Add(2 * time.Hour), Missed: 4, Wordless: 1}); got != want {
		t.Errorf("missed is %+v, want %+v", got, want)
	}
	if err := f.Heard(t.Context(), reconcile.Heard{At: morning.Add(50 * time.Hour), Missed: 2}); err != nil {
		t.Fatal(err)
	}
	if got, want := missed(), (reconcile.Heard{At: morning.Add(50 * time.Hour), Missed: 2}); got != want {
		t.Errorf("two days later missed is %+v, want %+v", got, want)
	}
}

func TestWhatIsAmongTheMessagesIsNotUnheard(t *testing.T) {
	t.Parallel()
	f := open(t)
	var uuids []string
	for i := range unheardAtOnce + 3 {
		uuids = append(uuids, fmt.Sprint("text ", i))
	}
	here := map[int]bool{0: true, unheardAtOnce - 1: true, unheardAtOnce + 2: true}
	for i := range here {
		if err := f.Receive(t.Context(), inbox.Arrival{
			Message: inbox.Message{UUID: uuids[i], From: ann, Text: "hello", Segments: 1}, Route: inbox.Route{Org: org, Sender: sender}, Number: ann, At: morning,
		}); err != nil {
			t.Fatal(err)
		}
	}
	fresh, err := f.Unheard(t.Context(), uuids)
	if err != nil {
		t.Fatal(err)
	}
	for i, u := range uuids {
		if fresh[u] == here[i] {
			t.Errorf("%q: unheard is %v", u, fresh[u])
		}
	}
	if fresh, err := f.Unheard(t.Context(), nil); err != nil || len(fresh) != 0 {
		t.Errorf("of none: %v (%v)", fresh, err)
	}
}
