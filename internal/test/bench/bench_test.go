package main

import (
	"bytes"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"tidings/internal/test/raced"
)

// TestMain lets the test binary be the child that bench starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "-child" {
		if err := play(os.Args[2], os.Stdin, os.Stdout); err != nil {
			fail(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestEveryWorkloadGivesFigures(t *testing.T) {
	all := workloads()
	for _, w := range all[:raced.Fewer(len(all), 3)] {
		t.Run(w.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := measure(t.Context(), options{only: w.name, n: 200, reps: 1}, &out); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), "| "+w.name) || strings.Contains(out.String(), "NaN") {
				t.Errorf("no figures of %s:\n%s", w.name, &out)
			}
		})
	}
}

// What the children sign is what the verifier of the product takes.
func TestCallbacksAreSignedAsPlivoSigns(t *testing.T) {
	t.Parallel()
	floor, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	defer floor.server.Close()
	for token, want := range map[string]int{authToken: http.StatusOK, "another": http.StatusForbidden} {
		for stage := range stages {
			request, host, err := signedCallback(callbackOf{url: floor.url + "/s/a-1-b", to: number(7), uuid: uuidOf(7)}, stage, token)
			if err != nil {
				t.Fatal(err)
			}
			w, err := dial(host)
			if err != nil {
				t.Fatal(err)
			}
			status, err := w.roundTrip(request)
			w.conn.Close()
			if status != want || (err == nil) != (want == http.StatusOK) {
				t.Errorf("%s under %q: %d %v, want %d", stages[stage], token, status, err, want)
			}
		}
	}
}

func TestBodiesAreThoseOfTheSDK(t *testing.T) {
	t.Parallel()
	b, err := write(2, "https://shop.example")
	if err != nil {
		t.Fatal(err)
	}
	got := string(b.texts[1])
	for _, part := range []string{`"src":"` + senderNumber, `"dst":"` + number(1), `"message_expiry":10799`, `https://shop.example/webhooks/plivo/status/`} {
		if !strings.Contains(got, part) {
			t.Errorf("the body lacks %s: %s", part, got)
		}
	}
	if b.path != "/v1/Account/"+authID+"/Message/" || !strings.HasPrefix(b.header.Get("Authorization"), "Basic ") {
		t.Errorf("path %s, header %v", b.path, b.header)
	}
}

func TestARecordKeepsWhatWasNotMeasured(t *testing.T) {
	t.Parallel()
	before := table([]result{
		{workload: "intake", measured: "old", goal: "g", when: "then"},
		{workload: "send-now", measured: "stays", ratio: "0.50", goal: "g", met: true, when: "then"},
		{workload: "gone", measured: "of a workload that is no more", when: "then"},
	})
	got := merged(before, []result{{workload: "intake", measured: "new", goal: "g", when: "now"}})
	want := table([]result{
		{workload: "send-now", measured: "stays", ratio: "0.50", goal: "g", met: true, when: "then"},
		{workload: "intake", measured: "new", goal: "g", when: "now"},
	})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMedians(t *testing.T) {
	t.Parallel()
	s := samples{
		{ops: 10, wall: time.Second, cpu: 40 * time.Microsecond},
		{ops: 10, wall: 2 * time.Second, cpu: 20 * time.Microsecond},
		{ops: 10, wall: 5 * time.Second, cpu: 90 * time.Microsecond},
	}
	twice := samples{
		{ops: 10, wall: 2 * time.Second, cpu: 80 * time.Microsecond},
		{ops: 10, wall: 4 * time.Second, cpu: 40 * time.Microsecond},
		{ops: 10, wall: 10 * time.Second, cpu: 180 * time.Microsecond},
	}
	if got := s.perSecond(); got != 5 {
		t.Errorf("%v a second, want 5", got)
	}
	if got := s.micros(); got != 4 {
		t.Errorf("%v µs, want 4", got)
	}
	if got := ratios(twice, s, cost); got != 2 {
		t.Errorf("ratio %v, want 2", got)
	}
	if got := ratios(twice, s, speed); got != 0.5 {
		t.Errorf("ratio %v, want 0.5", got)
	}
	if got := quantile([]time.Duration{1, 2, 3, 4}, 0.99); got != 4 {
		t.Errorf("p99 %v, want 4", got)
	}
}
