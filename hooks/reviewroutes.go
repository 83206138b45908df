package hooks

import (
	"context"
	"fmt"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/spool"
)

// decideReview takes a person's decision on a reply that may be an opt-out.
func (eng *engine) decideReview(e *core.RequestEvent) error {
	review, err := recordFor(e, "reviews", e.Request.PathValue("id"), roleEditor)
	if err != nil {
		return err
	}
	var order struct {
		Decision string `json:"decision" form:"decision"`
	}
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	d := ledger.Decision{
		Review: review.Id, Number: review.GetString("phoneNumber"), OptOut: order.Decision == "opt_out",
		By: nameOf(e.Auth), Evidence: evidence(e),
	}
	if order.Decision != d.Word() {
		return refuse(http.StatusBadRequest, "decision", "bad_decision", `The decision is "opt_out" or "not_opt_out"`)
	}
	if err := eng.ledger.Decide(e.Request.Context(), eng.store, d); err != nil {
		return asAnswer(err, "decision")
	}
	if review, err = e.App.FindRecordById("reviews", review.Id); err != nil {
		return notFound()
	}
	if err := apis.EnrichRecord(e, review); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, review)
}

// nameOf is whom to name for an act: the address, which says more than an id.
func nameOf(auth *core.Record) string {
	if auth == nil {
		return ""
	}
	if address := auth.Email(); address != "" {
		return address
	}
	return auth.Id
}

// warnings are what keeps the server from no work, and a person should see to.
func (eng *engine) warnings(ctx context.Context) []string {
	found := []string{}
	if n := eng.intake.Aside(); n > 0 {
		found = append(found, fmt.Sprintf("%d webhooks that were acknowledged could not be applied and are set aside in the file %s; "+
			"the log says why, and each start tries them again. Keep the file: a STOP in it binds", n, spool.Aside))
	}
	if m := eng.missed(ctx); m != "" {
		found = append(found, m)
	}
	open, err := eng.store.OpenReviews(ctx)
	switch {
	case err != nil:
		found = append(found, err.Error())
	case open.Count > 0 && !eng.now().Before(consent.ReviewAlarm(open.Oldest)):
		found = append(found, fmt.Sprintf("%d replies that may be opt-outs wait for a decision, the oldest since %s; decide them under Reviews",
			open.Count, open.Oldest.Format("January 2")))
	}
	return found
}

// remind puts the same into the log, where alarms are usually listened for.
func (eng *engine) remind(ctx context.Context) error {
	for _, w := range eng.warnings(ctx) {
		eng.log.Warn("a person should see to this", "reason", w)
	}
	return nil
}
