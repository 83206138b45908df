package sms

// substitutes says how a character that the GSM alphabet lacks is written with
// characters it has, without changing a word. Emoji are never in it.
var substitutes = func() map[rune]string {
	table := map[rune]string{
		'\u2026': "...", '\u00bc': "1/4", '\u00bd': "1/2", '\u00be': "3/4",
		'\u2039': "<", '\u203a': ">", '\u2044': "/", '\u2215': "/", '\u00d7': "x",
		'\u2126': "Ω", '\u212b': "Å", // ohm and angstrom are these letters by Unicode
	}
	for to, from := range map[string]string{
		`"`: "\u00ab\u00bb\u201c\u201d\u201e\u201f\u02ba\u02ee\u275d\u275e\u301d\u301e\uff02\u2033",
		`'`: "\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u00b4\u0060\u2032\u275b\u275c\uff07",
		`-`: "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u2022\ufe63\uff0d",
		` `: "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029\t",
	} {
		for _, r := range from {
			table[r] = to
		}
	}
	for r := rune(0xff01); r <= 0xff5e; r++ { // fullwidth forms of ASCII
		if _, listed := table[r]; !listed && r != '\uff40' {
			table[r] = string(r - 0xff01 + '!')
		}
	}
	table['\uff40'] = `'` // the fullwidth backtick
	return table
}()

// compositions joins a letter and the combining mark behind it, as Unicode's NFC
// does, for the Latin letters in daily use.
var compositions = func() map[[2]rune]rune {
	table := map[[2]rune]rune{}
	for mark, pairs := range map[rune]string{
		'\u0300': "AÀEÈIÌOÒUÙaàeèiìoòuù",
		'\u0301': "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýcćnńsśzźCĆNŃSŚZŹ",
		'\u0302': "AÂEÊIÎOÔUÛaâeêiîoôuû",
		'\u0303': "AÃNÑOÕaãnñoõ",
		'\u0308': "AÄEËIÏOÖUÜaäeëiïoöuüyÿ",
		'\u030a': "AÅaåUŮuů",
		'\u0327': "CÇcçSŞsş",
		'\u030c': "CČcčSŠsšZŽzžRŘrřEĚeě",
		'\u0328': "AĄaąEĘeę",
	} {
		letters := []rune(pairs)
		for i := 0; i < len(letters); i += 2 {
			table[[2]rune{letters[i], mark}] = letters[i+1]
		}
	}
	return table
}()

// bases are suggestions only: taking the mark off a letter changes the spelling,
// which is for the author to decide.
var bases = func() map[rune]string {
	table := map[rune]string{
		'ı': "i", 'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'œ': "oe", 'Œ': "OE", 'ğ': "g", 'Ğ': "G",
		'İ': "I", 'ș': "s", 'Ș': "S", 'ț': "t", 'Ț': "T", 'ő': "ö", 'Ő': "Ö", 'ű': "ü", 'Ű': "Ü",
	}
	for pair, letter := range compositions {
		if septets(letter) == 0 {
			table[letter] = string(pair[0])
		}
	}
	return table
}()

// suggestion says what to write for a character that is not in the alphabet.
func suggestion(r rune) string {
	if s, ok := substitutes[r]; ok {
		return s
	}
	return bases[r]
}
