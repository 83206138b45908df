package hooks

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/reconcile"
)

// lookWithin bounds a look at the data folder's generation.
const lookWithin = 10 * time.Second

// guard looks whether the data folder is the one that it was, before anything is sent from it. Where
// that cannot be told, this process sends nothing.
func (eng *engine) guard(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
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

// listen takes in what somebody wrote while a restored folder did not hear it.
func (eng *engine) listen(ctx context.Context, t reconcile.Text) error {
	err := eng.inbox.Receive(ctx, inbox.Message{
		UUID: t.UUID, From: t.From, To: t.To, PowerpackUUID: t.PowerpackUUID, Text: t.Body, Segments: t.Segments, At: t.At,
		CostMicros: t.Receipt.CostMicros, BodySigned: true, Late: true,
	})
	if errors.Is(err, inbox.ErrNoSender) {
		return reconcile.ErrNotOurs
	}
	return err
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
