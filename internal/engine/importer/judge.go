package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/phone"
)

// Row is a person of the file, good to be written.
type Row struct {
	Row     int    // as a spreadsheet counts: the header is row 1
	Written string // the number as the file has it
	Number  phone.Number
	Place   phone.Place
	// The rest is empty where the file says nothing.
	FirstName, LastName, Language, Timezone, State string
	Attributes                                     string // a JSON object of texts; "{}" without any
}

// languageTag is the outer form of BCP 47.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// judge makes a person of a record, or says why it cannot.
type judge struct {
	columns columns
	country string // of numbers without country code
}

func (j judge) judge(rec record) (Row, *Reject) {
	if rec.fault != nil {
		return Row{}, rec.fault
	}
	written := j.written(rec.cells)
	reject := func(code, format string, args ...any) (Row, *Reject) {
		return Row{}, &Reject{Row: rec.row, PhoneNumber: shown(written), Code: code, Detail: fmt.Sprintf(format, args...)}
	}
	if len(rec.cells) > len(j.columns) && !blank(rec.cells[len(j.columns):]) {
		return reject(CodeTooManyCells, "the row has %d cells and the header %d; put quotes around cells that hold the separator", len(rec.cells), len(j.columns))
	}
	row := Row{Row: rec.row, Written: shown(written), Attributes: "{}"}
	var err error
	if row.Number, err = phone.Parse(unwrapped(written), j.country); err != nil {
		code := phone.CodeInvalid
		if refused := (*phone.Error)(nil); errors.As(err, &refused) {
			code = refused.Code
		}
		return reject(code, "%s", err)
	}
	row.Place = phone.Locate(row.Number.E164)
	attributes := map[string]string{}
	for i, field := range j.columns {
		if i == len(rec.cells) {
			break // a row may leave out what is empty at its end
		}
		value := clean(rec.cells[i])
		if value == "" {
			continue
		}
		if code, detail := row.set(field, value, attributes); code != "" {
			return reject(code, "%s", detail)
		}
	}
	if len(attributes) > 0 {
		raw, err := json.Marshal(attributes) // sorts by name, so that the same file gives the same bytes
		if err != nil || len(raw) > maxAttributes {
			return reject(CodeTooLong, "the row's further columns hold more than 64 KiB; shorten them")
		}
		row.Attributes = string(raw)
	}
	return row, nil
}

// written is the number as the file has it.
func (j judge) written(cells []string) string {
	for i, field := range j.columns {
		if field == fieldPhone && i < len(cells) {
			return cells[i]
		}
	}
	return ""
}

// set fills one field; it returns a code and a detail where the value is no
// good.
func (row *Row) set(field, value string, attributes map[string]string) (code, detail string) {
	tooLong := func(most int) bool { return utf8.RuneCountInString(value) > most }
	switch field {
	case "", fieldPhone:
	case fieldFirst, fieldLast:
		if tooLong(maxName) {
			return CodeTooLong, fmt.Sprintf("%s has more than %d characters; shorten it", field, maxName)
		}
		if field == fieldFirst {
			row.FirstName = value
		} else {
			row.LastName = value
		}
	case fieldLanguage:
		tag := strings.ReplaceAll(value, "_", "-")
		if tooLong(maxLanguage) || !languageTag.MatchString(tag) {
			return CodeBadLanguage, fmt.Sprintf("%q is no language tag; write it as en or es-MX", shown(value))
		}
		row.Language = tag
	case fieldTimezone:
		if _, err := hours.Zone(value); err != nil {
			return CodeUnknownTimezone, fmt.Sprintf("%q is no IANA time zone; write it as America/New_York, or leave it empty", shown(value))
		}
		row.Timezone = value
	case fieldState:
		row.State = stateCode(value)
		if row.State != "" {
			return "", ""
		}
		if row.Number.Country == "US" || row.Number.Country == "CA" {
			return CodeBadState, fmt.Sprintf("%q is no state; write it in two letters, such as NY, or leave it empty", shown(value))
		}
		attributes[fieldState] = value // no law hangs on it
	default:
		attributes[strings.TrimPrefix(field, fieldAttribute)] = value
	}
	return "", ""
}

// HomeState is the state of a new person: what the file says, else the number's.
// An area code that crosses a border of states says nothing about which.
func (row *Row) HomeState() string {
	if row.State == "" && len(row.Place.States) == 1 {
		return row.Place.States[0]
	}
	return row.State
}

// key is the number as digits: fifteen at most, so that they fit.
func (row *Row) key() uint64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(row.Number.E164, "+"), 10, 64)
	if err != nil {
		panic("importer: " + phone.Mask(row.Number.E164) + " is not E.164") // rules/phone promises it
	}
	return n
}

// clean takes line ends and other control characters out of a value: it may
// stand in a text one day.
func clean(value string) string {
	value = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, value)
	return strings.TrimSpace(value)
}

// unwrapped takes off what keeps a spreadsheet from reading a number as a
// quantity: ="2125550123".
func unwrapped(written string) string {
	written = strings.TrimSpace(written)
	if inside, ok := strings.CutPrefix(written, `="`); ok {
		return strings.TrimSuffix(inside, `"`)
	}
	return written
}

// shown bounds what is repeated of a value.
func shown(value string) string {
	value = clean(value)
	if r := []rune(value); len(r) > maxWritten {
		return string(r[:maxWritten]) + "…"
	}
	return value
}
