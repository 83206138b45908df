// Package heap lets garbage gather while the process is busy.
//
// Go collects garbage when the heap has doubled. A server with eight megabytes
// alive that is sending does so thirty times a second, and a tenth of its work is
// that. So while it allocates fast, its heap may grow by 16 MB between two
// collections; at rest Go's own rule holds, and the memory goes back to the system.
//
// It does nothing where somebody has set GOGC. GOMEMLIMIT holds in any case.
package heap

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

const (
	// room is how much garbage may gather, in bytes.
	room = 16 << 20
	// busy is what a process at rest never allocates, in bytes a second.
	busy = 32 << 20

	least, most = 100, 400 // percent of what is alive
)

// Keep watches the collections until it is stopped, which a server never is.
func Keep() (stop func()) {
	w := &watcher{percent: least, at: time.Now(), figures: []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/heap/allocs:bytes"}}}
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	w.read()
	w.arm()
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.stopped = true
		debug.SetGCPercent(least)
	}
}

// watcher is called after each collection, by one goroutine of the runtime.
type watcher struct {
	figures   []metrics.Sample
	allocated uint64 // in all, at the last collection
	at        time.Time
	percent   int

	mu      sync.Mutex // so that what was stopped changes nothing any more
	stopped bool
}

// mark is unreachable as soon as it is made, so the next collection finds it.
type mark struct{ _ *byte }

func (w *watcher) arm() {
	runtime.AddCleanup(new(mark), func(w *watcher) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !w.stopped {
			w.adjust(time.Now())
			w.arm()
		}
	}, w)
}

func (w *watcher) read() (live, allocated uint64) {
	metrics.Read(w.figures)
	live, allocated = w.figures[0].Value.Uint64(), w.figures[1].Value.Uint64()
	allocated, w.allocated = allocated-w.allocated, allocated
	return live, allocated
}

func (w *watcher) adjust(now time.Time) {
	live, allocated := w.read()
	since := now.Sub(w.at)
	w.at = now
	p := percent(live, allocated, since)
	// A change stops the world for a moment: not for a few percent.
	if d := p - w.percent; p == w.percent || p != least && -w.percent/8 < d && d < w.percent/8 {
		return
	}
	w.percent = p
	debug.SetGCPercent(p)
}

// percent is how much the heap may grow before the next collection, as GOGC
// counts, after so many bytes were allocated within a time.
func percent(live, allocated uint64, within time.Duration) int {
	if live == 0 || float64(allocated) < busy*within.Seconds() {
		return least
	}
	return int(min(max(room*100/live, least), most))
}
