package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/test/apptest"
	"tidings/internal/test/invariants"
	"tidings/internal/test/powercut/disk"
)

// result is what one cut came to.
type result struct {
	at, entries int      // position of the cut, and how long the tape was then with what came after
	requests    int      // at the provider before the cut
	promises    int      // requests of people that were answered 2xx before the cut
	answers     int      // with the webhooks
	doubtful    int      // rows that were being sent, as the next start finds them
	violations  []string // none if all is well
}

// cut lives until the fuse blows, takes the disk as it was, starts a server on
// it, waits for the end of everything and looks whether the promises held.
func cut(t testing.TB, seed uint64, f disk.Fuse, weaken bool) result {
	w := newWorld(t, seed, weaken)
	w.live(f)
	at := w.tape.Off()
	r := result{at: at, promises: len(w.promised)}
	r.entries, _ = w.tape.Size()
	w.tape.Notes(func(i int, what any) {
		switch what.(type) {
		case requested:
			r.requests += before(i, at)
		case answered:
			r.answers += before(i, at)
		}
	})
	w.restore(w.tape.Cut(at, rand.New(rand.NewPCG(seed, 2))))
	w.wake(&r)
	return r
}

func before(i, at int) int {
	if i < at {
		return 1
	}
	return 0
}

// A run of a world has about this many entries and notes; a fuse beyond its end
// cuts when all is done.
const (
	usualEntries = 1300
	usualNotes   = 170
)

// fuse chooses the moment: after any entry, or just after something that the
// world saw.
func fuse(seed uint64) disk.Fuse {
	rng := rand.New(rand.NewPCG(seed, 3))
	if rng.IntN(2) == 0 {
		return disk.Fuse{Entries: 1 + rng.IntN(usualEntries)}
	}
	return disk.Fuse{Notes: 1 + rng.IntN(usualNotes)}
}

// wake is the second life.
func (w *world) wake(r *result) {
	w.app = apptest.New(w.t, w.assembly(), apptest.WithFolder(w.app.DataDir()), apptest.WithRegister(func(app core.App) {
		w.must(app.DB().NewQuery("SELECT COUNT(*) FROM messages WHERE status = 'sending'").Row(&r.doubtful))
		_, err := app.NonconcurrentDB().NewQuery("DELETE FROM fence").Execute() // see restore
		w.must(err)
	}))
	r.violations = append(r.violations, w.broken()...)
	w.line.up(w.app.Handler())
	// Whoever saw no answer presses Send again; so does whoever forgot.
	res := w.ask("POST", "/api/sms/campaigns/"+w.campaign+"/send", "{}")
	switch {
	case res.Status == http.StatusConflict && res.Code("campaign") == "already_sent":
	case res.Status == http.StatusAccepted && w.run == "":
	default:
		r.violations = append(r.violations, fmt.Sprintf("I5: the run was answered as %q, and Send is now answered %d %s", w.run, res.Status, res.Body))
	}
	w.until("every run is finished", w.finished)
	w.until("the world is at rest", w.rests)
	audience := make(map[string][]string)
	var runs []string
	w.must(w.app.DB().NewQuery("SELECT id FROM runs").Column(&runs))
	for _, id := range runs {
		audience[id] = w.numbers
	}
	r.violations = append(r.violations, invariants.Check(w.app.DB(), invariants.Options{
		// At the provider's end the order of a request and a STOP that meet cannot be
		// seen; package stoprace sees it. What matters here is what comes after the cut.
		Moment: invariants.AllTold, Ledger: w.sandbox.Ledger(), Audience: audience, Slack: time.Second,
	})...)
	r.violations = append(r.violations, w.line.wrong...)
	w.line.down()
	w.app.Stop()
}

// broken lists the promises of people's requests that the cut did not keep, and
// what is wrong with either file.
func (w *world) broken() []string {
	var bad []string
	for what, query := range w.promised {
		var n int
		if err := w.app.DB().NewQuery(query).Row(&n); err != nil || n == 0 {
			bad = append(bad, fmt.Sprintf("I5: %s was answered 2xx and is gone (%v)", what, err))
		}
	}
	for name, db := range map[string]dbx.Builder{"data": w.app.DB(), "auxiliary": w.app.AuxDB()} {
		var sound string
		if err := db.NewQuery("PRAGMA integrity_check").Row(&sound); err != nil || sound != "ok" {
			bad = append(bad, fmt.Sprintf("file: integrity_check of the %s database: %s (%v)", name, sound, err))
		}
	}
	return bad
}
