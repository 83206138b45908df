package plivo

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

func TestFormsAreTheirRegularExpressions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		is      func(string) bool
		pattern string
		like    string // draws what is nearly right
	}{
		"E.164": {isE164, `^\+[1-9]\d{6,14}$`, `\+?[0-9a٣]{0,17}[<\n ]?`},
		"ids":   {isID, `^[A-Za-z0-9][A-Za-z0-9-]{7,63}$`, `-?[A-Za-z0-9-]{0,66}[é_\n]?`},
	} {
		want := regexp.MustCompile(c.pattern)
		rapid.Check(t, func(t *rapid.T) {
			s := rapid.StringMatching(c.like).Draw(t, "s")
			if got := c.is(s); got != want.MatchString(s) {
				t.Fatalf("%s: %q is %v", name, s, got)
			}
		})
	}
}
