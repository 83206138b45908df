package sms

import (
	"testing"
	"unicode/utf8"
)

func TestCleanWritesWithTheAlphabetWhatItCan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                "",
		"Plain {text} for €5":             "Plain {text} for €5",
		"“It’s” – on…":                    `"It's" - on...`,
		"a\u00a0b\tc\u2003d\u2028e":       "a b c d e",
		"\ufeffH\u200bi\u00ad\u2060!":     "Hi!",
		"a\x1bb\x00c\x0cd\x7fe":           "abcde",
		"line\r\nline":                    "line\r\nline",
		"cafe\u0301 A\u030angstro\u0308m": "café Ångström",
		"\u212b and \u2126":               "Å and Ω",
		"ＳＡＬＥ！ ½ × 3⁄4 ‹a›":               "SALE! 1/2 x 3/4 <a>",
		"soft\u200cly":                    "softly",
		"`code´":                          "'code'",
		// One character that has no substitute keeps the typography of all.
		"“It’s” ж":             "“It’s” ж",
		"“Hi”\u200b " + family: "“Hi” " + family,
		"façade…":              "façade…",
		"fac\u0327ade":         "façade",
		"می\u200cخواهم":        "می\u200cخواهم",
		"tab\tж":               "tab\tж",
		"1\uFE0F\u20E3":        "1\uFE0F\u20E3",
		"bad \xff byte":        "bad \ufffd byte",
	} {
		if got := Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"“It’s”", "cafe\u0301", "e\u0301\u0301", "a\u200b\u0301", family, "\xff", "´"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := Clean(text)
		if again := Clean(clean); again != clean {
			t.Fatalf("Clean(%q) = %q, and again %q", text, clean, again)
		}
		if !utf8.ValidString(clean) {
			t.Fatalf("Clean(%q) = %q is no UTF-8", text, clean)
		}
		before, after := Count(text), Count(clean)
		if before.Encoding == GSM7 && after.Encoding == UCS2 {
			t.Fatalf("Clean(%q) = %q made it dearer", text, clean)
		}
	})
}
