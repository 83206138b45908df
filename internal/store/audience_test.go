package store

import (
	"fmt"
	"testing"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
)

// walk reads an audience to its end, some people a page.
func (f fixture) walk(t *testing.T, a campaign.Audience, most int) []campaign.Person {
	t.Helper()
	people := f.People(a)
	defer func() {
		if err := people.Close(); err != nil {
			t.Error(err)
		}
	}()
	var all []campaign.Person
	for {
		page, err := people.Next(t.Context(), most)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if len(page) < most {
			return all
		}
	}
}

// subscribed adds a subscriber.
func (f fixture) subscribed(t *testing.T, number string) {
	t.Helper()
	f.exec(t, fmt.Sprintf(`INSERT INTO subscribers (id, org, phoneNumber, status, attributes, lists) VALUES ('s%.14s', '%s', '%s', 'subscribed', '{}', '[]')`,
		number[1:]+"0000000000", org, number))
}

func number(n int) string { return fmt.Sprintf("+1212555%04d", n) }

func TestAPageKnowsWhatIsSuppressed(t *testing.T) {
	t.Parallel()
	f := open(t)
	for n := 100; n < 200; n += 3 {
		f.subscribed(t, number(n))
	}
	f.subscribed(t, number(900)) // far from the others: what lies between is looked up, not walked
	suppress := func(of string, n int, reason string) {
		f.exec(t, fmt.Sprintf(`INSERT INTO suppressions (id, org, phoneNumber, reason) VALUES ('%.3s%012d', '%s', '%s', '%s')`,
			of+"all", n, of, number(n), reason))
	}
	for n := 100; n < 200; n += 2 { // some of nobody
		suppress(org, n, reasonOptedOut)
	}
	for n := 101; n < 200; n += 5 {
		suppress("", n, "")
	}
	for n := 200; n < 850; n++ {
		suppress(org, n, "")
	}
	suppress(org, 900, reasonInvalid)
	suppress("another00000001", 109, "")
	kinds := map[eligible.Suppression]int{}
	for _, most := range []int{1, 2, 7, 500} {
		people := f.walk(t, campaign.Audience{Org: org}, most)
		if len(people) != 35 {
			t.Fatalf("with %d a page there are %d people, want 35", most, len(people))
		}
		for _, p := range people {
			alone, err := f.Standing(t.Context(), org, p.Number)
			if err != nil {
				t.Fatal(err)
			}
			if p != alone {
				t.Errorf("with %d a page she is %+v, asked for alone %+v", most, p, alone)
			}
			kinds[p.Suppression]++
		}
	}
	for _, kind := range []eligible.Suppression{eligible.NotSuppressed, eligible.OptedOut, eligible.Installation, eligible.Invalid} {
		if kinds[kind] == 0 {
			t.Errorf("nobody is %q; the test shows nothing about it", kind)
		}
	}
}

func TestAPageWithoutNamesIsThePageWithout(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.subscribed(t, number(100))
	f.exec(t, `UPDATE subscribers SET firstName = 'Ann', language = 'en', attributes = '{"plan":"gold"}', timezone = 'America/Denver', state = 'CO'`)
	named := f.walk(t, campaign.Audience{Org: org}, 10)[0]
	if named.FirstName != "Ann" || named.Attributes != `{"plan":"gold"}` {
		t.Errorf("a page with names has %+v", named)
	}
	named.FirstName, named.Language, named.Attributes = "", "", ""
	if got := f.walk(t, campaign.Audience{Org: org, Unnamed: true}, 10)[0]; got != named {
		t.Errorf("got %+v, want %+v", got, named)
	}
}
