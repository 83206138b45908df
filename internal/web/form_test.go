package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzParseForm compares with the standard library, whose parser it stands in for.
func FuzzParseForm(f *testing.F) {
	for _, body := range []string{
		"", "&", "=", "a", "a=1&b=2", "a=1&a=2&b=3&a=4", "a=b=c", "a+b=c+d", "%41=%42&A=C", "a=%", "%=a", "a;b=1", "a=%3B", "&&a=1&&",
		"a=%zz", "a=%00\xff", strings.Repeat("a=1&", 100), "a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q&r&s&t&u&v&w&x&y&z&1&2&3&4&5&6&7&8&9",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.Count(body, "&") > 1000 {
			return // the standard library has a limit of its own there
		}
		want, problem := url.ParseQuery(body)
		got, err := parseForm(body)
		if (err != nil) != (problem != nil) {
			t.Fatalf("%q: %v, want %v", body, err, problem)
		}
		if err == nil && !cmp.Equal(got, want) {
			t.Errorf("%q: %s", body, cmp.Diff(want, got))
		}
	})
}
