package eligible

import (
	"strings"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/phone"
)

// Hours gives the hours that bind an organisation: the law's, narrowed by its
// own "HH:MM" settings where there are any. Settings that do not parse were
// refused when they were saved; should they appear all the same, nothing is
// allowed.
func Hours(from, until string) hours.Rules {
	r, err := hours.Federal().Narrow(from, until)
	if err != nil {
		return hours.Rules{}
	}
	return r
}

// Zones gives every zone in which a person may be: the one that is on record,
// else all that the number leaves open.
func Zones(number, timezone string) []string {
	if tz := strings.TrimSpace(timezone); tz != "" {
		return []string{tz}
	}
	return phone.Locate(number).Zones
}
