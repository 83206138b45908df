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
	"tidings/internal/store"
)

func (e *engine) newIntake(o Options) *intake.Intake {
	return intake.New(intake.Options{Receipts: e.receipts, Inbox: e.inbox, Gate: e.gate, Now: o.Now, Passing: store.IsPassing, Log: o.Log})
}

// openSpool lets what an earlier process has acknowledged bind. Nothing may be
// sent before: there may be STOPs among it.
func (e *engine) openSpool(ctx context.Context, app core.App) error {
	waiting, err := e.openFile(app, spool.File)
	if err != nil {
		return err
	}
	aside, err := e.openFile(app, spool.Aside)
	if err != nil {
		return err
	}
	if err := e.intake.Open(ctx, waiting, aside); err != nil {
		return unreadable(app, spool.File+" or "+spool.Aside, err)
	}
	return nil
}

func (e *engine) openFile(app core.App, name string) (intake.Held, error) {
	s, records, err := spool.Open(filepath.Join(app.DataDir(), name))
	if err != nil {
		return intake.Held{}, unreadable(app, name, err)
	}
	e.spools = append(e.spools, s)
	return intake.Held{Spool: roomy{s, e.ballast.Release}, Records: records}, nil
}

func unreadable(app core.App, name string, err error) error {
	return fmt.Errorf("the spool of webhooks cannot be read, and there may be a STOP in it; mend or remove %s and restart: %w",
		filepath.Join(app.DataDir(), name), err)
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

// Replace puts records in the place of the oldest n, for good or not at all.
func (r roomy) Replace(n int, records [][]byte) error {
	err := r.Spool.Replace(n, records)
	if errors.Is(err, syscall.ENOSPC) && r.relieve() {
		err = r.Spool.Replace(n, records)
	}
	return err
}
