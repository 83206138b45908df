package simulator_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

// gone are the times, since the first, at which texts went to the carrier.
func gone(sim *simulator.Simulator) (texts []string, at []time.Duration) {
	handed := sim.Ledger().HandedOver()
	for _, h := range handed {
		texts = append(texts, h.Text)
		at = append(at, h.At.Sub(handed[0].At))
	}
	return texts, at
}

func TestQueueIsFirstInFirstOutAtTheSendersRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Rates: map[string]float64{"+1 212 555 0100": 2}})
		for i := range 5 {
			b.text(reachable, fmt.Sprint(i), "/s/1").uuids(t)
		}
		b.idle()
		texts, at := gone(b.sim)
		if diff := cmp.Diff([]string{"0", "1", "2", "3", "4"}, texts); diff != "" {
			t.Error(diff)
		}
		half := 500 * time.Millisecond
		if diff := cmp.Diff([]time.Duration{0, half, 2 * half, 3 * half, 4 * half}, at); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAnIdleQueueSavesNothingUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{DefaultRate: 1})
		b.text(reachable, "a", "/s/1").uuids(t)
		<-time.After(time.Minute)
		b.text(reachable, "b", "/s/1").uuids(t)
		b.text(reachable, "c", "/s/1").uuids(t)
		b.idle()
		if _, at := gone(b.sim); at[2]-at[1] != time.Second {
			t.Errorf("%v", at)
		}
	})
}

func TestSpeedDividesTheWaiting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{DefaultRate: 1, Speed: 10})
		b.text(reachable, "a", "/s/1").uuids(t)
		b.text(reachable, "b", "/s/1").uuids(t)
		b.idle()
		if _, at := gone(b.sim); at[1] != 100*time.Millisecond {
			t.Errorf("%v", at)
		}
	})
}

func TestAccountRateHoldsOverAllSenders(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{AccountRate: 5})
		for i := range 10 {
			b.send(map[string]any{"src": fmt.Sprintf("1212555010%d", i%2), "dst": reachable, "text": "x"}).uuids(t)
		}
		b.idle()
		if _, at := gone(b.sim); at[9] != 1800*time.Millisecond {
			t.Errorf("ten texts at 5 a second took %v", at[9])
		}
	})
}

func TestQueuedMessageExpiresOnTimeAndIsFree(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{DefaultRate: 0.01}) // one in 100 s
		b.text(reachable, "first", "/s/1").uuids(t)
		b.send(map[string]any{"src": sender, "dst": reachable, "text": "second", "message_expiry": 10, "url": hookBase + "/s/2"}).uuids(t)
		began := time.Now()
		b.idle()
		if took := time.Since(began); took > 11*time.Second {
			t.Errorf("expired after %v", took)
		}
		got := b.sim.Ledger().Accepted()[1]
		if got.State != "failed" || got.Code != 420 || got.CostMicros != 0 {
			t.Errorf("%+v", got)
		}
		if diff := cmp.Diff([]string{"queued", "failed"}, b.app.statuses("/s/2")); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAdvancingTheClockExpiresWhatIsQueued(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clock.StartingAt(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC))
		b := start(t, simulator.Config{Clock: c, DefaultRate: 0.001})
		for range 3 {
			b.text(reachable, "x", "/s/1").uuids(t)
		}
		<-time.After(time.Second)
		if err := c.Advance(4 * time.Hour); err != nil {
			t.Fatal(err)
		}
		b.idle()
		if diff := cmp.Diff(map[string]int64{"delivered": 1, "failed": 2}, b.sim.Ledger().States()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestBalanceEndsInInsufficientCredit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Balance: 0.02}) // two texts with fees
		for range 3 {
			b.text(reachable, "x", "/s/1").uuids(t)
		}
		b.idle()
		if diff := cmp.Diff(map[int]int64{900: 1}, b.sim.Ledger().Codes()); diff != "" {
			t.Error(diff)
		}
		if r := b.text(reachable, "x", "/s/1"); r.status != 400 || r.body["error"] != "InsufficientCredit" {
			t.Errorf("%d %s", r.status, r.raw)
		}
		if got := b.call("GET", account(""), "").body["cash_credits"]; got != "0.00300" {
			t.Errorf("left: %v", got)
		}
		<-time.After(2 * time.Minute)
		b.text(reachable, "x", "/s/1").uuids(t)
		b.idle()
		b.sim.AddCredit(1_000_000)
		b.text(reachable, "x", "/s/1").uuids(t)
		b.idle()
		if got := b.sim.Ledger().States()["delivered"]; got != 3 {
			t.Errorf("%d delivered", got)
		}
	})
}
