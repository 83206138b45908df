// Package laworacle answers when a text is allowed, slowly and in its own words. Tests
// hold the rules against it. It shares the data files with them and no code: it reads
// the files itself, finds holidays day by day, and asks the wall clock of each zone
// minute by minute.
package laworacle

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tidings/internal/rules/hours"
)

// Place is where somebody may be.
type Place struct {
	Country       string
	Zones, States []string
}

// Oracle knows the rows of one profile.
type Oracle struct {
	margin   int // minutes
	rows     map[string]row
	holidays []holiday
	known    map[holidayKey]bool
	zones    map[string]*time.Location
	read     map[string][][2]int // windows by their text
	Areas    map[string]Place    // by area code of +1
	Codes    map[string]Place    // by country
}

type row struct {
	Place, Weekdays, Saturday, Sunday, Holidays string
	Cap                                         int
	Covers                                      []string
	Consented                                   *struct {
		Exempt                               bool
		Weekdays, Saturday, Sunday, Holidays string
	}
	exempt bool
}

type holiday struct {
	Name     string
	Places   []string
	Observed string
	On       struct {
		Month, Day, Weekday, Nth, Plus int
		Easter                         *int
	}
}

type holidayKey struct {
	place     string
	year, day int
}

// Load reads the data files of the repository.
func Load(profile string) (*Oracle, error) {
	var file struct {
		ClosingMarginMinutes int
		Rows                 []row
		Holidays             []holiday
	}
	raw, err := read("internal/rules/law/rules.json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	o := &Oracle{
		margin: file.ClosingMarginMinutes, holidays: file.Holidays, rows: map[string]row{}, known: map[holidayKey]bool{}, read: map[string][][2]int{},
		zones: map[string]*time.Location{}, Areas: map[string]Place{}, Codes: map[string]Place{},
	}
	for _, r := range file.Rows {
		if c := r.Consented; c != nil && profile == "consented" {
			r.exempt = c.Exempt
			r.Weekdays, r.Saturday = other(c.Weekdays, r.Weekdays), other(c.Saturday, r.Saturday)
			r.Sunday, r.Holidays = other(c.Sunday, r.Sunday), other(c.Holidays, r.Holidays)
		}
		for _, place := range append(r.Covers, r.Place) {
			o.rows[place] = r
		}
	}
	for name, into := range map[string]func(field []string){
		"nanp.txt": func(f []string) {
			p := Place{Country: f[1], Zones: f[3:]}
			if f[2] != "-" {
				p.States = strings.Split(f[2], ",")
			}
			o.Areas[f[0]] = p
		},
		"countries.txt": func(f []string) { o.Codes[f[0]] = Place{Country: f[0], Zones: f[2:]} },
	} {
		raw, err := read("internal/rules/phone/" + name)
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(string(raw), "\n") {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				into(strings.Fields(line))
			}
		}
	}
	return o, nil
}

func other(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// read finds a file of the repository from wherever the test runs.
func read(name string) ([]byte, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return os.ReadFile(filepath.Join(dir, name))
		}
	}
	return nil, fmt.Errorf("no go.mod above the working directory, so %s cannot be found", name)
}

// Allowed says whether a text may begin at a moment: in every zone of the place the
// wall clock must stand inside the hours of every row, less the margin.
func (o *Oracle) Allowed(p Place, at time.Time) bool {
	if len(p.Zones) == 0 {
		return false
	}
	for _, name := range p.Zones {
		zone := o.zones[name]
		if zone == nil {
			var err error
			if zone, err = hours.Zone(name); err != nil {
				return false
			}
			o.zones[name] = zone
		}
		local := at.In(zone)
		country, ok := o.rows[p.Country]
		if !ok {
			country = o.rows["*"]
		}
		if !o.open(country, local) {
			return false
		}
		for _, state := range p.States {
			if r, ok := o.rows[country.Place+"-"+state]; ok && !r.exempt && !o.open(r, local) {
				return false
			}
		}
	}
	return true
}

func (o *Oracle) open(r row, local time.Time) bool {
	text := r.Weekdays
	switch local.Weekday() {
	case time.Saturday:
		text = r.Saturday
	case time.Sunday:
		text = r.Sunday
	}
	if !o.inside(text, local) {
		return false
	}
	return r.Holidays == "" || !o.holiday(r.Place, local) || o.inside(r.Holidays, local)
}

func (o *Oracle) inside(text string, local time.Time) bool {
	if text == "-" {
		return false
	}
	now := local.Hour()*60 + local.Minute()
	for _, w := range o.windows(text) {
		if w[0] <= now && now < w[1]-o.margin {
			return true
		}
	}
	return false
}

// windows are the minutes of a text such as 08:00-12:00,13:00-20:00.
func (o *Oracle) windows(text string) [][2]int {
	windows, ok := o.read[text]
	if !ok {
		for _, part := range strings.Split(text, ",") {
			var a, b, c, d int
			if _, err := fmt.Sscanf(part, "%d:%d-%d:%d", &a, &b, &c, &d); err != nil {
				panic(err)
			}
			windows = append(windows, [2]int{a*60 + b, c*60 + d})
		}
		o.read[text] = windows
	}
	return windows
}

// Easter Sundays as calendars print them.
var easter = []string{"2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01"}

func (o *Oracle) holiday(place string, local time.Time) bool {
	key := holidayKey{place, local.Year(), local.YearDay()}
	found, ok := o.known[key]
	if !ok {
		day := time.Date(local.Year(), local.Month(), local.Day(), 12, 0, 0, 0, time.UTC)
		for _, h := range o.holidays {
			if !slices.Contains(h.Places, place) {
				continue
			}
			before, after := day.AddDate(0, 0, -1), day.AddDate(0, 0, 1)
			found = found || h.is(day) ||
				h.Observed != "" && before.Weekday() == time.Sunday && h.is(before) ||
				h.Observed == "nearest" && after.Weekday() == time.Saturday && h.is(after)
		}
		o.known[key] = found
	}
	return found
}

func (h holiday) is(day time.Time) bool {
	if h.On.Easter != nil {
		return slices.Contains(easter, day.AddDate(0, 0, -*h.On.Easter).Format(time.DateOnly))
	}
	day = day.AddDate(0, 0, -h.On.Plus)
	if int(day.Month()) != h.On.Month {
		return false
	}
	switch {
	case h.On.Nth == 0:
		return day.Day() == h.On.Day
	case int(day.Weekday()) != h.On.Weekday:
		return false
	case h.On.Nth < 0:
		return day.AddDate(0, 0, 7).Month() != day.Month()
	}
	return (day.Day()+6)/7 == h.On.Nth
}
