package intake

import (
	"context"
	"sync"
	"time"

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

// Open gives the intake its spool. What an earlier process left in it binds from
// now on: call it before anything is sent.
func (i *Intake) Open(ctx context.Context, s Spool, records int) error {
	left, err := s.Peek(records)
	if err != nil {
		return err
	}
	texts := 0
	for _, record := range left {
		e, err := parse(record)
		if err != nil {
			continue // Run sets it aside and says so
		}
		if number := e.optsOut(); number != "" {
			if err := i.Gate.Bar(ctx, number); err != nil {
				return err
			}
		}
		if e.Text != nil {
			texts++
		}
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.spool, i.waiting, i.texts = s, len(left), texts
	if len(left) > 0 {
		i.Log.Info("webhooks of an earlier process wait in the spool; they are applied now", "count", len(left))
	}
	return nil
}

// Run gives what is in the spool to the use cases until ctx ends.
func (i *Intake) Run(ctx context.Context) {
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
			i.Log.Error("a record of the spool cannot be read; it is left out", "error", err)
		}
	}
	done, err = i.apply(ctx, entries)
	if done == 0 {
		return 0, err
	}
	failpoint.Hit(failpoint.SpoolApplied)
	if dropped := spool.Drop(done); dropped != nil {
		return 0, dropped // they are applied once more, which changes nothing
	}
	failpoint.Hit(failpoint.SpoolDropped)
	for _, e := range entries[:done] {
		i.count(e, -1, false)
		if number := e.optsOut(); number != "" {
			i.Gate.Unbar(number)
		}
	}
	return done, err
}

// apply gives entries to the use cases: receipts that stand together at once, as
// their order says nothing, messages one by one.
func (i *Intake) apply(ctx context.Context, entries []entry) (done int, err error) {
	for done < len(entries) {
		n := 1
		if entries[done].Status != nil {
			for done+n < len(entries) && entries[done+n].Status != nil {
				n++
			}
		}
		if err := i.together(ctx, entries[done:done+n]); err != nil {
			return done, err
		}
		done += n
	}
	return done, nil
}

func (i *Intake) together(ctx context.Context, entries []entry) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	failed := make(chan error, len(entries))
	var all sync.WaitGroup
	for _, e := range entries {
		all.Go(func() {
			var err error
			switch {
			case e.Status != nil:
				err = i.Receipts.Apply(ctx, *e.Status)
			case e.Text != nil:
				err = i.Inbox.Receive(ctx, *e.Text)
			}
			if final(err) {
				// It was acknowledged, so nobody sends it again: a person has to know.
				i.Log.Error("a webhook of the spool is refused and left out", "error", err)
			} else if err != nil {
				failed <- err
			}
		})
	}
	all.Wait()
	close(failed)
	return <-failed
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
