package hooks

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/phone"
	"tidings/internal/store"
)

// engineFields are the fields of a subscriber that the engine owns. Values that people send for them
// are ignored and not refused, so that saving a stale copy works and never undoes a STOP.
var engineFields = []string{"status", "country", "zones", "numberWarning", "consentedAt", "consentExpiresAt"}

var (
	stateCode = regexp.MustCompile(`^[A-Z]{2}$`)
	// The outer form of BCP 47: subtags of up to 8 letters and digits, the first one letters.
	language = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
)

// registerSubscribers brings numbers into E.164, fills the engine's fields in and keeps them.
func registerSubscribers(app core.App, o Options) {
	bindNotUnique(app, "subscribers", "phoneNumber")
	app.OnRecordCreateRequest("subscribers").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id:   "tidingsSubscriberConsent",
		Func: func(e *core.RecordRequestEvent) error { return createWithConsent(e, o) },
	})
	// Before PocketBase fills the id in, which it does at -99.
	const early = -200
	app.OnRecordCreate("subscribers").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSubscriberCreate", Priority: early,
		Func: func(e *core.RecordEvent) error {
			if e.Record.Id == "" {
				e.Record.Id = store.NewID(o.Now())
			}
			if err := deriveSubscriber(e, o); err != nil {
				return err
			}
			return e.Next()
		},
	})
	app.OnRecordUpdate("subscribers").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSubscriberUpdate", Priority: early,
		Func: func(e *core.RecordEvent) error {
			if err := keepSubscriber(e); err != nil {
				return err
			}
			return e.Next()
		},
	})
	app.OnRecordValidate("subscribers").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSubscriber",
		Func: func(e *core.RecordEvent) error {
			if err := checkSubscriber(e.Record); err != nil {
				return err
			}
			return e.Next()
		},
	})
}

// deriveSubscriber sets what follows from the number and from what the ledger knows of it.
func deriveSubscriber(e *core.RecordEvent, o Options) error {
	r := e.Record
	for _, field := range engineFields {
		r.Set(field, nil)
	}
	r.Set("status", "new")
	org, raw := r.GetString("org"), strings.TrimSpace(r.GetString("phoneNumber"))
	if org == "" || blank(raw) {
		return nil // the schema asks for both
	}
	n, err := parseNumber(e.App, org, "phoneNumber", raw)
	if err != nil {
		return err
	}
	place := phone.Locate(n.E164)
	r.Set("phoneNumber", n.E164)
	r.Set("country", n.Country)
	r.Set("numberWarning", n.Warning)
	r.Set("zones", strings.Join(place.Zones, " "))
	// An area code that crosses a border of states says nothing about which.
	if r.GetString("state") == "" && len(place.States) == 1 {
		r.Set("state", place.States[0])
	}
	status, consentedAt, err := o.Standing(e.App, org, n.E164)
	if err != nil {
		return err
	}
	r.Set("status", status)
	if !consentedAt.IsZero() {
		r.Set("consentedAt", consentedAt)
	}
	return nil
}

// keepSubscriber undoes what an update says about the engine's fields. A save writes all columns of the
// copy that it has, so a STOP in between would be undone: unchanged columns are left out of the write.
func keepSubscriber(e *core.RecordEvent) error {
	r, before := e.Record, e.Record.Original()
	for _, field := range engineFields {
		r.SetRaw(field, before.GetRaw(field))
	}
	r.IgnoreUnchangedFields(true)

	was, is := before.GetString("phoneNumber"), strings.TrimSpace(r.GetString("phoneNumber"))
	if is == was {
		r.Set("phoneNumber", was)
		return nil
	}
	if n, err := parseNumber(e.App, before.GetString("org"), "phoneNumber", is); err != nil || n.E164 != was {
		return fault("phoneNumber", "phone_number_immutable",
			"A subscriber keeps his number, because consent is given for a number. Make a new subscriber for the other")
	}
	r.Set("phoneNumber", was)
	return nil
}

// checkSubscriber checks what people write about a subscriber.
func checkSubscriber(r *core.Record) error {
	if zone := r.GetString("timezone"); zone != "" && !knownZone(zone) {
		return faultZone()
	}
	state := strings.ToUpper(strings.TrimSpace(r.GetString("state")))
	r.Set("state", state)
	if state != "" && !stateCode.MatchString(state) {
		return fault("state", "bad_state", "Write the state in two letters, such as NY")
	}
	if l := r.GetString("language"); l != "" && !language.MatchString(l) {
		return fault("language", "bad_language", "Write the language as a BCP 47 tag, such as en or es-MX")
	}
	raw := strings.TrimSpace(r.GetString("attributes"))
	if raw == "" || raw == "null" {
		r.Set("attributes", map[string]any{})
		return nil
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(raw), &object); err != nil {
		return fault("attributes", "bad_attributes", `Attributes are one JSON object, such as {"plan": "gold"}`)
	}
	return nil
}
