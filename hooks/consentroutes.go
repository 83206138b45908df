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
	return eng.once(e, "consents "+org, func(key keyed) error {
		result, err := ledger.New(keepingConsents{eng.store, key}, eng.gate, eng.now).Record(e.Request.Context(), act)
		if err != nil {
			return asAnswer(err, "phoneNumber")
		}
		return answerSubscriber(e, result.SubscriberID, func(subscriber *core.Record) {
			if key == nil {
				return
			}
			if err := eng.store.Word(e.Request.Context(), *kept(key, http.StatusOK, subscriber)); err != nil {
				eng.log.Warn("keep the wording of an answer; the same call will get it as things stand then", "error", err)
			}
		})
	})
}

// answerSubscriber answers with a subscriber, after keep has kept what is answered.
func answerSubscriber(e *core.RequestEvent, id string, keep func(*core.Record)) error {
	subscriber, err := e.App.FindRecordById("subscribers", id)
	if err != nil {
		return notFound()
	}
	if err := apis.EnrichRecord(e, subscriber); err != nil {
		return err
	}
	keep(subscriber)
	return e.JSON(http.StatusOK, subscriber)
}
