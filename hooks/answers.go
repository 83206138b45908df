package hooks

import (
	"errors"
	"net/http"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/tools/router"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/reconcile"
	"tidings/internal/store"
)

// asAnswer translates what a use case refuses into an answer, once. field is
// blamed where the use case does not name one.
func asAnswer(err error, field string) error {
	var already *campaign.AlreadySent
	var campaigns *campaign.Refusal
	var acts *ledger.Refusal
	var replies *inbox.Refusal
	var doubts *reconcile.Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &already):
		return conflict("campaign", "already_sent", already.Error(), map[string]any{"runId": already.RunID})
	case errors.Is(err, campaign.ErrNotFound):
		return notFound()
	case errors.As(err, &campaigns):
		if campaigns.Field != "" {
			field = campaigns.Field
		}
		return refuse(statusOf(campaigns.Code), field, campaigns.Code, campaigns.Message)
	case errors.As(err, &acts):
		return refuse(statusOf(acts.Code), field, acts.Code, acts.Message)
	case errors.As(err, &replies):
		return refuse(statusOf(replies.Code), field, replies.Code, replies.Message)
	case errors.As(err, &doubts) && doubts.Code == "confirm_required":
		return refuse(http.StatusBadRequest, field, doubts.Code, doubts.Message)
	case errors.As(err, &doubts):
		return conflict(field, doubts.Code, doubts.Message, doubts.Params)
	default:
		return err
	}
}

// statusOf: what is missing or malformed is a 400; what collides with how
// things stand is a 409.
func statusOf(code string) int {
	switch code {
	case "opted_out", "suppressed", "wrong_state", "no_consent", "invalid_number", "no_window", "already_decided":
		return http.StatusConflict
	default:
		return http.StatusBadRequest
	}
}

// conflict is a 409 whose error carries parameters for a program.
func conflict(field, code, message string, params map[string]any) error {
	return router.NewApiError(http.StatusConflict, message, validation.Errors{
		field: validation.NewError(code, message).SetParams(params),
	})
}

func unavailable() error {
	return refuse(http.StatusServiceUnavailable, "server", "starting", "The server is starting; try again in a moment")
}

// sends says why this process cannot send, where it cannot.
func (eng *engine) sends() error {
	switch {
	case errors.Is(eng.idle, store.ErrLocked):
		return refuse(http.StatusServiceUnavailable, "server", "another_process", "This server does not send: "+eng.whyIdle().Error())
	case eng.idle != nil:
		return refuse(http.StatusServiceUnavailable, "server", "not_sending", "This server does not send: "+eng.idle.Error())
	case eng.dispatcher != nil:
		return eng.settledAfterRestore()
	}
	return refuse(http.StatusServiceUnavailable, "provider", "provider_not_configured",
		"Plivo is not set up: set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN, or start with --sandbox to try it without")
}

// badFields makes a 400 of field errors, under the names that the route's body
// has for them.
func badFields(err error, names map[string]string) error {
	var fields validation.Errors
	if !errors.As(err, &fields) {
		return err
	}
	renamed := make(validation.Errors, len(fields))
	message := "The request is not complete"
	for name, fault := range fields {
		if other := names[name]; other != "" {
			name = other
		}
		renamed[name] = fault
		message = fault.Error()
	}
	return router.NewBadRequestError(message, renamed)
}
