package phone

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	stars = "*******" // always as many, so that a mask does not tell the length
	// A run of so many digits may be a telephone number.
	shortestRun = 8
	readable    = 4
)

// Mask hides a number but for its country code and last four digits:
// "+1*******0123". What is too short to hide anything is hidden whole.
func Mask(e164 string) string {
	digits := e164
	for i := range len(e164) {
		if c := e164[i]; (c < '0' || c > '9') && (c != '+' || i > 0) {
			// Not E.164, so nobody can say which part is the country code.
			digits = onlyDigits(e164)
			break
		}
	}
	digits, international := strings.CutPrefix(digits, "+")
	if len(digits) < shortestRun {
		return stars
	}
	tail := stars + digits[len(digits)-readable:]
	if !international {
		return tail
	}
	return "+" + digits[:callingCodeLength(digits)] + tail
}

// MaskText masks every run of eight or more digits in a text for a log, with any
// plus, dashes, dots, slashes, spaces and brackets between them. It rather hides
// a date, or joins two numbers, than shows one.
func MaskText(s string) string {
	var out strings.Builder
	kept := 0 // everything before is in out
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsDigit(r) {
			i += size
			continue
		}
		end, digits := run(s[i:])
		if len(digits) >= shortestRun {
			start := i
			if start > kept && s[start-1] == '+' {
				start--
				digits = "+" + digits
			}
			out.WriteString(s[kept:start])
			out.WriteString(Mask(digits))
			kept = i + end
		}
		i += end
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// run reads digits with separators between them, and ends behind the last digit.
func run(s string) (end int, digits string) {
	found := make([]byte, 0, 16)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsDigit(r):
			found = append(found, byte('0'+digitOf(r)))
			end = i + size
		case !separates(r):
			return end, string(found)
		}
		i += size
	}
	return end, string(found)
}

func separates(r rune) bool {
	switch r {
	case ' ', '+', '-', '.', '/', '(', ')', '[', ']', '\t', '\u00a0':
		return true
	}
	return r > unicode.MaxASCII && (unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Cf, r))
}

func digitOf(r rune) rune {
	if r <= '9' {
		return r - '0'
	}
	return digitValue(r)
}

func onlyDigits(s string) string {
	var out strings.Builder
	for _, r := range s {
		if unicode.IsDigit(r) {
			out.WriteByte(byte('0' + digitOf(r)))
		}
	}
	return out.String()
}

// callingCodeLength follows the assignment of calling codes by the ITU (E.164):
// one digit for 1 and 7, two for the codes below, three for all others.
func callingCodeLength(digits string) int {
	if digits[0] == '1' || digits[0] == '7' {
		return 1
	}
	const two = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
	if strings.Contains(two, digits[:2]) {
		return 2
	}
	return 3
}
