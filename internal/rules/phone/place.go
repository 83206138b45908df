package phone

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// TableVersion names the edition of the number tables, for the record that is
// kept of each decision.
const TableVersion = "2026-11"

//go:embed nanp.txt
var nanpTable string

//go:embed countries.txt
var countryTable string

//go:embed shared.txt
var sharedTable string

// Place is where a number may ring. The slices belong to the package's tables:
// read them, never write to them.
type Place struct {
	Country string
	Zones   []string // IANA names; nil if nothing is known, which means: no window
	States  []string // US states and territories, Canadian provinces; else nil
}

// nationwide stands for a number of the United States that no state can be told
// for: toll-free, personal and not yet listed area codes. A text to it must suit
// the clocks of all of them.
var nationwide = Place{Country: "US", Zones: []string{
	"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
	"America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
}}

var nowhere Place

type tables struct {
	areas  [1000]Place // by area code of +1
	codes  [1000]Place // by calling code
	shared [1000][]prefix
}

type prefix struct {
	digits string
	place  Place
}

var loadTables = sync.OnceValue(func() *tables {
	t, err := parseTables(nanpTable, countryTable, sharedTable)
	if err != nil {
		panic(err) // the tables are part of the program and read by every test
	}
	return t
})

// Locate says where the number may ring, by its first digits. A text that is no
// E.164 number, or of a calling code without country, gives the zero Place.
func Locate(e164 string) Place { return *Find(e164) }

// Find is Locate for those who ask a million times: numbers that ring in the same
// place get the same pointer. Read what it points at, never write to it.
func Find(e164 string) *Place {
	if len(e164) < 5 || e164[0] != '+' {
		return &nowhere
	}
	t := loadTables()
	if e164[1] == '1' {
		return t.area(e164[2:])
	}
	for length := 1; length <= 3; length++ {
		code, ok := threeDigits(e164[1 : 1+length])
		if !ok {
			return &nowhere
		}
		if t.codes[code].Country == "" {
			continue
		}
		for i := range t.shared[code] {
			if p := &t.shared[code][i]; strings.HasPrefix(e164[1+length:], p.digits) {
				return &p.place
			}
		}
		return &t.codes[code]
	}
	return &nowhere
}

func (t *tables) area(digits string) *Place {
	code, ok := threeDigits(digits[:3])
	if !ok || code < 200 {
		return &nowhere
	}
	if place := &t.areas[code]; place.Country != "" {
		return place
	}
	return &nationwide
}

// StateZones gives every zone of a state or province of the United States or Canada:
// those of all area codes that may be its own. A code that is none gives nil.
func StateZones(country, state string) []string {
	var zones []string
	for i := range loadTables().areas {
		place := &loadTables().areas[i]
		if place.Country != country || !slices.Contains(place.States, state) {
			continue
		}
		for _, zone := range place.Zones {
			if !slices.Contains(zones, zone) {
				zones = append(zones, zone)
			}
		}
	}
	return zones
}

func threeDigits(text string) (int, bool) {
	value := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		value = value*10 + int(text[i]-'0')
	}
	return value, true
}

func parseTables(nanp, countries, shared string) (*tables, error) {
	t := new(tables)
	err := eachLine(nanp, 4, func(field []string) error {
		code, err := strconv.Atoi(field[0])
		if err != nil || code < 200 || code > 999 {
			return fmt.Errorf("area code %q", field[0])
		}
		place := Place{Country: field[1], Zones: field[3:len(field):len(field)]}
		if field[2] != "-" {
			place.States = strings.Split(field[2], ",")
		}
		t.areas[code] = place
		return nil
	})
	if err != nil {
		return nil, err
	}
	byCountry := map[string]Place{}
	err = eachLine(countries, 3, func(field []string) error {
		code, err := strconv.Atoi(field[1])
		if err != nil || code < 2 || code > 999 {
			return fmt.Errorf("calling code %q", field[1])
		}
		place := Place{Country: field[0], Zones: field[2:len(field):len(field)]}
		byCountry[field[0]] = place
		t.codes[code] = place
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(shared, 3, func(field []string) error {
		code, err := strconv.Atoi(field[0])
		place, known := byCountry[field[2]]
		if err != nil || code < 2 || code > 999 || !known {
			return fmt.Errorf("shared code %v", field)
		}
		if field[1] == "-" {
			t.codes[code] = place
			return nil
		}
		t.shared[code] = append(t.shared[code], prefix{field[1], place})
		return nil
	})
	return t, err
}

// eachLine calls row with the fields of each line that is no comment.
func eachLine(table string, least int, row func(field []string) error) error {
	for line := range strings.Lines(table) {
		field := strings.Fields(line)
		if len(field) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if len(field) < least {
			return fmt.Errorf("number table: line %q has too few fields", strings.TrimSpace(line))
		}
		if err := row(field); err != nil {
			return fmt.Errorf("number table: line %q: %w", strings.TrimSpace(line), err)
		}
	}
	return nil
}
