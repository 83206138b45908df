package hooks

import (
	"cmp"
	"context"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/report"
)

func (eng *engine) pause(e *core.RequestEvent) error { return eng.steer(e, eng.campaigns.Pause) }

func (eng *engine) resume(e *core.RequestEvent) error {
	return eng.steer(e, func(ctx context.Context, run string) error {
		if err := eng.settledAfterRestore(); err != nil {
			return err
		}
		return eng.campaigns.Resume(ctx, run)
	})
}

func (eng *engine) cancel(e *core.RequestEvent) error { return eng.steer(e, eng.campaigns.Cancel) }

// steer moves a run and answers with it as it is now.
func (eng *engine) steer(e *core.RequestEvent, move func(context.Context, string) error) error {
	run, err := recordFor(e, "runs", e.Request.PathValue("id"), roleEditor)
	if err != nil {
		return err
	}
	if err := move(e.Request.Context(), run.Id); err != nil {
		return asAnswer(err, "run")
	}
	return eng.answerRun(e, run.Id)
}

func (eng *engine) answerRun(e *core.RequestEvent, id string) error {
	run, err := e.App.FindRecordById("runs", id)
	if err != nil {
		return notFound()
	}
	if err := apis.EnrichRecord(e, run); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, run)
}

// reported is a run's report with its record.
type reported struct {
	Run *core.Record `json:"run"`
	report.Report
	Forecast map[string]string `json:"forecast"`
	// Notice says why nothing goes out, though the run is not paused; else empty.
	Notice  string      `json:"notice"`
	Unknown outstanding `json:"unknown"`
}

func (eng *engine) report(e *core.RequestEvent, o Options) error {
	run, err := recordFor(e, "runs", e.Request.PathValue("id"), roleViewer)
	if err != nil {
		return err
	}
	if err := apis.EnrichRecord(e, run); err != nil {
		return err
	}
	r, err := report.Make(e.Request.Context(), eng.store, o.Explain, run.Id, o.Now())
	if err != nil {
		return err
	}
	unknown, err := eng.outstanding(e, run.Id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, reported{run, r, map[string]string{"lastSendAt": wireTime(r.Forecast.LastSendAt)}, cmp.Or(eng.notice(), r.Notice), unknown})
}
