package compose

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRender(t *testing.T) {
	t.Parallel()
	ana := map[string]string{"firstName": "Ana", "brand": "Acme", "attributes.city": "Lisbon", "attributes.Shoe size": "38"}
	long := strings.Repeat("é", 130)
	for _, c := range []struct {
		name, text string
		fields     map[string]string
		want       string
	}{
		{"no field", "Sale { today } {x}", ana, "Sale { today } {x}"},
		{"empty", "", ana, ""},
		{"fields", "{{firstName}} of {{brand}}", ana, "Ana of Acme"},
		{"space inside", "Hi {{ firstName | there }}!", nil, "Hi there!"},
		{"fallback for what is absent", "Hi {{firstName|there}}", nil, "Hi there"},
		{"fallback for blanks", "Hi {{firstName|there}}", map[string]string{"firstName": " \t"}, "Hi there"},
		{"fallback is not used", "Hi {{firstName|there}}", ana, "Hi Ana"},
		{"attribute", "in {{attributes.city|your city}}, size {{attributes.Shoe size}}", ana, "in Lisbon, size 38"},
		{"fallback holds a bar", "{{state|a|b}}", nil, "a|b"},
		{"touching fields", "{{firstName}}{{brand}}", ana, "AnaAcme"},
		{"single brace beside", "{{{firstName}}", nil, "error"},
		{"brace after", "{{firstName}}}", ana, "Ana}"},
		{"value is not read again", "Hi {{firstName}}", map[string]string{"firstName": "{{brand}}", "brand": "x"}, "Hi {{brand}}"},
		{"value is trimmed", "[{{firstName}}]", map[string]string{"firstName": "  Ana \n"}, "[Ana]"},
		{"control characters", "[{{firstName}}]", map[string]string{"firstName": "A\x00n\x1ba\u202e\r\nB\tC\xff"}, "[Ana\nBC]"},
		{"cut at 100", "{{firstName}}", map[string]string{"firstName": long}, strings.Repeat("é", 100)},
		{"empty between spaces", "Hi {{firstName}} you", nil, "Hi you"},
		{"empty before a comma", "Hi {{firstName}}, you", nil, "Hi, you"},
		{"empty at the start", "{{firstName}} you", nil, "you"},
		{"empty at the end", "Hi {{firstName}}", nil, "Hi"},
		{"empty line start", "Hi\n{{firstName}} you", nil, "Hi\nyou"},
		{"empty line end", "Hi {{firstName}}\nyou", nil, "Hi\nyou"},
		{"two empty", "Hi {{firstName}} {{lastName}}, you", nil, "Hi, you"},
		{"two empty touching", "Hi {{firstName}}{{lastName}} you", nil, "Hi you"},
		{"all empty", "{{firstName}} {{lastName}}", nil, ""},
		{"author's double space stays", "Hi  you {{firstName|x}}", nil, "Hi  you x"},
		{"no space to mend", "a{{firstName}}b", nil, "ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			template, err := Parse(c.text)
			if err != nil {
				if c.want != "error" {
					t.Fatal(err)
				}
				return
			}
			if got := template.Render(c.fields); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestParseRefusesWhatARecipientMustNotRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, code string
		position   int
	}{
		{"Hi {{name}}", CodeUnknownField, 3},
		{"Hi {{firstname}}", CodeUnknownField, 3},
		{"é {{attribute.city}}", CodeUnknownField, 2},
		{"{{org}}", CodeUnknownField, 0},
		{"Hi {{firstName", CodeBadField, 3},
		{"Hi {{firstName}", CodeBadField, 3},
		{"Hi {{firstName {{lastName}}", CodeBadField, 3},
		{"{{firstName}} {{", CodeBadField, 14},
		{"Hi firstName}}", CodeBadField, 12},
		{"{{}}", CodeBadField, 0},
		{"{{ |there}}", CodeBadField, 0},
		{"{{{firstName}}}", CodeBadField, 0},
		{"{{firstName|a{b}}", CodeBadField, 0},
		{"{{attributes.}}", CodeBadField, 0},
		{"{{attributes. city}}", CodeBadField, 0},
		{"{{attributes.a\nb}}", CodeBadField, 0},
		{"{{attributes." + strings.Repeat("x", 101) + "}}", CodeBadField, 0},
	} {
		_, err := Parse(c.text)
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Code != c.code || refusal.Position != c.position || refusal.Message == "" {
			t.Errorf("Parse(%q) = %#v, want %s at %d", c.text, err, c.code, c.position)
		}
	}
}

func TestFieldsAndPlain(t *testing.T) {
	t.Parallel()
	template, err := Parse("{{brand}}: {{firstName|you}} in {{attributes.city}}, {{firstName}}")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"brand", "firstName", "attributes.city"}, template.Fields()); diff != "" {
		t.Error(diff)
	}
	if text, ok := template.Plain(); ok || text != "" {
		t.Errorf("Plain() = %q, %t", text, ok)
	}
	for _, text := range []string{"", "Sale today"} {
		template, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := template.Plain(); !ok || got != text || template.Fields() != nil {
			t.Errorf("Plain() of %q = %q, %t; fields %v", text, got, ok, template.Fields())
		}
	}
}

func TestValuesStayDataHoweverTheyLook(t *testing.T) {
	t.Parallel()
	template, err := Parse("<{{firstName|-}}>")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		got := template.Render(map[string]string{"firstName": rapid.String().Draw(t, "value"), "brand": "LEAK"})
		inside := strings.TrimSuffix(strings.TrimPrefix(got, "<"), ">")
		if len(inside) != len(got)-2 || inside == "" || utf8.RuneCountInString(inside) > MaxValue {
			t.Fatalf("rendered %q", got)
		}
		for _, r := range inside {
			if unicode.IsControl(r) && r != '\n' {
				t.Fatalf("rendered %q", got)
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"Hi {{firstName|there}}", "{{", "}}", "{{{brand}}}", "{{attributes.é|}}", "\xff{{"} {
		f.Add(seed, "Ana")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		template, err := Parse(text)
		if err != nil {
			var refusal *Error
			if !errors.As(err, &refusal) || refusal.Position < 0 || refusal.Position >= utf8.RuneCountInString(text) {
				t.Fatalf("Parse(%q) = %#v", text, err)
			}
			return
		}
		fields := map[string]string{}
		for _, name := range template.Fields() {
			fields[name] = value
		}
		got := template.Render(fields)
		if plain, ok := template.Plain(); ok && (got != text || plain != text) {
			t.Fatalf("%q without fields became %q", text, got)
		}
		if !strings.ContainsAny(value, "{}") && strings.Contains(got, opening) {
			t.Fatalf("Render(%q) = %q shows braces", text, got)
		}
	})
}
