package law

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"tidings/internal/rules/hours"
)

// The years for which holidays are laid out. Nobody plans a text further ahead than
// eight days, so the end is a matter of updates and not of law.
const (
	firstYear = 2024
	lastYear  = 2060
)

// Set is an immutable rule set, ready to be asked.
type Set struct {
	data  Data
	hash  string
	rows  map[string]*Bound // by place
	alias map[string]string // country -> the place whose row it has
}

// Bound is a row under the profile of its set, with its windows laid out.
type Bound struct {
	Row
	Exempt bool        // under the set's profile the row does not bind
	Hours  hours.Rules // as the place states them, without the closing margin
	named  map[hours.Date]string
}

// Holiday names the day of the place that a local time shows, or is empty.
func (b *Bound) Holiday(local time.Time) string {
	year, month, day := local.Date()
	return b.named[hours.Date{Year: year, Month: month, Day: day}]
}

// Default is the built-in set.
var Default = sync.OnceValue(func() *Set {
	s, err := Compile(BuiltIn())
	if err != nil {
		panic(err) // part of the program, read by every test
	}
	return s
})

// Compile makes a set of data, or says with an *Error what is wrong with it.
func Compile(d Data) (*Set, error) {
	if d.Profile != Strict && d.Profile != Consented {
		return nil, &Error{Anywhere, "profile", "choose strict or consented"}
	}
	if d.ClosingMarginMinutes < 0 || d.ClosingMarginMinutes > 120 {
		return nil, &Error{Anywhere, "closingMarginMinutes", "give 0 to 120 minutes"}
	}
	sum := sha256.Sum256(d.Encode())
	s := &Set{data: d, hash: hex.EncodeToString(sum[:]), rows: make(map[string]*Bound, len(d.Rows)), alias: make(map[string]string)}
	for _, r := range d.Rows {
		if err := r.check(); err != nil {
			return nil, err
		}
		if s.rows[r.Place] != nil {
			return nil, &Error{r.Place, "place", "there are two rows of this place"}
		}
		b, err := d.bind(r)
		if err != nil {
			return nil, err
		}
		s.rows[r.Place] = b
		for _, country := range r.Covers {
			s.alias[country] = r.Place
		}
	}
	if s.rows[Anywhere] == nil {
		return nil, &Error{Anywhere, "place", "the row for any other country is missing"}
	}
	return s, nil
}

// bind lays a row out for the profile of the data.
func (d Data) bind(r Row) (*Bound, error) {
	b := &Bound{Row: r, named: make(map[hours.Date]string)}
	if c := r.Consented; c != nil && d.Profile == Consented {
		b.Exempt = c.Exempt
		for into, text := range map[*string]string{
			&r.Weekdays: c.Weekdays, &r.Saturday: c.Saturday, &r.Sunday: c.Sunday, &r.Holidays: c.Holidays,
		} {
			if text != "" {
				*into = text
			}
		}
	}
	week := make(map[time.Weekday][]hours.Window, 7)
	for day := time.Sunday; day <= time.Saturday; day++ {
		text := r.Weekdays
		switch day {
		case time.Saturday:
			text = r.Saturday
		case time.Sunday:
			text = r.Sunday
		}
		windows, err := hours.ParseWindows(text)
		if err != nil {
			return nil, &Error{r.Place, day.String(), err.Error()}
		}
		week[day] = windows
	}
	var err error
	if b.Hours, err = hours.NewRules(week); err != nil {
		return nil, err
	}
	if err := d.banned(b, r.Holidays); err != nil {
		return nil, err
	}
	if r.Emergency {
		b.Hours, b.Exempt = hours.Rules{}, false // nothing for anybody, until somebody ends it
	}
	return b, nil
}

// banned takes the holidays and the single dates of a place out of its hours.
func (d Data) banned(b *Bound, holidays string) error {
	if holidays != "" {
		windows, err := hours.ParseWindows(holidays)
		if err != nil {
			return &Error{b.Place, "holidays", err.Error()}
		}
		var dates []hours.Date
		for _, h := range d.Holidays {
			if !h.On.check() {
				return &Error{b.Place, "holidays", "there is no such day: " + h.Name}
			}
			if !slices.Contains(h.Places, b.Place) {
				continue
			}
			for year := firstYear; year <= lastYear; year++ {
				for _, at := range h.dates(year) {
					b.named[at] = h.Name
					dates = append(dates, at)
				}
			}
		}
		b.Hours = b.Hours.On(dates, windows...)
	}
	for _, day := range d.Days {
		if day.Place != b.Place {
			continue
		}
		at, err := day.date()
		if err != nil {
			return err
		}
		windows, err := hours.ParseWindows(day.Hours)
		if err != nil {
			return &Error{b.Place, "hours of " + day.Date, err.Error()}
		}
		b.named[at] = day.Name
		b.Hours = b.Hours.On([]hours.Date{at}, windows...)
	}
	return nil
}

// Data is what the set was made of; do not write to it.
func (s *Set) Data() Data { return s.data }

// Hash is the SHA-256 of the encoded data, in hex.
func (s *Set) Hash() string { return s.hash }

// Version names the set for people: the version of the built-in rows, and where the
// installation changed something eight digits of the hash.
func (s *Set) Version() string {
	if s.hash == Default().hash {
		return s.data.Version
	}
	return s.data.Version + "+" + s.hash[:8]
}

// Profile is Strict or Consented.
func (s *Set) Profile() string { return s.data.Profile }

// Margin is by how much every window closes early.
func (s *Set) Margin() time.Duration {
	return time.Duration(s.data.ClosingMarginMinutes) * time.Minute
}

// Rows gives the rows that bind somebody in a country (ISO alpha-2) who may be in any
// of these of its states, the country's first. All of them hold at once.
func (s *Set) Rows(country string, states []string) []*Bound {
	place := country
	if other, ok := s.alias[country]; ok {
		place = other
	}
	first := s.rows[place]
	if first == nil {
		first = s.rows[Anywhere]
	}
	bound := []*Bound{first}
	for _, state := range states {
		if row := s.rows[place+"-"+state]; row != nil && !slices.Contains(bound, row) {
			bound = append(bound, row)
		}
	}
	return bound
}

// Hours gives the hours that all rows of a place allow, each closing early by the
// margin, and their true ends.
func (s *Set) Hours(country string, states []string) (early, full hours.Rules) {
	rows := s.Rows(country, states)
	full = rows[0].Hours
	for _, row := range rows[1:] {
		if !row.Exempt {
			full = hours.Intersect(full, row.Hours)
		}
	}
	return full.EndingEarly(s.data.ClosingMarginMinutes), full
}

// Cap is the least number of marketing texts that the rows allow to a number in 24
// hours; 0: no limit.
func (s *Set) Cap(country string, states []string) (limit int, row *Bound) {
	for _, r := range s.Rows(country, states) {
		if r.Cap > 0 && (limit == 0 || r.Cap < limit) {
			limit, row = r.Cap, r
		}
	}
	return limit, row
}

// Exempts reports whether the row of a place does not bind under the profile.
func (s *Set) Exempts(place string) bool {
	row := s.rows[place]
	return row != nil && row.Exempt
}
