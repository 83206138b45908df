package simulator

import "unicode/utf8"

// Limits of one text: 1600 GSM septets or 737 UTF-16 units (11 units of 67).
const (
	maxSeptets    = 1600
	maxUTF16Units = 737
)

// The default alphabet of GSM 03.38 without the letters A-Z, a-z and digits,
// and the characters that cost an escape as well.
const (
	gsmMarks = "@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e" +
		"\u00c6\u00e6\u00df\u00c9 !\"#\u00a4%&'()*+,-./:;<=>?\u00a1\u00c4\u00d6\u00d1\u00dc\u00a7\u00bf\u00e4\u00f6\u00f1\u00fc\u00e0"
	gsmExtended = "\f^{}\\[~]|\u20ac"
)

// textSize is what Plivo would count: the length in septets or UTF-16 units,
// the units billed, and whether the text fits into one message at all.
type textSize struct {
	Length int
	Units  int
	UCS2   bool
	Fits   bool
}

func measure(text string) textSize {
	septets, utf16Units, gsm := 0, 0, utf8.ValidString(text)
	for _, r := range text {
		utf16Units++
		if r > 0xFFFF {
			utf16Units++
		}
		n := septetsOf(r)
		gsm = gsm && n > 0
		septets += n
	}
	if gsm {
		return textSize{Length: septets, Units: unitsOf(septets, 160, 153), Fits: septets <= maxSeptets}
	}
	return textSize{Length: utf16Units, Units: unitsOf(utf16Units, 70, 67), UCS2: true, Fits: utf16Units <= maxUTF16Units}
}

func septetsOf(r rune) int {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
		return 1
	}
	for _, m := range gsmMarks {
		if m == r {
			return 1
		}
	}
	for _, m := range gsmExtended {
		if m == r {
			return 2
		}
	}
	return 0
}

func unitsOf(length, single, part int) int {
	if length <= single {
		return 1
	}
	return (length + part - 1) / part
}
