// Package reconcile finds out what really happened where we cannot know: to
// texts whose answer was lost in a crash or on the wire.
//
// Most of them are settled by their receipt, whose path names the attempt. For
// the rest it asks the provider's list of messages, two minutes after the
// attempt and then at growing distances, within the limits of that list, and
// binds a text to a row only where nothing else is possible. It never takes
// absence for proof, never sends, and leaves a row unknown where two texts or
// two rows could belong together.
//
// It also asks what people wrote, for the STOP that no webhook brought.
//
//	r := reconcile.New(reconcile.Options{Store: rows, Provider: client, Now: now, Log: log})
//	go r.Run(ctx)
//
// DESIGN.md beside this file has the reasons.
package reconcile

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

const (
	// firstAsk leaves the receipt its time: it comes within seconds, and its
	// first retry after a minute.
	firstAsk = 2 * time.Minute
	// window is how far the provider's clock and queue may put a text from the
	// moment at which our request began.
	window = 2 * time.Minute
	// The distance between two questions about one text is its age: 2, 4, 8, …
	// minutes. The twelfth is asked after about three days.
	mostAsks = 12
	// keptFor is how long Plivo keeps records.
	keptFor = 90 * 24 * time.Hour
	// atOnce bounds what one sweep looks at.
	atOnce = 200
	// sweepEvery is how often the rows are looked at; they say themselves when
	// they are due.
	sweepEvery = 15 * time.Second
)

// Options is what a Reconciler is made of. All fields are required.
type Options struct {
	Store    Store
	Archive  Archive
	Hearing  Hearing
	Provider Provider
	Ear      Ear
	Now      func() time.Time // legal time, the one that rows and records tell
	Log      *slog.Logger
}

// Reconciler asks the provider's list. Run it once.
type Reconciler struct {
	Options
	list     *list
	nudged   chan struct{}
	listened chan struct{}
	askedAt  time.Time         // when it was last asked what people wrote
	failed   int               // how often that failed in a row
	barred   map[string]func() // by the id of the text; ends what was barred for it

	sleptSince time.Time // zero: webhooks were heard
	catchUps   int       // how often it was asked what became of texts since then
}

// New makes a reconciler that is at rest.
func New(o Options) *Reconciler {
	return &Reconciler{Options: o, list: newList(o.Provider), nudged: make(chan struct{}, 1), listened: make(chan struct{}), barred: make(map[string]func())}
}

// Nudge says that the clock was moved. It never blocks.
func (r *Reconciler) Nudge() {
	select {
	case r.nudged <- struct{}{}:
	default:
	}
}

// Run asks until ctx ends.
func (r *Reconciler) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-r.nudged:
		}
		err := r.replay(ctx)
		if err == nil {
			err = errors.Join(r.listen(ctx), r.Sweep(ctx), r.catchUp(ctx))
		}
		if err != nil && ctx.Err() == nil {
			r.Log.Warn("ask the provider what people wrote and what became of unknown messages; trying again later", "error", err)
		}
		timer.Reset(sweepEvery)
	}
}

// Sweep asks once about every text that is due and returns when all are
// answered, which the limits of the list may draw out.
func (r *Reconciler) Sweep(ctx context.Context) error {
	now := r.Now()
	doubts, err := r.Store.Doubts(ctx, DoubtQuery{
		Since: now.Add(-keptFor), Until: now.Add(-firstAsk), Due: now, Limit: atOnce,
	})
	if err != nil {
		return err
	}
	for _, c := range clusters(doubts) {
		if err := r.settle(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// settle asks about one cluster, binds what is beyond doubt and remembers that
// it has asked.
func (r *Reconciler) settle(ctx context.Context, c cluster) error {
	answers, err := r.list.about(ctx, c)
	if err != nil {
		return err
	}
	for number, doubts := range c.byNumber() {
		answer := answers[number]
		siblings, err := r.Store.Siblings(ctx, Reach{
			Org: doubts[0].Org, Number: number, Since: c.since().Add(-window), Until: c.until().Add(window),
		})
		if err != nil {
			return err
		}
		if err := r.conclude(ctx, doubts, answer, siblings); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reconciler) conclude(ctx context.Context, doubts []Doubt, a answer, siblings []Sibling) error {
	for _, d := range doubts {
		found := candidates(d, a.texts, siblings)
		if a.whole && len(found) == 1 && sole(d, found[0], siblings) {
			bound, err := r.Store.Bind(ctx, Binding{ID: d.ID, Attempt: d.Attempt, Number: d.Number, Org: d.Org, Text: found[0]})
			if err != nil {
				return err
			}
			if bound {
				r.Log.Info("the provider's list settles an unknown message", "message", d.ID, "status", string(found[0].Receipt.Status))
				continue
			}
		}
		if err := r.Store.Asked(ctx, Asked{ID: d.ID, Attempt: d.Attempt, At: r.Now(), Next: next(d, r.Now()), Found: len(found)}); err != nil {
			return err
		}
	}
	return nil
}

// next is when to ask again; zero means never.
func next(d Doubt, now time.Time) time.Time {
	age := max(now.Sub(d.At), firstAsk)
	if d.Asks+1 >= mostAsks || age*2 > keptFor {
		return time.Time{}
	}
	return now.Add(age)
}
