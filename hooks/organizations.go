package hooks

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/phone"
)

// registerOrganizations checks what the schema cannot: the country is one that numbers are known of,
// the zone one that hours can be computed in, and the hours of sending are a span of one day. Form of
// the slug and of the hours is the schema's.
func registerOrganizations(app core.App) {
	app.OnRecordValidate("organizations").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsOrganization",
		Func: func(e *core.RecordEvent) error {
			r := e.Record
			country := strings.ToUpper(strings.TrimSpace(r.GetString("defaultCountry")))
			r.Set("defaultCountry", country)
			if country != "" && !phone.KnownCountry(country) {
				return fault("defaultCountry", "unknown_country",
					"This is no country that we know numbers of; use its two letters, such as US")
			}
			if zone := r.GetString("timezone"); zone != "" && !knownZone(zone) {
				return faultZone()
			}
			if err := e.Next(); err != nil { // the schema checks the form of the hours
				return err
			}
			if _, err := hours.Federal().Narrow(r.GetString("sendFrom"), r.GetString("sendUntil")); err != nil {
				return fault("sendUntil", "bad_hours", err.Error())
			}
			return nil
		},
	})
}

// knownZone reports whether a name is an IANA zone. "Local" would be whatever the server is set to.
func knownZone(name string) bool {
	if name == "" || strings.EqualFold(name, "local") {
		return false
	}
	_, err := hours.Zone(name)
	return err == nil
}

func faultZone() error {
	return fault("timezone", "unknown_timezone", "This is no IANA time zone; write it as America/New_York")
}
