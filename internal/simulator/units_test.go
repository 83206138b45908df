package simulator

import (
	"strings"
	"testing"
)

func TestUnitsAsBilled(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		text   string
		length int
		units  int
		ucs2   bool
	}{
		{"empty", "", 0, 1, false},
		{"160 letters", strings.Repeat("a", 160), 160, 1, false},
		{"161 letters", strings.Repeat("a", 161), 161, 2, false},
		{"306 letters", strings.Repeat("a", 306), 306, 2, false},
		{"307 letters", strings.Repeat("a", 307), 307, 3, false},
		{"a euro counts twice", strings.Repeat("a", 159) + "€", 161, 2, false},
		{"all brackets", "[]{}|~^\\", 16, 1, false},
		{"marks of the alphabet", "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", 42, 1, false},
		{"capital letter outside", "Á", 1, 1, true},
		{"70 Cyrillic", strings.Repeat("ж", 70), 70, 1, true},
		{"71 Cyrillic", strings.Repeat("ж", 71), 71, 2, true},
		{"134 Cyrillic", strings.Repeat("ж", 134), 134, 2, true},
		{"135 Cyrillic", strings.Repeat("ж", 135), 135, 3, true},
		{"35 emoji", strings.Repeat("\U0001F600", 35), 70, 1, true},
		{"36 emoji", strings.Repeat("\U0001F600", 36), 72, 2, true},
		{"a curly quote turns all of it", strings.Repeat("a", 70) + "’", 71, 2, true},
	}
	for _, c := range cases {
		got := measure(c.text)
		if got.Length != c.length || got.Units != c.units || got.UCS2 != c.ucs2 || !got.Fits {
			t.Errorf("%s: %+v, want length %d, %d units, UCS-2 %v", c.name, got, c.length, c.units, c.ucs2)
		}
	}
	if n := len([]rune(gsmMarks)) + 26*2 + 10; n != 127 { // 128 places, one of them the escape
		t.Errorf("the alphabet has %d characters", n)
	}
}

func FuzzMeasure(f *testing.F) {
	for _, text := range []string{"", "hello", "€", "’", "\xff", "\U0001F600", strings.Repeat("a", 1601)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := measure(text)
		if got.Units < 1 || got.Length > 2*len(text) || got.Fits && got.Units > 11 {
			t.Fatalf("%q: %+v", text, got)
		}
	})
}

func FuzzDestination(f *testing.F) {
	for _, text := range []string{"", "+1 (212) 555-0123", "12125550123", "١٢١٢٥٥٥٠١٢٣", "4477009001234567", "1212555CALL"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, ok := destination(text)
		if ok && (!numeric(number) || len(number) < 9 || len(number) > 15) {
			t.Fatalf("%q became %q", text, number)
		}
		if again, still := destination(number); ok && (again != number || !still) {
			t.Fatalf("%q is not stable", number)
		}
	})
}
