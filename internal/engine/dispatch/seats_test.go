package dispatch_test

import (
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

// busiest runs a campaign against a provider of some latency and says how many
// requests were open and how many rows were being sent at most.
func busiest(t *testing.T, perSecond float64, latency time.Duration) (open, sending, sent int) {
	b := newBench()
	b.provider.latency = latency
	b.store.sender("a", perSecond)
	b.store.run("r", "a", 3000, b.now())
	b.start(t, func(o *dispatch.Options) { o.InFlight = 40 })
	for range 3000 {
		wait(time.Millisecond)
		sending = max(sending, b.store.states()[message.Sending])
	}
	b.end()
	return b.provider.most(), sending, len(b.provider.seen())
}

func TestATextWaitsForTheRequestThatEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		open, sending, sent := busiest(t, 0, 50*time.Millisecond)
		if open != 40 || sending != dispatch.Workers(40) || sending != 45 {
			t.Errorf("%d requests were open and %d rows being sent, want 40 and 45", open, sending)
		}
		// 40 in 50 ms for 3 s, of which only the first commit and the last rounds are lost.
		if sent < 2350 {
			t.Errorf("%d texts went out, want nearly 2,400: a request waits for each that ends", sent)
		}
	})
}

func TestNoTextOfAPacedSenderWaitsForARequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		open, sending, _ := busiest(t, 500, time.Second)
		if open != 40 || sending != 40 {
			t.Errorf("%d requests were open and %d rows being sent, want 40 each", open, sending)
		}
	})
}

func TestATextThatWaitedInVainIsQueuedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.latency = 10 * time.Second // it hangs
		b.store.sender("a", 0)
		b.store.run("r", "a", 200, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 40 })
		wait(100 * time.Millisecond)
		if n := b.store.states()[message.Sending]; n != 45 {
			t.Errorf("%d rows are being sent, want 45", n)
		}
		b.store.steer("r", message.RunPaused)
		wait(time.Second)
		if n := b.store.states()[message.Sending]; n != 40 {
			t.Errorf("a second after the pause %d rows are being sent, want the 40 whose requests are open", n)
		}
		b.store.steer("r", message.RunSending)
		wait(2 * time.Second)
		if n := b.store.called()["Mark"]; n > 10 {
			t.Errorf("%d marks while the provider hangs; texts are marked and put back all the time", n)
		}
		wait(8 * time.Second)
		if n := len(b.provider.seen()); n != 80 {
			t.Errorf("%d requests, want 40 and, after the first were answered, 40", n)
		}
		wait(time.Minute)
		b.end()
		attempts := map[string]int{}
		for _, r := range b.provider.seen() {
			attempts[r.id]++
		}
		if len(attempts) != 200 || len(b.provider.seen()) != 200 {
			t.Errorf("%d people got %d texts, want 200 each one", len(attempts), len(b.provider.seen()))
		}
	})
}

func TestASTOPDoesNotWaitForATextThatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.latency = 10 * time.Second // it hangs
		b.store.sender("a", 0)
		b.store.run("r", "a", 200, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 40 })
		wait(20 * time.Millisecond)
		began := make(map[string]bool)
		for _, r := range b.provider.seen() {
			began[r.To] = true
		}
		stopped := 0
		for _, n := range b.store.sending() {
			if began[n] {
				continue
			}
			at := time.Now()
			if err := b.gate.Close(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(at); took != 0 {
				t.Errorf("a STOP waited %s for a text that waits for a request", took)
			}
			b.gate.Open(n)
			stopped++
		}
		if stopped != 5 {
			t.Errorf("%d texts waited for a request, want 5", stopped)
		}
		b.Hurry()
		b.end()
	})
}

func TestTheEndPutsBackWhatWaitsForARequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.latency = time.Minute
		b.store.sender("a", 0)
		b.store.run("r", "a", 200, b.now())
		b.start(t, func(o *dispatch.Options) { o.InFlight = 40 })
		wait(20 * time.Millisecond)
		b.Hurry()
		b.end()
		if s := b.store.states(); s[message.Sending] != 0 || s[message.Unknown] != 40 || s[message.Queued] != 160 {
			t.Errorf("after the end: %v; want 40 unknown, whose requests were open, and 160 queued", s)
		}
	})
}
