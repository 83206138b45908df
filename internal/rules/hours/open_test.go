package hours

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func utc(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

func must(r Rules, err error) Rules {
	if err != nil {
		panic(err)
	}
	return r
}

var (
	newYork  = []string{"America/New_York"}
	tollFree = []string{"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"}
)

func TestNextOpenAndWindowEnd(t *testing.T) {
	t.Parallel()
	night := must(EveryDay(Window{0, 360}, Window{1200, 1440}))
	gap := must(EveryDay(Window{150, 180})) // 02:30-03:00
	early := must(EveryDay(Window{60, 180}))
	always := must(EveryDay(Window{0, 1440}))
	weekdays := must(NewRules(map[time.Weekday][]Window{time.Monday: {{540, 1020}}}))
	for _, c := range []struct {
		name  string
		at    string
		zones []string
		rules Rules
		open  string // "" for none within the horizon
		end   string // of the window at that opening
	}{
		{"in the window", "2026-11-24T16:00:00.5Z", newYork, Federal(), "2026-11-24T16:00:00.5Z", "2026-11-25T02:00:00Z"},
		{"first second", "2026-11-24T13:00:00Z", newYork, Federal(), "2026-11-24T13:00:00Z", "2026-11-25T02:00:00Z"},
		{"just before", "2026-11-24T12:59:59.999Z", newYork, Federal(), "2026-11-24T13:00:00Z", "2026-11-25T02:00:00Z"},
		{"last moment", "2026-11-25T01:59:59.999999999Z", newYork, Federal(), "2026-11-25T01:59:59.999999999Z", "2026-11-25T02:00:00Z"},
		{"the end is outside", "2026-11-25T02:00:00Z", newYork, Federal(), "2026-11-25T13:00:00Z", "2026-11-26T02:00:00Z"},
		{"east and west", "2026-11-24T13:00:00Z", []string{"America/New_York", "America/Los_Angeles"}, Federal(), "2026-11-24T16:00:00Z", "2026-11-25T02:00:00Z"},
		{"toll-free has eight hours", "2026-11-24T13:00:00Z", tollFree, Federal(), "2026-11-24T18:00:00Z", "2026-11-25T02:00:00Z"},
		{"half-hour zone", "2026-11-24T00:00:00Z", []string{"Asia/Kolkata"}, Federal(), "2026-11-24T02:30:00Z", "2026-11-24T15:30:00Z"},
		{"Vancouver keeps summer time", "2027-01-15T12:00:00Z", []string{"America/Vancouver"}, Federal(), "2027-01-15T15:00:00Z", "2027-01-16T04:00:00Z"},
		{"morning after the clocks go forward", "2027-03-14T02:30:00Z", newYork, Federal(), "2027-03-14T12:00:00Z", "2027-03-15T01:00:00Z"},
		{"morning after the clocks go back", "2026-11-01T01:30:00Z", newYork, Federal(), "2026-11-01T13:00:00Z", "2026-11-02T02:00:00Z"},
		{"a window that the gap swallows", "2027-03-14T07:00:00Z", newYork, gap, "2027-03-15T06:30:00Z", "2027-03-15T07:00:00Z"},
		{"a window that the gap cuts short", "2027-03-14T06:30:00Z", newYork, early, "2027-03-14T06:30:00Z", "2027-03-14T07:00:00Z"},
		{"a window that a doubled hour stretches", "2026-11-01T05:30:00Z", newYork, early, "2026-11-01T05:30:00Z", "2026-11-01T08:00:00Z"},
		{"windows that meet at midnight", "2026-11-24T23:00:00Z", newYork, night, "2026-11-25T01:00:00Z", "2026-11-25T11:00:00Z"},
		{"never closed", "2026-11-24T16:00:00Z", newYork, always, "2026-11-24T16:00:00Z", "2026-12-02T16:00:00Z"},
		{"one day of the week", "2026-11-24T16:00:00Z", newYork, weekdays, "2026-11-30T14:00:00Z", "2026-11-30T22:00:00Z"},
		{"skipped day of Samoa", "2011-12-30T09:00:00Z", []string{"Pacific/Apia"}, Federal(), "2011-12-30T18:00:00Z", "2011-12-31T07:00:00Z"},
		{"closed date", "2026-12-25T16:00:00Z", newYork, Federal().Closing(Date{2026, time.December, 25}), "2026-12-26T13:00:00Z", "2026-12-27T02:00:00Z"},
		{"last day of a leap year beyond the table", "2052-12-31T03:00:00Z", newYork, Federal(), "2052-12-31T13:00:00Z", "2053-01-01T02:00:00Z"},
		{"no zone", "2026-11-24T16:00:00Z", nil, Federal(), "", ""},
		{"unknown zone", "2026-11-24T16:00:00Z", []string{"America/New_York", "Mars/Olympus"}, Federal(), "", ""},
		{"no rules", "2026-11-24T16:00:00Z", newYork, Rules{}, "", ""},
		{"windows that never meet", "2026-11-24T16:00:00Z", []string{"Pacific/Pago_Pago", "Pacific/Kiritimati"}, must(EveryDay(Window{600, 660})), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := utc(c.at)
			got, ok := NextOpen(at, c.zones, c.rules)
			if ok != (c.open != "") || ok && !got.Equal(utc(c.open)) {
				t.Fatalf("NextOpen = %s, %t; want %q", got.Format(time.RFC3339Nano), ok, c.open)
			}
			if allowed := Allowed(at, c.zones, c.rules); allowed != (ok && got.Equal(at)) {
				t.Errorf("Allowed = %t", allowed)
			}
			if !ok {
				if end := WindowEnd(at, c.zones, c.rules); !end.Equal(at) {
					t.Errorf("WindowEnd of a closed moment = %s, want the moment", end)
				}
				return
			}
			if end := WindowEnd(got, c.zones, c.rules); !end.Equal(utc(c.end)) {
				t.Errorf("WindowEnd = %s, want %s", end.Format(time.RFC3339), c.end)
			}
		})
	}
}

// slow is the oracle: the wall clock as the standard library shows it.
func slow(t *rapid.T, at time.Time, names []string, r Rules) bool {
	for _, name := range names {
		location, err := Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		local := at.In(location)
		minute, inside := local.Hour()*60+local.Minute(), false
		for _, w := range r.Windows(local.Weekday()) {
			inside = inside || w.From <= minute && minute < w.Until
		}
		if !inside {
			return false
		}
	}
	return true
}

func TestNextOpenAgreesWithSteppingMinuteByMinute(t *testing.T) {
	t.Parallel()
	places := []string{
		"America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Phoenix", "Pacific/Honolulu",
		"Australia/Lord_Howe", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Dublin", "Africa/Casablanca",
		"Pacific/Apia", "Pacific/Chatham", "America/Vancouver", "America/Winnipeg", "Antarctica/Troll",
	}
	// Moments near a change of a clock find more than moments at random.
	changes := []string{
		"2027-03-14T07:00:00Z", "2026-11-01T06:00:00Z", "2027-04-03T15:00:00Z", "2026-10-03T15:30:00Z",
		"2011-12-30T10:00:00Z", "2027-03-28T01:00:00Z", "2026-11-01T09:00:00Z", "2019-12-31T23:00:00Z", "2049-12-31T12:00:00Z",
		"2028-12-31T12:00:00Z", "2052-12-31T12:00:00Z",
	}
	rapid.Check(t, func(t *rapid.T) {
		week := map[time.Weekday][]Window{}
		for day := time.Sunday; day <= time.Saturday; day++ {
			for range rapid.IntRange(0, 2).Draw(t, "windows") {
				from := rapid.IntRange(0, 1439).Draw(t, "from")
				week[day] = append(week[day], Window{from, rapid.IntRange(from+1, 1440).Draw(t, "until")})
			}
		}
		r := must(NewRules(week))
		names := rapid.SliceOfN(rapid.SampledFrom(places), 1, 3).Draw(t, "zones")
		near := utc(rapid.SampledFrom(changes).Draw(t, "near"))
		at := near.Add(time.Duration(rapid.Int64Range(-4*86400, 2*86400).Draw(t, "seconds")) * time.Second)

		want, found := at, slow(t, at, names, r)
		for step := at.Truncate(time.Minute).Add(time.Minute); !found && !step.After(at.Add(Horizon)); step = step.Add(time.Minute) {
			want, found = step, slow(t, step, names, r)
		}
		got, ok := NextOpen(at, names, r)
		if ok != found || ok && !got.Equal(want) {
			t.Fatalf("NextOpen(%s, %v) = %s, %t; stepping finds %s, %t", at, names, got, ok, want, found)
		}
		if !ok {
			return
		}
		end := WindowEnd(got, names, r)
		closes := got.Truncate(time.Minute).Add(time.Minute)
		for ; closes.Before(got.Add(Horizon)) && slow(t, closes, names, r); closes = closes.Add(time.Minute) {
		}
		if closes.After(got.Add(Horizon)) {
			closes = got.Add(Horizon)
		}
		if !end.Equal(closes) {
			t.Fatalf("WindowEnd(%s, %v) = %s; stepping finds %s", got, names, end, closes)
		}
	})
}

func TestAllowedIsInTheNextOpeningOnly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-4e9, 8e9).Draw(t, "unix"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
		open, ok := NextOpen(at, tollFree, Federal())
		if !ok || open.Before(at) || !Allowed(open, tollFree, Federal()) {
			t.Fatalf("NextOpen(%s) = %s, %t", at, open, ok)
		}
		if Allowed(at, tollFree, Federal()) != open.Equal(at) {
			t.Fatalf("Allowed(%s) disagrees with NextOpen %s", at, open)
		}
		if open.After(at) && Allowed(open.Add(-1), tollFree, Federal()) {
			t.Fatalf("%s is not the first open moment", open)
		}
		end := WindowEnd(open, tollFree, Federal())
		if !end.After(open) || Allowed(end, tollFree, Federal()) || !Allowed(end.Add(-1), tollFree, Federal()) {
			t.Fatalf("WindowEnd(%s) = %s", open, end)
		}
	})
}

func BenchmarkNextOpen(b *testing.B) {
	at, r := utc("2026-11-24T19:00:00Z"), Federal()
	for name, zones := range map[string][]string{"one zone open": newYork, "seven zones open": tollFree} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := NextOpen(at, zones, r); !ok {
					b.Fatal("closed")
				}
			}
		})
	}
	b.Run("one zone closed", func(b *testing.B) {
		night := at.Add(10 * time.Hour)
		for b.Loop() {
			if _, ok := NextOpen(night, newYork, r); !ok {
				b.Fatal("closed")
			}
		}
	})
}
