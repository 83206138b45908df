package phone

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestMaskShowsCountryCodeAndLastFour(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"+12125550123":       "+1*******0123",
		"+442079460958":      "+44*******0958",
		"+38344123456":       "+383*******3456",
		"12125550123":        "*******0123",
		"(212) 555-0123":     "*******0123",
		"+1 (212) 555-0123":  "*******0123",
		"555-0123":           "*******",
		"72345":              "*******",
		"":                   "*******",
		"someone@example.me": "*******",
	} {
		if got := Mask(number); got != want {
			t.Errorf("Mask(%q) = %q, want %q", number, got, want)
		}
	}
}

func TestMaskTextHidesNumbersInRunningText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"sent to +12125550123":                "sent to +1*******0123",
		"sent to +12125550123, +442079460958": "sent to +1*******0123, +44*******0958",
		"+12125550123 +13105550199":           "+1*******0199",
		"from (212) 555-0123.":                "from (*******0123.",
		"from 212.555.0123!":                  "from *******0123!",
		"a=2125550123&b=1":                    "a=*******0123&b=1",
		"%2B12125550123":                      "%2B*******0123",
		"٢١٢٥٥٥٠١٢٣":                          "*******0123",
		"212\u2011555\u20110123":              "*******0123",
		"212\u200b555\u200b0123":              "*******0123",
		"took 125 ms, 40 rows":                "took 125 ms, 40 rows",
		"555-0123":                            "555-0123",
		"":                                    "",
		"no digits":                           "no digits",
		"\xff2125550123\xff":                  "\xff*******0123\xff",
	} {
		if got := MaskText(text); got != want {
			t.Errorf("MaskText(%q) = %q, want %q", text, got, want)
		}
	}
}

// longestRun counts the digits of the longest run that MaskText would call one.
func longestRun(text string) int {
	longest, count := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			count++
			longest = max(longest, count)
		case r == '*' || !separates(r):
			count = 0
		}
	}
	return longest
}

func TestMaskTextLeavesNoNumberReadable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"2", "7", "0", "5", "1234", " ", "-", "+", "(", ".", "a", "*", ",", "\u0663", "\u00a0"})).Draw(t, "parts"), "")
		masked := MaskText(text)
		if longestRun(masked) >= shortestRun {
			t.Fatalf("MaskText(%q) = %q", text, masked)
		}
		if again := MaskText(masked); again != masked {
			t.Fatalf("masking twice: %q, then %q", masked, again)
		}
	})
}

func FuzzMaskText(f *testing.F) {
	f.Add("call +12125550123 now")
	f.Fuzz(func(t *testing.T, text string) {
		if masked := MaskText(text); longestRun(masked) >= shortestRun {
			t.Fatalf("MaskText(%q) = %q", text, masked)
		}
	})
}
