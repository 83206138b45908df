package importer

import (
	"context"
	"errors"
	"slices"
	"time"
)

const (
	// retryEvery is how long a failure waits; the rows say what is left to do.
	retryEvery = 5 * time.Second
	// maxFailures is how often an import may fail without getting on before it is
	// given up: a minute of a full disk is nothing, an hour is.
	maxFailures = 120
	// maxCramped is how often the disk may turn out too small for the sorted rows.
	// An import waits for room before it sorts again: more often than that, the
	// rows themselves are what fills the disk.
	maxCramped = 5
)

// Run works the queue until ctx ends. It begins with what an earlier process
// left running.
func (i *Importer) Run(ctx context.Context) {
	q := &queue{importer: i, mine: map[string]*trouble{}}
	if err := q.recover(ctx); err != nil && ctx.Err() == nil {
		i.Log.Error("look for unfinished imports", "error", err)
	}
	forgotten := time.NewTicker(forgottenAfter)
	defer forgotten.Stop()
	for ctx.Err() == nil {
		err := q.turn(ctx)
		var again <-chan time.Time
		if err != nil && ctx.Err() == nil {
			i.Log.Error("import a file; trying again", "error", err)
			again = time.After(retryEvery)
		}
		select {
		case <-ctx.Done():
		case <-i.nudged:
		case <-again:
		case <-forgotten.C: // what was too young at the start
			if err := q.sweep(ctx); err != nil && ctx.Err() == nil {
				i.Log.Error("remove forgotten uploads", "error", err)
			}
		}
	}
}

// queue is what Run knows of its imports.
type queue struct {
	importer *Importer
	mine     map[string]*trouble // those that this process goes on with
}

// trouble counts failures since an import last got on.
type trouble struct{ failures, cramped, done int }

// recover takes over what an earlier process left, and removes files that
// nothing points at. A running import that is met later belongs to another
// process, the shell's import.
func (q *queue) recover(ctx context.Context) error {
	imports, err := q.importer.Store.UnfinishedImports(ctx)
	if err != nil {
		return err
	}
	for _, im := range imports {
		q.mine[im.ID] = &trouble{}
	}
	return q.sweep(ctx)
}

// sweep removes old files that no unfinished import points at.
func (q *queue) sweep(ctx context.Context) error {
	imports, err := q.importer.Store.UnfinishedImports(ctx)
	if err != nil {
		return err
	}
	return q.importer.Folder.sweep(func(id string) bool {
		return slices.ContainsFunc(imports, func(im Import) bool { return im.ID == id })
	})
}

// turn works on everything that is waiting.
func (q *queue) turn(ctx context.Context) error {
	imports, err := q.importer.Store.UnfinishedImports(ctx)
	if err != nil {
		return err
	}
	var all error
	for _, im := range imports {
		t := q.mine[im.ID]
		if t == nil && im.Status == Running {
			continue
		}
		if t == nil {
			t = &trouble{}
			q.mine[im.ID] = t
		}
		switch err := q.advance(ctx, &im, t); {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			all = errors.Join(all, err)
		default:
			delete(q.mine, im.ID)
		}
	}
	return all
}

// advance brings one import to its end; an error means that it is to be tried
// again.
func (q *queue) advance(ctx context.Context, im *Import, t *trouble) error {
	err := q.importer.work(ctx, im, func(Progress) {})
	if err == nil || errors.Is(err, ErrElsewhere) || ctx.Err() != nil {
		return nil
	}
	why := ""
	if unreadable := (*unreadableError)(nil); errors.As(err, &unreadable) {
		why = unreadable.Error()
	}
	if im.Done > t.done {
		t.failures, t.cramped, t.done = 0, 0, im.Done
	}
	if cramped := (*noRoomError)(nil); errors.As(err, &cramped) {
		if t.cramped++; t.cramped >= maxCramped {
			why = "the server's disk has no room to sort the file; free some space and upload the file again, what is in stays in"
		}
	}
	if t.failures++; t.failures >= maxFailures {
		why = "the server could not write the rows (its log has the reason); upload the file again, what is in stays in"
	}
	if why == "" {
		return err
	}
	q.importer.Log.Error("give up an import", "import", im.ID, "error", err)
	return q.importer.end(ctx, im, why)
}
