package hooks

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"syscall"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/engine/intake"
	"tidings/internal/spool"
)

func (e *engine) newIntake(o Options) *intake.Intake {
	return intake.New(intake.Options{Receipts: e.receipts, Inbox: e.inbox, Gate: e.gate, Now: o.Now, Log: o.Log})
}

// openSpool lets what an earlier process has acknowledged bind. Nothing may be
// sent before: there may be STOPs among it.
func (e *engine) openSpool(ctx context.Context, app core.App) error {
	s, records, err := spool.Open(filepath.Join(app.DataDir(), spool.File))
	if err == nil {
		e.spool = s
		err = e.intake.Open(ctx, roomy{s, e.ballast.Release}, records)
	}
	if err != nil {
		return fmt.Errorf("the spool of webhooks cannot be read, and there may be a STOP in it; mend or remove %s and restart: %w",
			filepath.Join(app.DataDir(), spool.File), err)
	}
	return nil
}

// roomy is a spool that gives the ballast up where the disk is full.
type roomy struct {
	*spool.Spool
	relieve func() bool
}

// Append adds a record; it is on disk when Append returns nil.
func (r roomy) Append(record []byte) error {
	err := r.Spool.Append(record)
	if errors.Is(err, syscall.ENOSPC) && r.relieve() {
		err = r.Spool.Append(record)
	}
	return err
}
