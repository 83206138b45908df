package eligible_test

import (
	"strings"
	"testing"

	"tidings/internal/rules/eligible"
)

func TestAZoneReplacesAndAStateAdds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		person        eligible.Person
		zones, states string
	}{
		{"the number alone", eligible.Person{Number: "+12125550123"}, "America/New_York", "NY"},
		{"a zone on record", eligible.Person{Number: "+12125550123", Timezone: " America/Denver "}, "America/Denver", "NY"},
		{"a blank zone", eligible.Person{Number: "+12125550123", Timezone: " "}, "America/New_York", "NY"},
		{"the state that the number tells", eligible.Person{Number: "+13055550123", State: "FL"}, "America/New_York", "FL"},
		{"another state brings its zones", eligible.Person{Number: "+12125550123", State: "FL"}, "America/New_York America/Chicago", "NY FL"},
		{"another state and a zone", eligible.Person{Number: "+12125550123", Timezone: "America/Chicago", State: "FL"}, "America/Chicago", "NY FL"},
		{"a state of a toll-free number", eligible.Person{Number: "+18005550123", State: "AK"},
			"America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu America/Juneau America/Adak", "AK"},
		{"a territory", eligible.Person{Number: "+12125550123", State: "GU"}, "America/New_York Pacific/Guam", "NY GU"},
		{"letters that are no state", eligible.Person{Number: "+12125550123", State: "ZZ"}, "America/New_York", "NY"},
		{"a state of Brazil is none of the United States", eligible.Person{Number: "+5511961234567", State: "PA"},
			strings.Join(eligible.Default().Where(eligible.Person{Number: "+5511961234567"}, eligible.Own{}).Zones, " "), ""},
		{"a province", eligible.Person{Number: "+14165550123", State: "BC"}, "America/Toronto America/Vancouver America/Edmonton America/Fort_Nelson", "ON BC"},
		{"nonsense", eligible.Person{Number: "nonsense"}, "", ""},
	} {
		w := eligible.Default().Where(c.person, eligible.Own{})
		if got := strings.Join(w.Zones, " "); got != c.zones {
			t.Errorf("%s: zones %s, want %s", c.name, got, c.zones)
		}
		if got := strings.Join(w.States, " "); got != c.states {
			t.Errorf("%s: states %s, want %s", c.name, got, c.states)
		}
	}
}
