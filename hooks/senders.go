package hooks

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/rules/phone"
)

// Kinds of senders.
const (
	kindLongCode     = "long_code"
	kindTollFree     = "toll_free"
	kindShortCode    = "short_code"
	kindAlphanumeric = "alphanumeric"
	kindPowerpack    = "powerpack"
)

var (
	// Short codes have 3 to 8 digits around the world (5 or 6 in the United States).
	shortCode = regexp.MustCompile(`^[0-9]{3,8}$`)
	// GSM 03.38 gives an alphanumeric sender 11 characters; one without a letter would be a number.
	alphanumeric = regexp.MustCompile(`^[A-Za-z0-9]{1,11}$`)
	letter       = regexp.MustCompile(`[A-Za-z]`)
	separators   = strings.NewReplacer(" ", "", "-", "")
)

// registerSenders brings the number into the one form of its kind, so that "unique" means the number
// and not its writing, and inbound texts find it.
func registerSenders(app core.App) {
	app.OnRecordCreateRequest("senders").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsSenderDefaults",
		Func: func(e *core.RecordRequestEvent) error {
			info, err := e.RequestInfo()
			if err != nil {
				return badBody(err)
			}
			// Who says nothing wants to use what he makes.
			if _, said := info.Body["enabled"]; !said {
				e.Record.Set("enabled", true)
			}
			return e.Next()
		},
	})
	app.OnRecordDelete("senders").Bind(&hook.Handler[*core.RecordEvent]{
		Id:       "tidingsSenderInUse",
		Priority: -1000,
		Func: func(e *core.RecordEvent) error {
			n, err := e.App.CountRecords("runs", dbx.NewExp(
				"status NOT IN ('finished', 'canceled') AND json_extract(snapshot, '$.sender') = {:sender}", dbx.Params{"sender": e.Record.Id}))
			if err != nil {
				return fmt.Errorf("count the runs of the sender: %w", err)
			}
			var texted bool
			if err := e.App.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM sender_usage WHERE sender = {:sender})").
				Bind(dbx.Params{"sender": e.Record.Id}).Row(&texted); err != nil {
				return fmt.Errorf("look for the texts of the sender: %w", err)
			}
			if n > 0 || texted {
				return refuse(http.StatusBadRequest, "sender", "sender_in_use",
					"People know this number and may still text STOP to it. Switch the sender off instead of deleting it")
			}
			return e.Next()
		},
	})
	app.OnRecordValidate("senders").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSender",
		Func: func(e *core.RecordEvent) error {
			if err := normalizeSender(e.App, e.Record); err != nil {
				return err
			}
			return e.Next()
		},
	})
}

func normalizeSender(app core.App, r *core.Record) error {
	kind, raw := r.GetString("kind"), strings.TrimSpace(r.GetString("number"))
	if kind == kindPowerpack {
		r.Set("number", "")
		r.Set("powerpackUuid", strings.TrimSpace(r.GetString("powerpackUuid")))
		if r.GetString("powerpackUuid") == "" {
			return validation.Errors{"powerpackUuid": validation.ErrRequired}
		}
		return nil
	}
	r.Set("powerpackUuid", "")
	if blank(raw) {
		return validation.Errors{"number": validation.ErrRequired}
	}
	switch kind {
	case kindLongCode, kindTollFree:
		n, err := parseNumber(app, r.GetString("org"), "number", raw)
		if err != nil {
			return err
		}
		r.Set("number", n.E164)
	case kindShortCode:
		code := separators.Replace(raw)
		if !shortCode.MatchString(code) {
			return fault("number", "bad_short_code", "A short code has 3 to 8 digits")
		}
		r.Set("number", code)
	case kindAlphanumeric:
		if !alphanumeric.MatchString(raw) || !letter.MatchString(raw) {
			return fault("number", "bad_alphanumeric", "A sender name has 1 to 11 letters and digits, at least one letter")
		}
		r.Set("number", raw)
	}
	return nil
}

// parseNumber reads a number in any writing, by the default country of an organisation; without one
// it must be written internationally. What phone refuses becomes the fault of a field.
func parseNumber(app core.App, org, field, raw string) (phone.Number, error) {
	country := ""
	if org != "" {
		o, err := organization(app, org)
		if err != nil {
			// The missing organisation is the fault, and the schema tells it.
			return phone.Number{E164: raw}, nil
		}
		country = o.GetString("defaultCountry")
	}
	n, err := phone.Parse(raw, country)
	if err != nil {
		var refused *phone.Error
		if errors.As(err, &refused) {
			return n, fault(field, refused.Code, refused.Message)
		}
		return n, fault(field, "invalid_number", err.Error())
	}
	return n, nil
}
