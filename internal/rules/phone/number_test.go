package phone

import (
	"errors"
	"fmt"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"pgregory.net/rapid"
)

func TestParseAcceptsAnyWriting(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, country, want, wantCountry string }{
		{"(415) 555-2671", "US", "+14155552671", "US"},
		{"212-555-0123", "US", "+12125550123", "US"},
		{"212.555.0123", "us", "+12125550123", "US"},
		{"2125550123", "US", "+12125550123", "US"},
		{"1 212 555 0123", "US", "+12125550123", "US"},
		{"+1 (212) 555-0123", "", "+12125550123", "US"},
		{"+1 212 555 0123", "XX", "+12125550123", "US"},
		{"(+1) 212 555 0123", "GB", "+12125550123", "US"},
		{"++1 212 555 0123", "", "+12125550123", "US"},
		{" \t+12125550123\r\n", "", "+12125550123", "US"},
		{"tel:+1-212-555-0123", "", "+12125550123", "US"},
		{"TEL: 212 555 0123", "US", "+12125550123", "US"},
		{"Mobile 212 555 0123", "US", "+12125550123", "US"},
		{"sms:+12125550123", "", "+12125550123", "US"},
		{"0012125550123", "GB", "+12125550123", "US"},
		{"00442079460958", "US", "+442079460958", "GB"},
		{"011 44 20 7946 0958", "US", "+442079460958", "GB"},
		{"011 44 20 7946 0958", "DE", "+442079460958", "GB"},
		{"00 44 20 7946 0958", "", "+442079460958", "GB"},
		{"+44 (0)20 7946 0958", "", "+442079460958", "GB"},
		{"020 7946 0958", "GB", "+442079460958", "GB"},
		{"0114 496 0123", "GB", "+441144960123", "GB"},
		{"٢١٢٥٥٥٠١٢٣", "US", "+12125550123", "US"},
		{"२१२५५५०१२३", "US", "+12125550123", "US"},
		{"𝟐𝟏𝟐𝟓𝟓𝟓𝟎𝟏𝟐𝟑", "US", "+12125550123", "US"},
		{"＋１（２１２）５５５－０１２３", "", "+12125550123", "US"},
		{"212\u2011555\u20110123", "US", "+12125550123", "US"},
		{"212\u2013555\u22120123", "US", "+12125550123", "US"},
		{"\u202a+1\u00a0212\u00a0555\u00a00123\u202c", "", "+12125550123", "US"},
		{"'2125550123", "US", "+12125550123", "US"},
		{"\"2125550123\"", "US", "+12125550123", "US"},
		{"2125550123.0", "US", "+12125550123", "US"},
		{"[212] 555/0123", "US", "+12125550123", "US"},
		{"8005550123", "US", "+18005550123", "US"},
		{"416 555 0123", "CA", "+14165550123", "CA"},
		{"416 555 0123", "US", "+14165550123", "CA"},
		{"787 555 0123", "US", "+17875550123", "PR"},
		{"242 555 0123", "US", "+12425550123", "BS"},
		{"684 555 0123", "US", "+16845550123", "AS"},
		{"+44 7781 123456", "", "+447781123456", "GG"},
		{"+39 06 698 12345", "", "+390669812345", "VA"},
		{"06 12 34 56 78", "FR", "+33612345678", "FR"},
		{"011 15-2345-6789", "AR", "+5491123456789", "AR"},
		{"+383 44 123 456", "", "+38344123456", "XK"},
	} {
		got, err := Parse(c.raw, c.country)
		if err != nil || got != (Number{E164: c.want, Country: c.wantCountry}) {
			t.Errorf("Parse(%q, %q) = %+v, %v; want %s in %s", c.raw, c.country, got, err, c.want, c.wantCountry)
		}
	}
}

func TestParseWarnsOfAreaCodesThatTheDataDoesNotList(t *testing.T) {
	t.Parallel()
	for raw, country := range map[string]string{
		"679-555-0123": "US", "278-555-0123": "US", "627-555-0123": "US", "729-555-0123": "US",
		"679-234-5678": "US", "+1 233 555 0123": "US", "523 555 0123": "US",
	} {
		got, err := Parse(raw, "US")
		if err != nil || got.Warning != WarningUnassigned || got.Country != country {
			t.Errorf("Parse(%q) = %+v, %v", raw, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ raw, country, code string }{
		{"", "US", CodeRequired},
		{" \u00a0\u200b ", "US", CodeRequired},
		{"''", "US", CodeRequired},
		{"2125550123 ext 5", "US", CodeExtension},
		{"212-555-0123 x9", "US", CodeExtension},
		{"tel:+12125550123;ext=7", "US", CodeExtension},
		{"212 555 0123 #45", "US", CodeExtension},
		{"900 555 0123", "US", CodePremium},
		{"212 976 1234", "US", CodePremium},
		{"+44 909 879 0000", "", CodePremium},
		{"0909 879 0000", "GB", CodePremium},
		{"+44 70 1234 5678", "", CodePremium},
		{"+33 891 12 34 56", "", CodePremium},
		{"+49 900 1 234567", "", CodePremium},
		{"+979 1 2345 6789", "", CodePremium},
		{"911", "US", CodeImpossible},
		{"72345", "US", CodeImpossible},
		{"555-0123", "US", CodeImpossible},
		{"+1 212 555 012", "", CodeImpossible},
		{"212 555 01234", "US", CodeImpossible},
		{"2125550123 / 2125550124", "US", CodeImpossible},
		{"+44 20 7946 09581234", "", CodeImpossible},
		{"123456789012345678901234567890", "US", CodeImpossible},
		{"112 555 0123", "US", CodeInvalid},
		{"212 155 0123", "US", CodeInvalid},
		{"411 555 0123", "US", CodeInvalid},
		{"292 555 0123", "US", CodeInvalid},
		{"242 999 0123", "US", CodeInvalid},
		{"+44 61 2345 6789", "", CodeInvalid},
		{"+", "US", CodeInvalid},
		{"---", "US", CodeInvalid},
		{"none", "US", CodeInvalid},
		{"1-800-FLOWERS", "US", CodeInvalid},
		{"2125550123 or 2125550124", "US", CodeInvalid},
		{"anna2125550123@example.com", "US", CodeInvalid},
		{"2.12556E+09", "US", CodeInvalid},
		{"212555\x000123", "US", CodeInvalid},
		{"2125550123\xff", "US", CodeInvalid},
		{"212+5550123", "US", CodeInvalid},
		{"*67 212 555 0123", "US", CodeInvalid},
		{"2125550123", "", CodeCountryUnknown},
		{"2125550123", "XX", CodeCountryUnknown},
		{"2125550123", "001", CodeCountryUnknown},
		{"+999 2125550123", "", CodeCountryUnknown},
		{"+883 5100 1234 5678", "", CodeCountryUnknown},
	} {
		got, err := Parse(c.raw, c.country)
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Code != c.code || refusal.Message == "" || got != (Number{}) {
			t.Errorf("Parse(%q, %q) = %+v, %#v; want %s", c.raw, c.country, got, err, c.code)
		}
	}
}

func TestParseAcceptsExampleNumbersOfEveryAreaCode(t *testing.T) {
	t.Parallel()
	for code := 200; code < 1000; code++ {
		place := loadTables().areas[code]
		if place.Country == "" {
			continue
		}
		for _, line := range []int{100, 123, 199} {
			raw := fmt.Sprintf("+1%03d5550%03d", code, line)
			if got, err := Parse(raw, "US"); err != nil || got.E164 != raw || got.Country != place.Country {
				t.Errorf("Parse(%s) = %+v, %v; want country %s", raw, got, err, place.Country)
			}
		}
	}
}

func TestParseOfItsOwnResultChangesNothing(t *testing.T) {
	t.Parallel()
	for region := range phonenumbers.GetSupportedRegions() {
		example := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
		if example == nil {
			continue
		}
		for _, format := range []phonenumbers.PhoneNumberFormat{phonenumbers.NATIONAL, phonenumbers.INTERNATIONAL, phonenumbers.E164} {
			raw := phonenumbers.Format(example, format)
			if number, err := phonenumbers.Parse(raw, region); err != nil || !phonenumbers.IsValidNumber(number) {
				continue // Argentina's national form of the example cannot be read back
			}
			first, err := Parse(raw, region)
			if err != nil {
				t.Errorf("%s: Parse(%q): %v", region, raw, err)
				continue
			}
			if again, err := Parse(first.E164, ""); err != nil || again != first {
				t.Errorf("%s: %+v became %+v, %v", region, first, again, err)
			}
		}
	}
}

func TestParseFindsTheSameNumberBehindAnyPunctuation(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := fmt.Sprintf("212555%04d", rapid.IntRange(100, 199).Draw(t, "line"))
		raw := "+1"
		for _, d := range digits {
			raw += rapid.SampledFrom([]string{"", "", " ", "-", ".", "\u2011", "\u00a0", "\u200b", "("}).Draw(t, "mark") + string(d)
		}
		got, err := Parse(raw, "")
		if err != nil || got.E164 != "+1"+digits {
			t.Fatalf("Parse(%q) = %+v, %v", raw, got, err)
		}
	})
}

func TestKnownCountry(t *testing.T) {
	t.Parallel()
	for iso, want := range map[string]bool{"US": true, "gb": true, "XK": true, "JE": true, "XX": false, "": false, "USA": false, "001": false, "ZZ": false, "1": false} {
		if KnownCountry(iso) != want {
			t.Errorf("KnownCountry(%q) = %t", iso, !want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"(415) 555-2671", "+44 (0)20 7946 0958", "00", "011", "tel:;ext=", "٢١٢", "\x00", "+1 212 555 0123 x", "2.1E+9"} {
		f.Add(seed, "US")
	}
	f.Fuzz(func(t *testing.T, raw, country string) {
		n, err := Parse(raw, country)
		var refusal *Error
		if err != nil {
			if !errors.As(err, &refusal) || refusal.Code == "" || refusal.Message == "" || n != (Number{}) {
				t.Fatalf("Parse(%q, %q) = %+v, %#v", raw, country, n, err)
			}
			return
		}
		if len(n.E164) < 6 || len(n.E164) > 16 || n.E164[0] != '+' || len(n.Country) != 2 {
			t.Fatalf("Parse(%q, %q) = %+v", raw, country, n)
		}
		if again, err := Parse(n.E164, ""); err != nil || again != n {
			t.Fatalf("%q gave %+v, and that gave %+v, %v", raw, n, again, err)
		}
		if len(Locate(n.E164).Zones) == 0 {
			t.Fatalf("%+v has no zone", n)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("(415) 555-2671", "US"); err != nil {
			b.Fatal(err)
		}
	}
}
