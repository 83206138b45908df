package importer

import (
	"encoding/json"
	"slices"
	"strings"
)

// attributes are the names of what a file says of people beyond their fields. They are kept once a file and never with a
// row: 199 long names are fifty times as much as a row of short values.
type attributes struct {
	keys  []string // in their order, as JSON with a colon
	slots []int    // of each column: the place of its name in keys; -1 where it can be no attribute
}

func (c columns) attributes() *attributes {
	var names []string
	nameOf := func(field string) (string, bool) {
		name, further := strings.CutPrefix(field, fieldAttribute)
		return name, further || field == fieldState // a state abroad is an attribute
	}
	for _, field := range c {
		if name, ok := nameOf(field); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names) // so that the same file gives the same bytes
	names = slices.Compact(names)
	a := &attributes{keys: make([]string, len(names)), slots: make([]int, len(c))}
	for i, name := range names {
		a.keys[i] = string(appendJSON(nil, name)) + ":"
	}
	for i, field := range c {
		a.slots[i] = -1
		if name, ok := nameOf(field); ok {
			a.slots[i], _ = slices.BinarySearch(names, name)
		}
	}
	return a
}

// appendPair appends a name and its value to a JSON object that is open.
func (a *attributes) appendPair(b []byte, slot int, value string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return appendJSON(append(b, a.keys[slot]...), value)
}

// appendObject appends the values that are not empty as a JSON object.
func (a *attributes) appendObject(b []byte, values []string) []byte {
	b = append(b, '{')
	for slot, value := range values {
		if value != "" {
			b = a.appendPair(b, slot, value)
		}
	}
	return append(b, '}')
}

// appendJSON appends a text as JSON, as json.Marshal writes it. Nearly all are plain, and need not go there.
func appendJSON(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || strings.IndexByte(`"\<>&`, c) >= 0 {
			raw, err := json.Marshal(text)
			if err != nil {
				panic("importer: " + err.Error()) // every text is JSON
			}
			return append(b, raw...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}
