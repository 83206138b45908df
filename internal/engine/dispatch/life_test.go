package dispatch_test

import (
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

func TestAnIdleDispatcherHardlyAsks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 5)
		b.store.sender("b", 1000)
		b.start(t)
		wait(time.Hour)
		b.end()
		calls := b.store.called()
		if calls["Work"] > 3601 || calls["Due"] > 2*3601 || calls["Mark"] > 0 || calls["Rest"] > 0 {
			t.Errorf("in an idle hour the store was asked %v, want a look a second at each sender", calls)
		}
		if calls["Work"] < 3590 {
			t.Errorf("%d looks in an hour, want one a second", calls["Work"])
		}
	})
}

func TestAFloodOfNudgesIsReadAFewTimes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 5)
		b.start(t)
		for range 10_000 { // ten seconds of it
			b.Nudge()
			wait(time.Millisecond)
		}
		b.end()
		if n := b.store.called()["Work"]; n > 501 || n < 400 {
			t.Errorf("10,000 nudges in ten seconds led to %d looks, want 50 a second", n)
		}
	})
}

func TestANudgeIsHeardAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 5)
		b.start(t)
		wait(10*time.Second + 500*time.Millisecond)
		b.store.run("r", "a", 1, b.now())
		asked := time.Now()
		b.Nudge()
		wait(100 * time.Millisecond)
		b.end()
		seen := b.provider.seen()
		if len(seen) != 1 || seen[0].at.Sub(asked) > 10*time.Millisecond {
			t.Errorf("after a nudge the requests were %v", seen)
		}
	})
}

func TestTheEndFinishesWhatHasBegunAndNothingElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.latency = 9 * time.Second
		b.store.sender("a", 100)
		b.store.run("r", "a", 1000, b.now())
		b.start(t)
		wait(time.Second)
		begun := time.Now()
		b.end()
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("the end took %v", took)
		}
		for _, r := range b.provider.seen() {
			if r.at.After(begun.Add(10 * time.Millisecond)) {
				t.Errorf("%s began after the end", r.id)
			}
		}
		states := b.store.states()
		if states[message.Sending] != 0 || states[message.Accepted] != len(b.provider.seen()) || states[message.Unknown] != 0 {
			t.Errorf("after the end the rows are %v, %d requests were made", states, len(b.provider.seen()))
		}
		wait(time.Minute)
		if n := b.store.states(); n[message.Accepted] != states[message.Accepted] {
			t.Error("texts went out after the end")
		}
	})
}

// A provider that hangs must not hold the process until somebody kills it: what is open then is settled.
func TestTheEndDoesNotWaitForeverForAnAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		hurry time.Duration // after the end; 0: never
		takes time.Duration
	}{
		{"grace", 0, 15 * time.Second},
		{"hurried", 3 * time.Second, 3 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.provider.latency = 29 * time.Second
				b.store.sender("a", 100)
				b.store.run("r", "a", 1000, b.now())
				b.start(t)
				wait(100 * time.Millisecond)
				begun := time.Now()
				if c.hurry > 0 {
					time.AfterFunc(c.hurry, b.Hurry)
				}
				b.end()
				if took := time.Since(begun); took < c.takes || took > c.takes+10*time.Millisecond {
					t.Errorf("the end took %v, want %v", took, c.takes)
				}
				open := len(b.provider.seen())
				if n := b.store.states(); open == 0 || n[message.Unknown] != open || n[message.Sending] != 0 {
					t.Errorf("%d requests were open; the rows are %v", open, n)
				}
			})
		})
	}
}

func TestWhatACrashLeftIsUnknownAndNeverSentAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 50, b.now())
		for _, id := range []string{"r-000004", "r-000007"} {
			b.store.rows[id].status, b.store.rows[id].attempt = message.Sending, 1
		}
		b.start(t)
		wait(time.Hour)
		b.end()
		if n := b.store.called()["Recover"]; n != 1 {
			t.Errorf("Recover was called %d times, want once", n)
		}
		for _, r := range b.provider.seen() {
			if r.id == "r-000004" || r.id == "r-000007" {
				t.Errorf("%s was sent though an earlier request may have been accepted", r.id)
			}
		}
		if n := b.store.states(); n[message.Unknown] != 2 || n[message.Accepted] != 48 {
			t.Errorf("the rows are %v, want 48 accepted and 2 unknown", n)
		}
	})
}

func TestAFullDiskSendsNothingAndLosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 20)
		b.store.run("r", "a", 200, b.now())
		b.store.failing = 5
		b.start(t)
		wait(4 * time.Second)
		if n := len(b.provider.seen()); n != 0 {
			t.Errorf("%d requests were made without a mark on disk", n)
		}
		if n := b.store.called()["Mark"]; n > 5 {
			t.Errorf("%d marks were tried in four seconds, want one a second", n)
		}
		wait(time.Minute)
		b.end()
		if n := b.store.states(); n[message.Accepted] != 200 || len(b.provider.seen()) != 200 {
			t.Errorf("after the disk had room the rows are %v", n)
		}
	})
}

func TestASenderThatIsSwitchedOffStops(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 10)
		b.store.sender("b", 10)
		b.store.run("ra", "a", 1000, b.now())
		b.store.run("rb", "b", 1000, b.now())
		b.start(t)
		wait(5 * time.Second)
		b.store.mu.Lock()
		b.store.senders = b.store.senders[:1]
		b.store.mu.Unlock()
		wait(1100 * time.Millisecond)
		before := runs(b.provider.seen())
		wait(10 * time.Second)
		b.end()
		after := runs(b.provider.seen())
		if after["rb"] != before["rb"] || after["ra"] < before["ra"]+99 {
			t.Errorf("with sender b off the requests grew from %v to %v", before, after)
		}
	})
}

func TestAPausedRunStopsAtOnceAndGoesOnWhereItStood(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 1500, b.now())
		b.start(t)
		wait(3300 * time.Millisecond)         // between two looks
		b.store.steer("r", message.RunPaused) // nobody nudges
		paused := time.Now()
		wait(time.Minute)
		for _, r := range b.provider.seen() {
			if r.at.Sub(paused) > 10*time.Millisecond {
				t.Fatalf("%s went out %v after the pause", r.id, r.at.Sub(paused))
			}
		}
		if n := b.store.called()["Mark"]; n > 2000 {
			t.Errorf("%d marks; a paused run must not be tried over and over", n)
		}
		b.store.steer("r", message.RunSending)
		wait(time.Minute)
		b.end()
		attempts := map[string]int{}
		for _, r := range b.provider.seen() {
			attempts[r.id]++
		}
		if len(attempts) != 1500 || len(b.provider.seen()) != 1500 {
			t.Errorf("%d people got %d texts, want 1500 each one", len(attempts), len(b.provider.seen()))
		}
	})
}

func TestARunThatWaitsForItsHoursSaysSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 10)
		b.store.run("r", "a", 3, b.now())
		b.store.run("later", "a", 3, b.now().Add(time.Hour))
		b.start(t)
		wait(5 * time.Second)
		b.store.mu.Lock()
		if got := b.store.runs["later"].status; got != message.RunWaiting {
			t.Errorf("a run with nothing due is %q, want waiting", got)
		}
		if got := b.store.runs["r"].status; got != message.RunSending {
			t.Errorf("a run without anything queued is %q; it has nothing to wait for", got)
		}
		b.store.mu.Unlock()
		wait(time.Hour)
		b.end()
		if n := runs(b.provider.seen())["later"]; n != 3 {
			t.Errorf("%d of 3 texts went out when they were due", n)
		}
	})
}

func TestARunOfAnUnlimitedSenderIsNotHeldByTheOthersSum(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 0)
		b.store.sender("b", 1)
		b.store.run("r", "a", 2000, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 50 })
		wait(3 * time.Second)
		b.end()
		if n := len(b.provider.seen()); n != 2000 {
			t.Errorf("%d of 2000 texts went out", n)
		}
	})
}
