package intake

import (
	"context"
	"errors"
	"sync"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/failpoint"
)

const (
	// stretch is how many records are read at a time.
	stretch = 128
	// again is the pause after a try that failed.
	again = 500 * time.Millisecond
	// patience is how long a replay waits for the rows. Nobody waits for it.
	patience = 10 * time.Second
)

// Held is a spool with what an earlier process left in it.
type Held struct {
	Spool
	Records int
}

// Open gives the intake its spool, and the one of what was set aside. What an
// earlier process left in them binds from now on: call it before anything is sent.
func (i *Intake) Open(ctx context.Context, waiting, aside Held) error {
	left, texts, err := i.bind(ctx, waiting)
	if err != nil {
		return err
	}
	apart, _, err := i.bind(ctx, aside)
	if err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.spool, i.waiting, i.texts = waiting.Spool, left, texts
	i.aside, i.apart = aside.Spool, apart
	if left > 0 {
		i.Log.Info("webhooks of an earlier process wait in the spool; they are applied now", "count", left)
	}
	return nil
}

// bind bars the numbers of the opt-outs in a spool. It says how many records there
// are, and how many texts among them.
func (i *Intake) bind(ctx context.Context, h Held) (records, texts int, err error) {
	left, err := h.Peek(h.Records)
	if err != nil {
		return 0, 0, err
	}
	for _, record := range left {
		e, err := parse(record)
		if err != nil {
			continue // Run says so
		}
		if number := e.optsOut(); number != "" {
			if err := i.Gate.Bar(ctx, number); err != nil {
				return 0, 0, err
			}
		}
		if e.Text != nil {
			texts++
		}
	}
	return len(left), texts, nil
}

// Run gives what is in the spool to the use cases until ctx ends.
func (i *Intake) Run(ctx context.Context) {
	i.retry(ctx)
	for ctx.Err() == nil {
		done, err := i.replay(ctx)
		switch {
		case err != nil && ctx.Err() == nil:
			i.Log.Warn("apply webhooks of the spool; trying again", "waiting", i.Waiting(), "error", err)
			pause(ctx, again)
		case done > 0:
			i.mu.Lock()
			if i.stuck = false; i.waiting == 0 {
				i.Log.Info("the webhooks of the spool are applied")
			}
			i.mu.Unlock()
		default:
			select {
			case <-ctx.Done():
			case <-i.kept:
			}
		}
	}
}

// replay applies the oldest records and drops those that are done, up to the
// first that cannot be.
func (i *Intake) replay(ctx context.Context) (done int, err error) {
	i.mu.Lock()
	spool := i.spool
	i.mu.Unlock()
	if spool == nil {
		return 0, nil
	}
	records, err := spool.Peek(stretch)
	if err != nil {
		return 0, err
	}
	entries := make([]entry, len(records))
	for n, record := range records {
		if entries[n], err = parse(record); err != nil {
			entries[n] = entry{fault: err}
		}
	}
	done, apart, err := i.apply(ctx, records, entries)
	if done == 0 {
		return 0, err
	}
	failpoint.Hit(failpoint.SpoolApplied)
	if dropped := spool.Drop(done); dropped != nil {
		return 0, dropped // they are applied once more, which changes nothing
	}
	failpoint.Hit(failpoint.SpoolDropped)
	for n, e := range entries[:done] {
		i.count(e, -1, false)
		if number := e.optsOut(); number != "" && !apart[n] {
			i.Gate.Unbar(number)
		}
	}
	return done, err
}

// apply gives entries to the use cases: receipts that stand together at once, as
// their order says nothing, messages one by one. apart are those that were set aside.
func (i *Intake) apply(ctx context.Context, records [][]byte, entries []entry) (done int, apart map[int]bool, err error) {
	apart = make(map[int]bool)
	for done < len(entries) {
		n := 1
		if entries[done].Status != nil {
			for done+n < len(entries) && entries[done+n].Status != nil {
				n++
			}
		}
		errs := i.together(ctx, entries[done:done+n])
		if err := i.giveUp(entries[done:done+n], errs); err != nil {
			return done, apart, err
		}
		for k, err := range errs {
			if err == nil {
				continue
			}
			if err := i.setAside(records[done+k], entries[done+k], err); err != nil {
				return done + k, apart, err // those before it are done, and not set aside again
			}
			apart[done+k] = true
		}
		done += n
	}
	return done, apart, nil
}

// together gives entries to the use cases at once, and says what came of each.
func (i *Intake) together(ctx context.Context, entries []entry) []error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	errs := make([]error, len(entries))
	var all sync.WaitGroup
	for n, e := range entries {
		all.Go(func() { errs[n] = i.one(ctx, e) })
	}
	all.Wait()
	return errs
}

func (i *Intake) one(ctx context.Context, e entry) error {
	var err error
	switch {
	case e.fault != nil:
		return e.fault
	case e.Status != nil:
		err = i.Receipts.Apply(ctx, *e.Status)
	case e.Text != nil:
		err = i.Inbox.Receive(ctx, *e.Text)
	}
	if final(err) && !errors.Is(err, inbox.ErrNoSender) {
		// It would have been refused at once, had the rows been asked.
		i.Log.Error("a webhook of the spool is refused and left out", "error", err)
		return nil
	}
	return err
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
