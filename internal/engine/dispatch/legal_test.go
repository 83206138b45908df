package dispatch_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/message"
)

// closing is ten to nine in the evening in New York on the bench's first day: the
// hours end at nine, and close ten minutes early for what waits with the provider.
var closing = time.Date(2026, 3, 4, 1, 50, 0, 0, time.UTC)

const margin = 10 * time.Minute

func TestTextsStopAtTheEndOfTheHoursAndGoOnInTheMorning(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.advance(closing.Sub(opening) - 20*time.Second)
		b.store.sender("a", 10)
		b.store.run("r", "a", 400, b.now())
		b.start(t)
		morning := closing.Add(margin + 11*time.Hour)
		wait(3 * time.Minute)
		b.advance(morning.Sub(b.now()) - 30*time.Second)
		wait(3 * time.Minute)
		b.end()
		evening := 0
		for _, r := range b.provider.seen() {
			switch {
			case r.legal.Before(closing):
				evening++
				if left := closing.Add(margin).Sub(r.legal); r.Expiry > left || r.Expiry < min(left-time.Second, 10799*time.Second) {
					t.Errorf("with %v left the provider may queue the text for %v", left, r.Expiry)
				}
			case r.legal.Before(morning):
				t.Fatalf("%s went out at %v, the hours are closed from %v to %v", r.id, r.legal, closing, morning)
			}
		}
		if evening < 198 || b.store.states()[message.Accepted] != 400 {
			t.Errorf("%d went out in the evening and %v in all", evening, b.store.states())
		}
	})
}

// A commit may take seconds on a bad disk; the hours hold at the first byte.
func TestACommitThatOutlastsTheHoursSendsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.advance(closing.Sub(opening) - 20*time.Second)
		b.store.commit = 3 * time.Second
		b.store.sender("a", 1)
		b.store.run("r", "a", 50, b.now())
		b.start(t)
		wait(time.Hour)
		b.end()
		seen := b.provider.seen()
		for _, r := range seen {
			if !r.legal.Before(closing) {
				t.Errorf("%s began at %v, after the hours", r.id, r.legal)
			}
		}
		n := b.store.states()
		if len(seen) == 0 || n[message.Accepted] != len(seen) || n[message.Queued] != 50-len(seen) {
			t.Errorf("after %d requests the rows are %v", len(seen), n)
		}
	})
}

func TestAnOfferThatIsOverIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 1)
		b.store.run("r", "a", 30, b.now())
		b.store.runs["r"].Expires = b.now().Add(10 * time.Second)
		b.start(t)
		wait(time.Minute)
		b.end()
		for _, r := range b.provider.seen() {
			if r.Expiry > 10*time.Second {
				t.Errorf("the provider may deliver %v later, after the offer", r.Expiry)
			}
		}
		if n := b.store.states(); n[message.Accepted] < 9 || n[message.Accepted] > 11 || n[message.Skipped] != 30-n[message.Accepted] {
			t.Errorf("the rows are %v, want ten accepted and the rest skipped", n)
		}
		if r := b.store.row("r-000029"); r.reason != message.Expired {
			t.Errorf("the last is %s because %q", r.status, r.reason)
		}
	})
}

func TestTheConfirmationOfASTOPLeavesWithinFiveMinutesOrNever(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		first    time.Duration // when the provider can be reached again
		throttle bool
		want     message.Status
	}{
		{"at once, at night", 0, false, message.Accepted},
		{"the provider is back after four minutes", 4 * time.Minute, false, message.Accepted},
		{"the provider is back after six minutes", 6 * time.Minute, false, message.Skipped},
		{"the provider throttles for six minutes", 6 * time.Minute, true, message.Skipped},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.advance(closing.Sub(opening) + time.Hour)
				b.store.sender("a", 10)
				stopped := b.now()
				b.store.single("s", "a", message.Stop, stopped)
				b.store.stop(number(7))
				b.provider.answer = func(r request, _ int) dispatch.Reply {
					switch {
					case !r.legal.Before(stopped.Add(c.first)):
						return dispatch.Reply{Outcome: dispatch.Accepted}
					case c.throttle:
						return dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: 20 * time.Second}
					}
					return dispatch.Reply{Outcome: dispatch.NotSent}
				}
				b.start(t)
				wait(time.Hour)
				b.end()
				seen := b.provider.seen()
				if len(seen) == 0 || len(seen) > 100 {
					t.Errorf("the confirmation was tried %d times", len(seen))
				}
				for _, r := range seen {
					if late := r.legal.Sub(stopped); late >= 5*time.Minute {
						t.Errorf("the confirmation left %v after the STOP", late)
					}
					if r.Expiry <= 0 || r.Expiry > 5*time.Minute {
						t.Errorf("the provider may deliver it %v later", r.Expiry)
					}
				}
				if got := b.store.row("s"); got.status != c.want || got.status == message.Skipped && got.reason != message.Expired {
					t.Errorf("the confirmation is %s (%s), want %s", got.status, got.reason, c.want)
				}
			})
		})
	}
}

func TestHelpGoesOutAtNightToSomebodyWhoOptedOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.advance(closing.Sub(opening) + time.Hour)
		b.store.sender("a", 10)
		b.store.single("help", "a", message.Help, b.now())
		b.store.single("reply", "a", message.Reply, b.now())
		b.store.stop(number(7))
		b.start(t)
		wait(time.Minute)
		b.end()
		if got := b.store.row("help"); got.status != message.Accepted {
			t.Errorf("help is %s", got.status)
		}
		if got := b.store.row("reply"); got.status != message.Skipped || got.reason != message.OptedOut {
			t.Errorf("a reply of the team is %s (%s)", got.status, got.reason)
		}
	})
}

func TestWhoeverChangedSinceThePageWasReadIsLeftOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 10)
		b.store.run("r", "a", 90, b.now())
		b.start(t)
		wait(2 * time.Second) // the page is in memory
		b.store.mu.Lock()
		b.store.unmarked[number(80)] = "unsubscribed"
		b.store.unmarked[number(81)] = "new"
		b.store.unmarked[number(82)] = "invalid"
		b.store.mu.Unlock()
		wait(time.Minute)
		b.end()
		for id, want := range map[string]message.Reason{
			"r-000080": message.OptedOut, "r-000081": message.NoConsent, "r-000082": message.InvalidNumber,
		} {
			if got := b.store.row(id); got.status != message.Skipped || got.reason != want {
				t.Errorf("%s is %s (%s), want skipped (%s)", id, got.status, got.reason, want)
			}
		}
		if n := len(b.provider.seen()); n != 87 {
			t.Errorf("%d requests were made, want 87", n)
		}
	})
}

// The STOP race: close the gate, commit, open, acknowledge, as the inbox does,
// while texts to that very number leave as fast as they can.
func TestNoRequestBeginsAfterASTOPWasAcknowledged(t *testing.T) {
	t.Parallel()
	for _, dialing := range []time.Duration{0, 7 * time.Millisecond, 300 * time.Millisecond} {
		t.Run(dialing.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := newBench()
				b.provider.dialing, b.provider.latency = dialing, 5*time.Second
				b.store.sender("a", 500)
				b.store.run("r", "a", 20_000, b.now())
				b.start(t, func(o *dispatch.Options) { o.InFlight = 500 })
				stopped := make(map[string]time.Time)
				for i := range 50 {
					wait(23 * time.Millisecond)
					asked := time.Now()
					if err := b.gate.Close(t.Context(), number(i)); err != nil {
						t.Fatal(err)
					}
					wait(3 * time.Millisecond) // the commit
					b.store.stop(number(i))
					b.gate.Open(number(i))
					stopped[number(i)] = time.Now()
					if took := time.Since(asked); took > dialing+10*time.Millisecond {
						t.Errorf("the STOP took %v; it must wait for requests to begin, not to end", took)
					}
				}
				wait(30 * time.Second)
				b.end()
				before := 0
				for _, r := range b.provider.seen() {
					at, ok := stopped[r.To]
					switch {
					case ok && r.at.After(at):
						t.Fatalf("a request began %v after the STOP was acknowledged", r.at.Sub(at))
					case ok:
						before++
					}
				}
				if before == 0 {
					t.Error("no text left before a STOP; the race was not run")
				}
			})
		})
	}
}

func TestAClosedGateIsPassedByAndTheRowIsReadAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.store.sender("a", 100)
		b.store.run("r", "a", 5, b.now())
		if err := b.gate.Close(t.Context(), number(2)); err != nil {
			t.Fatal(err)
		}
		b.start(t)
		wait(10 * time.Second)
		if r := b.store.row("r-000002"); r.status != message.Queued || b.store.states()[message.Accepted] != 4 {
			t.Errorf("behind a closed gate the row is %s, all are %v", r.status, b.store.states())
		}
		b.gate.Open(number(2)) // the STOP came to nothing
		wait(3 * time.Second)
		b.end()
		if n := b.store.states()[message.Accepted]; n != 5 {
			t.Errorf("%d of 5 rows went out after the gate was open again", n)
		}
	})
}

// A send that hangs before its first byte must not hold a STOP for ever.
func TestASTOPThatCannotWaitAnyLongerSaysSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.provider.dialing = 8 * time.Second
		b.store.sender("a", 100)
		b.store.run("r", "a", 1, b.now())
		b.start(t)
		wait(time.Second)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if err := b.gate.Close(ctx, number(0)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Close = %v, want the deadline", err)
		}
	})
}
