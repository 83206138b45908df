package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrFull says that too much waits for the disk already.
var ErrFull error = full{}

type full struct{}

func (full) Error() string { return "store: too much waits to be written" }

// Busy tells that the rows are written, only not fast enough.
func (full) Busy() bool { return true }

// await hands an operation over and waits until it is on disk, but no longer
// than ctx allows. After context.DeadlineExceeded the operation is still done
// some time, so only what may be done twice is to be awaited. ErrFull and
// ErrClosed say that it was not taken.
func (w *writer) await(ctx context.Context, rows int, do func(*txn) error) error {
	done := make(chan error, 1)
	err := w.hand(ctx, operation{rows: rows, do: do, done: func(err error) { done <- err }})
	if errors.Is(err, context.DeadlineExceeded) {
		return ErrFull
	}
	if err != nil {
		return err
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("store: not on disk yet: %w", ctx.Err())
	}
}
