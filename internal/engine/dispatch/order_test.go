package dispatch_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

func TestASmallOrganisationIsNotBehindALargeOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("large", 100)
		b.store.sender("small", 100)
		b.store.run("big", "large", 100_000, b.now())
		b.store.run("tiny", "small", 200, b.now().Add(time.Second)) // comes later
		b.start(t, func(o *dispatch.Options) { o.AccountRate = 20 })
		wait(23 * time.Second)
		b.end()
		if n := runs(b.provider.seen()); n["tiny"] < 200 || n["big"] < 200 {
			t.Errorf("the turns were shared %v, want half each from the second second on", n)
		}
	})
}

func TestRunsOfOneSenderTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 10)
		for i := range 3 {
			b.store.run(fmt.Sprint("r", i), "a", 1000, b.now())
		}
		b.start(t)
		wait(30 * time.Second)
		b.end()
		for run, n := range runs(b.provider.seen()) {
			if n < 99 || n > 101 {
				t.Errorf("%s got %d turns, want 100", run, n)
			}
		}
	})
}

func TestAnswersGoBeforeCampaigns(t *testing.T) {
	t.Parallel()
	for _, busy := range []struct {
		name string
		rate float64
	}{{"a slow sender", 1}, {"a sender that never rests", 1000}} {
		t.Run(busy.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.store.sender("a", busy.rate)
				b.store.run("r", "a", 20_000, b.now())
				b.start(t)
				wait(5500 * time.Millisecond)
				asked := time.Now()
				for _, kind := range []message.Kind{message.Help, message.Reply, message.Test} {
					b.store.single("answer "+string(kind), "a", kind, b.now())
				}
				b.Nudge()
				wait(4 * time.Second)
				b.end()
				answers, before := 0, 0
				for _, r := range b.provider.seen() {
					switch {
					case r.run() != "r":
						answers++
						if r.Body != "answer" {
							t.Errorf("the text of an answer was %q", r.Body)
						}
					case answers < 3 && r.at.Sub(asked) > 50*time.Millisecond:
						before++
					}
				}
				if answers != 3 || before > 0 {
					t.Errorf("%d of 3 answers went out, %d campaign texts before them", answers, before)
				}
			})
		})
	}
}

func TestARowOfARunGetsTheRunsText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.senders[0].PowerpackUUID, b.store.senders[0].Number = "pool", ""
		b.store.run("r", "a", 2, b.now())
		b.store.rows["r-000001"].Body = "her own"
		b.start(t)
		wait(time.Second)
		b.end()
		for _, r := range b.provider.seen() {
			want := map[string]string{"r-000000": "text of r", "r-000001": "her own"}[r.id]
			if r.Body != want || r.Source != "" || r.PowerpackUUID != "pool" || r.To != b.store.row(r.id).Number {
				t.Errorf("the request of %s was %+v", r.id, r.Text)
			}
		}
		if n := b.store.states()[message.Accepted]; n != 2 {
			t.Errorf("%d of 2 rows are accepted", n)
		}
	})
}

func TestADailyCapEndsTheDayAndTheNextGoesOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 50)
		b.store.dailyCap["a"] = 30
		b.store.run("r", "a", 100, b.now())
		b.store.unmarked[number(3)] = "new" // skipped rows cost nothing of the cap
		b.start(t)
		wait(time.Minute)
		if n := len(b.provider.seen()); n != 30 {
			t.Errorf("%d texts went out under a cap of 30", n)
		}
		b.store.mu.Lock()
		b.store.used["a"] = 0 // midnight
		b.store.mu.Unlock()
		wait(time.Minute)
		b.end()
		if n := len(b.provider.seen()); n != 60 {
			t.Errorf("%d texts went out in two days under a cap of 30", n)
		}
	})
}
