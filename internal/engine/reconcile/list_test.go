package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// archive is a provider with texts in it, newest first.
type archive struct {
	texts    []Text
	filters  bool // it knows the filter by number
	err      error
	calls    []time.Time
	numbered int
}

func (a *archive) Texts(_ context.Context, q Query) (Page, error) {
	a.calls = append(a.calls, time.Now())
	if a.err != nil {
		return Page{}, a.err
	}
	if q.To != "" {
		a.numbered++
	}
	var found []Text
	for _, t := range a.texts {
		if t.At.Before(q.Since) || !t.At.Before(q.Until) || (q.To != "" && a.filters && !same(t.To, q.To)) {
			continue
		}
		found = append(found, t)
	}
	found = found[min(q.Offset, len(found)):]
	return Page{Texts: found[:min(pageSize, len(found))], More: len(found) > pageSize}, nil
}

// busy is an archive with n texts in the minute of the doubt, one of them the doubt's.
func busy(n int, filters bool) *archive {
	a := &archive{filters: filters}
	for i := range n {
		t := Text{UUID: fmt.Sprint(i), From: ourName, To: fmt.Sprintf("+1646556%04d", i), Segments: 2, At: at.Add(time.Duration(n-i) * time.Millisecond)}
		if i == n/2 {
			t.To = person
		}
		a.texts = append(a.texts, t)
	}
	return a
}

func TestABusyStretchIsReadTheCheaperWay(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		archive            *archive
		calls, numbered    int
		wholeOrNot         bool
		candidatesOfPerson int
	}{
		"quiet: one page":                                  {busy(15, true), 1, 0, true, 1},
		"busy: one page too many, then by number":          {busy(2000, true), 2, 1, true, 1},
		"busy, and the filter is ignored: the whole":       {busy(2000, false), 1 + 1 + 100, 1, true, 1},
		"too busy, and the filter is ignored: not settled": {busy(7000, false), 1 + 1 + mostPages, 1, false, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := newList(tt.archive)
				answers, err := l.about(t.Context(), cluster{[]Doubt{doubt()}})
				if err != nil {
					t.Fatal(err)
				}
				a := answers[person]
				if len(tt.archive.calls) != tt.calls || tt.archive.numbered != tt.numbered || a.whole != tt.wholeOrNot || len(a.texts) != tt.candidatesOfPerson {
					t.Errorf("%d calls, %d by number, whole %v, %d texts", len(tt.archive.calls), tt.archive.numbered, a.whole, len(a.texts))
				}
			})
		})
	}
}

func TestTheListIsAskedNoOftenerThanItAllows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := busy(2000, false)
		l := newList(a)
		if _, err := l.stretch(t.Context(), Query{Since: at, Until: at.Add(time.Hour)}, mostPages); err != nil {
			t.Fatal(err)
		}
		for i, first := range a.calls {
			in := 0
			for _, c := range a.calls[i:] {
				if c.Sub(first) < time.Minute {
					in++
				}
			}
			if in > 20 {
				t.Fatalf("%d calls within a minute", in)
			}
		}
	})
}

type later time.Duration

func (l later) Error() string          { return "later" }
func (l later) RetryIn() time.Duration { return time.Duration(l) }

func TestAfterAFailureTheListIsLeftInPeace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := &archive{err: errors.New("down")}
		l := newList(a)
		for range 9 {
			if _, err := l.page(t.Context(), Query{}); err == nil {
				t.Fatal("no error")
			}
		}
		var gaps []time.Duration
		for i, c := range a.calls[1:] {
			gaps = append(gaps, c.Sub(a.calls[i]))
		}
		const minute = time.Minute
		want := []time.Duration{minute / 2, minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute, 15 * minute, 15 * minute}
		if !slices.Equal(gaps, want) {
			t.Errorf("gaps %v, want %v", gaps, want)
		}
		a.err, l.rest, l.free = later(5*time.Minute), 0, time.Time{}
		_, _ = l.page(t.Context(), Query{})
		if rest := time.Until(l.free); rest != 5*time.Minute {
			t.Errorf("it asked for five minutes and got %s", rest)
		}
		a.err = nil
		if _, err := l.page(t.Context(), Query{}); err != nil || l.rest != 0 {
			t.Errorf("after it is well again: %v, rest %s", err, l.rest)
		}
	})
}

func TestDoubtsThatLieTogetherAreAskedTogether(t *testing.T) {
	t.Parallel()
	make := func(id, sender string, after time.Duration) Doubt {
		d := doubt()
		d.ID, d.SenderNumber, d.At = id, sender, at.Add(after)
		return d
	}
	all := clusters([]Doubt{
		make("a", "1", 0), make("x", "2", 0), make("b", "1", 3*time.Minute), make("c", "1", 7*time.Minute), make("d", "1", 11*time.Minute),
		make("e", "1", time.Hour),
	})
	var got []string
	for _, c := range all {
		ids := ""
		for _, d := range c.doubts {
			ids += d.ID
		}
		got = append(got, ids)
	}
	if want := []string{"abc", "d", "e", "x"}; !slices.Equal(got, want) {
		t.Errorf("clusters %v, want %v", got, want)
	}
}
