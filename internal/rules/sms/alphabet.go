package sms

import "unicode/utf8"

// The encodings of a text.
const (
	GSM7 = "GSM_7"
	UCS2 = "UCS_2"
)

// basicBeyondASCII are the one-septet characters that ASCII does not have, and
// extended those behind an escape, which cost two (TS 23.038, 6.2.1 and 6.2.1.1).
const (
	basicBeyondASCII = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"
	extended         = "\f^{}\\[~]|€"
)

// asciiSeptets holds 0 for what the alphabet lacks: the backtick, and all control
// characters but line feed, carriage return and form feed. A raw escape is not a
// character of the alphabet, it is the alphabet's own machinery.
var asciiSeptets = func() (cost [utf8.RuneSelf]uint8) {
	for c := ' '; c <= '~'; c++ {
		cost[c] = 1
	}
	cost['\n'], cost['\r'], cost['`'] = 1, 1, 0
	for _, r := range extended {
		if r < utf8.RuneSelf {
			cost[r] = 2
		}
	}
	return cost
}()

var otherSeptets = func() map[rune]uint8 {
	cost := map[rune]uint8{'€': 2}
	for _, r := range basicBeyondASCII {
		cost[r] = 1
	}
	return cost
}()

// septets is the cost of a character in the GSM alphabet; 0 if it is not in it.
func septets(r rune) int {
	if r >= 0 && r < utf8.RuneSelf {
		return int(asciiSeptets[r])
	}
	return int(otherSeptets[r])
}

// utf16Units is 2 for what needs a surrogate pair.
func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
