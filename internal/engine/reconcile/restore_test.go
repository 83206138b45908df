package reconcile

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTextsSinceACopyAreGivenToTheirRows(t *testing.T) {
	t.Parallel()
	ours := Source{SenderNumber: ourName}
	row := func(id string, change ...func(*Held)) Held {
		h := Held{ID: id, Source: ours, Segments: 2, Queued: true, Open: true}
		for _, f := range change {
			f(&h)
		}
		return h
	}
	unknown := func(h *Held) { h.Queued = false }
	known := func(uuid string) func(*Held) {
		return func(h *Held) { h.UUID, h.Open, h.Queued = uuid, false, false }
	}
	two := text(func(t *Text) { t.UUID = "two" })
	tests := map[string]struct {
		texts []Text
		held  []Held
		want  Claim
	}{
		"one text, one row":                   {[]Text{text()}, []Held{row("a")}, Claim{Bind: []Bound{{"a", text()}}}},
		"one text, one unknown row":           {[]Text{text()}, []Held{row("a", unknown)}, Claim{Bind: []Bound{{"a", text()}}}},
		"no text":                             {nil, []Held{row("a")}, Claim{}},
		"a text that has its row":             {[]Text{text()}, []Held{row("a", known("one"))}, Claim{Known: []Bound{{"a", text()}}}},
		"one known, one to give":              {[]Text{text(), two}, []Held{row("a", known("one")), row("b")}, Claim{Known: []Bound{{"a", text()}}, Bind: []Bound{{"b", two}}}},
		"two texts, one row":                  {[]Text{text(), two}, []Held{row("a")}, Claim{Doubt: []string{"a"}}},
		"one text, two rows":                  {[]Text{text()}, []Held{row("a"), row("b")}, Claim{Doubt: []string{"a", "b"}}},
		"one text, one row of two is unknown": {[]Text{text()}, []Held{row("a"), row("b", unknown)}, Claim{Doubt: []string{"a"}}},
		"another size":                        {[]Text{text(func(t *Text) { t.Segments = 1 })}, []Held{row("a")}, Claim{Doubt: []string{"a"}}},
		"no row at all":                       {[]Text{text()}, nil, Claim{Strangers: []Text{text()}}},
		"a row of another sender":             {[]Text{text()}, []Held{row("a", func(h *Held) { h.Source.SenderNumber = "+12125550109" })}, Claim{Strangers: []Text{text()}}},
		"a row that cannot have left":         {[]Text{text()}, []Held{row("a", func(h *Held) { h.Open, h.Queued = false, false })}, Claim{Strangers: []Text{text()}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.want.Number = person
			if diff := cmp.Diff(tt.want, assign(person, tt.texts, tt.held)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// vault is a restored folder.
type vault struct {
	pending bool
	held    []Held
	claims  []Claim
	done    []Replay
}

func (v *vault) Restored(context.Context) (Restored, bool, error) {
	return Restored{Since: at, Sources: []Source{{SenderNumber: ourName}}}, v.pending, nil
}
func (v *vault) Held(context.Context, string, time.Time) ([]Held, error) {
	return v.held, nil
}
func (v *vault) Claim(_ context.Context, c Claim) error { v.claims = append(v.claims, c); return nil }
func (v *vault) Replayed(_ context.Context, r Replay) error {
	v.done, v.pending = append(v.done, r), false
	return nil
}

// post is a provider with texts both ways.
type post struct{ out, in *archive }

func (p post) Texts(ctx context.Context, q Query) (Page, error) {
	if q.Inbound {
		return p.in.Texts(ctx, q)
	}
	return p.out.Texts(ctx, q)
}

func TestWhatPeopleWroteIsHeardInOrderAndAfterWhatLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		written := func(uuid, body string, after time.Duration) Text {
			return Text{UUID: uuid, From: person, To: ourName, At: at.Add(after), Body: body}
		}
		v := &vault{pending: true, held: []Held{{ID: "a", Source: Source{SenderNumber: ourName}, Segments: 2, Queued: true, Open: true}}}
		var heard []string
		p := post{
			out: &archive{texts: []Text{text(), text(func(t *Text) { t.UUID, t.From = "of another program", "12125550177" })}},
			in:  &archive{texts: []Text{written("3", "START", 3), written("2", "", 2), written("1", "STOP", 1), written("0", "to somebody else", 0)}},
		}
		r := New(Options{Archive: v, Provider: p, Now: func() time.Time { return at.Add(time.Hour) }, Log: slog.New(slog.DiscardHandler),
			Ear: &listener{take: func(t Text, _ bool) error {
				if len(v.claims) == 0 {
					return context.Canceled
				}
				if t.UUID == "0" {
					return ErrNotTaken
				}
				heard = append(heard, t.Body)
				return nil
			}}})
		if err := r.replay(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"STOP", "START"}; !slices.Equal(heard, want) {
			t.Errorf("heard %v, want %v", heard, want)
		}
		if want := []Replay{{Bound: 1, Heard: 2, Wordless: 1}}; !slices.Equal(v.done, want) {
			t.Errorf("it ends with %+v, want %+v", v.done, want)
		}
		if err := r.replay(t.Context()); err != nil || len(v.done) != 1 {
			t.Errorf("it is asked again: %v, %d times", err, len(v.done))
		}
	})
}

func TestAProviderThatDoesNotAnswerHoldsTheFolder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		v := &vault{pending: true}
		r := New(Options{Archive: v, Provider: &archive{err: context.DeadlineExceeded}, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err := r.replay(t.Context()); err == nil || len(v.done) != 0 {
			t.Errorf("without an answer: %v, %+v", err, v.done)
		}
	})
}

func TestTheNoticeSaysWhatToDo(t *testing.T) {
	t.Parallel()
	f := Fenced{Reason: "the files of this folder are copies", FoundAt: at}
	if got := f.Notice(); !strings.Contains(got, "Plivo is being asked") || !strings.Contains(got, "are copies") {
		t.Errorf("while it is asked: %s", got)
	}
	f.Replayed, f.Paused, f.Replay = true, 2, Replay{Bound: 5, Doubted: 1, Strangers: 3, Wordless: 4}
	for _, want := range []string{"5 texts", "1 people", "3 texts", "4 texts", "2 paused runs"} {
		if got := f.Notice(); !strings.Contains(got, want) {
			t.Errorf("%q is missing in: %s", want, got)
		}
	}
	f.Paused = 0
	if got := f.Notice(); got != "" {
		t.Errorf("when all is done: %s", got)
	}
}
