package sms

import "strings"

// Clean returns the text without characters that nobody sees, with letters and
// their marks joined. If that and the writing of quotation marks, dashes, spaces
// and the like in plain ASCII make the whole text GSM_7, it does this too; if
// not, the text costs the same either way and keeps the author's typography.
func Clean(text string) string {
	tidy := joined(text)
	var plain strings.Builder
	for _, r := range tidy {
		switch s, ok := substitutes[r]; {
		case ok:
			plain.WriteString(s)
		case r == zeroWidthNonJoiner:
		case septets(r) == 0:
			return tidy
		default:
			plain.WriteRune(r)
		}
	}
	return plain.String()
}

// Persian and Indic scripts spell with the non-joiner, so only a text that
// becomes GSM_7 loses it. The joiner (U+200D) holds emoji together and stays.
const zeroWidthNonJoiner = '\u200c'

func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\r' || r == '\t': // the tab becomes a space or stays
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad'
}

func joined(text string) string {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if invisible(r) {
			continue
		}
		if n := len(out); n > 0 {
			if letter, ok := compositions[[2]rune{out[n-1], r}]; ok {
				out[n-1] = letter
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}
