package hooks

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/lint"
	"tidings/internal/rules/message"
)

// campaignFor checks that the caller may act on the campaign that a route names.
func campaignFor(e *core.RequestEvent, least string) (*core.Record, error) {
	return recordFor(e, "campaigns", e.Request.PathValue("id"), least)
}

// recordFor finds a record that a route names, for a member of its organisation
// with at least that role. To all others there is no such record.
func recordFor(e *core.RequestEvent, collection, id, least string) (*core.Record, error) {
	if e.Auth == nil {
		return nil, unauthorized()
	}
	r, err := e.App.FindRecordById(collection, id)
	if err != nil {
		return nil, notFound()
	}
	role, err := roleIn(e, r.GetString("org"))
	if err != nil {
		return nil, err
	}
	if !mayAct(role, least) {
		return nil, refuse(http.StatusForbidden, "role", least+"_required", "Your role in this organisation does not allow that")
	}
	return r, nil
}

// estimated is an estimate as the wire knows it.
type estimated struct {
	campaign.Estimate
	FirstSendAt string `json:"firstSendAt"`
	LastSendAt  string `json:"lastSendAt"`
	// Findings are what could be better about the text.
	Findings []lint.Finding `json:"findings"`
}

func (eng *engine) estimate(e *core.RequestEvent) error {
	c, err := campaignFor(e, roleViewer)
	if err != nil {
		return err
	}
	var order sendOrder
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	est, err := eng.campaigns.Estimate(e.Request.Context(), campaign.Order{Campaign: c.Id, NewOnly: order.NewOnly})
	if err != nil {
		return asAnswer(err, "campaign")
	}
	return e.JSON(http.StatusOK, estimated{
		est, wireTime(est.FirstSendAt), wireTime(est.LastSendAt),
		lint.Check(lint.Text{Body: c.GetString("messageBody"), Brand: brandOf(e.App, c.GetString("org"))}),
	})
}

// sendOrder is the body of POST …/send and …/estimate.
type sendOrder struct {
	NewOnly bool `json:"newOnly" form:"newOnly"`
}

func (eng *engine) send(e *core.RequestEvent) error {
	c, err := campaignFor(e, roleEditor)
	if err != nil {
		return err
	}
	var order sendOrder
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	if err := eng.sends(); err != nil {
		return err
	}
	return eng.once(e, "send "+c.Id, func(key keyed) error {
		launched, err := eng.campaigns.Send(e.Request.Context(), campaign.Order{
			Campaign: c.Id, NewOnly: order.NewOnly, By: e.Auth.Id, Idempotency: key,
		})
		if err != nil {
			return asAnswer(err, "campaign")
		}
		return e.JSON(http.StatusAccepted, launched)
	})
}

// testOrder is the body of POST …/test.
type testOrder struct {
	To string `json:"to" form:"to"`
}

func (eng *engine) sendTest(e *core.RequestEvent) error {
	c, err := campaignFor(e, roleEditor)
	if err != nil {
		return err
	}
	var order testOrder
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	if err := eng.sends(); err != nil {
		return err
	}
	n, err := parseNumber(e.App, c.GetString("org"), "to", order.To)
	if err != nil {
		return badFields(err, nil)
	}
	return eng.once(e, "test "+c.Id, func(key keyed) error {
		tested, err := eng.campaigns.Test(e.Request.Context(), campaign.Trial{
			Campaign: c.Id, Number: n.E164, Seed: security.RandomString(20),
			Keep: func(t campaign.Tested) *campaign.Kept { return kept(key, http.StatusAccepted, queuedTest(t)) },
		})
		if err != nil {
			return asAnswer(err, "to")
		}
		return e.JSON(http.StatusAccepted, queuedTest(tested))
	})
}

// queued is the answer about one text that was queued.
type queued struct {
	MessageID string         `json:"messageId"`
	Status    message.Status `json:"status"`
	DueAt     string         `json:"dueAt"`
	Segments  int            `json:"segments"`
}

func queuedTest(t campaign.Tested) queued {
	return queued{t.MessageID, message.Queued, wireTime(t.DueAt), t.Segments}
}

// wireTime is a time in PocketBase's format, empty for none.
func wireTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(types.DefaultDateLayout)
}
