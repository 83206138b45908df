package sms

// Segment sizes. A text of several segments gives six octets of each to the
// header that joins them (TS 23.040, 9.2.3.24.1).
const (
	septetsAlone = 160
	septetsEach  = 153
	utf16Alone   = 70
	utf16Each    = 67
)

// The longest text the provider takes in one request.
const (
	MaxSeptets = 1600
	MaxUTF16   = 737
)

// Measure is what a text costs to send.
type Measure struct {
	Encoding   string // GSM7 or UCS2
	CodeUnits  int    // septets, or UTF-16 units
	Segments   int    // 0 for the empty text
	Characters int    // code points
	Offending  []Offending
}

// Offending is a character that forces UTF-16 on the whole text.
type Offending struct {
	Char       string
	Index      int    // in code points, from 0
	Suggestion string // what to write in its place; "" if it has no substitute or is best removed
}

// TooLong reports whether the provider would refuse the text for its length.
func TooLong(m Measure) bool {
	if m.Encoding == UCS2 {
		return m.CodeUnits > MaxUTF16
	}
	return m.CodeUnits > MaxSeptets
}

// tally adds up one way of encoding. It cuts as carriers do: a character that
// does not fit whole begins the next segment.
type tally struct {
	alone, each         int // room of a single segment, and of one among several
	units, parts, inOne int
}

func (t *tally) add(cost int) {
	t.units += cost
	if t.parts == 0 || t.inOne+cost > t.each {
		t.parts++
		t.inOne = 0
	}
	t.inOne += cost
}

func (t *tally) segments() int {
	if t.units <= t.alone {
		return min(t.units, 1)
	}
	return t.parts
}

// Count measures a text. A byte that is no UTF-8 counts as one replacement
// character.
func Count(text string) Measure {
	gsm := tally{alone: septetsAlone, each: septetsEach}
	wide := tally{alone: utf16Alone, each: utf16Each}
	m := Measure{Encoding: GSM7}
	for _, r := range text {
		cost := septets(r)
		if cost == 0 {
			m.Encoding = UCS2
			m.Offending = append(m.Offending, Offending{
				Char:       string(r),
				Index:      m.Characters,
				Suggestion: suggestion(r),
			})
		}
		gsm.add(cost)
		wide.add(utf16Units(r))
		m.Characters++
	}
	chosen := &gsm
	if m.Encoding == UCS2 {
		chosen = &wide
	}
	m.CodeUnits, m.Segments = chosen.units, chosen.segments()
	return m
}

// Split cuts a text where carriers do, never inside a surrogate pair or between
// an escape and its character. The parts joined are the text.
func Split(text string) []string {
	m := Count(text)
	if m.Segments < 2 {
		if text == "" {
			return nil
		}
		return []string{text}
	}
	cost, room := septets, septetsEach
	if m.Encoding == UCS2 {
		cost, room = utf16Units, utf16Each
	}
	parts := make([]string, 0, m.Segments)
	start, filled := 0, 0
	for i, r := range text {
		if filled+cost(r) > room {
			parts = append(parts, text[start:i])
			start, filled = i, 0
		}
		filled += cost(r)
	}
	return append(parts, text[start:])
}
