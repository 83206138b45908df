package hours

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFederalIsEightToTwentyOneEveryDay(t *testing.T) {
	t.Parallel()
	for day := time.Sunday; day <= time.Saturday; day++ {
		if diff := cmp.Diff([]Window{{480, 1260}}, Federal().Windows(day)); diff != "" {
			t.Errorf("%s: %s", day, diff)
		}
	}
}

func TestNarrowTakesAwayAndNeverAdds(t *testing.T) {
	t.Parallel()
	split, err := EveryDay(Window{600, 720}, Window{780, 1080})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name        string
		rules       Rules
		from, until string
		want        []Window
		code        string
	}{
		{"inside", Federal(), "09:00", "17:30", []Window{{540, 1050}}, ""},
		{"wider stays as it is", Federal(), "06:00", "24:00", []Window{{480, 1260}}, ""},
		{"start only", Federal(), "10:00", "", []Window{{600, 1260}}, ""},
		{"end only", Federal(), "", "20:00", []Window{{480, 1200}}, ""},
		{"neither", Federal(), "", "", []Window{{480, 1260}}, ""},
		{"split windows", split, "11:00", "14:00", []Window{{660, 720}, {780, 840}}, ""},
		{"outside the law", Federal(), "22:00", "23:00", nil, CodeHoursEmpty},
		{"backwards", Federal(), "17:00", "09:00", nil, CodeHoursInvalid},
		{"empty window", Federal(), "09:00", "09:00", nil, CodeHoursInvalid},
		{"no time", Federal(), "9am", "17:00", nil, CodeHoursInvalid},
		{"single digit", Federal(), "9:00", "17:00", nil, CodeHoursInvalid},
		{"minute 60", Federal(), "09:60", "17:00", nil, CodeHoursInvalid},
		{"beyond the day", Federal(), "09:00", "24:01", nil, CodeHoursInvalid},
		{"sign", Federal(), "+9:00", "17:00", nil, CodeHoursInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := c.rules.Narrow(c.from, c.until)
			if c.code != "" {
				var refusal *Error
				if !errors.As(err, &refusal) || refusal.Code != c.code || refusal.Message == "" {
					t.Fatalf("error %v, want %s", err, c.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got.Windows(time.Tuesday)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNewRulesJoinsWindowsAndRefusesImpossibleOnes(t *testing.T) {
	t.Parallel()
	r, err := NewRules(map[time.Weekday][]Window{time.Monday: {{600, 660}, {480, 540}, {540, 570}, {610, 620}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Window{{480, 570}, {600, 660}}, r.Windows(time.Monday)); diff != "" {
		t.Error(diff)
	}
	if got := r.Windows(time.Sunday); len(got) != 0 {
		t.Errorf("Sunday has %v, want none", got)
	}
	for _, w := range []Window{{-1, 60}, {60, 60}, {90, 60}, {0, 1441}, {1440, 1440}} {
		if _, err := EveryDay(w); err == nil {
			t.Errorf("window %v accepted", w)
		}
	}
	if _, err := NewRules(map[time.Weekday][]Window{7: nil}); err == nil {
		t.Error("weekday 7 accepted")
	}
}

func TestRulesAreNotChangedThroughWhatTheyReturn(t *testing.T) {
	t.Parallel()
	r := Federal()
	r.Windows(time.Monday)[0].From = 0
	closed := r.Closing(Date{2026, time.December, 25})
	_ = closed.Closing(Date{2026, time.December, 24})
	if got := r.Windows(time.Monday)[0].From; got != 480 {
		t.Errorf("Monday starts at %d after a caller wrote to a copy", got)
	}
	eve := time.Date(2026, time.December, 24, 17, 0, 0, 0, time.UTC)
	if !Allowed(eve, []string{"America/New_York"}, closed) {
		t.Error("closing a date in a copy closed it in the original")
	}
}

func TestIntersectKeepsMinutesOfBothAndClosedDatesOfEither(t *testing.T) {
	t.Parallel()
	evening, err := NewRules(map[time.Weekday][]Window{time.Friday: {{0, 540}, {1200, 1440}}})
	if err != nil {
		t.Fatal(err)
	}
	christmas := Federal().Closing(Date{2026, time.December, 25}) // a Friday
	r := Intersect(evening, christmas)
	if diff := cmp.Diff([]Window{{480, 540}, {1200, 1260}}, r.Windows(time.Friday)); diff != "" {
		t.Error(diff)
	}
	if got := r.Windows(time.Monday); len(got) != 0 {
		t.Errorf("Monday has %v, want none", got)
	}
	zone := []string{"Europe/London"}
	if Allowed(time.Date(2026, time.December, 25, 8, 30, 0, 0, time.UTC), zone, r) {
		t.Error("a closed date is open")
	}
	if !Allowed(time.Date(2026, time.December, 18, 8, 30, 0, 0, time.UTC), zone, r) {
		t.Error("the Friday before is closed")
	}
}

func TestWindowIsWrittenAsPeopleDo(t *testing.T) {
	t.Parallel()
	if got := (Window{485, 1440}).String(); got != "08:05-24:00" {
		t.Errorf("String() = %q", got)
	}
}

func TestDatesHaveWindowsOfTheirOwnAndWindowsEndEarly(t *testing.T) {
	t.Parallel()
	christmas := Date{2026, time.December, 25} // a Friday
	r := Federal().On([]Date{christmas, christmas}, Window{780, 1320})
	if diff := cmp.Diff([]Window{{780, 1260}}, r.OnDate(time.Date(2026, 12, 25, 1, 0, 0, 0, time.UTC))); diff != "" {
		t.Errorf("a date got more than its weekday has: %s", diff)
	}
	if diff := cmp.Diff([]Window{{480, 1260}}, r.OnDate(time.Date(2026, 12, 26, 1, 0, 0, 0, time.UTC))); diff != "" {
		t.Error(diff)
	}
	both := Intersect(r, Federal().Closing(Date{2026, time.December, 24})).EndingEarly(10)
	for day, want := range map[int][]Window{24: nil, 25: {{780, 1250}}, 26: {{480, 1250}}} {
		if diff := cmp.Diff(want, both.OnDate(time.Date(2026, 12, day, 1, 0, 0, 0, time.UTC))); diff != "" {
			t.Errorf("December %d: %s", day, diff)
		}
	}
	if got := Always().EndingEarly(10).Windows(time.Monday); !cmp.Equal(got, []Window{{0, 1440}}) {
		t.Errorf("what goes on at midnight ends at %v", got)
	}
	short, err := EveryDay(Window{480, 485}, Window{600, 700})
	if err != nil {
		t.Fatal(err)
	}
	if got := short.EndingEarly(10).Windows(time.Monday); !cmp.Equal(got, []Window{{600, 690}}) {
		t.Errorf("a window shorter than the margin became %v", got)
	}
}

func TestParseWindowsReadsWhatPeopleWrite(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]Window{
		"-": nil, "08:00-21:00": {{480, 1260}}, "13:00-20:00, 08:00-12:00": {{480, 720}, {780, 1200}}, "00:00-24:00": {{0, 1440}},
	} {
		if got, err := ParseWindows(text); err != nil || !cmp.Equal(got, want) {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "8-21", "08:00", "08:00-08:00", "21:00-08:00", "08:00-25:00", "08:00-12:00,", "--"} {
		if got, err := ParseWindows(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func FuzzParseWindows(f *testing.F) {
	for _, seed := range []string{"-", "08:00-21:00", "08:00-12:00,13:00-20:00", "24:00-24:00", "::-,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		windows, err := ParseWindows(text)
		if err != nil {
			return
		}
		last := -1
		for _, w := range windows {
			if !w.Valid() || w.From <= last {
				t.Fatalf("%q was read as %v", text, windows)
			}
			last = w.Until
		}
		// What was read, written again, reads the same.
		if len(windows) == 0 {
			return
		}
		written := windows[0].String()
		for _, w := range windows[1:] {
			written += "," + w.String()
		}
		if again, err := ParseWindows(written); err != nil || !cmp.Equal(again, windows) {
			t.Fatalf("%q became %q and then %v, %v", text, written, again, err)
		}
	})
}
