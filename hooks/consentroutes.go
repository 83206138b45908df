package hooks

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

// consentOrder is the body of POST /api/sms/consents.
type consentOrder struct {
	PhoneNumber string `json:"phoneNumber" form:"phoneNumber"`
	Action      string `json:"action" form:"action"`
	Method      string `json:"method" form:"method"`
	Text        string `json:"text" form:"text"`
}

// recordConsent keeps what a person said about being texted and answers with
// the subscriber, who is made if there is none.
func (eng *engine) recordConsent(e *core.RequestEvent) error {
	org, role, err := orgOf(e)
	if err != nil {
		return err
	}
	if !mayAct(role, roleEditor) {
		return refuse(http.StatusForbidden, "role", "editor_required", "Only editors and owners record consent")
	}
	var order consentOrder
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	n, err := parseNumber(e.App, org, "phoneNumber", order.PhoneNumber)
	if err != nil {
		return badFields(err, nil)
	}
	act := ledger.Act{
		Org: org, Number: n.E164, Action: order.Action, Method: order.Method, Text: strings.TrimSpace(order.Text),
		Owner: role == roleOwner, Superuser: e.HasSuperuserAuth(), Create: true, Evidence: evidence(e),
	}
	act.Evidence["role"] = role
	if act.Action == consent.ActionGranted {
		act.Evidence["disclosureVersion"] = consent.Version(act.Text)
	}
	switch {
	case order.Action != consent.ActionGranted && order.Action != consent.ActionRevoked:
		return refuse(http.StatusBadRequest, "action", "bad_action", `The action is "granted" or "revoked"`)
	case order.Method == consent.MethodCarrier:
		return refuse(http.StatusBadRequest, "method", "bad_consent_method", "What a carrier reports comes from the carrier")
	case len([]rune(act.Text)) > maxConsentText:
		return refuse(http.StatusBadRequest, "text", "consent_text_too_long", fmt.Sprintf("Use at most %d characters", maxConsentText))
	case act.Action == consent.ActionGranted:
		if err := checkConsent(act.Method, act.Text); err != nil {
			return badFields(err, map[string]string{"consentMethod": "method", "consentText": "text"})
		}
	}
	result, err := eng.ledger.Record(e.Request.Context(), act)
	if err != nil {
		return asAnswer(err, "phoneNumber")
	}
	subscriber, err := e.App.FindRecordById("subscribers", result.SubscriberID)
	if err != nil {
		return notFound()
	}
	if err := apis.EnrichRecord(e, subscriber); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, subscriber)
}
