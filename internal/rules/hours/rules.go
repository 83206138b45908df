package hours

import (
	"fmt"
	"slices"
	"time"
)

// Rules holds the windows of each weekday and the dates without any. The zero
// Rules allows nothing. A value is never changed once made; every method that
// seems to change it returns another.
type Rules struct {
	week    [7][]Window // by time.Weekday, sorted, disjoint
	special []special   // sorted by day, without doubles
}

// special is one date with windows of its own; none means closed. They lie
// inside the windows of its weekday.
type special struct {
	day     int64 // days since 1970-01-01
	windows []Window
}

// Date is a day of the recipient's local calendar.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

func (d Date) number() int64 {
	return floorDiv(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix(), secondsPerDay)
}

// NewRules makes rules from the windows of each weekday; a weekday that is left
// out is closed. Overlapping windows of a day are joined.
func NewRules(week map[time.Weekday][]Window) (Rules, error) {
	var r Rules
	for day, windows := range week {
		if day < time.Sunday || day > time.Saturday {
			return Rules{}, &Error{CodeHoursInvalid, fmt.Sprintf("weekday %d does not exist; use 0 (Sunday) to 6 (Saturday)", int(day))}
		}
		for _, w := range windows {
			if !w.Valid() {
				return Rules{}, &Error{CodeHoursInvalid, fmt.Sprintf("the window %s does not lie inside one day; give a start before its end, between 00:00 and 24:00", w)}
			}
		}
		r.week[day] = merged(windows)
	}
	return r, nil
}

// EveryDay makes rules with the same windows on all seven days.
func EveryDay(windows ...Window) (Rules, error) {
	week := make(map[time.Weekday][]Window, 7)
	for day := time.Sunday; day <= time.Saturday; day++ {
		week[day] = windows
	}
	return NewRules(week)
}

// Federal is the window of the United States' federal rule, 8 a.m. to 9 p.m. at
// the called party's location, every day (47 CFR 64.1200(c)(1)).
func Federal() Rules {
	var r Rules
	windows := []Window{{From: 8 * 60, Until: 21 * 60}}
	for day := range r.week {
		r.week[day] = windows
	}
	return r
}

// Always allows every moment; narrow it.
func Always() Rules {
	var r Rules
	windows := []Window{{From: 0, Until: minutesPerDay}}
	for day := range r.week {
		r.week[day] = windows
	}
	return r
}

// OnDate returns the windows of the date that a local time shows.
func (r Rules) OnDate(local time.Time) []Window {
	year, month, day := local.Date()
	return slices.Clone(r.on(Date{year, month, day}.number()))
}

// Windows returns the windows of a weekday, sorted and disjoint.
func (r Rules) Windows(day time.Weekday) []Window {
	if day < time.Sunday || day > time.Saturday {
		return nil
	}
	return slices.Clone(r.week[day])
}

// Empty reports whether no weekday has a window.
func (r Rules) Empty() bool {
	for _, windows := range r.week {
		if len(windows) > 0 {
			return false
		}
	}
	return true
}

// Narrow keeps only the part of each day from "HH:MM" until "HH:MM" ("24:00" is
// the end of the day). An empty text leaves that side as it is. The result never
// holds a minute that r does not hold.
func (r Rules) Narrow(from, until string) (Rules, error) {
	own := Window{From: 0, Until: minutesPerDay}
	var ok bool
	if from != "" {
		if own.From, ok = parseClock(from); !ok {
			return Rules{}, &Error{CodeHoursInvalid, fmt.Sprintf("%q is no time of day; write it as HH:MM, for example 09:00", from)}
		}
	}
	if until != "" {
		if own.Until, ok = parseClock(until); !ok {
			return Rules{}, &Error{CodeHoursInvalid, fmt.Sprintf("%q is no time of day; write it as HH:MM, for example 20:00", until)}
		}
	}
	if !own.Valid() {
		return Rules{}, &Error{CodeHoursInvalid, fmt.Sprintf("sending hours %s end before they start; give a start that is earlier than the end", own)}
	}
	limit, err := EveryDay(own)
	if err != nil {
		return Rules{}, err
	}
	narrowed := Intersect(r, limit)
	if narrowed.Empty() && !r.Empty() {
		return Rules{}, &Error{CodeHoursEmpty, fmt.Sprintf("sending hours %s leave no time in which a text is allowed; choose hours between 08:00 and 21:00", own)}
	}
	return narrowed, nil
}

// Closing returns the rules with those local dates closed as well.
func (r Rules) Closing(dates ...Date) Rules { return r.On(dates) }

// On returns the rules in which those local dates have at most the windows given;
// without any the dates are closed. Like everything here it only takes time away.
func (r Rules) On(dates []Date, windows ...Window) Rules {
	days := make([]int64, len(dates))
	for i, d := range dates {
		days[i] = d.number()
	}
	slices.Sort(days)
	limit := Always()
	own := merged(windows)
	for _, day := range slices.Compact(days) {
		limit.special = append(limit.special, special{day, own})
	}
	return Intersect(r, limit)
}

// EndingEarly returns the rules with every window ending that many minutes before
// its time, so that what waits in somebody's queue for a while is still in time. A
// window that goes on at midnight does not end.
func (r Rules) EndingEarly(minutes int) Rules {
	if minutes <= 0 {
		return r
	}
	var early Rules
	for day, windows := range r.week {
		next := r.week[(day+1)%7]
		// Where dates have windows of their own, the next date may not go on.
		early.week[day] = ending(windows, minutes, len(r.special) == 0 && len(next) > 0 && next[0].From == 0)
	}
	for _, s := range r.special {
		early.special = append(early.special, special{s.day, ending(s.windows, minutes, false)})
	}
	return Intersect(r, early)
}

// Intersect returns what both allow: the minutes both hold, on the dates that
// neither closes.
func Intersect(a, b Rules) Rules {
	var r Rules
	for day := range r.week {
		r.week[day] = common(a.week[day], b.week[day])
	}
	for i, j := 0, 0; i < len(a.special) || j < len(b.special); {
		var day int64
		switch {
		case j == len(b.special) || i < len(a.special) && a.special[i].day < b.special[j].day:
			day = a.special[i].day
			i++
		case i == len(a.special) || b.special[j].day < a.special[i].day:
			day = b.special[j].day
			j++
		default:
			day = a.special[i].day
			i, j = i+1, j+1
		}
		r.special = append(r.special, special{day, common(a.on(day), b.on(day))})
	}
	return r
}

// on returns the windows of the day with that number since 1970-01-01.
func (r *Rules) on(day int64) []Window {
	if len(r.special) > 0 {
		low, high := 0, len(r.special)
		for low < high {
			if middle := (low + high) / 2; r.special[middle].day < day {
				low = middle + 1
			} else {
				high = middle
			}
		}
		if low < len(r.special) && r.special[low].day == day {
			return r.special[low].windows
		}
	}
	const thursday = 4 // 1970-01-01
	weekday := (day + thursday) % 7
	if weekday < 0 {
		weekday += 7
	}
	return r.week[weekday]
}
