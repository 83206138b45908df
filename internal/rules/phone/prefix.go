package phone

import (
	"strings"
	"sync/atomic"
)

// prefixes remembers what the number data say of North American prefixes, area
// code and exchange. In every rule of theirs the last four digits are free, so
// the answer for a prefix is the answer for its ten thousand numbers, and a long
// list is read twenty times as fast. A million prefixes take 250 KB, two bits
// each; an entry only ever goes from unknown to what the data would say again.
type prefixes [1_000_000 / perWord]atomic.Uint32

const perWord = 16

// What is known of a prefix.
const (
	notAsked   = 0
	assigned   = 1 // the number data list it
	unassigned = 2 // of the United States or Canada, well formed, not listed
)

var learned prefixes

func (p *prefixes) get(i int) uint32 { return p[i/perWord].Load() >> (i % perWord * 2) & 3 }

func (p *prefixes) set(i int, class uint32) { p[i/perWord].Or(class << (i % perWord * 2)) }

// ordinary reads the writings that nearly all lists use, such as
// "+1 (212) 555-0123", "1-212-555-0123" and "212.555.0123", as the ten digits
// that they are. It gives up where anything is unusual.
func ordinary(raw, country string) (digits string, ok bool) {
	const longest = 20
	if len(raw) < 10 || len(raw) > longest || strings.HasSuffix(raw, ".0") { // a spreadsheet's fraction
		return "", false
	}
	var room [11]byte
	n := 0
	for i := range len(raw) {
		switch c := raw[i]; {
		case c >= '0' && c <= '9':
			if n == len(room) {
				return "", false
			}
			room[n] = c
			n++
		case c == '+' && i == 0:
		case c != ' ' && c != '-' && c != '.' && c != '(' && c != ')':
			return "", false
		}
	}
	home := country == "US" || country == "CA"
	switch {
	case n == 11 && room[0] == '1' && (home || raw[0] == '+'):
		digits = string(room[1:])
	case n == 10 && home && raw[0] != '+':
		digits = string(room[:10])
	default:
		return "", false
	}
	// 555 has rules of its own: some of its numbers are examples.
	return digits, digits[0] >= '2' && digits[3] >= '2' && digits[3:6] != "555"
}

// known gives the number if its prefix was seen before.
func known(digits string) (Number, bool) {
	class := learned.get(prefixOf(digits))
	if class == notAsked {
		return Number{}, false
	}
	n := Number{E164: "+1" + digits}
	n.Country = Locate(n.E164).Country
	if class == unassigned {
		n.Warning = WarningUnassigned
	}
	return n, true
}

// learn remembers a number that was taken. What was refused is judged each time,
// for the words of the refusal.
func learn(digits string, n Number) {
	class := uint32(assigned)
	if n.Warning != "" {
		class = unassigned
	}
	learned.set(prefixOf(digits), class)
}

func prefixOf(digits string) int {
	i := 0
	for _, c := range []byte(digits[:6]) {
		i = i*10 + int(c-'0')
	}
	return i
}
