package phone

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nyaruka/phonenumbers"

	"tidings/internal/rules/hours"
)

func TestLocateKnowsZonesAndStates(t *testing.T) {
	t.Parallel()
	const (
		ny, ch, de, la = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
		to, ed         = "America/Toronto", "America/Edmonton"
	)
	for _, c := range []struct {
		number, country, states string
		zones                   []string
	}{
		{"+12125550123", "US", "NY", []string{ny}},
		{"+14155552671", "US", "CA", []string{la}},
		{"+16895550123", "US", "FL", []string{ny}}, // the library says Chicago
		{"+14485550123", "US", "FL", []string{ny, ch}},
		{"+12195550123", "US", "IN", []string{ny, ch}},
		{"+14235550123", "US", "TN", []string{ny, ch}},
		{"+17295550123", "US", "TN", []string{ny, ch}},
		{"+17015550123", "US", "ND", []string{ch, de}},
		{"+14585550123", "US", "OR", []string{de, la}},
		{"+19285550123", "US", "AZ", []string{"America/Phoenix", de}},
		{"+19155550123", "US", "TX", []string{de}},
		{"+19075550123", "US", "AK", []string{"America/Anchorage", "America/Juneau", "America/Adak"}},
		{"+18085550123", "US", "HI", []string{"Pacific/Honolulu"}},
		{"+16795550123", "US", "MI", []string{ny}},
		{"+17875550123", "PR", "PR", []string{"America/Puerto_Rico"}},
		{"+16715550123", "GU", "GU", []string{"Pacific/Guam"}},
		{"+16725550123", "CA", "BC", []string{"America/Vancouver", ed, "America/Fort_Nelson"}},
		{"+14745550123", "CA", "SK", []string{"America/Regina", ed}},
		{"+17095550123", "CA", "NL", []string{"America/St_Johns", "America/Halifax"}},
		{"+18675550123", "CA", "YT NT NU", []string{"America/Vancouver", ed, "America/Winnipeg", to, "America/Whitehorse"}},
		{"+18075550123", "CA", "ON", []string{to, "America/Winnipeg"}},
		{"+18005550123", "US", "", nationwide.Zones},
		{"+12335550123", "US", "", nationwide.Zones},
		{"+12425550123", "BS", "", []string{"America/Nassau"}},
		{"+442079460958", "GB", "", []string{"Europe/London"}},
		{"+447781123456", "GG", "", []string{"Europe/London"}},
		{"+77012345678", "KZ", "", []string{"Asia/Almaty", "Asia/Qyzylorda", "Asia/Qostanay", "Asia/Aqtobe", "Asia/Aqtau", "Asia/Atyrau", "Asia/Oral"}},
		{"+34612345678", "ES", "", []string{"Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"}},
		{"+5999123456", "CW", "", []string{"America/Curacao"}},
		{"+883510012345", "", "", nil},
		{"+999123456", "", "", nil},
		{"+11115550123", "", "", nil},
		{"12125550123", "", "", nil},
		{"+1", "", "", nil},
		{"+1x125550123", "", "", nil},
		{"", "", "", nil},
	} {
		want := Place{Country: c.country, Zones: c.zones}
		if c.states != "" {
			want.States = strings.Fields(c.states)
		}
		if diff := cmp.Diff(want, Locate(c.number)); diff != "" {
			t.Errorf("Locate(%q): %s", c.number, diff)
		}
	}
}

func TestEveryCountryOfTheLibraryHasZonesThatExist(t *testing.T) {
	t.Parallel()
	for region := range phonenumbers.GetSupportedRegions() {
		number := phonenumbers.GetExampleNumber(region)
		place := Locate(phonenumbers.Format(number, phonenumbers.E164))
		if place.Country != region && region != "MF" { // shares its numbers with BL, and the clock
			t.Errorf("Locate(example of %s) is in %q", region, place.Country)
		}
		if len(place.Zones) == 0 {
			t.Errorf("%s has no zone", region)
		}
	}
	check := func(what string, place Place) {
		for _, name := range place.Zones {
			if _, err := hours.Zone(name); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	for code, place := range loadTables().areas {
		check(fmt.Sprint(code), place)
	}
	for code, place := range loadTables().codes {
		check(fmt.Sprint(code), place)
		for _, p := range loadTables().shared[code] {
			check(p.digits, p.place)
		}
	}
	check("nationwide", nationwide)
}

func TestEveryAreaCodeOfTheLibraryIsInTheCountryItNames(t *testing.T) {
	t.Parallel()
	for code := 200; code < 1000; code++ {
		raw := fmt.Sprintf("+1%d5550123", code)
		number, err := phonenumbers.Parse(raw, "")
		if err != nil || !phonenumbers.IsValidNumber(number) {
			continue
		}
		if want, got := phonenumbers.GetRegionCodeForNumber(number), Locate(raw).Country; got != want {
			t.Errorf("%d is in %q, the library says %s", code, got, want)
		}
	}
}

func TestTablesAreSortedAndWithoutDoubles(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{"nanp": nanpTable, "countries": countryTable} {
		var keys []string
		err := eachLine(table, 3, func(field []string) error {
			keys = append(keys, field[0])
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSorted(keys) || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Errorf("%s is not sorted, or has doubles", name)
		}
	}
	for _, table := range []string{nanpTable, countryTable, sharedTable} {
		if !strings.Contains(table, "# version "+TableVersion+"\n") {
			t.Errorf("a table is not of version %s", TableVersion)
		}
	}
}

func TestEveryStateHasAnAreaCode(t *testing.T) {
	t.Parallel()
	states := map[string]bool{}
	for _, place := range loadTables().areas {
		if place.Country == "US" {
			for _, state := range place.States {
				states[state] = true
			}
			if len(place.States) != 1 {
				t.Errorf("an area code has states %v", place.States)
			}
		}
	}
	if len(states) != 51 { // fifty and DC
		t.Errorf("%d states, want 51", len(states))
	}
}

func TestParseTablesRefusesDamage(t *testing.T) {
	t.Parallel()
	good := [3]string{"212 US NY America/New_York\n", "GB 44 Europe/London\n", "44 - GB\n"}
	if _, err := parseTables(good[0], good[1], good[2]); err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][3]string{
		{"212 US NY\n", good[1], good[2]},
		{"x12 US NY America/New_York\n", good[1], good[2]},
		{"112 US NY America/New_York\n", good[1], good[2]},
		{good[0], "GB 44\n", good[2]},
		{good[0], "GB 1 Europe/London\n", good[2]},
		{good[0], good[1], "44 1481 GG\n"},
		{good[0], good[1], "x - GB\n"},
	} {
		if _, err := parseTables(bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("accepted %q", bad)
		}
	}
}

func BenchmarkLocate(b *testing.B) {
	for _, number := range []string{"+12125550123", "+18005550123", "+447781123456"} {
		b.Run(number, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if Locate(number).Country == "" {
					b.Fatal("nowhere")
				}
			}
		})
	}
}
