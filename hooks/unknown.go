package hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/reconcile"
)

// outstanding is what a report says of unknown messages.
type outstanding struct {
	reconcile.Outstanding
	NewestAt string `json:"newestAt"`
}

func (eng *engine) outstanding(e *core.RequestEvent, run string) (outstanding, error) {
	o, err := eng.store.Outstanding(e.Request.Context(), run)
	return outstanding{o, wireTime(o.NewestAt)}, err
}

// confirmed is the body of a resend: the number of messages that the person was shown.
type confirmed struct {
	Confirm int64 `json:"confirm"`
}

// resendUnknown has the unknown messages of a run sent again, because a person says so.
func (eng *engine) resendUnknown(e *core.RequestEvent, o Options) error {
	run, err := recordFor(e, "runs", e.Request.PathValue("id"), roleEditor)
	if err != nil {
		return err
	}
	n, err := eng.resend(e, o, reconcile.Order{Org: run.GetString("org"), Run: run.Id})
	if err != nil {
		return err
	}
	eng.log.Warn("an operator has unknown messages sent again", "run", run.Id, "count", n, "user", actor(e))
	return e.JSON(http.StatusOK, map[string]any{"runId": run.Id, "resent": n})
}

// resendMessage does the same for one message outside of runs.
func (eng *engine) resendMessage(e *core.RequestEvent, o Options) error {
	m, err := recordFor(e, "messages", e.Request.PathValue("id"), roleEditor)
	if err != nil {
		return err
	}
	if m.GetString("run") != "" {
		return refuse(http.StatusBadRequest, "message", "of_a_run", "This message belongs to a run; send the run's unknown messages again together")
	}
	n, err := eng.resend(e, o, reconcile.Order{Org: m.GetString("org"), Message: m.Id})
	if err != nil {
		return err
	}
	eng.log.Warn("an operator has an unknown message sent again", "message", m.Id, "user", actor(e))
	return e.JSON(http.StatusOK, map[string]any{"messageId": m.Id, "resent": n})
}

func (eng *engine) resend(e *core.RequestEvent, o Options, order reconcile.Order) (int64, error) {
	if err := eng.sends(); err != nil {
		return 0, err
	}
	var body confirmed
	if err := e.BindBody(&body); err != nil {
		return 0, badBody(err)
	}
	order.Confirm, order.Actor, order.At = body.Confirm, actor(e), o.Now()
	if e.Auth != nil {
		order.Name = e.Auth.Email()
	}
	n, err := reconcile.Resend(e.Request.Context(), eng.store, order)
	if err != nil {
		return 0, asAnswer(err, "confirm")
	}
	eng.nudge()
	return n, nil
}

func actor(e *core.RequestEvent) string {
	if e.Auth == nil {
		return ""
	}
	return e.Auth.Id
}
