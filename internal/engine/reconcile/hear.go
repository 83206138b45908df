package reconcile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

const (
	// listenEvery is how often it is asked what people wrote, listenAgain while numbers
	// are barred for it.
	listenEvery = 15 * time.Minute
	listenAgain = 2 * time.Minute
	// settledAfter is when a webhook comes no more: Plivo tries a minute, two and four
	// minutes after the try before.
	settledAfter = 10 * time.Minute
	// mostFailures bounds how often a list that fails in the middle is begun again.
	mostFailures = 3
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
	Until time.Time // all before it is here
	At    time.Time // of the look
	// Missed is how many texts no webhook brought, Wordless how many of them the list
	// tells without their words.
	Missed, Wordless int
	Barred           int // numbers that wait for a webhook which may still come
}

// Ear is how the engine hears what the list tells.
type Ear interface {
	// OptsOut reports whether a text is an opt-out, Returns whether it lifts one.
	OptsOut(t Text) bool
	Returns(t Text) bool
	// Take takes in what somebody wrote while nobody heard it. Only an opt-out has
	// consequences, and what has no words may be one; nothing is answered. Overtaken
	// says that the person took it back since. What is here already is taken in once.
	Take(ctx context.Context, t Text, overtaken bool) error
	// Bar lets nothing leave to the writer of a text until release is called.
	Bar(ctx context.Context, t Text) (release func(), err error)
}

// ErrNotTaken is what an Ear returns for a text that it can never take in: it is to
// none of our numbers, or nothing that a message is.
var ErrNotTaken = errors.New("reconcile: the text cannot be taken in")

// Listened is closed when it was asked, for the first time in this process, what
// people wrote while no process was there to hear it.
func (r *Reconciler) Listened() <-chan struct{} { return r.listened }

// Pages is how many pages of the list were read.
func (r *Reconciler) Pages() int64 { return r.list.pages.Load() }

// listen asks what people wrote, now and then and after each start: the provider
// gives up a webhook that nobody answers for seven minutes, and the STOP in it
// would be lost.
func (r *Reconciler) listen(ctx context.Context) error {
	now, every := r.Now(), listenEvery
	if len(r.barred) > 0 {
		every = listenAgain
	}
	if !r.askedAt.IsZero() && now.Sub(r.askedAt) < every {
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
	if err != nil {
		return Heard{}, err
	}
	settled := now.Add(-settledAfter)
	if since.IsZero() { // of a version that did not listen
		since = r.sleptSince
	}
	switch {
	case since.IsZero():
		return Heard{Until: now, At: now}, nil
	case since.After(now): // the clock was put back
		since = settled
	}
	h := Heard{Until: since, At: now}
	texts, fresh, whole, err := r.unheard(ctx, since, now)
	if err != nil {
		return h, err
	}
	if whole && settled.After(since) {
		h.Until = settled
	}
	for i, t := range texts {
		if !fresh[t.UUID] {
			continue
		}
		ours := slices.ContainsFunc(sources, func(s Source) bool { return to(t, s) })
		optOut := r.Ear.OptsOut(t)
		if !t.At.Before(settled) {
			if (optOut || ours && t.Body == "") && t.At.Before(now.Add(-urgentAfter)) {
				if err := r.bar(ctx, t); err != nil {
					return h, err
				}
			}
			continue // its webhook may still come, in its order
		}
		if !ours && !optOut {
			continue
		}
		if ours {
			h.Missed++
		}
		if ours && t.Body == "" {
			h.Wordless++
		}
		switch err := r.Ear.Take(ctx, t, r.overtaken(t, texts[i+1:], fresh)); {
		case errors.Is(err, ErrNotTaken): // what is barred for it stays so
		case err != nil:
			return h, fmt.Errorf("take in what people wrote: %w", err)
		default:
			fresh[t.UUID] = false
		}
	}
	for uuid, release := range r.barred {
		if unheard, listed := fresh[uuid]; listed && !unheard {
			release()
			delete(r.barred, uuid)
		}
	}
	h.Barred = len(r.barred)
	return h, nil
}

// bar lets nothing leave to somebody whose opt-out is known from the list alone. It is
// recorded when its webhook can come no more: of two words the later one counts, and the
// webhooks of both may be on their way.
func (r *Reconciler) bar(ctx context.Context, t Text) error {
	if r.barred[t.UUID] != nil {
		return nil
	}
	release, err := r.Ear.Bar(ctx, t)
	if errors.Is(err, ErrNotTaken) {
		return nil
	}
	if err != nil {
		return err
	}
	r.barred[t.UUID] = release
	return nil
}

// overtaken reports whether the writer of a text has taken it back in one of the later
// ones, to the same number, that was heard.
func (r *Reconciler) overtaken(t Text, later []Text, fresh map[string]bool) bool {
	return slices.ContainsFunc(later, func(l Text) bool {
		return same(l.From, t.From) && same(l.To, t.To) && !fresh[l.UUID] && r.Ear.Returns(l)
	})
}

// unheard reads what people wrote in a stretch, oldest first, and tells what of it no
// webhook brought. A list that fails in the middle again and again is taken as far as it
// goes, and the whole of the stretch is asked for once more later.
func (r *Reconciler) unheard(ctx context.Context, since, until time.Time) (_ []Text, fresh map[string]bool, whole bool, _ error) {
	texts, err := r.written(ctx, since, until, mostPages)
	switch {
	case err == nil:
	case errors.Is(err, errTooMany):
		r.Log.Warn("more was written to this account than can be looked through; the oldest of it was not", "read", len(texts))
		err = nil
	default:
		if r.failed++; r.failed < mostFailures || len(texts) == 0 {
			return nil, nil, false, err
		}
		r.Log.Warn("the provider's list fails in the middle; what it tells before is taken in", "read", len(texts), "error", err)
	}
	r.failed, whole = 0, err == nil
	uuids := make([]string, len(texts))
	for i, t := range texts {
		uuids[i] = t.UUID
	}
	fresh, err = r.Hearing.Unheard(ctx, uuids)
	return texts, fresh, whole, err
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
		switch err := r.Ear.Take(ctx, t, false); {
		case errors.Is(err, ErrNotTaken):
		case err != nil:
			return fmt.Errorf("take in what people wrote: %w", err)
		default:
			sum.Heard++
		}
	}
	return nil
}
