package consent

import "time"

// An opt-out by any reasonable means is honoured within ten business days
// (47 CFR 64.1200(a)(10)). Half of that is late enough to be alarmed.
const (
	reviewDays = 10
	alarmDays  = 5
)

// ReviewDue is when a reply that may be an opt-out has to be decided at the latest.
func ReviewDue(opened time.Time) time.Time { return AddBusinessDays(opened, reviewDays) }

// ReviewAlarm is when somebody should be alarmed that it is not.
func ReviewAlarm(opened time.Time) time.Time { return AddBusinessDays(opened, alarmDays) }

// eastern is the calendar that days are counted in, where no place is known: the
// federal government's, without summer time, which can only make it earlier.
var eastern = time.FixedZone("EST", -5*60*60)

// AddBusinessDays is the same time of day, n business days later: neither
// weekends nor federal holidays count (47 CFR 64.1200(a)(10)).
func AddBusinessDays(t time.Time, n int) time.Time {
	day := t.In(eastern)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if businessDay(day) {
			n--
		}
	}
	return day.UTC()
}

func businessDay(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !federalHoliday(t)
}

// federalHoliday reports whether offices of the United States are closed on a
// weekday (5 U.S.C. 6103): a fixed date on a Saturday is kept on the Friday before,
// one on a Sunday on the Monday after.
func federalHoliday(t time.Time) bool {
	for shift := -1; shift <= 1; shift++ {
		d := t.AddDate(0, 0, shift)
		if !fixedHoliday(d.Month(), d.Day()) {
			continue
		}
		switch d.Weekday() {
		case time.Saturday:
			if shift == 1 {
				return true
			}
		case time.Sunday:
			if shift == -1 {
				return true
			}
		default:
			if shift == 0 {
				return true
			}
		}
	}
	nth := (t.Day()-1)/7 + 1
	last := t.AddDate(0, 0, 7).Month() != t.Month()
	switch t.Weekday() {
	case time.Monday:
		switch t.Month() {
		case time.January, time.February: // Martin Luther King, Washington
			return nth == 3
		case time.May: // Memorial Day
			return last
		case time.September: // Labor Day
			return nth == 1
		case time.October: // Columbus Day
			return nth == 2
		}
	case time.Thursday: // Thanksgiving
		return t.Month() == time.November && nth == 4
	}
	return false
}

func fixedHoliday(month time.Month, day int) bool {
	switch month {
	case time.January:
		return day == 1
	case time.June, time.December:
		return month == time.June && day == 19 || month == time.December && day == 25
	case time.July:
		return day == 4
	case time.November:
		return day == 11
	}
	return false
}
