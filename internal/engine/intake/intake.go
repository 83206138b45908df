// Package intake takes the provider's webhooks in within a time that the
// provider waits for.
//
// An event goes to its use case and is acknowledged when it is among the rows.
// Where the disk does not take it in time (another process holds the database's
// lock, a slow or a full disk), it goes to a spool: a file of its own, flushed
// before the event is acknowledged, so that a crash does not lose it. What is in
// the spool is given to the use cases again, in order, as soon as rows can be
// written. An event may be in both, and applying it twice changes nothing:
// receipts merge by rank, messages are known by the provider's id.
//
// A STOP that waits in the spool binds all the same: its number is barred at the
// gate before it is acknowledged, and again at the next start before anything is
// sent. It refuses to acknowledge what is in neither place.
//
// An event that the rows will not take for a reason of its own is set aside, in a
// second file, so that it holds up nobody; a STOP among them goes on to bind. Each
// start tries those again, and what the rows take then is gone from the file. While
// that file takes nothing (it is full, or the disk is) the event stays where it is, at
// the head of the spool, and is tried again with those behind it.
package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/failpoint"
)

const (
	// within is how long an event waits for the rows. The provider gives up after
	// five to eight seconds; with barWithin and a flush an answer takes less than three.
	within = 2 * time.Second
	// barWithin bounds the wait for a request that begins while its STOP comes in.
	barWithin = 500 * time.Millisecond
)

// ErrNoSpool says that this process keeps no spool, as another one owns the data
// folder.
var ErrNoSpool = errors.New("intake: there is no spool here")

// Receipts applies status callbacks.
type Receipts interface {
	Known(token string) bool
	Apply(ctx context.Context, e receipt.Event) error
}

// Inbox takes messages in.
type Inbox interface {
	Expects(ctx context.Context, m inbox.Message) error
	Receive(ctx context.Context, m inbox.Message) error
}

// Spool keeps records in order until they are dropped.
type Spool interface {
	// Append adds a record; it is on disk when Append returns nil.
	Append(record []byte) error
	// Peek reads the oldest records, n at most.
	Peek(n int) ([][]byte, error)
	// Drop forgets the oldest n, which a crash may bring back.
	Drop(n int) error
	// Replace puts records in the place of the oldest n, for good or not at all.
	Replace(n int, records [][]byte) error
}

// Options is what an Intake is made of; all fields but Passing are required.
type Options struct {
	// Passing reports whether an error of the use cases is of the moment and says
	// nothing of the event. Nil: those of a context alone.
	Passing  func(error) bool
	Receipts Receipts
	Inbox    Inbox
	Gate     *gate.Gate
	Now      func() time.Time // legal time
	Log      *slog.Logger
}

// Intake is the use case. Make it with New.
type Intake struct {
	Options
	kept   chan struct{} // tells Run of a record
	moment moment

	mu      sync.Mutex
	spool   Spool // nil until Open
	waiting int   // records in the spool
	texts   int   // inbound ones among them
	stuck   bool  // the rows do not take anything at the moment
	aside   Spool // nil until Open
	apart   int   // records in it

	tries int // of Run alone: how often the oldest records have failed for reasons of their own
}

// New makes an intake without a spool: what the rows do not take in time is
// refused.
func New(o Options) *Intake {
	return &Intake{Options: o, kept: make(chan struct{}, 1)}
}

// Known checks a token before anything else of a request is looked at.
func (i *Intake) Known(token string) bool { return i.Receipts.Known(token) }

// Apply takes a status callback in. Receipts may overtake each other, so one
// goes to the rows whenever those can be written. It has a time of its own: a
// caller that hangs up says nothing of the rows, and need not be heard.
func (i *Intake) Apply(_ context.Context, e receipt.Event) error {
	var err error
	if !i.isStuck() {
		err = i.Receipts.Apply(i.moment.context(), e)
		if err == nil || final(err) {
			return err
		}
	}
	return i.keep(entry{Status: &e}, err)
}

// Receive takes a message in. A text that comes while others wait goes behind
// them: a START must not overtake the STOP before it.
func (i *Intake) Receive(ctx context.Context, m inbox.Message) error {
	m.At = i.Now()
	var err error
	if i.behind() {
		if err := i.Inbox.Expects(ctx, m); final(err) {
			return err
		}
	} else {
		err = i.receive(ctx, m)
		if err == nil || final(err) {
			return err
		}
	}
	return i.keep(entry{Text: &m}, err)
}

// receive gives a message to the rows. When the server stops it waits no longer, so
// that a STOP which they do not take goes to the spool.
func (i *Intake) receive(ctx context.Context, m inbox.Message) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	return i.Inbox.Receive(ctx, m)
}

// final reports whether an error is an answer, and not a matter of the moment.
func final(err error) bool {
	for _, answer := range []error{
		receipt.ErrBadToken, receipt.ErrReplayed, inbox.ErrReplayed, inbox.ErrMalformed, inbox.ErrNoSender,
	} {
		if errors.Is(err, answer) {
			return true
		}
	}
	return false
}

// busy is an error of rows that have too much to do, but do it: the provider is
// to call again.
type busy interface{ Busy() bool }

// keep puts an event into the spool, because of what the rows said.
func (i *Intake) keep(e entry, because error) error {
	var b busy
	if errors.As(because, &b) && b.Busy() && !i.isStuck() {
		return because
	}
	i.mu.Lock()
	spool := i.spool
	i.mu.Unlock()
	if spool == nil {
		return errors.Join(because, ErrNoSpool)
	}
	record, err := e.record()
	if err != nil {
		return errors.Join(because, err)
	}
	number := e.optsOut()
	if number != "" {
		ctx, cancel := context.WithTimeout(context.Background(), barWithin)
		defer cancel()
		if err := i.Gate.Bar(ctx, number); err != nil {
			return errors.Join(because, fmt.Errorf("a text may be leaving at this moment: %w", err))
		}
	}
	// Counted before it is written, so that no text that comes now overtakes it.
	i.count(e, 1, because != nil)
	if err := spool.Append(record); err != nil {
		i.count(e, -1, false)
		i.unstick()
		if number != "" {
			i.Gate.Unbar(number)
		}
		return errors.Join(because, err)
	}
	failpoint.Hit(failpoint.SpoolKept)
	select {
	case i.kept <- struct{}{}:
	default:
	}
	return nil
}

// count counts a record in or out, and remembers that the rows are stuck.
func (i *Intake) count(e entry, by int, stuck bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.waiting += by
	if e.Text != nil {
		i.texts += by
	}
	if stuck && !i.stuck {
		i.stuck = true
		i.Log.Warn("the database takes no writes in time; webhooks go to the spool and are applied later")
	}
}

// unstick lets events try the rows again when nothing is left in the spool.
func (i *Intake) unstick() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.waiting == 0 {
		i.stuck = false
	}
}

func (i *Intake) isStuck() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.stuck
}

func (i *Intake) behind() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.stuck || i.texts > 0
}

// Waiting is how many events are in the spool.
func (i *Intake) Waiting() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.waiting
}
