package simulator_test

import (
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/simulator"
)

func TestTextedTwiceFindsTheSecondTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.text(reachable, "News", "/s/1").uuids(t)
		b.text(reachable, "Other news", "/s/2").uuids(t)
		b.text("12125550124", "News", "/s/3").uuids(t)
		if got := b.sim.Ledger().TextedTwice(nil); len(got) != 0 {
			t.Fatalf("too early: %+v", got)
		}
		b.text(reachable, "News", "/s/4").uuids(t)
		b.text(reachable, "News", "/s/5").uuids(t)
		got := b.sim.Ledger().TextedTwice(nil)
		if len(got) != 1 || len(got[0].Requests) != 3 || got[0].Requests[2].CallbackURL != hookBase+"/s/5" {
			t.Errorf("%+v", got)
		}
		byNumber := b.sim.Ledger().TextedTwice(func(r simulator.Request) string { return r.Dst })
		if len(byNumber) != 1 || len(byNumber[0].Requests) != 4 {
			t.Errorf("by number: %+v", byNumber)
		}
		if got := b.sim.Ledger().TextedTwice(func(simulator.Request) string { return "" }); len(got) != 0 {
			t.Errorf("left out, but: %+v", got)
		}
	})
}

func TestUnseenAcceptanceCountsAsTexted(t *testing.T) {
	t.Parallel()
	for _, fault := range []simulator.APIFault{simulator.APIResetAfter, simulator.APIEmptyAccepted, simulator.APIError500After, simulator.APIGarbage, simulator.APITruncated} {
		synctest.Test(t, func(t *testing.T) {
			b := start(t, simulator.Config{})
			b.sim.ScriptAPI(fault)
			b.text(reachable, "News", "/s/1")
			b.text(reachable, "News", "/s/2").uuids(t)
			if got := b.sim.Ledger().TextedTwice(nil); len(got) != 1 {
				t.Errorf("%s: %+v", fault, got)
			}
		})
	}
}

func TestStartedAfterStop(t *testing.T) {
	t.Parallel()
	send := func(text string) func(*testing.T, *bench) {
		return func(t *testing.T, b *bench) { b.text(reachable, text, "/s/1").uuids(t) }
	}
	say := func(text string) func(*testing.T, *bench) {
		return func(t *testing.T, b *bench) { inject(t, b, reachable, sender, text) }
	}
	refuse := func(_ *testing.T, b *bench) {
		b.app.answer = func(hook) int { return 500 }
	}
	slow := func(_ *testing.T, b *bench) {
		b.app.answer = func(hook) int {
			<-time.After(5 * time.Second)
			return 200
		}
		_, _ = b.sim.Inject(reachable, sender, "STOP")
	}
	cases := []struct {
		name  string
		steps []func(*testing.T, *bench)
		late  int
	}{
		{"a text before", []func(*testing.T, *bench){send("News"), say("STOP")}, 0},
		{"a text after", []func(*testing.T, *bench){say("STOP"), send("News")}, 1},
		{"two texts after", []func(*testing.T, *bench){say("STOP"), send("News"), send("More")}, 2},
		{"a confirmation after", []func(*testing.T, *bench){say("STOP"), send("You are unsubscribed.")}, 0},
		{"two confirmations after", []func(*testing.T, *bench){say("STOP"), send("You are unsubscribed."), send("You are unsubscribed.")}, 1},
		{"two STOPs, two confirmations", []func(*testing.T, *bench){say("STOP"), send("You have opted out."), say("STOP"), send("You have opted out.")}, 0},
		{"a text after START", []func(*testing.T, *bench){say("STOP"), say("START"), send("News")}, 0},
		{"STOP, START, STOP", []func(*testing.T, *bench){say("STOP"), say("START"), say("STOP"), send("News")}, 1},
		{"a word only the law knows", []func(*testing.T, *bench){say("opt out"), send("News")}, 1},
		{"words that are no STOP", []func(*testing.T, *bench){say("do not stop"), send("News")}, 0},
		{"a text while the STOP is being taken in", []func(*testing.T, *bench){slow, send("News")}, 0},
		{"a STOP we never acknowledged", []func(*testing.T, *bench){refuse, say("STOP"), send("News")}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := start(t, simulator.Config{RetryDelays: []time.Duration{}})
				b.sim.SetInbound("", hookBase+"/in")
				for _, step := range c.steps {
					step(t, b)
					<-time.After(time.Second)
				}
				b.idle()
				if got := b.sim.Ledger().StartedAfterStop(); len(got) != c.late {
					t.Errorf("%d late, want %d: %+v", len(got), c.late, got)
				}
				if got := b.sim.Ledger().StartedAfterStopBy(time.Hour); len(got) != 0 {
					t.Errorf("an hour of slack: %+v", got)
				}
			})
		})
	}
}

func TestCountsAddUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		for _, to := range []string{"14155550101", "14155550142", "14155550150", "14155550160"} {
			b.text(to, "x", "/s/1").uuids(t)
		}
		b.sim.ScriptAPI(simulator.APIThrottle)
		b.text("14155550101", "x", "/s/1")
		b.idle()
		l := b.sim.Ledger()
		c := l.Counts()
		if c.Accepted != 4 || c.HandedOver != 3 || c.Refused != 1 || l.Units() != 3 || l.CostMicros() != 3*5500 || c.CarrierFeeMicros != 3*3000 {
			t.Errorf("%+v", c)
		}
		var sum int64
		for _, n := range l.States() {
			sum += n
		}
		if sum != c.Accepted || len(l.HandedOver()) != 3 || len(l.Refusals()) != 1 || l.Refusals()[0].Status != 429 {
			t.Errorf("states %v, refusals %+v", l.States(), l.Refusals())
		}
	})
}
