package consent

import (
	"strings"
	"unicode"
)

// baseLetters lists, for each ASCII letter or pair, the letters that people write
// for it: with marks, or joined. It stands in for Unicode's compatibility
// decomposition, of which only Latin letters matter here.
var baseLetters = func() map[rune]string {
	table := map[rune]string{}
	for base, letters := range map[string]string{
		"a": "àáâãäåāăąǎªₐᵃ", "b": "ḃƀ", "c": "çćĉċč", "d": "ďđḋ", "e": "èéêëēĕėęěẽ", "f": "ḟ", "g": "ĝğġģ", "h": "ĥħ",
		"i": "ìíîïĩīĭįıǐ", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "m": "ṁ", "n": "ñńņňŉ", "o": "òóôõöøōŏőǒº", "p": "ṗ",
		"r": "ŕŗř", "s": "śŝşšșſ", "t": "ţťŧț", "u": "ùúûüũūŭůűųǔ", "w": "ŵẁẃẅ", "y": "ýÿŷ", "z": "źżž",
		"ae": "æ", "oe": "œ", "ss": "ß", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "st": "ﬆﬅ",
	} {
		for _, r := range letters {
			table[r] = base
		}
	}
	return table
}()

// fold reduces a message to lower-case words without marks, punctuation, symbols
// and emoji, and tells which signs were among them.
func fold(text string) (words []string, seen signs) {
	var out strings.Builder
	for _, r := range text {
		if unicode.IsSpace(r) {
			out.WriteByte(' ')
			continue
		}
		seen.add(r)
		out.WriteString(foldRune(r))
	}
	return strings.Fields(out.String()), seen
}

// foldRune is one character in lower case and without marks; empty where it is no
// letter and no digit.
func foldRune(r rune) string {
	r = unicode.ToLower(plainLetter(r))
	if base, ok := baseLetters[r]; ok {
		return base
	}
	if unicode.IsLetter(r) || unicode.IsNumber(r) {
		return string(r)
	}
	return ""
}

// plainLetter undoes the letters that phones and "fonts" of social networks draw
// with characters of their own: fullwidth, mathematical, circled and squared.
func plainLetter(r rune) rune {
	switch {
	case r >= 0xff01 && r <= 0xff5e:
		return r - 0xff01 + '!'
	case r >= 0x1d400 && r <= 0x1d6a3: // thirteen alphabets, capitals and small ones
		return 'a' + (r-0x1d400)%26
	case r >= 0x24b6 && r <= 0x24cf:
		return 'a' + r - 0x24b6
	case r >= 0x24d0 && r <= 0x24e9:
		return 'a' + r - 0x24d0
	case r >= 0x1f130 && r <= 0x1f149:
		return 'a' + r - 0x1f130
	case r >= 0x1f150 && r <= 0x1f169:
		return 'a' + r - 0x1f150
	case r >= 0x1f170 && r <= 0x1f189:
		return 'a' + r - 0x1f170
	case r >= 0x1f1e6 && r <= 0x1f1ff:
		return 'a' + r - 0x1f1e6
	}
	return r
}
