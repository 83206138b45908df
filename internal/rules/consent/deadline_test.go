package consent

import (
	"testing"
	"time"
)

func TestBusinessDaysLeaveOutWeekendsAndFederalHolidays(t *testing.T) {
	t.Parallel()
	at := func(day string) time.Time {
		d, err := time.Parse("2006-01-02 15:04", day)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		from string
		days int
		want string
	}{
		{"2026-03-03 16:00", 10, "2026-03-17 16:00"}, // no holiday between
		{"2026-03-06 16:00", 1, "2026-03-09 16:00"},  // Friday to Monday
		{"2026-03-07 16:00", 1, "2026-03-09 16:00"},  // Saturday
		{"2026-11-24 16:00", 10, "2026-12-09 16:00"}, // Thanksgiving
		{"2026-12-24 16:00", 1, "2026-12-28 16:00"},  // Christmas on a Friday
		{"2026-12-31 16:00", 1, "2027-01-04 16:00"},  // New Year on a Friday
		{"2026-07-02 16:00", 1, "2026-07-06 16:00"},  // the Fourth on a Saturday is kept on Friday
		{"2027-07-02 16:00", 1, "2027-07-06 16:00"},  // and on a Sunday on Monday
		{"2027-12-30 16:00", 1, "2028-01-03 16:00"},  // New Year's Saturday is kept on December 31
		{"2026-01-16 16:00", 1, "2026-01-20 16:00"},  // Martin Luther King
		{"2026-02-13 16:00", 1, "2026-02-17 16:00"},  // Washington
		{"2026-05-22 16:00", 1, "2026-05-26 16:00"},  // Memorial Day
		{"2026-06-18 16:00", 1, "2026-06-22 16:00"},  // Juneteenth on a Friday
		{"2026-09-04 16:00", 1, "2026-09-08 16:00"},  // Labor Day
		{"2026-10-09 16:00", 1, "2026-10-13 16:00"},  // Columbus Day
		{"2026-11-10 16:00", 1, "2026-11-12 16:00"},  // Veterans Day
		{"2026-03-07 03:00", 1, "2026-03-10 03:00"},  // still Friday in the east: Monday evening there
	} {
		if got := AddBusinessDays(at(c.from), c.days); !got.Equal(at(c.want)) {
			t.Errorf("%d business days after %s: %s, want %s", c.days, c.from, got.Format("2006-01-02 15:04"), c.want)
		}
	}
	if opened := at("2026-03-03 16:00"); !ReviewAlarm(opened).Equal(at("2026-03-10 16:00")) || !ReviewDue(opened).Equal(at("2026-03-17 16:00")) {
		t.Error("the clock of a review is ten business days, its alarm five")
	}
}
