package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/simulator"
	"tidings/internal/store"
)

// With requests open and webhooks arriving, wherever it is met.
func TestTheServerEndsWellAtAnyMoment(t *testing.T) {
	t.Parallel()
	total := playAll(t.Context(), testRig(t), options{
		kills: 1, seed: 1, parallel: 1, only: -1, out: io.Discard, rounds: 1,
		planned: func(int) plan {
			return &calm{rng: rand.New(rand.NewPCG(1, 1)), left: 12, within: 450 * time.Millisecond}
		},
	})
	for _, v := range total.violations {
		t.Error(v)
	}
	if total.killed() > 0 || total.terms < 6 || total.unknown > 0 || total.texted < 100 {
		t.Errorf("%d kills, %d times ended well, %d rows unknown, %d texts", total.killed(), total.terms, total.unknown, total.texted)
	}
}

// stoppable is a server whose provider does not answer.
type stoppable struct {
	*round
	child *child
}

// hanging starts a server with some requests open that are never answered, nor told of by receipts.
func hanging(t *testing.T) *stoppable {
	t.Helper()
	o, err := newRound(testRig(t), 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.close)
	o.sim.SetFaults(simulator.Faults{DropCallback: 1})
	hang := make([]simulator.APIFault, 1000)
	for i := range hang {
		hang[i] = simulator.APIHang
	}
	o.sim.ScriptAPI(hang...)
	c, err := start(birth{binary: o.binary, folder: o.folder, http: o.http, provider: o.provider.url, clock: morning})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	if !c.ready(t.Context()) {
		t.Fatalf("the server did not start:\n%s", c.log.String())
	}
	o.lives = 1
	o.press(t.Context(), c)
	s := &stoppable{round: o, child: c}
	s.until(t, "requests are open", func() bool { return len(o.sim.Ledger().Accepted()) >= 5 })
	return s
}

func (s *stoppable) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !is() {
		if time.Now().After(deadline) {
			t.Fatalf("not yet: %s\n%s", what, s.child.log.String())
		}
		wait(t.Context(), 5*time.Millisecond)
	}
}

// ends waits for the end, and says how long it took.
func (s *stoppable) ends(t *testing.T, within time.Duration) time.Duration {
	t.Helper()
	began := time.Now()
	select {
	case <-s.child.done:
	case <-time.After(within):
		t.Fatalf("not ended after %v\n%s", within, s.child.log.String())
	}
	if s.child.err != nil {
		t.Errorf("it ended with %v\n%s", s.child.err, s.child.log.String())
	}
	return time.Since(began)
}

// allSettled checks that what was open is unknown.
func (s *stoppable) allSettled(t *testing.T) {
	t.Helper()
	s.onCopy(func(db *dbx.DB) {
		if sending := ids(db, "sending"); len(sending) > 0 {
			t.Errorf("%d rows are sending after the end", len(sending))
		}
		if unknown, open := len(ids(db, "unknown")), len(s.sim.Ledger().Accepted()); unknown != open {
			t.Errorf("%d rows are unknown, %d requests were open", unknown, open)
		}
	})
	for _, v := range s.violations {
		t.Error(v)
	}
}

// A provider that never answers: the client's own limit of ten seconds settles what is open.
func TestAProviderThatHangsDoesNotHoldTheEnd(t *testing.T) {
	t.Parallel()
	s := hanging(t)
	s.child.signal(syscall.SIGTERM)
	s.ends(t, termLimit)
	s.allSettled(t)
}

func TestASecondSignalEndsTheWait(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]os.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": os.Interrupt} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := hanging(t)
			s.child.signal(syscall.SIGTERM)
			wait(t.Context(), 300*time.Millisecond)
			if s.child.ended() {
				t.Fatal("it did not wait for its open requests")
			}
			began := time.Now()
			s.child.signal(second)
			s.ends(t, termLimit)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("after the second signal the end took %v", took)
			}
			s.allSettled(t)
			// Its last words are there, whole.
			lines := strings.Split(strings.TrimSpace(s.child.log.String()), "\n")
			var last struct{ Msg string }
			if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || !strings.HasPrefix(last.Msg, "asked again to stop") {
				t.Errorf("the last line of the log is %s", lines[len(lines)-1])
			}
		})
	}
}

// PocketBase keeps its log in memory for three seconds at a time.
func TestNoLineOfTheLogIsLost(t *testing.T) {
	t.Parallel()
	o, err := newRound(testRig(t), 1, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.close)
	c, err := start(birth{binary: o.binary, folder: o.folder, http: o.http, provider: o.provider.url, clock: morning})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	if !c.ready(t.Context()) {
		t.Fatalf("the server did not start:\n%s", c.log.String())
	}
	const requests = 30
	for i := range requests {
		if status, err := (client{http: o.http}).do(t.Context(), http.MethodGet, fmt.Sprintf("/api/nowhere/%d", i), "", nil, nil); status != http.StatusNotFound {
			t.Fatalf("%d %v", status, err)
		}
	}
	c.signal(syscall.SIGTERM)
	(&stoppable{o, c}).ends(t, termLimit)
	db, err := store.Connect(filepath.Join(o.folder, "auxiliary.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var n int
	if err := db.NewQuery("SELECT COUNT(*) FROM _logs WHERE data LIKE '%/api/nowhere/%'").Row(&n); err != nil || n != requests {
		t.Errorf("%d of %d requests are in the log: %v", n, requests, err)
	}
}
