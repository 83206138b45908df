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
	// hearWithin bounds how long sending waits for the list of what people wrote meanwhile.
	hearWithin = time.Minute
	// missedFor is how long a person is told of texts that no webhook brought.
	missedFor = 24 * time.Hour
)

// slept notes since when no process had the folder.
func (eng *engine) slept(since time.Time) {
	if eng.reconciler == nil || since.IsZero() || eng.now().Sub(since) < deafAfter {
		return
	}
	eng.deaf = true
	eng.reconciler.Slept(since)
}

// heard waits, after a time in which nobody was there to hear a STOP, until it was asked what people
// wrote. A provider that does not tell holds the texts up for a minute.
func (eng *engine) heard(ctx context.Context) {
	if !eng.deaf {
		return
	}
	timer := time.NewTimer(hearWithin)
	defer timer.Stop()
	select {
	case <-eng.reconciler.Listened():
	case <-ctx.Done():
	case <-timer.C:
		eng.log.Warn("the provider has not told what people wrote while this server was down; texts go out before it does")
	}
}

// listen takes in what somebody wrote while nobody heard it.
func (eng *engine) listen(ctx context.Context, t reconcile.Text) error {
	err := eng.inbox.Receive(ctx, late(t))
	if errors.Is(err, inbox.ErrNoSender) {
		return reconcile.ErrNotOurs
	}
	return err
}

func late(t reconcile.Text) inbox.Message {
	return inbox.Message{
		UUID: t.UUID, From: t.From, To: t.To, PowerpackUUID: t.PowerpackUUID, Text: t.Body, Segments: t.Segments, At: t.At,
		CostMicros: t.Receipt.CostMicros, BodySigned: true, Late: true,
	}
}

func urgent(t reconcile.Text) bool { return inbox.OptsOut(late(t)) != "" }

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
		text += fmt.Sprintf(". %d came without their words: look for STOP in the Plivo console", h.Wordless)
	}
	return text
}
