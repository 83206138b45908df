package lint

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const good = "Acme: coffee is half price today till 5. Reply STOP to opt out"

func codes(found []Finding) string {
	all := make([]string, len(found))
	for i, f := range found {
		all[i] = f.Code
	}
	return strings.Join(all, " ")
}

func TestCheckFindsWhatCarriersDislike(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body, want string
		text             Text
	}{
		{name: "nothing to say", body: good},
		{name: "empty"},
		{name: "no name", body: "Coffee is half price. Reply STOP to opt out", want: "brand_missing"},
		{name: "the name in another writing", body: "A.C.M.E: hi. Text STOP to end"},
		{name: "no way out", body: "Acme: coffee is half price", want: "stop_missing"},
		{name: "no way out in a later text", body: "Acme: coffee is half price", text: Text{Later: true}},
		{name: "the way out in Spanish", body: "Acme: hoy 2x1. Responde BAJA para salir"},
		{name: "a stopover is no way out", body: "Acme: nonstopping fun", want: "stop_missing"},
		{name: "a shortener", body: good + " https://bit.ly/3xYz", want: "url_shortener"},
		{name: "a shortener without scheme", body: good + " tinyurl.com/abc", want: "url_shortener"},
		{name: "an own short domain", body: good + " https://acme.shop/r/x9"},
		{name: "a longer name that ends so", body: good + " https://notbit.ly/x"},
		{name: "two domains", body: good + " acme.com/a and http://other.org/b", want: "many_hosts"},
		{name: "three domains are told once", body: good + " acme.com b.com c.com", want: "many_hosts"},
		{name: "one domain twice", body: good + " acme.com/a www.acme.com/b"},
		{name: "no links", body: "Acme: only $3.50, 9.30am-5pm.Come by! Mail hi@acme.com. STOP to end"},
		{name: "alcohol", body: "Acme: wine tasting tonight. STOP to end", want: "shaft_alcohol"},
		{name: "several topics", body: "Acme: beer and cigars. STOP to end", want: "shaft_alcohol shaft_tobacco"},
		{name: "words within words", body: "Acme: begun in Essex with swine and a shotgunned ginger. STOP to end"},
		{name: "capitals", body: "ACME: EVERYTHING MUST GO TODAY, COME IN. REPLY STOP TO END", want: "shouting"},
		{name: "capitals of a short text", body: "ACME: STOP TO END"},
		{name: "exclamations", body: "Acme: new shoes!!! STOP to end", want: "shouting"},
		{name: "a curly quote", body: "Acme: it’s here. STOP to end", want: "unicode_surprise"},
		{name: "an emoji in a short text", body: "Acme: hi 😀 STOP to end"},
		{name: "an emoji in a long text", body: good + strings.Repeat(" more", 10) + " 😀", want: "unicode_cost"},
		{name: "a long text", body: good + strings.Repeat(" more words", 50), want: "many_segments"},
		{name: "everything", body: "HURRY: VODKA FOR EVERYBODY https://bit.ly/x “NOW”",
			want: "url_shortener shaft_alcohol brand_missing stop_missing shouting unicode_surprise"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.text.Body, c.text.Brand = c.body, "Acme"
			if diff := cmp.Diff(c.want, codes(Check(c.text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWithoutABrandNobodyAsksForOne(t *testing.T) {
	t.Parallel()
	if got := codes(Check(Text{Body: "Hi. Reply STOP to end"})); got != "" {
		t.Error(got)
	}
}

func TestAFindingTellsItsPlaceInCodePoints(t *testing.T) {
	t.Parallel()
	found := Check(Text{Body: "Café: è vero, bit.ly/x … STOP"})
	want := []Finding{
		{Code: "url_shortener", Severity: Risk, Index: 14, Length: 8},
		{Code: "unicode_surprise", Severity: Warning, Index: 23, Length: 1},
	}
	for i := range found {
		if found[i].Message == "" {
			t.Errorf("%s says nothing", found[i].Code)
		}
		found[i].Message = ""
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{good, "bit.ly", "\xff!!!", "“vodka” a.b.c", "{{firstName|x}}"} {
		f.Add(seed, "Acme")
	}
	f.Fuzz(func(t *testing.T, body, brand string) {
		for _, found := range Check(Text{Body: body, Brand: brand}) {
			if found.Code == "" || found.Message == "" || found.Index < 0 || found.Index+found.Length > utf8.RuneCountInString(body) {
				t.Fatalf("%q: %+v", body, found)
			}
		}
	})
}
