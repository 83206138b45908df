package law_test

import (
	"testing"
	"time"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/law"
)

// Ordinary days of 2026 without a holiday anywhere in the table.
var (
	tuesday  = time.Date(2026, 8, 18, 12, 0, 0, 0, time.UTC)
	saturday = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	sunday   = time.Date(2026, 8, 23, 12, 0, 0, 0, time.UTC)
	// Christmas Day is a Friday, and a holiday wherever there are any.
	christmas = time.Date(2026, 12, 25, 12, 0, 0, 0, time.UTC)
)

const none = "-"

// Every row, written down a second time from the source that its own line names.
func TestEveryRowSaysWhatItsSourceSays(t *testing.T) {
	t.Parallel()
	const eight, early, nine = "08:00-21:00", "08:00-20:00", "09:00-21:00"
	seen := map[string]bool{}
	for _, c := range []struct {
		place, week, saturday, sunday, holiday string
		cap                                    int
		source                                 string
	}{
		{law.Anywhere, "09:00-20:00", "09:00-20:00", none, "09:00-20:00", 0, "unknown country: 9-20 Mon-Sat, no Sunday"},
		{"US", eight, eight, eight, eight, 0, "47 CFR 64.1200(c)(1)"},
		{"US-AL", early, early, none, none, 0, "three vendors' charts, 2025-07 to 2026-04"},
		{"US-AZ", eight, eight, eight, eight, 0, "HB 2498"},
		{"US-CA", nine, nine, nine, nine, 0, "PUC 2872(c) in a chart of 2026-04-08, strict"},
		{"US-CT", "09:00-20:00", "09:00-20:00", "09:00-20:00", "09:00-20:00", 0, "SB 1058, 2023-10-01"},
		{"US-FL", early, early, early, early, 3, "Fla. Stat. 501.616(6)(a),(b)"},
		{"US-GA", eight, eight, eight, eight, 0, "SB 73 (2024)"},
		{"US-IL", nine, nine, nine, nine, 0, "a chart of 2025-07, strict"},
		{"US-IN", eight, eight, eight, eight, 0, "not read"},
		{"US-KY", "10:00-21:00", "10:00-21:00", "10:00-21:00", "10:00-21:00", 0, "KRS 367.46955"},
		{"US-LA", early, early, none, none, 0, "PSC General Order R-29617 V(A)(1)-(2)"},
		{"US-MA", early, early, early, early, 0, "ch. 159C s.3, 201 CMR 12"},
		{"US-MD", early, early, early, early, 3, "Stop the Spam Calls Act, 2024-01-01"},
		{"US-ME", eight, eight, eight, eight, 0, "not read"},
		{"US-MI", nine, nine, nine, nine, 0, "charts"},
		{"US-MN", nine, nine, nine, nine, 0, "325E.30 in charts"},
		{"US-MS", early, early, none, early, 0, "77-3-723; holidays open since 2024-06-03"},
		{"US-NE", eight, eight, "13:00-21:00", "13:00-21:00", 0, "a chart of 2025-07, strict"},
		{"US-NV", "09:00-20:00", "09:00-20:00", "09:00-20:00", "09:00-20:00", 0, "charts"},
		{"US-NJ", eight, eight, eight, eight, 0, "56:8-128(d)"},
		{"US-NM", nine, nine, nine, nine, 0, "charts agree"},
		{"US-NY", eight, eight, eight, eight, 0, "the no-call law covers texts since 2021-08-12"},
		{"US-OK", early, early, early, early, 3, "15 O.S. 775C"},
		{"US-OR", early, early, early, early, 3, "HB 3865, 2026-01-01"},
		{"US-PA", eight, eight, eight, none, 0, "73 P.S. 2245(a)(1); holidays since 2019-12-03"},
		{"US-RI", "09:00-18:00", "10:00-17:00", none, none, 0, "5-61-3.6 and charts"},
		{"US-SC", eight, eight, eight, eight, 0, "not read"},
		{"US-SD", nine, none, none, nine, 0, "37-30-28, strict"},
		{"US-TX", nine, nine, "12:00-21:00", nine, 0, "Bus. & Com. 301.051, SB 140"},
		{"US-UT", eight, eight, none, none, 0, "13-25a-103(3)"},
		{"US-VA", eight, eight, eight, eight, 0, "59.1-510 ff., SB 1339"},
		{"US-WA", early, early, early, early, 0, "RCW 19.158.040(2), 80.36.390"},
		{"US-WV", eight, eight, eight, eight, 0, "HB 4886, not read"},
		{"US-WY", early, early, early, early, 0, "general knowledge"},
		{"CA", "09:00-21:30", "10:00-18:00", "10:00-18:00", "09:00-21:30", 0, "CRTC curfew, kept out of caution"},
		{"GB", eight, eight, eight, eight, 0, "vendors"},
		{"IE", eight, eight, eight, eight, 0, "vendors"},
		{"NL", eight, eight, eight, eight, 0, "vendors"},
		{"NZ", eight, eight, eight, eight, 0, "vendors"},
		{"AU", eight, eight, eight, eight, 0, "vendors"},
		{"DE", eight, eight, eight, eight, 0, "vendors"},
		{"FR", "08:00-22:00", "08:00-22:00", none, none, 0, "not 22-8, no Sunday, no public holiday"},
		{"IN", "10:00-21:00", "10:00-21:00", "10:00-21:00", "10:00-21:00", 0, "operators since 2025-10-13"},
	} {
		country, states := c.place, []string(nil)
		if len(c.place) == len("US-AL") {
			country, states = c.place[:2], []string{c.place[3:]}
		}
		rows := law.Default().Rows(country, states)
		row := rows[len(rows)-1]
		if row.Place != c.place {
			t.Errorf("%s: the row is %s", c.place, row.Place)
			continue
		}
		seen[c.place] = true
		for at, want := range map[time.Time]string{tuesday: c.week, saturday: c.saturday, sunday: c.sunday, christmas: c.holiday} {
			if got := written(row.Hours.OnDate(at)); got != want {
				t.Errorf("%s on %s: %s, want %s (%s)", c.place, at.Format("Monday 2006-01-02"), got, want, c.source)
			}
		}
		if row.Cap != c.cap {
			t.Errorf("%s: cap %d, want %d (%s)", c.place, row.Cap, c.cap, c.source)
		}
		if row.Source == "" || row.Date == "" || row.Name == "" || (row.Confidence != "high" && row.Confidence != "medium" && row.Confidence != "low") {
			t.Errorf("%s does not say where it is from: %+v", c.place, row.Row)
		}
	}
	for _, row := range law.Default().Data().Rows {
		if !seen[row.Place] {
			t.Errorf("the row of %s is in no test", row.Place)
		}
	}
}

func written(windows []hours.Window) string {
	if len(windows) == 0 {
		return none
	}
	text := windows[0].String()
	for _, w := range windows[1:] {
		text += "," + w.String()
	}
	return text
}

// Dates as calendars of the states and of France give them.
func TestHolidaysFallOnTheirDates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ country, state, date, name string }{
		{"US", "PA", "2026-01-01", "New Year's Day"},
		{"US", "AL", "2026-01-19", "Martin Luther King Day"},
		{"US", "UT", "2026-02-16", "Presidents' Day"},
		{"US", "LA", "2026-02-17", "Mardi Gras"},
		{"US", "LA", "2027-02-09", "Mardi Gras"},
		{"US", "LA", "2026-04-03", "Good Friday"},
		{"US", "AL", "2026-04-27", "Confederate Memorial Day"},
		{"US", "RI", "2026-05-04", "Rhode Island Independence Day"},
		{"US", "UT", "2026-05-25", "Memorial Day"},
		{"US", "AL", "2026-06-01", "Jefferson Davis' Birthday"},
		{"US", "PA", "2027-06-18", "Juneteenth"}, // a Saturday
		{"US", "LA", "2026-07-03", "Independence Day"},
		{"US", "LA", "2026-07-04", "Independence Day"},
		{"US", "RI", "2027-07-05", "Independence Day"}, // a Sunday
		{"US", "UT", "2026-07-24", "Pioneer Day"},
		{"US", "RI", "2026-08-10", "Victory Day"},
		{"US", "PA", "2026-09-07", "Labor Day"},
		{"US", "AL", "2026-10-12", "Columbus Day"},
		{"US", "PA", "2026-11-03", "Election Day"},
		{"US", "UT", "2026-11-11", "Veterans Day"},
		{"US", "LA", "2026-11-26", "Thanksgiving"},
		{"US", "RI", "2027-12-24", "Christmas Day"}, // a Saturday
		{"US", "UT", "2027-12-31", "New Year's Day"},
		{"FR", "", "2026-04-06", "Lundi de Pâques"},
		{"FR", "", "2026-05-14", "Ascension"},
		{"FR", "", "2026-05-25", "Lundi de Pentecôte"},
		{"FR", "", "2026-07-14", "Fête nationale"},
	} {
		at, err := time.Parse(time.DateOnly, c.date)
		if err != nil {
			t.Fatal(err)
		}
		rows := law.Default().Rows(c.country, []string{c.state})
		row := rows[len(rows)-1]
		if got := row.Holiday(at); got != c.name {
			t.Errorf("%s %s %s is %q, want %q", c.country, c.state, c.date, got, c.name)
		}
		if windows := row.Hours.OnDate(at); len(windows) != 0 {
			t.Errorf("%s %s is open on %s: %v", c.country, c.state, c.date, windows)
		}
	}
	for _, date := range []string{"2026-02-16", "2026-05-04", "2026-10-12"} { // not among those that Louisiana keeps
		at, _ := time.Parse(time.DateOnly, date)
		if rows := law.Default().Rows("US", []string{"LA"}); len(rows[1].Hours.OnDate(at)) == 0 {
			t.Errorf("Louisiana is closed on %s", date)
		}
	}
}
