package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxValue is the most code points that one field fills in. Names are shorter;
// what is longer is a note in the wrong column, and would be billed per segment.
const MaxValue = 100

// Render fills in the fields of one person, by the names that Fields gives
// ("attributes.city" for an attribute). A field that is absent or blank becomes
// its fallback. If that is empty too, the space that stood around it goes, so
// that "Hi {{firstName}}, today" becomes "Hi, today".
func (t *Template) Render(fields map[string]string) string {
	if text, ok := t.Plain(); ok {
		return text
	}
	var w writer
	for _, p := range t.pieces {
		if p.name == "" {
			w.put(p.text)
			continue
		}
		text := value(fields[p.name])
		if text == "" {
			text = p.fallback
		}
		if text == "" {
			w.gap = true
			continue
		}
		w.put(text)
	}
	return w.finish()
}

// value makes data safe to stand in a text.
func value(raw string) string {
	if isPlain(raw) {
		return strings.TrimSpace(raw)
	}
	clean := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		// Direction overrides are no control characters to Unicode, but can make a
		// text read otherwise than it was written.
		if unicode.IsControl(r) || r == utf8.RuneError || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, raw))
	if utf8.RuneCountInString(clean) <= MaxValue {
		return clean
	}
	return strings.TrimSpace(string([]rune(clean)[:MaxValue]))
}

func isPlain(raw string) bool {
	if len(raw) > MaxValue {
		return false
	}
	for i := range len(raw) {
		if raw[i] < ' ' || raw[i] > '~' {
			return false
		}
	}
	return true
}

// writer mends the spaces around a field that came out empty.
type writer struct {
	out []byte
	gap bool // the last field was empty, and nothing has come after it
}

func (w *writer) put(text string) {
	if text == "" {
		return
	}
	if w.gap {
		w.gap = false
		switch after := len(w.out) == 0 || w.out[len(w.out)-1] == ' ' || w.out[len(w.out)-1] == '\n'; {
		case after && text[0] == ' ':
			text = text[1:]
		case strings.ContainsRune(",.;:!?\n", rune(text[0])):
			w.dropSpace()
		}
	}
	w.out = append(w.out, text...)
}

func (w *writer) finish() string {
	if w.gap {
		w.dropSpace()
	}
	return string(w.out)
}

func (w *writer) dropSpace() {
	if n := len(w.out); n > 0 && w.out[n-1] == ' ' {
		w.out = w.out[:n-1]
	}
}
