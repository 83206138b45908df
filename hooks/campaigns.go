package hooks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/compose"
)

// registerCampaigns checks the plan while it is a plan. Once a run was made of it, what was sent under
// its name stays true: the text no longer changes and the campaign is not deleted. While a run has not
// ended, nothing that it goes by changes.
func registerCampaigns(app core.App, o Options) {
	app.OnRecordCreateRequest("campaigns").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsCampaignCreateDates", Func: refuseNoDates,
	})
	app.OnRecordUpdateRequest("campaigns").Bind(&hook.Handler[*core.RecordRequestEvent]{
		Id: "tidingsCampaignUpdateDates", Func: refuseNoDates,
	})
	app.OnRecordValidate("campaigns").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsCampaign",
		Func: func(e *core.RecordEvent) error {
			if err := checkText(e); err != nil {
				return err
			}
			if err := checkLive(e); err != nil {
				return err
			}
			if err := checkTimes(e.Record, o); err != nil {
				return err
			}
			return e.Next()
		},
	})
	app.OnRecordDelete("campaigns").Bind(&hook.Handler[*core.RecordEvent]{
		Id:       "tidingsCampaignKept",
		Priority: -1000,
		Func: func(e *core.RecordEvent) error {
			ran, err := hasRun(e.App, e.Record.Id)
			if err != nil {
				return err
			}
			if ran {
				return refuse(http.StatusBadRequest, "campaign", "campaign_has_run",
					"This campaign was sent, and what was sent has to be kept. Archive it instead: set archived to true")
			}
			return e.Next()
		},
	})
}

// refuseNoDates refuses what is no date. PocketBase would read it as empty, and
// an empty sendAt means "at once".
func refuseNoDates(e *core.RecordRequestEvent) error {
	// As it was sent: in RequestInfo the values are converted already.
	body := make(map[string]any)
	if err := e.BindBody(&body); err != nil {
		return badBody(err)
	}
	for _, field := range []string{"sendAt", "expiresAt"} {
		given, ok := body[field]
		if text, isText := given.(string); !ok || given == nil || isText && strings.TrimSpace(text) == "" {
			continue
		}
		if at, err := types.ParseDateTime(given); err != nil || at.IsZero() {
			return refuse(http.StatusBadRequest, field, "validation_invalid_date",
				"This is no date; write it like 2026-09-15 18:00:00.000Z")
		}
	}
	return e.Next()
}

func checkText(e *core.RecordEvent) error {
	text := e.Record.GetString("messageBody")
	changed := e.Record.IsNew() || text != e.Record.Original().GetString("messageBody")
	if text == "" || !changed {
		return nil // the schema asks for one
	}
	if strings.TrimSpace(text) == "" {
		return fault("messageBody", "validation_required", "Write the text first")
	}
	if _, err := compose.Parse(text); err != nil {
		var refused *compose.Error
		if errors.As(err, &refused) {
			return fault("messageBody", refused.Code, refused.Message)
		}
		return fault("messageBody", "bad_text", err.Error())
	}
	if e.Record.IsNew() {
		return nil
	}
	ran, err := hasRun(e.App, e.Record.Id)
	if err != nil {
		return err
	}
	if ran {
		return fault("messageBody", "campaign_has_run",
			"This campaign was sent; its text stays. Make a new campaign for another text")
	}
	return nil
}

// checkTimes looks at what was set or changed only: an old campaign keeps its times.
func checkTimes(r *core.Record, o Options) error {
	changed := func(field string) bool {
		return r.IsNew() || !r.GetDateTime(field).Equal(r.Original().GetDateTime(field))
	}
	now, send, expires := o.Now(), r.GetDateTime("sendAt"), r.GetDateTime("expiresAt")
	if !send.IsZero() && changed("sendAt") && send.Time().Before(now) {
		return fault("sendAt", "send_at_past", "This time has passed. Leave it empty to send at once")
	}
	if expires.IsZero() || !changed("expiresAt") && !changed("sendAt") {
		return nil
	}
	if !send.IsZero() && !expires.Time().After(send.Time()) {
		return fault("expiresAt", "expires_before_send", "The campaign would expire before it is sent")
	}
	if changed("expiresAt") && !expires.Time().After(now) {
		return fault("expiresAt", "expires_at_past", "This time has passed; nothing would be sent")
	}
	return nil
}

func hasRun(app core.App, campaign string) (bool, error) {
	n, err := app.CountRecords("runs", dbx.HashExp{"campaign": campaign})
	if err != nil {
		return false, fmt.Errorf("count the runs of the campaign: %w", err)
	}
	return n > 0, nil
}
