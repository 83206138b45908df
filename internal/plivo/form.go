package plivo

// isE164 accepts the only destination that leaves, "+" and 7 to 15 digits of
// which the first is not 0: Plivo reads "<" in it as a list of several people
// and silently strips blanks and letters. A loop, because it is asked three
// times a text and a regular expression takes longer than the rest of the look.
func isE164(s string) bool {
	return len(s) >= 8 && len(s) <= 16 && s[0] == '+' && s[1] != '0' && allDigits(s[1:])
}

// isID accepts the form of Plivo's ids: 8 to 64 letters, digits and hyphens,
// the first no hyphen.
func isID(s string) bool {
	if len(s) < 8 || len(s) > 64 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '-':
		default:
			return false
		}
	}
	return true
}
