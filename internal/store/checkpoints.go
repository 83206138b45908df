package store

import (
	"context"
	"database/sql"
	"log/slog"
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
		c.rows.Store(0)
		// PASSIVE waits for nobody: what a reader still looks at stays in the log until the next one.
		if _, err := c.db.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil && ctx.Err() == nil && !isPassing(err) {
			c.log.Warn("fold the write-ahead log back; a commit will do it", "error", err)
		}
		blocks.renew()
	}
}

// close waits for the checkpoint that is under way. It is safe to call twice.
func (c *checkpoints) close() {
	c.stop()
	<-c.stopped
}
