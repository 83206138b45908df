package telemetry

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Scrub makes a text fit for a log: phone numbers keep their last four digits,
// tokens in webhook and link paths, message ids in record paths and credentials
// in headers are cut.
func Scrub(s string) string {
	return scrubNumbers(scrubWords(s))
}

var (
	// Paths whose last part is a secret or tells a number. Attempt tokens carry a
	// MAC; links and preference pages belong to one person.
	secretPath = regexp.MustCompile(`(/webhooks/plivo/status/|/r/|/p/)[A-Za-z0-9_~.%-]{4,}`)
	recordPath = regexp.MustCompile(`(/messages/records/[a-z0-9]{5})[a-z0-9]{10}`)
	headerLine = regexp.MustCompile(`(?i)((?:proxy-)?authorization|(?:set-)?cookie|x-plivo-signature[a-z0-9-]*)(["']?\s*[:=]\s*\[?["']?)[^"'\]\r\n]+`)
	credential = regexp.MustCompile(`(?i)\b(basic|bearer)\s+[A-Za-z0-9+/=._~-]{8,}`)
)

func scrubWords(s string) string {
	if strings.Contains(s, "/") {
		if strings.Contains(s, "/webhooks/") || strings.Contains(s, "/r/") || strings.Contains(s, "/p/") {
			s = secretPath.ReplaceAllString(s, "${1}…")
		}
		if strings.Contains(s, "/messages/records/") {
			s = recordPath.ReplaceAllString(s, "${1}…")
		}
	}
	// The middles of words that are written in either case.
	if containsFold(s, "uthorization") || containsFold(s, "ookie") || containsFold(s, "ignature") {
		s = headerLine.ReplaceAllString(s, "${1}${2}"+hidden)
	}
	if containsFold(s, "basic ") || containsFold(s, "bearer ") {
		s = credential.ReplaceAllString(s, "${1} "+hidden)
	}
	return s
}

// containsFold is strings.Contains for an ASCII word in any case.
func containsFold(s, word string) bool {
	for i := 0; i+len(word) <= len(s); i++ {
		if s[i]|0x20 == word[0]|0x20 && strings.EqualFold(s[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

const (
	fewestDigits = 8 // shorter runs are counts, ports, years
	keptDigits   = 4
)

// scrubNumbers replaces runs of eight or more digits, with the separators that
// people write between them. More than the 15 digits of E.164 are masked too:
// they may be two numbers side by side. Dates, clock times, network addresses
// and fractions of a second stay.
func scrubNumbers(s string) string {
	if !enoughDigits(s) {
		return s
	}
	var out strings.Builder
	done := 0 // s[:done] is written
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isDigit(r) && !(r == '+' && digitAt(s, i+size)) {
			i += size
			continue
		}
		if n := harmless(s[i:]); n > 0 {
			i += n
			continue
		}
		end, digits := numberRun(s, i)
		if len(digits) >= fewestDigits && !isFraction(s, i, end) {
			out.WriteString(s[done:i])
			out.WriteString("***")
			out.WriteString(digits[len(digits)-keptDigits:])
			done = end
		}
		i = end
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// enoughDigits is the quick way out for most texts.
func enoughDigits(s string) bool {
	n := 0
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' {
			n++
		} else if c >= utf8.RuneSelf {
			n++ // may be a part of a digit of another script
		}
		if n >= fewestDigits {
			return true
		}
	}
	return false
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r) }

func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isDigit(r)
}

func isSeparator(r rune) bool {
	switch r {
	case ' ', '-', '.', '(', ')', '/', '\t', '\u00a0', '\u202f', '\u2009', '\u2010', '\u2011', '\u2012', '\u2013':
		return true
	}
	return false
}

// numberRun reads digits from i with at most three separators between them. It
// returns where the last digit ends, and the digits; those of other scripts
// stand as "0".
func numberRun(s string, i int) (end int, digits string) {
	var b [32]byte
	kept := b[:0]
	end = i
	gap := 0
	for j := i; j < len(s) && gap <= 3; {
		r, size := utf8.DecodeRuneInString(s[j:])
		switch {
		case isDigit(r):
			if gap > 0 && harmless(s[j:]) > 0 {
				return end, string(kept)
			}
			c := byte('0')
			if r <= '9' {
				c = byte(r)
			}
			kept = append(kept, c)
			gap = 0
			end = j + size
		case isSeparator(r), r == '+' && (j == i || gap > 0):
			if j != i {
				gap++
			}
		default:
			return end, string(kept)
		}
		j += size
	}
	return end, string(kept)
}

var (
	dateTime = regexp.MustCompile(`^(19|20)\d\d-(0\d|1[0-2])-([0-2]\d|3[01])([ T_]\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?([Zz]|[+-]\d\d:?\d\d)?`)
	clock    = regexp.MustCompile(`^\d\d:\d\d:\d\d(\.\d{1,9})?`)
	quad     = regexp.MustCompile(`^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)`)
)

// harmless is the length of a date, a clock time or a network address at the
// beginning of s, where no further digit follows it directly.
func harmless(s string) int {
	if len(s) < 7 || s[0] < '0' || s[0] > '9' {
		return 0
	}
	var n int
	switch {
	case len(s) >= 10 && s[4] == '-':
		n = len(dateTime.FindString(s))
	case s[2] == ':':
		n = len(clock.FindString(s))
	case s[1] == '.' || s[2] == '.' || s[3] == '.':
		n = len(quad.FindString(s))
	}
	if n > 0 && n < len(s) && (digitAt(s, n) || (s[n] == '-' || s[n] == '.') && digitAt(s, n+1)) {
		return 0
	}
	return n
}

// isFraction tells a duration like "1.234567891s" from a number.
func isFraction(s string, start, end int) bool {
	run := s[start:end]
	if strings.Count(run, ".") != 1 || strings.IndexByte(run, '.') > 3 || len(run)-strings.IndexByte(run, '.') > 10 || strings.ContainsAny(run, "+-() /") {
		return false
	}
	for _, unit := range []string{"s", "ms", "µs", "ns"} {
		if rest, ok := strings.CutPrefix(s[end:], unit); ok && (rest == "" || !unicode.IsLetter(rune(rest[0]))) {
			return true
		}
	}
	return false
}
