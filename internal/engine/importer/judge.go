package importer

import (
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

// judge makes a person of a record, or says why it cannot. Make it with newJudge; it is for one goroutine.
type judge struct {
	columns    columns
	attributes *attributes
	country    string   // of numbers without country code
	values     []string // of the attributes of the person who was judged last, by slot; empty where the file says nothing
	room       []byte
}

func newJudge(c columns, country string) *judge {
	a := c.attributes()
	return &judge{columns: c, attributes: a, country: country, values: make([]string, len(a.keys))}
}

func (j *judge) judge(rec record) (Row, *Reject) {
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
	row := Row{Row: rec.row, Written: shown(written)}
	var err error
	if row.Number, err = phone.Parse(unwrapped(written), j.country); err != nil {
		code := phone.CodeInvalid
		if refused := (*phone.Error)(nil); errors.As(err, &refused) {
			code = refused.Code
		}
		return reject(code, "%s", err)
	}
	row.Place = phone.Locate(row.Number.E164)
	clear(j.values)
	for i, field := range j.columns {
		if i == len(rec.cells) {
			break // a row may leave out what is empty at its end
		}
		value := clean(rec.cells[i])
		if value == "" {
			continue
		}
		further, code, detail := row.set(field, value)
		if code != "" {
			return reject(code, "%s", detail)
		}
		if further {
			j.values[j.attributes.slots[i]] = value
		}
	}
	if j.room = j.attributes.appendObject(j.room[:0], j.values); len(j.room) > maxAttributes {
		return reject(CodeTooLong, "the row's further columns hold more than 64 KiB; shorten them")
	}
	row.Attributes = string(j.room)
	return row, nil
}

// written is the number as the file has it.
func (j *judge) written(cells []string) string {
	for i, field := range j.columns {
		if field == fieldPhone && i < len(cells) {
			return cells[i]
		}
	}
	return ""
}

// set fills one field, or says that the value is an attribute; it returns a code
// and a detail where the value is no good.
func (row *Row) set(field, value string) (further bool, code, detail string) {
	tooLong := func(most int) bool { return utf8.RuneCountInString(value) > most }
	switch field {
	case "", fieldPhone:
	case fieldFirst, fieldLast:
		if tooLong(maxName) {
			return false, CodeTooLong, fmt.Sprintf("%s has more than %d characters; shorten it", field, maxName)
		}
		if field == fieldFirst {
			row.FirstName = value
		} else {
			row.LastName = value
		}
	case fieldLanguage:
		tag := strings.ReplaceAll(value, "_", "-")
		if tooLong(maxLanguage) || !languageTag.MatchString(tag) {
			return false, CodeBadLanguage, fmt.Sprintf("%q is no language tag; write it as en or es-MX", shown(value))
		}
		row.Language = tag
	case fieldTimezone:
		if _, err := hours.Zone(value); err != nil {
			return false, CodeUnknownTimezone, fmt.Sprintf("%q is no IANA time zone; write it as America/New_York, or leave it empty", shown(value))
		}
		row.Timezone = value
	case fieldState:
		row.State = stateCode(value)
		if row.State != "" {
			return false, "", ""
		}
		if row.Number.Country == "US" || row.Number.Country == "CA" {
			return false, CodeBadState, fmt.Sprintf("%q is no state; write it in two letters, such as NY, or leave it empty", shown(value))
		}
		return true, "", "" // no law hangs on it
	default:
		return true, "", ""
	}
	return false, "", ""
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
