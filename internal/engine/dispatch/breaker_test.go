package dispatch_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

var (
	fine       = dispatch.Reply{Outcome: dispatch.Accepted}
	badNumber  = dispatch.Reply{Outcome: dispatch.Rejected, Code: "50"}
	noAnswer   = dispatch.Reply{Outcome: dispatch.Unknown, Detail: "HTTP 502 Bad Gateway"}
	noRoute    = dispatch.Reply{Outcome: dispatch.NotSent}
	noCredit   = dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount}
	notMine    = dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Class: dispatch.WholeSender}
	barred     = dispatch.Reply{Outcome: dispatch.Rejected, Code: "450", Class: dispatch.WholeCountry}
	badContent = dispatch.Reply{Outcome: dispatch.Rejected, Code: "10", Class: dispatch.WholeText}
)

// explain gives words as the binary would.
func explain(o *dispatch.Options) {
	o.Words = func(code string) (string, string) {
		if code == barred.Code { // the table of codes does not end every remedy so
			return "code " + code + ".", "mend it."
		}
		return "code " + code + ".", "mend it, then resume"
	}
}

// Two senders with a run each. The answers to one run fail from its 11th text
// on; what becomes of the rows, of that run and of the other?
func TestFailuresOfOneKindStopWhatTheyConcern(t *testing.T) {
	t.Parallel()
	const inFlight = 8
	for _, c := range []struct {
		name   string
		reply  dispatch.Reply
		pauses bool // the run
		both   bool // the other sender's run too
		fate   message.Status
		most   int // requests that failed
		reason string
	}{
		{"the account is refused", noCredit, true, true, message.Queued, inFlight, "code 900. mend it, then resume"},
		{"the provider does not answer", noAnswer, true, true, message.Unknown, 19 + inFlight, "HTTP 502 Bad Gateway"},
		{"the sender is refused", notMine, true, false, message.Queued, 19 + inFlight, "code 40. mend it, then resume"},
		{"the country is barred", barred, true, false, message.Queued, 19 + inFlight, "code 450. mend it, then resume"},
		{"the text is refused", badContent, true, false, message.Failed, 19 + inFlight, "code 10. mend it, then resume"},
		{"the numbers are bad", badNumber, false, false, message.Failed, 290, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.store.pausing = 300 * time.Millisecond // the writer is busy
				b.store.sender("poor", 50)
				b.store.sender("fine", 50)
				b.store.run("r", "poor", 300, b.now())
				b.store.run("other", "fine", 300, b.now())
				failed, asked := 0, 0
				b.provider.answer = func(r request, _ int) dispatch.Reply {
					if r.run() == "r" {
						if asked++; asked > 10 {
							failed++
							return c.reply
						}
					}
					return fine
				}
				b.start(t, explain, func(o *dispatch.Options) { o.InFlight = inFlight })
				wait(time.Minute)
				b.end()
				states := map[message.Status]int{}
				for i := range 300 {
					states[b.store.row(fmt.Sprintf("r-%06d", i)).status]++
				}
				r, other := b.store.runs["r"], b.store.runs["other"]
				if (r.status == message.RunPaused) != c.pauses || !strings.Contains(r.reason, c.reason) {
					t.Errorf("the run is %s because %q, its rows are %v", r.status, r.reason, states)
				}
				if (other.status == message.RunPaused) != c.both {
					t.Errorf("the other run is %s because %q", other.status, other.reason)
				}
				if failed > c.most || failed == 0 {
					t.Errorf("%d requests failed, at most %d may", failed, c.most)
				}
				if lost := 300 - states[message.Accepted] - states[message.Queued]; c.fate == message.Queued && lost != 0 ||
					c.fate != message.Queued && (states[c.fate] != lost || lost != failed) {
					t.Errorf("after %d failures the rows are %v, want what failed to be %s", failed, states, c.fate)
				}
			})
		})
	}
}

// A person who resumes too early loses one text to it, and one who has mended
// the trouble loses none.
func TestAResumedRunTriesWithOneText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 400, b.now())
		broken := true
		b.provider.answer = func(request, int) dispatch.Reply {
			if broken {
				return noAnswer
			}
			return fine
		}
		b.start(t)
		resume := func() int {
			before := b.store.states()[message.Unknown]
			b.store.steer("r", message.RunSending)
			b.Nudge()
			wait(time.Minute)
			return b.store.states()[message.Unknown] - before
		}
		if n := resume(); n < 20 || n > 30 {
			t.Errorf("%d texts are unknown when the run is paused first", n)
		}
		if b.Trouble() == "" {
			t.Error("nobody is told why texts wait")
		}
		for range 3 {
			if n := resume(); n != 1 {
				t.Errorf("resumed too early, %d texts are unknown, want one", n)
			}
		}
		broken = false
		if n := resume(); n != 0 {
			t.Errorf("%d texts are unknown once the provider answers", n)
		}
		b.end()
		if n := b.store.states(); n[message.Queued]+n[message.Sending] != 0 || b.store.runs["r"].status == message.RunPaused {
			t.Errorf("in the end the rows are %v", n)
		}
		if b.Trouble() != "" {
			t.Errorf("all is well, but: %s", b.Trouble())
		}
	})
}

// Nobody has to come when the network comes back.
func TestAProviderThatCannotBeReachedPausesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 300, b.now())
		away := time.Now().Add(10 * time.Minute)
		b.provider.answer = func(r request, _ int) dispatch.Reply {
			if r.at.Before(away) {
				return noRoute
			}
			return fine
		}
		b.start(t)
		wait(9 * time.Minute)
		if n := len(b.provider.seen()); n > 9*60/5+10 {
			t.Errorf("%d tries in nine minutes without a connection", n)
		}
		if b.Trouble() == "" {
			t.Error("nobody is told why texts wait")
		}
		wait(6 * time.Minute)
		b.end()
		if n := b.store.states()[message.Accepted]; n != 300 || b.store.called()["Pause"] != 0 {
			t.Errorf("%d of 300 texts went out once the provider was back, %d pauses", n, b.store.called()["Pause"])
		}
	})
}

// A sender that may not text one country is refused for some; they are asked
// about twice and the rest goes on.
func TestAFewRefusalsOfAKindStopNobody(t *testing.T) {
	t.Parallel()
	for _, reply := range []dispatch.Reply{notMine, barred, badContent, noAnswer} {
		t.Run(string(reply.Class), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.store.sender("a", 100)
				b.store.run("r", "a", 400, b.now())
				asked := map[string]int{}
				b.provider.answer = func(r request, _ int) dispatch.Reply {
					asked[r.id]++
					if strings.HasSuffix(r.id, "7") || strings.HasSuffix(r.id, "3") { // a fifth
						return reply
					}
					return fine
				}
				b.start(t)
				wait(time.Minute)
				b.end()
				n := b.store.states()
				if n[message.Accepted] != 320 || n[message.Failed]+n[message.Unknown] != 80 || b.store.called()["Pause"] != 0 {
					t.Errorf("the rows are %v, %d pauses", n, b.store.called()["Pause"])
				}
				twice := reply.Class == dispatch.WholeSender || reply.Class == dispatch.WholeCountry
				if got := asked["r-000007"]; got != 1 && !twice || got != 2 && twice {
					t.Errorf("a refused text was tried %d times", got)
				}
			})
		})
	}
}

// What can be got out of a provider that allows half of our pace and does not
// say so.
func TestUnderConstantThrottlingMostOfTheLimitIsUsed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		per        time.Duration // the provider counts in windows of this
		sliding    bool
		retryAfter time.Duration
	}{
		{"seconds", time.Second, true, 0},
		{"seconds, told to wait one", time.Second, true, time.Second},
		{"windows of five seconds", 5 * time.Second, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				const rate, limit, seconds = 100, 50, 60
				b := newBench()
				b.provider.latency = 60 * time.Millisecond
				b.store.sender("a", rate)
				b.store.run("r", "a", rate*seconds, b.now())
				begun := time.Now()
				var taken []time.Time
				b.provider.answer = func(r request, _ int) dispatch.Reply {
					from := r.at.Add(-c.per)
					if !c.sliding {
						from = begun.Add(r.at.Sub(begun).Truncate(c.per) - 1)
					}
					n := 0
					for i := len(taken) - 1; i >= 0 && taken[i].After(from); i-- {
						n++
					}
					if n >= limit*int(c.per/time.Second) {
						return dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: c.retryAfter}
					}
					taken = append(taken, r.at)
					return fine
				}
				b.start(t)
				wait(seconds * time.Second)
				b.end()
				got, refused := len(taken), len(b.provider.seen())-len(taken)
				t.Logf("%d of %d texts that the provider allowed in a minute, %d answers 429", got, limit*seconds, refused)
				if got < limit*seconds*8/10 {
					t.Errorf("%d texts in a minute, the provider allows %d", got, limit*seconds)
				}
				if n := b.store.states()[message.Accepted]; n != got {
					t.Errorf("%d rows are accepted, the provider took %d: each text once", n, got)
				}
			})
		})
	}
}
