package sms

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const (
	grin   = "\U0001F600"
	family = "\U0001F468\u200D\U0001F469\u200D\U0001F467"
)

func TestCountFollowsTheAlphabet(t *testing.T) {
	t.Parallel()
	a, zhe := func(n int) string { return strings.Repeat("a", n) }, func(n int) string { return strings.Repeat("ж", n) }
	for _, c := range []struct {
		name, text, encoding string
		units                int
		parts                []int // units of each
	}{
		{"empty", "", GSM7, 0, nil},
		{"hello", "Hello", GSM7, 5, []int{5}},
		{"160", a(160), GSM7, 160, []int{160}},
		{"161", a(161), GSM7, 161, []int{153, 8}},
		{"306", a(306), GSM7, 306, []int{153, 153}},
		{"307", a(307), GSM7, 307, []int{153, 153, 1}},
		{"459", a(459), GSM7, 459, []int{153, 153, 153}},
		{"460", a(460), GSM7, 460, []int{153, 153, 153, 1}},
		{"80 euro", strings.Repeat("€", 80), GSM7, 160, []int{160}},
		{"81 euro", strings.Repeat("€", 81), GSM7, 162, []int{152, 10}},
		{"158 and euro", a(158) + "€", GSM7, 160, []int{160}},
		{"159 and euro", a(159) + "€", GSM7, 161, []int{153, 8}},
		{"escape kept whole", a(152) + "€" + a(7), GSM7, 161, []int{152, 9}},
		{"two escapes kept whole", a(152) + "€" + a(151) + "€", GSM7, 307, []int{152, 153, 2}},
		{"extension", "\f^{}\\[~]|€", GSM7, 20, []int{20}},
		{"backtick", "`", UCS2, 1, []int{1}},
		{"small c cedilla", "façade", UCS2, 6, []int{6}},
		{"capital C cedilla", "GARÇON", GSM7, 6, []int{6}},
		{"accents of the alphabet", "é à ñ ü", GSM7, 7, []int{7}},
		{"a acute", "á", UCS2, 1, []int{1}},
		{"no-break space", "a\u00a0b", UCS2, 3, []int{3}},
		{"tab", "a\tb", UCS2, 3, []int{3}},
		{"curly apostrophe", "It’s", UCS2, 4, []int{4}},
		{"70 wide", zhe(70), UCS2, 70, []int{70}},
		{"71 wide", zhe(71), UCS2, 71, []int{67, 4}},
		{"134 wide", zhe(134), UCS2, 134, []int{67, 67}},
		{"135 wide", zhe(135), UCS2, 135, []int{67, 67, 1}},
		{"35 emoji", strings.Repeat(grin, 35), UCS2, 70, []int{70}},
		{"36 emoji", strings.Repeat(grin, 36), UCS2, 72, []int{66, 6}},
		{"67 emoji", strings.Repeat(grin, 67), UCS2, 134, []int{66, 66, 2}},
		{"pair kept whole", zhe(66) + grin + zhe(3), UCS2, 71, []int{66, 5}},
		{"family", family, UCS2, 8, []int{8}},
		{"9 families", strings.Repeat(family, 9), UCS2, 72, []int{67, 5}},
		{"25 families", strings.Repeat(family, 25), UCS2, 200, []int{67, 67, 66}},
		{"flag and skin tone", "\U0001F1FA\U0001F1F8\U0001F44D\U0001F3FD", UCS2, 8, []int{8}},
		{"keycap", "1\uFE0F\u20E3", UCS2, 3, []int{3}},
		{"decomposed", "cafe\u0301", UCS2, 5, []int{5}},
		{"80 line ends", strings.Repeat("\r\n", 80), GSM7, 160, []int{160}},
		{"81 line ends", strings.Repeat("\r\n", 81), GSM7, 162, []int{153, 9}},
		{"Greek of the alphabet", "ΔΦΓΛΩΠΨΣΘΞ", GSM7, 10, []int{10}},
		{"other Greek", "\u0391\u0392\u0393", UCS2, 3, []int{3}},
		{"s cedilla", "ş", UCS2, 1, []int{1}},
		{"l stroke", "ł", UCS2, 1, []int{1}},
		{"one emoji makes all wide", a(153) + grin, UCS2, 155, []int{67, 67, 21}},
		{"raw escape", "a\x1bb", UCS2, 3, []int{3}},
		{"byte order mark", "\uFEFFHi", UCS2, 3, []int{3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			m := Count(c.text)
			if m.Encoding != c.encoding || m.CodeUnits != c.units || m.Segments != len(c.parts) || m.Characters != utf8.RuneCountInString(c.text) {
				t.Errorf("Count = %s, %d units, %d segments, %d characters; want %s, %d, %d", m.Encoding, m.CodeUnits, m.Segments, m.Characters, c.encoding, c.units, len(c.parts))
			}
			var parts []int
			for _, part := range Split(c.text) {
				parts = append(parts, units(part, c.encoding))
			}
			if diff := cmp.Diff(c.parts, parts); diff != "" {
				t.Errorf("Split: %s", diff)
			}
		})
	}
}

// units counts a part in a way of its own.
func units(part, encoding string) int {
	if encoding == UCS2 {
		return len(utf16.Encode([]rune(part)))
	}
	n := utf8.RuneCountInString(part)
	for _, r := range extended {
		n += strings.Count(part, string(r))
	}
	return n
}

func TestTheAlphabetHas127CharactersAndTenExtensions(t *testing.T) {
	t.Parallel()
	var one, two int
	for r := rune(0); r <= utf8.MaxRune; r++ {
		switch septets(r) {
		case 1:
			one++
		case 2:
			two++
		}
	}
	if one != 127 || two != 10 {
		t.Errorf("%d and %d characters, want 127 (128 codes without the escape) and 10", one, two)
	}
}

func TestCountNamesWhatOffendsAndWhatToWriteInstead(t *testing.T) {
	t.Parallel()
	got := Count("é it’s 5\u00a0% façade… " + grin + "\u200b`").Offending
	want := []Offending{
		{"’", 4, "'"}, {"\u00a0", 8, " "}, {"ç", 13, "c"}, {"…", 17, "..."}, {grin, 19, ""}, {"\u200b", 20, ""}, {"`", 21, "'"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := Count("plain €5").Offending; got != nil {
		t.Errorf("a GSM text has %v", got)
	}
}

func TestEverySuggestionIsInTheAlphabet(t *testing.T) {
	t.Parallel()
	for _, table := range []map[rune]string{substitutes, bases} {
		for r, s := range table {
			if m := Count(s); m.Encoding != GSM7 || s == "" {
				t.Errorf("%U has the suggestion %q", r, s)
			}
			if septets(r) != 0 {
				t.Errorf("%U is in the alphabet and needs no suggestion", r)
			}
		}
	}
}

func TestTooLong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want bool
	}{
		{"", false},
		{strings.Repeat("a", 1600), false},
		{strings.Repeat("a", 1601), true},
		{strings.Repeat("a", 1599) + "€", true},
		{strings.Repeat("ж", 737), false},
		{strings.Repeat("ж", 738), true},
		{strings.Repeat("a", 736) + grin, true},
	} {
		if got := TooLong(Count(c.text)); got != c.want {
			t.Errorf("TooLong of %d characters = %t", utf8.RuneCountInString(c.text), got)
		}
	}
}

func FuzzCountAndSplit(f *testing.F) {
	for _, seed := range []string{"", "Hello", strings.Repeat("€", 81), strings.Repeat(grin, 67), "a\xffb", "\x1b", family} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, parts := Count(text), Split(text)
		if strings.Join(parts, "") != text || len(parts) != m.Segments {
			t.Fatalf("%q: %d segments, %d parts", text, m.Segments, len(parts))
		}
		sum, room := 0, septetsEach
		if m.Encoding == UCS2 {
			room = utf16Each
		}
		for _, part := range parts {
			n := units(part, m.Encoding)
			sum += n
			if part == "" || len(parts) > 1 && n > room {
				t.Fatalf("%q: part %q has %d units", text, part, n)
			}
		}
		if sum != m.CodeUnits || (m.Encoding == GSM7) != (len(m.Offending) == 0) {
			t.Fatalf("%q: parts have %d units, the whole %+v", text, sum, m)
		}
	})
}

func BenchmarkCount(b *testing.B) {
	text := strings.Repeat("Your order is ready. Reply STOP to end. ", 4)
	b.ReportAllocs()
	for b.Loop() {
		if Count(text).Segments != 1 {
			b.Fatal("not one segment")
		}
	}
}
