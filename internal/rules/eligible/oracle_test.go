package eligible_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
	"tidings/internal/rules/law"
	"tidings/internal/rules/message"
	"tidings/internal/test/laworacle"
)

func oracle(t *testing.T, profile string) *laworacle.Oracle {
	t.Helper()
	o, err := laworacle.Load(profile)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func book(t *testing.T, profile string) *eligible.Book {
	t.Helper()
	set, err := law.Compile(law.BuiltIn().Apply(law.Changes{Profile: profile, ClosingMarginMinutes: -1}))
	if err != nil {
		t.Fatal(err)
	}
	return eligible.NewBook(set)
}

// Every area code, every minute of 2027, against the oracle. Windows, margins and the
// changes of all these clocks fall on full ten minutes UTC, so the first and the last
// second of each ten stand for all of them; area codes of one place stand for one.
func TestEveryAreaCodeAndMinuteOfAYearAgreesWithTheOracle(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: ten million questions; plain go test and CI run it")
	}
	o := oracle(t, law.Strict)
	seen := map[string]bool{}
	var work sync.WaitGroup
	for code, place := range o.Areas {
		key := fmt.Sprint(place)
		if seen[key] {
			continue
		}
		seen[key] = true
		where := eligible.NewBook(law.Default()).Where(eligible.Person{Number: "+1" + code + "5550123"}, eligible.Own{})
		mine := oracle(t, law.Strict) // it remembers holidays, so each goroutine has its own
		work.Go(func() {
			from, until := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)
			for at := from; at.Before(until); at = at.Add(10 * time.Minute) {
				for _, moment := range []time.Time{at, at.Add(10*time.Minute - time.Second)} {
					if got, want := where.Open(moment), mine.Allowed(place, moment); got != want {
						t.Errorf("%s (%v) at %s: allowed %v, the oracle says %v", code, place, moment.Format(time.RFC3339), got, want)
						return
					}
				}
			}
		})
	}
	work.Wait()
	if len(seen) < 70 {
		t.Errorf("only %d places were looked at", len(seen))
	}
}

// Any person, moment, profile and own hours: the verdict is the oracle's, the next
// moment is allowed, and none before it is.
func TestTheNextMomentIsTheFirstThatTheOracleAllows(t *testing.T) {
	t.Parallel()
	oracles := map[string]*laworacle.Oracle{law.Strict: oracle(t, law.Strict), law.Consented: oracle(t, law.Consented)}
	books := map[string]*eligible.Book{law.Strict: book(t, law.Strict), law.Consented: book(t, law.Consented)}
	var codes []string
	for code := range oracles[law.Strict].Areas {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	// Around the changes of clocks, the year's end, and days on which somebody is closed.
	near := []string{"2027-03-14", "2026-11-01", "2027-02-09", "2027-12-25", "2026-12-31", "2027-07-04", "2027-05-31", "2028-02-29"}
	rapid.Check(t, func(t *rapid.T) {
		profile := rapid.SampledFrom([]string{law.Strict, law.Consented}).Draw(t, "profile")
		o, b := oracles[profile], books[profile]
		code := rapid.SampledFrom(codes).Draw(t, "area")
		place := o.Areas[code]
		p := eligible.Person{Number: "+1" + code + "5550123"}
		switch rapid.IntRange(0, 3).Draw(t, "record") {
		case 0:
			p.Timezone = rapid.SampledFrom([]string{"America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Nowhere/Land"}).Draw(t, "zone")
			place.Zones = []string{p.Timezone}
		case 1:
			p.State = rapid.SampledFrom([]string{"FL", "LA", "RI", "UT", "SD", "TX", "NE"}).Draw(t, "state")
			if place.Country != "US" {
				p.State = "" // means nothing there
				break
			}
			if !slices.Contains(place.States, p.State) {
				place.States = append(slices.Clone(place.States), p.State)
				place.Zones = slices.Clone(place.Zones)
				for _, other := range o.Areas {
					if other.Country == "US" && slices.Contains(other.States, p.State) {
						place.Zones = append(place.Zones, other.Zones...)
					}
				}
			}
		}
		own := eligible.Own{}
		from, until := 0, 24*60
		if rapid.Bool().Draw(t, "own hours") {
			from = rapid.IntRange(6*60, 14*60).Draw(t, "from")
			until = rapid.IntRange(from+1, 23*60).Draw(t, "until")
			own.From, own.Until = clock(from), clock(until)
		}
		allowed := func(at time.Time) bool {
			if !o.Allowed(place, at) {
				return false
			}
			for _, name := range place.Zones {
				local := at.In(location(name))
				if m := local.Hour()*60 + local.Minute(); m < from || m >= until {
					return false
				}
			}
			return true
		}
		day, err := time.Parse(time.DateOnly, rapid.SampledFrom(near).Draw(t, "near"))
		if err != nil {
			t.Fatal(err)
		}
		at := day.Add(time.Duration(rapid.Int64Range(-3*86400, 3*86400).Draw(t, "seconds")) * time.Second)

		v := eligible.Judge(eligible.Question{Kind: message.Campaign, Status: "subscribed", Where: b.Where(p, own), At: at})
		if v.Allowed() != allowed(at) {
			t.Fatalf("%+v at %s: allowed %v, the oracle says %v", p, at, v.Allowed(), allowed(at))
		}
		want, found := at, v.Allowed()
		for step := at.Truncate(time.Minute).Add(time.Minute); !found && !step.After(at.Add(8*24*time.Hour)); step = step.Add(time.Minute) {
			want, found = step, allowed(step)
		}
		if found != (v.Reason == "") || found && !v.Next.Equal(want) {
			t.Fatalf("%+v %+v at %s: next %s (%s), stepping finds %s, %v", p, own, at, v.Next, v.Reason, want, found)
		}
	})
}

func location(name string) *time.Location {
	zone, err := hours.Zone(name)
	if err != nil {
		return time.UTC // the oracle has said no already
	}
	return zone
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func TestFinerThanMinutesTheHoursAreHalfOpen(t *testing.T) {
	t.Parallel()
	where := eligible.Default().Where(eligible.Person{Number: "+13055550123"}, eligible.Own{}) // 08:00 to 19:50 in New York
	opens := time.Date(2026, 8, 18, 12, 0, 0, 0, time.UTC)
	closes := time.Date(2026, 8, 18, 23, 50, 0, 0, time.UTC)
	for _, at := range []time.Time{opens, opens.Add(1), closes.Add(-1)} {
		if !where.Open(at) {
			t.Errorf("closed at %s", at.Format(time.RFC3339Nano))
		}
	}
	for _, at := range []time.Time{opens.Add(-1), closes, closes.Add(1)} {
		if where.Open(at) {
			t.Errorf("open at %s", at.Format(time.RFC3339Nano))
		}
	}
	begin, arrive := where.Ends(opens.Add(time.Hour))
	if !begin.Equal(closes) || !arrive.Equal(closes.Add(10*time.Minute)) {
		t.Errorf("texts begin before %s and arrive before %s", begin, arrive)
	}
}

// What was decided is asked again from the basis alone.
func TestABasisAnswersAsTheQuestionDid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestion(t)
		again := eligible.Default().Replay(q.Basis(), q.Kind, q.At, q.Expires)
		if a, b := eligible.Judge(q), eligible.Judge(again); a != b {
			t.Fatalf("decided %+v, asked again %+v", a, b)
		}
		first, second := eligible.Explain(q), eligible.Explain(again)
		if !slices.Equal(first, second) {
			t.Fatalf("explained %v, asked again %v", first, second)
		}
		if !strings.Contains(q.Basis().Rules, law.Default().Hash()) {
			t.Fatal("the basis does not say by which rules")
		}
	})
}
