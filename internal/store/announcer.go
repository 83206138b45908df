package store

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// announceEvery is how often one run or import is told of at most: four times a
// second are live to the eye, and an event costs 40 µs for each client.
const announceEvery = 260 * time.Millisecond

// Announcer turns the engine's raw writes into PocketBase's record events, so
// that realtime clients see them under the collection's own rules. An event
// carries the whole record as it is now, so a missed one costs nothing.
type Announcer struct {
	app     core.App
	mu      sync.Mutex
	pending map[told]bool
	wake    chan struct{}
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
}

// told names a record and what happened to it.
type told struct {
	collection string
	id         string
	created    bool
}

func newAnnouncer(app core.App) *Announcer {
	a := &Announcer{
		app:     app,
		pending: make(map[told]bool),
		wake:    make(chan struct{}, 1),
		quit:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	go a.run()
	return a
}

// committed notes what a commit changed. It never blocks the writer.
func (a *Announcer) committed(c changes) {
	a.mu.Lock()
	for id := range c.runs {
		a.pending[told{collection: "runs", id: id}] = true
	}
	for _, t := range c.told {
		a.pending[t] = true
	}
	waiting := len(a.pending) > 0
	a.mu.Unlock()
	if waiting {
		select {
		case a.wake <- struct{}{}:
		default:
		}
	}
}

func (a *Announcer) close() {
	a.once.Do(func() { close(a.quit) })
	<-a.stopped
}

func (a *Announcer) run() {
	defer close(a.stopped)
	last := make(map[told]time.Time)
	timer := time.NewTimer(announceEvery)
	defer timer.Stop()
	for {
		select {
		case <-a.wake:
		case <-timer.C:
		case <-a.quit:
			a.tell(last, true)
			return
		}
		if more := a.tell(last, false); more {
			timer.Reset(announceEvery / 5)
		}
	}
}

// tell announces what may be told now and reports whether something has to
// wait for its turn.
func (a *Announcer) tell(last map[told]time.Time, all bool) bool {
	now := time.Now()
	a.mu.Lock()
	var due []told
	for t := range a.pending {
		if all || t.created || now.Sub(last[t]) >= announceEvery {
			due = append(due, t)
			delete(a.pending, t)
		}
	}
	more := len(a.pending) > 0
	a.mu.Unlock()
	for t, at := range last {
		if now.Sub(at) >= announceEvery {
			delete(last, t)
		}
	}
	slices.SortFunc(due, func(a, b told) int { // a record is made before it changes
		switch {
		case a.created == b.created:
			return 0
		case a.created:
			return -1
		default:
			return 1
		}
	})
	for _, t := range due {
		last[told{collection: t.collection, id: t.id}] = now
		a.announce(t)
	}
	return more
}

func (a *Announcer) announce(t told) {
	record, err := a.app.FindRecordById(t.collection, t.id)
	if err != nil {
		return // deleted meanwhile: there is nobody to tell of
	}
	event := new(core.ModelEvent)
	event.App = a.app
	event.Context = context.Background()
	event.Model = record
	event.Type = core.ModelEventTypeUpdate
	hook := a.app.OnModelAfterUpdateSuccess()
	if t.created {
		event.Type = core.ModelEventTypeCreate
		hook = a.app.OnModelAfterCreateSuccess()
	}
	if err := hook.Trigger(event); err != nil {
		a.app.Logger().Warn("tell clients of a change", "collection", t.collection, "error", err)
	}
}
