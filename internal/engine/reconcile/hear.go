package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	// listenEvery is how often it is asked what people wrote.
	listenEvery = 15 * time.Minute
	// settledAfter is when a webhook comes no more: Plivo tries a minute, two and four
	// minutes after the try before.
	settledAfter = 10 * time.Minute
	// urgentAfter leaves a webhook that works the time to come first.
	urgentAfter = time.Minute
)

// Hearing keeps until when all that people wrote is here.
type Hearing interface {
	// Listening gives from when on it is to be asked, and our senders; the zero time
	// where nobody has listened yet.
	Listening(ctx context.Context) (since time.Time, sources []Source, err error)
	// Unheard gives those of the provider's ids that no message has.
	Unheard(ctx context.Context, uuids []string) (map[string]bool, error)
	// Heard remembers what was found.
	Heard(ctx context.Context, h Heard) error
}

// Heard is what one look at the list brought.
type Heard struct {
	Since time.Time // what was looked at begins here
	Until time.Time // all before it is here
	At    time.Time // of the look
	// Missed is how many texts no webhook brought, Wordless how many of them the list
	// tells without their words.
	Missed, Wordless int
}

// Listener takes in what people wrote while the folder did not hear it. Of it
// only an opt-out has consequences, and nothing is answered. What it has already
// it takes in once.
type Listener func(ctx context.Context, t Text) error

// ErrNotOurs is what a Listener returns for a text to a number that is no sender
// of ours.
var ErrNotOurs = errors.New("reconcile: the text is to none of our numbers")

// Listened is closed when it was asked, for the first time in this process, what
// people wrote while no process was there to hear it.
func (r *Reconciler) Listened() <-chan struct{} { return r.listened }

// listen asks what people wrote, now and then and after each start: the provider
// gives up a webhook that nobody answers for seven minutes, and the STOP in it
// would be lost.
func (r *Reconciler) listen(ctx context.Context) error {
	now := r.Now()
	if !r.askedAt.IsZero() && now.Sub(r.askedAt) < listenEvery {
		return nil
	}
	h, err := r.listenAt(ctx, now)
	if err != nil {
		return err
	}
	if err := r.Hearing.Heard(ctx, h); err != nil {
		return err
	}
	if h.Missed > 0 {
		r.Slept(h.Since) // receipts did not arrive either
		r.Log.Warn("texts that people wrote did not come by webhook; they were read from the provider's list",
			"count", h.Missed, "without words", h.Wordless)
	}
	if r.askedAt.IsZero() {
		close(r.listened)
	}
	r.askedAt = now
	return nil
}

func (r *Reconciler) listenAt(ctx context.Context, now time.Time) (Heard, error) {
	since, sources, err := r.Hearing.Listening(ctx)
	settled := now.Add(-settledAfter)
	switch {
	case err != nil:
		return Heard{}, err
	case since.IsZero():
		return Heard{Since: now, Until: now, At: now}, nil
	case since.After(now): // the clock was put back
		since = settled
	}
	h := Heard{Since: since, Until: since, At: now}
	if settled.After(since) {
		h.Until = settled
	}
	texts, err := r.unheard(ctx, since, now)
	if err != nil {
		return h, err
	}
	for _, t := range texts {
		late := t.At.Before(settled)
		ours := late && slices.ContainsFunc(sources, func(s Source) bool { return to(t, s) })
		urgent := r.Urgent(t) && t.At.Before(now.Add(-urgentAfter))
		if ours {
			h.Missed++
		}
		if ours && t.Body == "" {
			h.Wordless++
			continue
		}
		if !ours && !urgent {
			continue
		}
		if err := r.Listen(ctx, t); err != nil && !errors.Is(err, ErrNotOurs) {
			return h, fmt.Errorf("take in what people wrote: %w", err)
		}
	}
	return h, nil
}

// unheard reads what people wrote in a stretch and no webhook brought, oldest first.
func (r *Reconciler) unheard(ctx context.Context, since, until time.Time) ([]Text, error) {
	texts, err := r.written(ctx, since, until, mostPages)
	if errors.Is(err, errTooMany) {
		r.Log.Warn("more was written to this account than can be looked through; the oldest of it was not", "read", len(texts))
	} else if err != nil {
		return nil, err
	}
	uuids := make([]string, len(texts))
	for i, t := range texts {
		uuids[i] = t.UUID
	}
	fresh, err := r.Hearing.Unheard(ctx, uuids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(texts, func(t Text) bool { return !fresh[t.UUID] }), nil
}

// written reads what people wrote in a stretch, oldest first.
func (r *Reconciler) written(ctx context.Context, since, until time.Time, pages int) ([]Text, error) {
	if oldest := until.Add(-keptFor); since.Before(oldest) {
		since = oldest
	}
	texts, err := r.list.stretch(ctx, Query{Inbound: true, Since: since, Until: until}, pages)
	slices.SortStableFunc(texts, func(a, b Text) int { return a.At.Compare(b.At) })
	if err != nil {
		return texts, fmt.Errorf("what people wrote: %w", err)
	}
	return texts, nil
}

// hear takes in all that people wrote since a copy was made. An opt-out is known
// before anything can be resumed.
func (r *Reconciler) hear(ctx context.Context, since, until time.Time, sum *Replay) error {
	texts, err := r.written(ctx, since, until, mostTexts/pageSize)
	if err != nil {
		return err
	}
	for _, t := range texts {
		if t.Body == "" {
			sum.Wordless++
			continue
		}
		switch err := r.Listen(ctx, t); {
		case errors.Is(err, ErrNotOurs):
		case err != nil:
			return fmt.Errorf("take in what people wrote: %w", err)
		default:
			sum.Heard++
		}
	}
	return nil
}
