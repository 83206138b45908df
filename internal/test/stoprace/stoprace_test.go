package main

import (
	"net/http"
	"net/http/httptrace"
	"testing"
	"time"

	"tidings/internal/test/raced"
)

// burst is more STOPs at once than two cores can follow: the more of them meet their texts.
const burst = 16

func TestNoRequestBeginsAfterAnAcknowledgedStop(t *testing.T) {
	t.Parallel()
	r := race(t, raced.Fewer(6000, 600), burst, 1, asItIs)
	t.Log(r)
	if r.Late > 0 || r.Again > 0 {
		t.Errorf("%d requests began after an acknowledged STOP, %d numbers were texted twice", r.Late, r.Again)
	}
	// A race in which one side always wins shows nothing.
	if least := r.Pairs / 100; r.StopFirst < least || r.TextFirst < least || r.Met < least {
		t.Errorf("of %d pairs too few meet: %v", r.Pairs, r)
	}
	// Ten times the goal, and more where an answer without work is slow too: tests share the machine.
	if limit := max(10*goal, 20*quantile(r.bare, 99)); r.P99() > limit {
		t.Errorf("99 of 100 webhooks took up to %v, at most %v is allowed and %v the goal", r.P99(), limit, goal)
	}
}

// The race sees: a gate that opens too early lets requests begin after an acknowledged STOP.
func TestAGateThatOpensTooEarlyIsSeen(t *testing.T) {
	t.Parallel()
	r := race(t, raced.Fewer(200, 60), burst, 1, func(next http.RoundTripper) http.RoundTripper { return hasty{next} })
	t.Log(r)
	if r.Late == 0 {
		t.Errorf("none of %d requests was late though they waited behind an open gate: %v", r.Pairs, r)
	}
}

// hasty says that the request has begun, and begins it some time later.
type hasty struct{ next http.RoundTripper }

func (h hasty) RoundTrip(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
		trace.WroteHeaders()
	}
	tick(time.Second) // longer than a STOP takes on a busy machine
	return h.next.RoundTrip(r)
}
