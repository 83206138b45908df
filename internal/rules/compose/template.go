package compose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error is a refusal of a text. Message is for its author.
type Error struct {
	Code     string
	Message  string
	Position int // of the braces, in code points from 0
}

// The codes of Error.
const (
	CodeUnknownField = "unknown_merge_field"
	CodeBadField     = "bad_merge_field"
)

func (e *Error) Error() string { return e.Message }

const (
	opening   = "{{"
	closing   = "}}"
	attribute = "attributes."
	// longestName bounds the name of an attribute, in code points.
	longestName = 100
)

var fields = []string{"firstName", "lastName", "phoneNumber", "language", "state", "brand", "preferencesUrl"}

// Template is a text that has been read. It does not change, and may be rendered
// by many goroutines at once.
type Template struct{ pieces []piece }

// piece is text, or a field if it has a name.
type piece struct{ text, name, fallback string }

// Parse reads a text. The error is always an *Error.
func Parse(text string) (*Template, error) {
	t := new(Template)
	for rest := text; rest != ""; {
		position := func(at int) int { return utf8.RuneCountInString(text[:len(text)-len(rest)+at]) }
		start := strings.Index(rest, opening)
		if stray := strings.Index(rest, closing); stray >= 0 && (start < 0 || stray < start) {
			return nil, bad(position(stray), "}} without {{ before it; remove it, or write the field as {{firstName}}")
		}
		if start < 0 {
			t.pieces = append(t.pieces, piece{text: rest})
			break
		}
		inside, after, closed := strings.Cut(rest[start+len(opening):], closing)
		if !closed || strings.Contains(inside, opening) {
			return nil, bad(position(start), "{{ is not closed; write the field as {{firstName}} or {{firstName|there}}")
		}
		field, err := parseField(inside, position(start))
		if err != nil {
			return nil, err
		}
		if start > 0 {
			t.pieces = append(t.pieces, piece{text: rest[:start]})
		}
		t.pieces = append(t.pieces, field)
		rest = after
	}
	return t, nil
}

func bad(position int, message string) *Error {
	return &Error{CodeBadField, fmt.Sprintf("character %d: %s", position+1, message), position}
}

func parseField(inside string, position int) (piece, error) {
	name, fallback, _ := strings.Cut(inside, "|")
	name, fallback = strings.TrimSpace(name), strings.TrimSpace(fallback)
	switch {
	case name == "":
		return piece{}, bad(position, "the braces name no field; write for example {{firstName}}")
	case strings.ContainsAny(inside, "{}"):
		return piece{}, bad(position, "a field holds no braces of its own; write for example {{firstName|there}}")
	case strings.ContainsFunc(name, unicode.IsControl):
		return piece{}, bad(position, "a field is written on one line; write for example {{firstName}}")
	}
	if own, ok := strings.CutPrefix(name, attribute); ok {
		if strings.TrimSpace(own) != own || own == "" || utf8.RuneCountInString(own) > longestName {
			return piece{}, bad(position, "an attribute has a name of 1 to 100 characters; write for example {{attributes.city}}")
		}
		return piece{name: name, fallback: fallback}, nil
	}
	if !slices.Contains(fields, name) {
		return piece{}, &Error{CodeUnknownField, fmt.Sprintf("character %d: there is no field %q; use %s or attributes.<name>", position+1, name, strings.Join(fields, ", ")), position}
	}
	return piece{name: name, fallback: fallback}, nil
}

// Fields names the merge fields of the text, each once, in their order.
func (t *Template) Fields() []string {
	var names []string
	for _, p := range t.pieces {
		if p.name != "" && !slices.Contains(names, p.name) {
			names = append(names, p.name)
		}
	}
	return names
}

// Plain returns the text of a template without merge fields, which is the same
// for everybody; false if it has any.
func (t *Template) Plain() (string, bool) {
	switch {
	case len(t.pieces) == 0:
		return "", true
	case len(t.pieces) == 1 && t.pieces[0].name == "":
		return t.pieces[0].text, true
	}
	return "", false
}
