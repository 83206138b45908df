package law

import (
	"time"

	"tidings/internal/rules/hours"
)

// Holiday is a day that comes every year.
type Holiday struct {
	Name       string   `json:"name"`
	Places     []string `json:"places"`
	On         On       `json:"on"`
	Observed   string   `json:"observed,omitempty"` // ObservedNearest or ObservedMonday; the day itself counts as well
	Source     string   `json:"source"`
	Date       string   `json:"date"`
	Confidence string   `json:"confidence"`
}

// Where a holiday on a weekend is observed as well.
const (
	ObservedNearest = "nearest" // Saturday: the Friday before; Sunday: the Monday after
	ObservedMonday  = "monday"  // Sunday: the Monday after
)

// On says which day of a year: a date, the nth weekday of a month (Nth -1: the last)
// plus some days, or a number of days after Easter Sunday.
type On struct {
	Month   int  `json:"month,omitempty"`
	Day     int  `json:"day,omitempty"`
	Weekday int  `json:"weekday,omitempty"` // 0 is Sunday
	Nth     int  `json:"nth,omitempty"`
	Plus    int  `json:"plus,omitempty"`
	Easter  *int `json:"easter,omitempty"`
}

func (o On) check() bool {
	switch {
	case o.Easter != nil:
		return true
	case o.Month < 1 || o.Month > 12:
		return false
	case o.Nth == 0:
		return o.Day >= 1 && o.Day <= 31
	}
	return o.Nth >= -1 && o.Nth <= 5 && o.Weekday >= 0 && o.Weekday <= 6
}

// in gives the day in a year, at midnight UTC.
func (o On) in(year int) time.Time {
	switch {
	case o.Easter != nil:
		return easter(year).AddDate(0, 0, *o.Easter)
	case o.Nth == 0:
		return date(year, o.Month, o.Day)
	case o.Nth < 0:
		last := date(year, o.Month+1, 0)
		return last.AddDate(0, 0, -(int(last.Weekday())-o.Weekday+7)%7+o.Plus)
	}
	first := date(year, o.Month, 1)
	return first.AddDate(0, 0, (o.Weekday-int(first.Weekday())+7)%7+7*(o.Nth-1)+o.Plus)
}

// dates gives every local date of the holiday in a year. The day on which it is
// observed may fall into the year before.
func (h Holiday) dates(year int) []hours.Date {
	at := h.On.in(year)
	dates := []hours.Date{local(at)}
	switch weekday := at.Weekday(); {
	case h.Observed == ObservedNearest && weekday == time.Saturday:
		dates = append(dates, local(at.AddDate(0, 0, -1)))
	case h.Observed != "" && weekday == time.Sunday:
		dates = append(dates, local(at.AddDate(0, 0, 1)))
	}
	return dates
}

// easter is the Sunday of the Gregorian calendar, by the anonymous algorithm.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return date(year, n/31, n%31+1)
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func local(t time.Time) hours.Date {
	return hours.Date{Year: t.Year(), Month: t.Month(), Day: t.Day()}
}
