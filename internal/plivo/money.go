package plivo

import "strings"

// The largest amount that is believed: a million dollars for one message is a
// broken field, and the bound keeps sums far from an overflow.
const maxMicros = 1_000_000_000_000

// micros reads a decimal string as millionths, without floating point. Digits
// past the sixth round half up. ok is false for anything that is not a plain
// non-negative decimal or is above a million.
func micros(s string) (n int64, ok bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "+")
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" || !allDigits(whole) || !allDigits(frac) {
		return 0, false
	}
	for _, r := range whole {
		n = n*10 + int64(r-'0')
		if n > maxMicros {
			return 0, false
		}
	}
	for i := range 6 {
		n *= 10
		if i < len(frac) {
			n += int64(frac[i] - '0')
		}
		if n > maxMicros {
			return 0, false
		}
	}
	if len(frac) > 6 && frac[6] >= '5' {
		n++
	}
	return n, true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
