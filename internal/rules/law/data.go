package law

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"tidings/internal/rules/hours"
)

// The profiles of a rule set.
const (
	// Strict binds by every row, also by those that may not speak of texts with consent.
	Strict = "strict"
	// Consented relaxes the rows whose own text leaves out messages with consent.
	Consented = "consented"
)

// Anywhere is the place of the row for countries that have none.
const Anywhere = "*"

// Data is a rule set as it is written down.
type Data struct {
	Version              string    `json:"version"` // of the built-in rows, such as 2026-11-23.1
	Profile              string    `json:"profile"` // Strict or Consented
	ClosingMarginMinutes int       `json:"closingMarginMinutes"`
	Rows                 []Row     `json:"rows"`
	Holidays             []Holiday `json:"holidays"`
	Days                 []Day     `json:"days,omitempty"` // single dates that an installation added
}

// Row is what one place says. Windows are written as "08:00-21:00", several with
// commas; "-" is a day without any.
type Row struct {
	Place      string     `json:"place"` // "US", "US-FL", "FR", or Anywhere
	Name       string     `json:"name"`
	Weekdays   string     `json:"weekdays"` // Monday to Friday
	Saturday   string     `json:"saturday"`
	Sunday     string     `json:"sunday"`
	Holidays   string     `json:"holidays,omitempty"` // empty: as on other days
	Cap        int        `json:"cap,omitempty"`      // marketing texts to a number in any 24 hours; 0: none
	Consented  *Consenter `json:"consented,omitempty"`
	Covers     []string   `json:"covers,omitempty"` // further countries that have this row
	Emergency  bool       `json:"emergency,omitempty"`
	Source     string     `json:"source"`
	Date       string     `json:"date"`       // of the source, or of the day on which we looked
	Confidence string     `json:"confidence"` // high, medium, low: that these are the hours for texts
	Note       string     `json:"note,omitempty"`
	Edited     bool       `json:"edited,omitempty"` // by the installation
}

// Consenter is what a row says of people who consented, under that profile. A cap
// stays. Hours that are left empty stay as well.
type Consenter struct {
	Exempt   bool   `json:"exempt,omitempty"` // the row does not bind at all
	Weekdays string `json:"weekdays,omitempty"`
	Saturday string `json:"saturday,omitempty"`
	Sunday   string `json:"sunday,omitempty"`
	Holidays string `json:"holidays,omitempty"`
}

// Day is one date of one place with windows of its own.
type Day struct {
	Place  string `json:"place"`
	Date   string `json:"date"` // 2026-12-24
	Hours  string `json:"hours"`
	Name   string `json:"name"`
	Source string `json:"source"`
}

//go:embed rules.json
var builtIn []byte

// BuiltIn is the data that comes with the program.
func BuiltIn() Data {
	d, err := Decode(builtIn)
	if err != nil {
		panic(err) // part of the program, read by every test
	}
	return d
}

// Decode reads data as Encode writes it. Fields that it does not know are an error: a
// rule that is not understood must not be passed over.
func Decode(raw []byte) (Data, error) {
	var d Data
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&d); err != nil {
		return Data{}, fmt.Errorf("rule set: %w", err)
	}
	return d, nil
}

// Encode writes data in one form only, so that equal rules have equal bytes.
func (d Data) Encode() []byte {
	raw, err := json.Marshal(d)
	if err != nil {
		panic(err) // plain texts and numbers
	}
	return raw
}

// Error says which field of which place is wrong.
type Error struct{ Place, Field, Message string }

func (e *Error) Error() string {
	return fmt.Sprintf("rule of %s, %s: %s", e.Place, e.Field, e.Message)
}

var placePattern = regexp.MustCompile(`^(\*|[A-Z]{2}(-[A-Z]{2})?)$`)

// ValidPlace reports whether a text is a country ("FR"), a state ("US-FL") or Anywhere.
func ValidPlace(text string) bool { return placePattern.MatchString(text) }

// check refuses a row that could not be evaluated.
func (r Row) check() error {
	if !ValidPlace(r.Place) {
		return &Error{r.Place, "place", "write a country as FR, a state as US-FL"}
	}
	for field, text := range map[string]string{"weekdays": r.Weekdays, "saturday": r.Saturday, "sunday": r.Sunday} {
		if _, err := hours.ParseWindows(text); err != nil {
			return &Error{r.Place, field, err.Error()}
		}
	}
	if r.Holidays != "" {
		if _, err := hours.ParseWindows(r.Holidays); err != nil {
			return &Error{r.Place, "holidays", err.Error()}
		}
	}
	if r.Cap < 0 {
		return &Error{r.Place, "cap", "a cap is a number of texts, or 0 for none"}
	}
	return nil
}

func (d Day) date() (hours.Date, error) {
	at, err := time.Parse(time.DateOnly, d.Date)
	if err != nil {
		return hours.Date{}, &Error{d.Place, "date", "write a date as 2026-12-24"}
	}
	return hours.Date{Year: at.Year(), Month: at.Month(), Day: at.Day()}, nil
}
