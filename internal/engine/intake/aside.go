package intake

import (
	"context"
	"errors"
	"fmt"

	"tidings/internal/engine/inbox"
)

// mostTries is how often the rows are asked to take an event that they refuse for a
// reason of its own, half a second apart, before it is set aside.
const mostTries = 5

// passing reports whether an error is of the moment.
func (i *Intake) passing(err error) bool {
	var b busy
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.As(err, &b) && b.Busy() ||
		i.Passing != nil && i.Passing(err)
}

// giveUp decides whether those that failed are to be set aside. An error says that
// they are to be tried again.
func (i *Intake) giveUp(entries []entry, errs []error) error {
	var first error
	known := true // that another try brings nothing
	for n, err := range errs {
		if err == nil {
			continue
		}
		if i.passing(err) {
			i.tries = 0
			return err
		}
		if first == nil {
			first = err
		}
		known = known && (entries[n].fault != nil || errors.Is(err, inbox.ErrNoSender))
	}
	if first == nil {
		i.tries = 0
		return nil
	}
	if i.tries++; i.tries < mostTries && !known {
		return first
	}
	i.tries = 0
	return nil
}

// setAside puts a record where it holds up nobody. On an error it is not there, and
// has to stay in the spool.
func (i *Intake) setAside(record []byte, e entry, because error) error {
	i.mu.Lock()
	aside := i.aside
	i.mu.Unlock()
	if err := aside.Append(record); err != nil {
		return fmt.Errorf("a webhook cannot be applied (%w), and not be set aside: %w; make room on the disk, mend what the log says of "+
			"those set aside, and restart", because, err)
	}
	i.refused(e, because)
	i.mu.Lock()
	defer i.mu.Unlock()
	i.apart++
	return nil
}

func (i *Intake) refused(e entry, because error) {
	i.Log.Error("a webhook that was acknowledged cannot be applied; it is set aside, and the next start tries it again", "kind", e.kind(), "error", because)
}

// Aside is how many events are set aside.
func (i *Intake) Aside() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.apart
}

// retry tries once more what earlier processes have set aside: a newer version, or a
// sender that was added, may take it. What still fails stays, and its STOPs bind.
func (i *Intake) retry(ctx context.Context) {
	i.mu.Lock()
	aside, apart := i.aside, i.apart
	i.mu.Unlock()
	if apart == 0 {
		return
	}
	records, err := aside.Peek(apart)
	if err != nil {
		i.Log.Error("read what was set aside of the webhooks", "error", err)
		return
	}
	var kept [][]byte
	var free []string // numbers
	seen := make(map[string]bool)
	for n, record := range records {
		e, err := parse(record)
		// A crash between the two files, or an older version, leaves the same more than once.
		if !seen[string(record)] {
			seen[string(record)] = true
			if err == nil {
				err = i.settle(ctx, e)
			}
			if ctx.Err() != nil {
				kept = append(kept, records[n:]...) // the next start goes on from here
				break
			}
			if err != nil {
				i.refused(e, err)
				kept = append(kept, record)
				continue
			}
		}
		if number := e.optsOut(); err == nil && number != "" {
			free = append(free, number)
		}
	}
	if len(kept) == len(records) {
		return
	}
	if err := aside.Replace(len(records), kept); err != nil {
		i.Log.Error("forget what was set aside of the webhooks; the next start tries all of it again", "error", err)
		return
	}
	for _, number := range free {
		i.Gate.Unbar(number)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.apart -= len(records) - len(kept)
	i.Log.Info("webhooks that had been set aside were tried again", "count", len(records), "left", i.apart)
}

// settle waits until the rows take or refuse an event.
func (i *Intake) settle(ctx context.Context, e entry) error {
	for {
		err := i.together(ctx, []entry{e})[0]
		if err == nil || !i.passing(err) || ctx.Err() != nil {
			return err
		}
		pause(ctx, again)
	}
}
