package hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
)

// localTime is a moment on the clocks of one zone.
type localTime struct {
	Zone string `json:"zone"`
	Time string `json:"time"` // 2026-03-03 11:00 -05:00
}

// decision puts the question again by which a message was sent or skipped: the rules, the moment, the
// places and the standing of that time, with every rule's answer.
func (eng *engine) decision(e *core.RequestEvent) error {
	r, err := recordFor(e, "messages", e.Request.PathValue("id"), roleViewer)
	if err != nil {
		return err
	}
	d, decided, err := eng.store.Decision(e.Request.Context(), r.Id)
	if err != nil {
		return asAnswer(err, "message")
	}
	if !decided {
		return e.JSON(http.StatusOK, map[string]any{"decided": false, "status": d.Status, "reason": d.Reason})
	}
	q := d.Question
	v := eligible.Judge(q)
	reasons := []explained{}
	for _, a := range eligible.Explain(q) {
		reasons = append(reasons, explained(a))
	}
	clocks := []localTime{}
	for _, name := range q.Where.Zones {
		if zone, err := hours.Zone(name); err == nil {
			clocks = append(clocks, localTime{name, q.At.In(zone).Format("2006-01-02 15:04 -07:00")})
		}
	}
	return e.JSON(http.StatusOK, map[string]any{
		"decided": true, "status": d.Status, "at": wireTime(q.At), "allowed": v.Allowed(), "reason": v.Reason, "reasons": reasons,
		"ruleSet": d.Version, "ruleSetHash": q.Basis().Rules, "zones": q.Where.Zones, "states": append([]string{}, q.Where.States...), "localTimes": clocks,
	})
}
