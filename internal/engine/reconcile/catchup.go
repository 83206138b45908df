package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// beforeSleep reaches back to texts that were under way when the process ended.
const beforeSleep = 15 * time.Minute

// Slept says that no process had the folder from a moment on until this one, for
// longer than the provider repeats a webhook. Call it before Run.
func (r *Reconciler) Slept(since time.Time) { r.sleptSince = since }

// catchUp asks once what became of texts whose receipts nobody was there to hear.
// Only what is known of a row's own text is taken over: what may have left without
// our knowing is Sweep's.
func (r *Reconciler) catchUp(ctx context.Context) error {
	if r.sleptSince.IsZero() || r.catchUps == mostFailures {
		return nil
	}
	r.catchUps++
	since := r.sleptSince.Add(-beforeSleep)
	_, sources, err := r.Hearing.Listening(ctx)
	if err != nil {
		return err
	}
	texts, err := r.list.stretch(ctx, Query{Since: since, Until: r.Now()}, mostPages)
	if errors.Is(err, errTooMany) {
		r.Log.Warn("more has left than can be looked through; what became of the oldest is not asked", "read", len(texts))
	} else if err != nil && r.catchUps < mostFailures {
		return fmt.Errorf("what became of texts: %w", err)
	}
	known := 0
	for number, texts := range byNumber(texts, sources) {
		held, err := r.Archive.Held(ctx, number, since)
		if err != nil {
			return err
		}
		c := Claim{Number: number, Known: assign(number, texts, held).Known}
		if len(c.Known) == 0 {
			continue
		}
		if err := r.Archive.Claim(ctx, c); err != nil {
			return err
		}
		known += len(c.Known)
	}
	r.Log.Info("the provider's list has told what became of texts whose receipts did not come", "count", known, "whole", err == nil)
	r.catchUps = mostFailures
	return nil
}
