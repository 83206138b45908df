package reconcile

import (
	"strings"
	"time"
)

// candidates are the texts that could be this attempt's: to this number, from
// its sender, of its size, at its time, and not known to be another attempt's.
func candidates(d Doubt, texts []Text, siblings []Sibling) []Text {
	var found []Text
	for _, t := range texts {
		if same(t.To, d.Number) && from(t, d.Source) && near(t.At, d.At) && size(t, d.Segments) && !taken(t, siblings) {
			found = append(found, t)
		}
	}
	return found
}

// sole reports whether no other attempt could claim the text. It is not asked
// for its size, nor for its sender where that is gone: a doubt more leaves a
// row unknown, a doubt less tells a lie about a person.
func sole(d Doubt, t Text, siblings []Sibling) bool {
	for _, s := range siblings {
		if s.ID == d.ID && s.Attempt == d.Attempt {
			continue
		}
		if s.Open && near(t.At, s.At) && (from(t, s.Source) || s.Source == (Source{})) {
			return false
		}
	}
	return true
}

func taken(t Text, siblings []Sibling) bool {
	for _, s := range siblings {
		if s.UUID == t.UUID {
			return true
		}
	}
	return false
}

// from reports whether a text was sent by a source. A member of a pool is known
// by the pool that the record names.
func from(t Text, s Source) bool {
	switch {
	case s.PowerpackUUID != "":
		return t.PowerpackUUID == s.PowerpackUUID
	case s.SenderNumber != "":
		return same(t.From, s.SenderNumber)
	}
	return false
}

// to reports whether a text was written to a source.
func to(t Text, s Source) bool {
	t.From = t.To
	return from(t, s)
}

func near(a, b time.Time) bool {
	d := a.Sub(b)
	return -window <= d && d <= window
}

func size(t Text, segments int64) bool { return t.Segments == 0 || t.Segments == segments }

// same compares senders and numbers by what the provider keeps of them: letters
// and digits.
func same(a, b string) bool { return strip(a) != "" && strip(a) == strip(b) }

func strip(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, s)
}
