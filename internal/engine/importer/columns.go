package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tidings/internal/rules/phone"
)

// The fields of a subscriber that a column can fill.
const (
	fieldPhone     = "phoneNumber"
	fieldFirst     = "firstName"
	fieldLast      = "lastName"
	fieldLanguage  = "language"
	fieldTimezone  = "timezone"
	fieldState     = "state"
	fieldAttribute = "attributes."
)

// aliases are what people call a column, folded to letters and digits. The
// first of a list wins where a file has several.
var aliases = []struct {
	field string
	names []string
}{
	{fieldPhone, []string{
		"phonenumber", "phone", "mobile", "number", "mobilenumber", "mobilephone", "mobilephonenumber", "cell", "cellphone",
		"cellnumber", "cellphonenumber", "smsnumber", "smsphone", "sms", "msisdn", "telephone", "telephonenumber", "tel", "phoneno",
		"mobileno", "cellno", "contactnumber", "primaryphone", "phone1", "phone1value",
	}},
	{fieldFirst, []string{"firstname", "first", "givenname", "forename", "fname"}},
	{fieldLast, []string{"lastname", "last", "surname", "familyname", "lname"}},
	{fieldLanguage, []string{"language", "lang", "locale", "preferredlanguage"}},
	{fieldTimezone, []string{"timezone", "tz"}},
	{fieldState, []string{"state", "stateprovince", "province"}},
}

// columns says which field each cell of a row fills: one of a subscriber's
// fields, "attributes." and a name, or nothing.
type columns []string

// resolve reads a header. What mapping says goes before what a column is called.
func resolve(header []string, mapping map[string]string) (columns, *Refusal) {
	if len(header) > MaxColumns {
		return nil, refuseFile(CodeTooManyColumns, "the file has %d columns; at most %d can be imported", len(header), MaxColumns)
	}
	cols := make(columns, len(header))
	mapped, refusal := cols.apply(header, mapping)
	if refusal != nil {
		return nil, refusal
	}
	cols.guess(header, mapped)
	if !slices.Contains(cols, fieldPhone) {
		return nil, headerMissing(header)
	}
	cols.keep(header, mapped)
	return cols, nil
}

// apply places the columns that mapping names and says which those are.
func (c columns) apply(header []string, mapping map[string]string) ([]bool, *Refusal) {
	mapped := make([]bool, len(c))
	for name, field := range mapping {
		i := slices.IndexFunc(header, func(h string) bool { return strings.TrimSpace(h) == strings.TrimSpace(name) })
		if i < 0 {
			i = slices.IndexFunc(header, func(h string) bool { return fold(h) != "" && fold(h) == fold(name) })
		}
		field = strings.TrimSpace(field)
		switch {
		case i < 0:
			return nil, badMapping("the file has no column %q; it has %s", name, quoted(header))
		case mapped[i]:
			return nil, badMapping("column %q is mapped twice", header[i])
		case field != "" && !knownField(field):
			return nil, badMapping("there is no field %q; use %s, attributes.<name>, or an empty text to leave the column out", field, strings.Join(fieldNames(), ", "))
		case field != "" && slices.Contains(c, field):
			return nil, badMapping("two columns are mapped to %s; map one", field)
		}
		mapped[i], c[i] = true, field
	}
	return mapped, nil
}

// guess gives each field that is still free the column whose name fits best.
func (c columns) guess(header []string, mapped []bool) {
	for _, a := range aliases {
		if slices.Contains(c, a.field) {
			continue
		}
		for _, name := range a.names {
			i := slices.IndexFunc(header, func(h string) bool { return fold(h) == name })
			if i >= 0 && !mapped[i] && c[i] == "" {
				c[i] = a.field
				break
			}
		}
	}
}

// keep makes attributes of all that is left.
func (c columns) keep(header []string, mapped []bool) {
	for i, h := range header {
		if mapped[i] || c[i] != "" {
			continue
		}
		name := attributeName(h)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		for n, plain := 2, name; slices.Contains(c, fieldAttribute+name); n++ {
			name = fmt.Sprintf("%s %d", plain, n)
		}
		c[i] = fieldAttribute + name
	}
}

// attributeName makes a name that a merge field can call: {{attributes.name}}.
func attributeName(h string) string {
	h = strings.TrimPrefix(strings.TrimSpace(h), fieldAttribute)
	h = strings.Map(func(r rune) rune {
		if strings.ContainsRune("{}|", r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, h)
	h = strings.Join(strings.Fields(h), " ")
	if utf8.RuneCountInString(h) > maxAttribute {
		h = strings.TrimSpace(string([]rune(h)[:maxAttribute-3])) // room for a number that tells two apart
	}
	return h
}

func knownField(field string) bool {
	if name, ok := strings.CutPrefix(field, fieldAttribute); ok {
		return name != "" && name == attributeName(name)
	}
	return slices.Contains(fieldNames(), field)
}

func fieldNames() []string {
	names := make([]string, len(aliases))
	for i, a := range aliases {
		names[i] = a.field
	}
	return names
}

// fold brings a column's name down to small letters and digits.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

func badMapping(format string, args ...any) *Refusal {
	return &Refusal{Field: "mapping", Code: CodeBadMapping, Message: fmt.Sprintf(format, args...)}
}

// headerMissing says what stands in the place of the header and what is needed.
func headerMissing(header []string) *Refusal {
	const needed = "a first row with column names is needed, one of them phoneNumber (phone, mobile, number or cell will do)"
	for _, cell := range header {
		if _, err := phone.Parse(cell, "US"); err == nil {
			return refuseFile(CodeHeaderMissing, "the first row looks like a person and not like a header: %s; %s", quoted(header), needed)
		}
	}
	return refuseFile(CodeHeaderMissing, "no column holds the telephone number; found %s; %s, or name it in mapping", quoted(header), needed)
}

// quoted shows the first cells of a row.
func quoted(cells []string) string {
	const shown, longest = 8, 40
	var parts []string
	for i, cell := range cells {
		if i == shown {
			parts = append(parts, fmt.Sprintf("and %d more", len(cells)-shown))
			break
		}
		if r := []rune(cell); len(r) > longest {
			cell = string(r[:longest]) + "…"
		}
		parts = append(parts, fmt.Sprintf("%q", cell))
	}
	return strings.Join(parts, ", ")
}
