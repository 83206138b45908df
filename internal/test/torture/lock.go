package main

import (
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tidings/internal/failpoint"
	"tidings/internal/store"
)

// lockFor is longer than a webhook waits for the rows, so that what comes meanwhile goes to the spool.
const lockFor = 2500 * time.Millisecond

// spools reports whether a step is met only when the rows cannot be written.
func spools(p failpoint.Point) bool { return strings.HasPrefix(string(p), "spool.") }

// lockedIn says in which rounds somebody else holds the lock: in those that sweep the spool's steps.
func lockedIn(round int) bool {
	points := failpoint.Points()
	return round < len(points) && spools(points[round])
}

// lock takes the database's write lock as another program would, once texts have begun to leave, and
// lets it go after a while or when the life ends. release waits for that.
func (o *round) lock(c *child) (release func()) {
	db, err := store.Connect(filepath.Join(o.folder, "data.db"))
	if err != nil {
		o.fail("open the database beside the server: %v", err)
		return func() {}
	}
	over := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		defer db.Close()
		select {
		case <-time.After(100 * time.Millisecond):
		case <-over:
			return
		}
		tx, err := db.Begin() // takes the lock: see store.Connect
		if err != nil {
			return // too busy; another life comes
		}
		o.held.Store(true)
		select {
		case <-time.After(lockFor):
		case <-c.done:
		case <-over:
		}
		_ = tx.Rollback() // it has done nothing
	})
	return sync.OnceFunc(func() { close(over); wg.Wait() })
}
