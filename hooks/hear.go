package hooks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/reconcile"
)

const (
	// deafAfter is how long a server may be down without losing a text: Plivo calls a webhook again
	// for seven minutes, and the last step of the folder is up to a minute old.
	deafAfter = 5 * time.Minute
	// hearWithin bounds how long sending waits for the next page of what people wrote meanwhile.
	hearWithin = time.Minute
	// missedFor is how long a person is told of texts that no webhook brought.
	missedFor = 24 * time.Hour
)

// slept notes since when no process had the folder.
func (eng *engine) slept(ctx context.Context, since time.Time) error {
	if eng.reconciler == nil {
		return nil
	}
	barred, err := eng.store.BarredTexts(ctx)
	if err != nil {
		return err
	}
	eng.deaf = barred > 0 // opt-outs that the process before this one had barred in its memory
	if !since.IsZero() && eng.now().Sub(since) >= deafAfter {
		eng.deaf = true
		eng.reconciler.Slept(since)
	}
	return nil
}

// heard waits, after a time in which nobody was there to hear a STOP, until it was asked what people
// wrote. A provider that tells nothing for a minute does not hold the texts up.
func (eng *engine) heard(ctx context.Context) {
	if !eng.deaf {
		return
	}
	timer := time.NewTicker(hearWithin)
	defer timer.Stop()
	for pages := int64(0); ; {
		select {
		case <-eng.reconciler.Listened():
			return
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		if pages == eng.reconciler.Pages() {
			eng.log.Warn("the provider has not told what people wrote while this server was down; texts go out before it does")
			return
		}
		pages = eng.reconciler.Pages()
	}
}

// ear takes in what the provider's list tells of what people wrote.
type ear struct{ eng *engine }

// OptsOut reports whether a text is an opt-out.
func (ear) OptsOut(t reconcile.Text) bool { return inbox.OptsOut(late(t)) != "" }

// Returns reports whether a text lifts an opt-out.
func (ear) Returns(t reconcile.Text) bool { return inbox.Returns(late(t)) }

// Take takes a text in.
func (e ear) Take(ctx context.Context, t reconcile.Text, overtaken bool) error {
	m := late(t)
	m.Overtaken = overtaken
	err := e.eng.inbox.Receive(ctx, m)
	switch {
	case errors.Is(err, inbox.ErrMalformed):
		e.eng.log.Error("a text in the provider's list cannot be taken in", "message", t.UUID, "error", err)
		return reconcile.ErrNotTaken
	case errors.Is(err, inbox.ErrNoSender):
		return reconcile.ErrNotTaken
	}
	return err
}

// Bar lets nothing leave to the writer of a text.
func (e ear) Bar(ctx context.Context, t reconcile.Text) (release func(), err error) {
	number := inbox.Person(t.From)
	if number == "" {
		return nil, reconcile.ErrNotTaken
	}
	if err := e.eng.gate.Bar(ctx, number); err != nil {
		return nil, err
	}
	return func() { e.eng.gate.Unbar(number) }, nil
}

func late(t reconcile.Text) inbox.Message {
	return inbox.Message{
		UUID: t.UUID, From: t.From, To: t.To, PowerpackUUID: t.PowerpackUUID, Text: t.Body, Segments: t.Segments, At: t.At,
		CostMicros: t.Receipt.CostMicros, BodySigned: true, Late: true,
	}
}

// missed says that webhooks did not arrive; empty where they do.
func (eng *engine) missed(ctx context.Context) string {
	h, err := eng.store.Missed(ctx)
	if err != nil {
		return err.Error()
	}
	if h.At.IsZero() || eng.now().Sub(h.At) > missedFor {
		return ""
	}
	text := fmt.Sprintf("%d texts that people wrote did not come by webhook and were read from Plivo's list; a STOP among them counts. "+
		"If this server was not down, see at Plivo that the application of each number has the message URL %s", h.Missed, eng.inboundURL)
	if h.Wordless > 0 {
		text += fmt.Sprintf(". Of %d Plivo does not tell the words: nothing is sent to those people until somebody has looked in the Plivo console and decided under Reviews", h.Wordless)
	}
	return text
}
