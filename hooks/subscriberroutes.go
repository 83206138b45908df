package hooks

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"

	"tidings/internal/engine/inbox"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/rules/sms"
)

// explained is one rule's answer on the wire.
type explained struct {
	Rule    string `json:"rule"`
	Allowed bool   `json:"allowed"`
	Detail  string `json:"detail"`
}

// eligibility says whether a campaign's text would go out to a subscriber now,
// by the very verdict that the engine asks.
func (eng *engine) eligibility(e *core.RequestEvent, o Options) error {
	r, err := recordFor(e, "subscribers", e.Request.PathValue("id"), roleViewer)
	if err != nil {
		return err
	}
	org, err := organization(e.App, r.GetString("org"))
	if err != nil {
		return notFound()
	}
	number := r.GetString("phoneNumber")
	p, err := eng.store.Standing(e.Request.Context(), org.Id, number)
	if err != nil {
		return err
	}
	q := eligible.Question{
		Kind: message.Campaign, Status: p.Status, Suppression: p.Suppression, At: o.Now(),
		Where: eng.store.Rules().Where(eligible.Person{Number: number, Timezone: p.Timezone, State: p.State},
			eligible.Own{From: org.GetString("sendFrom"), Until: org.GetString("sendUntil"), Cap: org.GetInt("frequencyCap")}),
	}
	texts, err := eng.store.Recent(e.Request.Context(), org.Id, []string{number}, q.At)
	if err != nil {
		return err
	}
	var frees time.Time
	if limit := q.Where.Limit(); limit > 0 {
		if q.Recent = len(texts[number]); q.Recent >= limit {
			frees = texts[number][q.Recent-limit].Add(24 * time.Hour)
		}
	}
	v := eligible.Judge(q)
	reasons := []explained{}
	for _, a := range eligible.Explain(q) {
		reasons = append(reasons, explained(a))
	}
	if p.Suppression == eligible.OptedOut {
		wish, err := eng.store.Wish(e.Request.Context(), org.Id, number, q.At)
		if err != nil {
			return err
		}
		if !wish.IsZero() {
			reasons = append(reasons, explained{Rule: "wish", Detail: "she has texted the keyword of a form since (" + wish.Format("2 January 15:04") +
				" UTC). Plivo blocks texts to her since her STOP and lifts that only when she texts START; then her consent counts"})
		}
	}
	return e.JSON(http.StatusOK, map[string]any{
		"allowed": v.Allowed(), "reason": v.Reason, "reasons": reasons, "nextAllowedAt": wireTime(eligible.NextAllowed(q, frees)),
	})
}

// reply queues one answer to somebody.
func (eng *engine) reply(e *core.RequestEvent, o Options) error {
	org, role, err := orgOf(e)
	if err != nil {
		return err
	}
	if !mayAct(role, roleEditor) {
		return refuse(http.StatusForbidden, "role", "editor_required", "Only editors and owners answer")
	}
	var order struct {
		Text string `json:"text" form:"text"`
	}
	if err := e.BindBody(&order); err != nil {
		return badBody(err)
	}
	if err := eng.sends(); err != nil {
		return err
	}
	n, err := parseNumber(e.App, org, "phoneNumber", e.Request.PathValue("phoneNumber"))
	if err != nil {
		return badFields(err, nil)
	}
	return eng.once(e, "reply "+org+" "+n.E164, func(key keyed) error {
		out, err := inbox.Reply(e.Request.Context(), keepingReplies{eng.store, key}, o.Now(),
			inbox.Outgoing{Org: org, Number: n.E164, Body: order.Text}, security.RandomString(20))
		if err != nil {
			return asAnswer(err, "text")
		}
		eng.nudge()
		return e.JSON(http.StatusAccepted, queuedReply(out))
	})
}

func queuedReply(o inbox.Outgoing) queued {
	return queued{o.ID, message.Queued, wireTime(o.DueAt), sms.Count(o.Body).Segments}
}
