package campaign

import (
	"context"
	"fmt"

	"tidings/internal/rules/message"
)

// Pause stops a run until a person resumes it. Texts whose request has begun
// are finished.
func (c *Campaigns) Pause(ctx context.Context, run string) error {
	return c.steer(ctx, run, message.RunPaused, "only a run that has not ended can be paused")
}

// Resume lets a paused run go on where it stood.
func (c *Campaigns) Resume(ctx context.Context, run string) error {
	return c.steer(ctx, run, message.RunSending, "only a paused run can be resumed")
}

// Cancel ends a run: what is queued is skipped and can be reached by a later
// run for new people only.
func (c *Campaigns) Cancel(ctx context.Context, run string) error {
	return c.steer(ctx, run, message.RunCanceled, "this run has ended already")
}

func (c *Campaigns) steer(ctx context.Context, run string, to message.RunStatus, otherwise string) error {
	moved, err := c.store.Steer(ctx, run, to, c.now())
	if err != nil {
		return fmt.Errorf("move a run to %s: %w", to, err)
	}
	if !moved {
		return &Refusal{Code: "wrong_state", Message: otherwise}
	}
	c.changed()
	return nil
}
