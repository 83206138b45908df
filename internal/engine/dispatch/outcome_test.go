package dispatch_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

func TestAnAnswerDecidesWhatBecomesOfTheRow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		first    dispatch.Reply // to the first request of the row; later ones are accepted
		want     message.Status
		requests int
	}{
		{"accepted", dispatch.Reply{Outcome: dispatch.Accepted, UUID: "u"}, message.Accepted, 1},
		{"refused", dispatch.Reply{Outcome: dispatch.Rejected, Code: "50"}, message.Failed, 1},
		{"in doubt", dispatch.Reply{Outcome: dispatch.Unknown}, message.Unknown, 1},
		{"throttled", dispatch.Reply{Outcome: dispatch.Throttled}, message.Accepted, 2},
		{"throttled for a minute", dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: time.Minute}, message.Accepted, 2},
		{"not sent", dispatch.Reply{Outcome: dispatch.NotSent}, message.Accepted, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.store.sender("a", 10)
				b.store.run("r", "a", 1, b.now())
				b.provider.answer = func(_ request, n int) dispatch.Reply {
					if n == 1 {
						return c.first
					}
					return dispatch.Reply{Outcome: dispatch.Accepted}
				}
				b.start(t)
				wait(time.Hour)
				b.end()
				seen := b.provider.seen()
				if r := b.store.row("r-000000"); r.status != c.want || len(seen) != c.requests || r.attempt != c.requests || r.code != c.first.Code {
					t.Errorf("after %d requests the row is %s (attempt %d, code %q), want %s after %d", len(seen), r.status, r.attempt, r.code, c.want, c.requests)
				}
				for i, r := range seen {
					if r.attempt != i+1 {
						t.Errorf("request %d was attempt %d", i+1, r.attempt)
					}
				}
				if c.requests == 2 && seen[1].at.Sub(seen[0].at) < max(5*time.Second, c.first.RetryAfter) {
					t.Errorf("it was tried again after %v", seen[1].at.Sub(seen[0].at))
				}
			})
		})
	}
}

func TestThrottlingSlowsTheAccountAndItRecovers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const rate = 40
		b := newBench()
		b.provider.latency = 200 * time.Millisecond // eight requests are open when the first 429 comes
		b.store.sender("a", rate)
		b.store.run("r", "a", 6000, b.now())
		begun := time.Now()
		b.provider.answer = func(r request, _ int) dispatch.Reply {
			if at := r.at.Sub(begun); at >= 10*time.Second && at < 10*time.Second+250*time.Millisecond {
				return dispatch.Reply{Outcome: dispatch.Throttled}
			}
			return dispatch.Reply{Outcome: dispatch.Accepted}
		}
		b.start(t)
		wait(3 * time.Minute)
		b.end()
		perSecond := make([]int, 180)
		attempts := make(map[string]int)
		for _, r := range b.provider.seen() {
			perSecond[int(r.at.Sub(begun)/time.Second)%180]++
			attempts[r.id]++
		}
		slowed := 0
		for _, n := range perSecond[11:13] {
			slowed += n
		}
		if slowed < rate*7/10 || slowed > rate*12/10 {
			t.Errorf("%d texts in the two seconds after the 429, want about half of %d a second: a burst of 429 counts once", slowed, rate)
		}
		if n := perSecond[55]; n < rate-1 || n > rate+1 {
			t.Errorf("%d texts in a second three quarters of a minute later, want %d again", n, rate)
		}
		again := 0
		for _, n := range attempts {
			if n > 1 {
				again++
			}
		}
		if again == 0 || again > 12 || b.store.states()[message.Accepted] != 6000 {
			t.Errorf("%d people were tried again, the rows are %v; each throttled text goes out later, once", again, b.store.states())
		}
	})
}

func TestAnAccountThatIsSlowByNatureIsNotSpedUpByA429(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 10)
		b.store.run("r", "a", 100, b.now())
		b.provider.answer = func(_ request, n int) dispatch.Reply {
			if n == 2 {
				return dispatch.Reply{Outcome: dispatch.Throttled}
			}
			return dispatch.Reply{Outcome: dispatch.Accepted}
		}
		b.start(t, func(o *dispatch.Options) { o.AccountRate = 0.25 })
		wait(5 * time.Minute)
		b.end()
		if n := most(b.provider.seen(), 3900*time.Millisecond); n != 1 {
			t.Errorf("%d texts in four seconds, the account allows one", n)
		}
	})
}

func TestAProviderThatCannotBeReachedGetsFewTries(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 300, b.now())
		away := time.Now().Add(10 * time.Minute)
		b.provider.answer = func(r request, _ int) dispatch.Reply {
			if r.at.Before(away) {
				return dispatch.Reply{Outcome: dispatch.NotSent}
			}
			return dispatch.Reply{Outcome: dispatch.Accepted}
		}
		b.start(t)
		wait(10 * time.Minute)
		if n := len(b.provider.seen()); n > 1000 {
			t.Errorf("%d tries in ten minutes without a connection", n)
		}
		wait(5 * time.Minute)
		b.end()
		if n := b.store.states()[message.Accepted]; n != 300 {
			t.Errorf("%d of 300 texts went out once the provider was back", n)
		}
	})
}

func TestARefusalWithoutWordsStillPausesWithAReason(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 50)
		b.store.run("r", "a", 5, b.now())
		b.provider.answer = func(request, int) dispatch.Reply {
			return dispatch.Reply{Outcome: dispatch.Rejected, Code: "401", Class: dispatch.WholeAccount}
		}
		b.start(t)
		wait(time.Minute)
		b.end()
		b.store.mu.Lock()
		defer b.store.mu.Unlock()
		if r := b.store.runs["r"]; r.status != message.RunPaused || r.reason != "the provider refuses the account or the sender, code 401" {
			t.Errorf("the run is %s because %q", r.status, r.reason)
		}
	})
}

func TestARefusedAnswerPausesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 50)
		b.store.single("s", "a", message.Help, b.now())
		b.provider.answer = func(request, int) dispatch.Reply {
			return dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount}
		}
		b.start(t)
		wait(time.Minute)
		b.end()
		if r := b.store.row("s"); r.status != message.Failed || b.store.called()["Pause"] != 0 {
			t.Errorf("the answer is %s, %d runs were paused", r.status, b.store.called()["Pause"])
		}
	})
}

// The promise of the whole engine: whatever the provider answers, at most one
// request a row that may have been accepted.
func TestWhateverIsAnsweredNobodyIsTextedTwice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		outcomes := []dispatch.Outcome{dispatch.Accepted, dispatch.Rejected, dispatch.Throttled, dispatch.Unknown, dispatch.NotSent}
		given := make(map[string][]dispatch.Outcome)
		b.provider.answer = func(r request, n int) dispatch.Reply {
			o := outcomes[(n*7+n/3)%len(outcomes)]
			given[r.id] = append(given[r.id], o)
			return dispatch.Reply{Outcome: o, RetryAfter: time.Millisecond}
		}
		for i := range 3 {
			sender := fmt.Sprint("s", i)
			b.store.sender(sender, 200)
			b.store.run("r"+sender, sender, 300, b.now())
		}
		b.start(t)
		wait(3 * time.Hour) // a fifth of all answers is 429, whatever the pace
		b.end()
		for id, outcomes := range given {
			for i, o := range outcomes {
				final := o == dispatch.Accepted || o == dispatch.Rejected || o == dispatch.Unknown
				if final != (i == len(outcomes)-1) {
					t.Fatalf("%s was answered %v: only what surely did not leave may be tried again, and all of that", id, outcomes)
				}
			}
		}
		if n := b.store.states(); len(given) != 900 || n[message.Queued]+n[message.Sending] != 0 {
			t.Errorf("%d of 900 rows were tried, they are %v", len(given), n)
		}
	})
}
