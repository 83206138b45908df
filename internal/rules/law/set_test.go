package law_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/law"
)

func compile(t *testing.T, c law.Changes) *law.Set {
	t.Helper()
	s, err := law.Compile(law.BuiltIn().Apply(c))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAllRowsOfAPlaceHoldAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country string
		states  []string
		full    string // on an ordinary Tuesday
		early   string
		limit   int
	}{
		{"US", nil, "08:00-21:00", "08:00-20:50", 0},
		{"US", []string{"FL"}, "08:00-20:00", "08:00-19:50", 3},
		{"US", []string{"NY", "FL"}, "08:00-20:00", "08:00-19:50", 3},
		{"US", []string{"KY", "CT", "RI"}, "10:00-18:00", "10:00-17:50", 0},
		{"US", []string{"ZZ"}, "08:00-21:00", "08:00-20:50", 0},
		{"PR", []string{"PR"}, "08:00-21:00", "08:00-20:50", 0},
		{"JE", nil, "08:00-21:00", "08:00-20:50", 0},
		{"CA", []string{"ON"}, "09:00-21:30", "09:00-21:20", 0},
		{"BR", nil, "09:00-20:00", "09:00-19:50", 0},
		{"", nil, "09:00-20:00", "09:00-19:50", 0},
	} {
		early, full := law.Default().Hours(c.country, c.states)
		if got := written(full.OnDate(tuesday)); got != c.full {
			t.Errorf("%s %v: %s, want %s", c.country, c.states, got, c.full)
		}
		if got := written(early.OnDate(tuesday)); got != c.early {
			t.Errorf("%s %v closes early: %s, want %s", c.country, c.states, got, c.early)
		}
		if got, _ := law.Default().Cap(c.country, c.states); got != c.limit {
			t.Errorf("%s %v: cap %d, want %d", c.country, c.states, got, c.limit)
		}
	}
}

func TestTheConsentedProfileRelaxesRowsThatSpeakOfTheUnsolicitedOnly(t *testing.T) {
	t.Parallel()
	s := compile(t, law.Changes{Profile: law.Consented, ClosingMarginMinutes: -1})
	for state, want := range map[string]string{
		"FL": "08:00-21:00", "RI": "08:00-21:00", "TX": "08:00-21:00", "CA": "08:00-21:00", "SD": "09:00-21:00",
		"MD": "08:00-20:00", "LA": "-", "UT": "08:00-21:00", "NE": "08:00-21:00", "KY": "10:00-21:00",
	} {
		at := tuesday
		if state == "LA" || state == "UT" || state == "NE" {
			at = sunday
		}
		_, full := s.Hours("US", []string{state})
		if got := written(full.OnDate(at)); got != want {
			t.Errorf("%s on %s: %s, want %s", state, at.Weekday(), got, want)
		}
	}
	if limit, _ := s.Cap("US", []string{"FL"}); limit != 3 {
		t.Errorf("Florida's cap under consent is %d, want 3", limit)
	}
}

func TestAnEmergencyClosesAStateForEverybody(t *testing.T) {
	t.Parallel()
	for _, profile := range []string{law.Strict, law.Consented} {
		s := compile(t, law.Changes{Profile: profile, ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-LA", Emergency: true}, {Place: "US-NY", Emergency: true}}})
		for _, state := range []string{"LA", "NY"} {
			early, _ := s.Hours("US", []string{state})
			if at, ok := hours.NextOpen(tuesday, []string{"America/New_York"}, early); ok {
				t.Errorf("%s: %s opens at %s in an emergency", profile, state, at)
			}
		}
		if early, _ := s.Hours("US", []string{"TX"}); early.Empty() {
			t.Error("an emergency in Louisiana closes Texas")
		}
	}
}

func TestWhatAnInstallationLeavesEmptyStaysAsBuiltIn(t *testing.T) {
	t.Parallel()
	s := compile(t, law.Changes{ClosingMarginMinutes: 0, Rows: []law.Change{
		{Place: "US-FL", Weekdays: "10:00-18:00", Source: "our counsel", As: "2027-01-02", Confidence: "high"},
		{Place: "US-OH", Cap: 2},
		{Place: "US-TX", Source: "our counsel"},
		{Place: "US-MD", Cap: -1},
		{Place: "BR", Sunday: "-", Weekdays: "09:00-18:00", Name: "Brazil"},
		{Place: "US-LA", Date: "2026-08-18", Name: "the governor's day"},
		{Place: "US-GA", Date: "2026-08-18", Holidays: "12:00-13:00", Name: "a short day"},
	}})
	row := func(country, state string) *law.Bound {
		rows := s.Rows(country, []string{state})
		return rows[len(rows)-1]
	}
	fl := row("US", "FL")
	if got := []string{written(fl.Hours.OnDate(tuesday)), written(fl.Hours.OnDate(saturday)), fl.Source, fl.Date, fl.Confidence}; !cmp.Equal(got,
		[]string{"10:00-18:00", "08:00-20:00", "our counsel", "2027-01-02", "high"}) || fl.Cap != 3 || !fl.Edited {
		t.Errorf("Florida is %v, cap %d", got, fl.Cap)
	}
	if tx := row("US", "TX"); tx.Source != "our counsel" || tx.Date != "" || tx.Confidence != "low" {
		t.Errorf("a new source of Texas goes with the date and confidence of another: %s, %q, %s", tx.Source, tx.Date, tx.Confidence)
	}
	if oh := row("US", "OH"); oh.Place != "US-OH" || oh.Cap != 2 || written(oh.Hours.OnDate(tuesday)) != "08:00-21:00" {
		t.Errorf("Ohio is %+v", oh.Row)
	}
	if md := row("US", "MD"); md.Cap != 0 {
		t.Errorf("Maryland's cap is %d", md.Cap)
	}
	if br := row("BR", ""); br.Name != "Brazil" || written(br.Hours.OnDate(saturday)) != "09:00-20:00" || written(br.Hours.OnDate(tuesday)) != "09:00-18:00" {
		t.Errorf("Brazil is %+v", br.Row)
	}
	if la := row("US", "LA"); written(la.Hours.OnDate(tuesday)) != "-" || la.Holiday(tuesday) != "the governor's day" {
		t.Errorf("Louisiana is open on its governor's day: %s", la.Holiday(tuesday))
	}
	if ga := row("US", "GA"); written(ga.Hours.OnDate(tuesday)) != "12:00-13:00" {
		t.Errorf("Georgia is open %s on a short day", written(ga.Hours.OnDate(tuesday)))
	}
	if early, full := s.Hours("US", nil); written(early.OnDate(tuesday)) != written(full.OnDate(tuesday)) {
		t.Error("a margin of zero closes early")
	}
	if s.Version() == law.Default().Version() || s.Hash() == law.Default().Hash() {
		t.Error("edited rules have the version of the built-in ones")
	}
}

func TestASetIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := compile(t, law.Changes{Profile: law.Consented, ClosingMarginMinutes: 5, Rows: []law.Change{
		{Place: "US-LA", Emergency: true}, {Place: "FR", Date: "2026-12-24", Name: "a day"},
	}})
	d, err := law.Decode(s.Data().Encode())
	if err != nil {
		t.Fatal(err)
	}
	again, err := law.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != s.Hash() || again.Version() != s.Version() {
		t.Errorf("%s %s became %s %s", s.Version(), s.Hash(), again.Version(), again.Hash())
	}
	if diff := cmp.Diff(s.Data(), again.Data()); diff != "" {
		t.Error(diff)
	}
}

func TestDataThatCannotBeEvaluatedIsRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]law.Changes{
		"profile":        {Profile: "lax", ClosingMarginMinutes: -1},
		"margin":         {ClosingMarginMinutes: 121},
		"place":          {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "Florida"}}},
		"hours":          {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-FL", Weekdays: "8-20"}}},
		"backwards":      {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-FL", Sunday: "20:00-08:00"}}},
		"holidays":       {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-FL", Holidays: "closed"}}},
		"date":           {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-FL", Date: "12/24/2026"}}},
		"hours of a day": {ClosingMarginMinutes: -1, Rows: []law.Change{{Place: "US-FL", Date: "2026-12-24", Holidays: "noon"}}},
	} {
		_, err := law.Compile(law.BuiltIn().Apply(change))
		var refusal *law.Error
		if !errors.As(err, &refusal) || refusal.Message == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := law.Decode([]byte(`{"version":"x","rows":[{"place":"US","curfew":"22:00"}]}`)); err == nil {
		t.Error("a field that nobody understands was passed over")
	}
	twice := law.BuiltIn()
	twice.Rows = append(twice.Rows, twice.Rows[1])
	if _, err := law.Compile(twice); err == nil {
		t.Error("two rows of one place were taken")
	}
	if _, err := law.Compile(law.Data{Profile: law.Strict}); err == nil {
		t.Error("a set without a row for other countries was taken")
	}
}

func TestTheBuiltInSetIsPinned(t *testing.T) {
	t.Parallel()
	// Whoever changes a row gives the set a new version, and this test both.
	if got := law.Default().Version(); got != "2026-11-23.1" {
		t.Errorf("version %s", got)
	}
	if got := law.Default().Hash()[:16]; got != "c840fe8ce448b560" {
		t.Errorf("the rows have changed (hash %s); give them a new version", got)
	}
	if got := law.Default().Margin(); got != 10*time.Minute {
		t.Errorf("margin %v", got)
	}
}
