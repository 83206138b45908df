package store

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"sync/atomic"
)

// checkpointRows is how many row operations bring the next checkpoint. They change a few thousand pages at most, which is
// less than the log may have before a commit has to fold it back (see pragmas).
const checkpointRows = 800

// checkpoints folds the write-ahead log back into the database beside the commits. SQLite does it within the commit that
// makes the log too long, and that one commit then takes ten to a hundred milliseconds.
type checkpoints struct {
	db      *sql.DB // not the writer's: the writer goes on meanwhile
	log     *slog.Logger
	rows    atomic.Int64 // written since the last one began
	one     sync.Mutex   // two at once, and the second does nothing
	due     chan struct{}
	stop    context.CancelFunc
	stopped chan struct{}
}

func newCheckpoints(db *sql.DB, log *slog.Logger) *checkpoints {
	ctx, stop := context.WithCancel(context.Background())
	c := &checkpoints{db: db, log: log, due: make(chan struct{}, 1), stop: stop, stopped: make(chan struct{})}
	go c.run(ctx)
	return c
}

// wrote counts row operations that were committed. It never blocks.
func (c *checkpoints) wrote(rows int) {
	if c.rows.Add(int64(rows)) < checkpointRows {
		return
	}
	select {
	case c.due <- struct{}{}:
	default:
	}
}

func (c *checkpoints) run(ctx context.Context) {
	defer close(c.stopped)
	blocks := newSpare()
	defer blocks.close()
	blocks.renew()
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.due:
		}
		c.fold(ctx)
		blocks.renew()
	}
}

// fold folds the log back and reports whether all of it is, so that it can begin anew.
func (c *checkpoints) fold(ctx context.Context) (whole bool) {
	c.one.Lock()
	defer c.one.Unlock()
	c.rows.Store(0)
	var busy, log, folded int
	// PASSIVE waits for nobody: what a reader still looks at stays in the log until the next one.
	err := c.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &log, &folded)
	if err != nil && ctx.Err() == nil && !isPassing(err) {
		c.log.Warn("fold the write-ahead log back; a commit will do it", "error", err)
	}
	return err == nil && folded == log
}

// foldTries is how often foldWhole tries: the second has what somebody wrote during the first, a few pages.
const foldTries = 3

// foldWhole is for bulk work that changes a page with nearly every row, between its commits. While it goes on writing, the log
// is never whole and grows until a commit has to fold it back.
func (c *checkpoints) foldWhole(ctx context.Context) {
	for range foldTries {
		if c.fold(ctx) {
			return
		}
	}
}

// close waits for the checkpoint that is under way. It is safe to call twice.
func (c *checkpoints) close() {
	c.stop()
	<-c.stopped
}
