package hooks

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/reconcile"
)

// lookWithin bounds a look at the data folder's generation.
const lookWithin = 10 * time.Second

// guard looks whether the data folder is the one that it was, before anything is sent from it. Where
// that cannot be told, this process sends nothing.
func (eng *engine) guard(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	last, err := eng.store.LastStep(ctx)
	if err != nil {
		return err
	}
	if err := eng.slept(ctx, last); err != nil {
		return err
	}
	reason, err := eng.store.Guard(ctx)
	if err != nil {
		return fmt.Errorf("it cannot be told whether this data folder is a copy: %w", err)
	}
	if reason != "" {
		eng.log.Warn("this data folder was restored or copied; every run that was under way is paused", "reason", reason)
	}
	return nil
}

// seal moves the folder to its next generation when the server ends, so that a copy that was made
// while it ran is known.
func (eng *engine) seal() {
	if eng.release == nil || eng.idle != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	if err := eng.store.Step(ctx); err != nil {
		eng.log.Warn("note the generation of the data folder", "error", err)
	}
}

// settledAfterRestore refuses what sends, until it is known what left since a restored folder was
// copied.
func (eng *engine) settledAfterRestore() error {
	f, err := eng.fenced()
	if err != nil {
		return err
	}
	if !f.Pending() {
		return nil
	}
	return refuse(http.StatusServiceUnavailable, "server", "restored", f.Notice())
}

func (eng *engine) restoreNotice() string {
	f, err := eng.fenced()
	if err != nil {
		return "the database does not tell whether it was restored: " + err.Error()
	}
	return f.Notice()
}

func (eng *engine) fenced() (reconcile.Fenced, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lookWithin)
	defer cancel()
	return eng.store.Fenced(ctx)
}

// state tells members why nothing goes out.
func (eng *engine) state(e *core.RequestEvent) error {
	if e.Auth == nil {
		return unauthorized()
	}
	return e.JSON(http.StatusOK, map[string]string{"notice": eng.notice()})
}
