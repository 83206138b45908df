package simulator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

// outcomes are the faults that a seed gives to 200 texts sent by some workers.
func outcomes(t *testing.T, seed uint64, workers int) map[string]string {
	b := start(t, simulator.Config{Seed: seed, RetryDelays: []time.Duration{}, Faults: simulator.Faults{
		Throttle429: 0.1, Error500: 0.1, EmptyAccepted: 0.1, ResetAfterAccept: 0.1, DropCallback: 0.1, DuplicateCallback: 0.1,
	}})
	work, done := make(chan int), make(chan struct{})
	for range workers {
		go func() {
			for i := range work {
				b.text(fmt.Sprintf("1212555%04d", i), "x", fmt.Sprintf("/s/%d", i))
			}
			done <- struct{}{}
		}()
	}
	for i := range 200 {
		work <- i
	}
	close(work)
	for range workers {
		<-done
	}
	b.idle()
	got := map[string]string{}
	for _, r := range b.sim.Ledger().Accepted() {
		got[r.Dst] = string(r.Fault) + fmt.Sprint(len(b.app.hooks(strings.TrimPrefix(r.CallbackURL, hookBase))))
	}
	for _, r := range b.sim.Ledger().Refusals() {
		got[r.Dst] = string(r.Fault)
	}
	return got
}

func TestOneSeedOneOutcomeInAnyOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		one, again, other := outcomes(t, 1, 1), outcomes(t, 1, 8), outcomes(t, 2, 1)
		if diff := cmp.Diff(one, again); diff != "" {
			t.Error(diff)
		}
		if cmp.Equal(one, other) {
			t.Error("two seeds, one outcome")
		}
		kinds := map[string]int{}
		for _, o := range one {
			kinds[o]++
		}
		if len(one) != 200 || len(kinds) < 8 {
			t.Errorf("not much of a mixture: %v", kinds)
		}
	})
}

func TestScriptedAPIFaults(t *testing.T) {
	t.Parallel()
	cases := []struct {
		fault    simulator.APIFault
		status   int // 0: no answer
		body     string
		accepted int
	}{
		{simulator.APIThrottle, 429, "too many requests", 0},
		{simulator.APIError500, 500, "internal", 0},
		{simulator.APIError502, 502, "bad gateway", 0},
		{simulator.APIError503, 503, "unavailable", 0},
		{simulator.APIUnauthorized, 401, "Could not verify", 0},
		{simulator.APIGeoForbidden, 403, "country", 0},
		{simulator.APINoCredit, 400, "InsufficientCredit", 0},
		{simulator.APIResetBefore, 0, "", 0},
		{simulator.APINone, 202, "message_uuid", 1},
		{simulator.APIEmptyAccepted, 202, "", 1},
		{simulator.APIError500After, 500, "internal", 1},
		{simulator.APIResetAfter, 0, "", 1},
		{simulator.APIGarbage, 202, `{"message": "message(s) que`, 1},
		{simulator.APITwoUUIDs, 202, `","`, 1},
		{simulator.APITruncated, 0, "", 1},
		{simulator.APISlow, 202, "message_uuid", 1},
		{simulator.APICallbacksFirst, 202, "message_uuid", 1},
	}
	for _, c := range cases {
		t.Run(string(c.fault), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := start(t, simulator.Config{})
				b.sim.ScriptAPI(c.fault)
				r := b.text(reachable, "x", "/s/1")
				if r.status != c.status || !strings.Contains(r.raw, c.body) || c.body == "" && r.raw != "" || (r.err != nil) != (c.status == 0) {
					t.Errorf("%d %q %v", r.status, r.raw, r.err)
				}
				b.idle()
				if got := len(b.app.hooks("/s/1")); got != 3*c.accepted || len(b.sim.Ledger().Accepted()) != c.accepted {
					t.Errorf("%d callbacks", got)
				}
				b.text(reachable, "x", "/s/2").uuids(t) // the script is used up
			})
		})
	}
}

func TestShapesOfErrorAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		faults simulator.Faults
		holds  string
		after  string
	}{
		"JSON":           {simulator.Faults{Throttle429: 1}, `"error":"too many requests"`, ""},
		"nothing at all": {simulator.Faults{Throttle429: 1, EmptyBodies: true}, "", ""},
		"a page":         {simulator.Faults{Throttle429: 1, HTMLBodies: true, RetryAfter: "3"}, "<html>", "3"},
	} {
		b := start(t, simulator.Config{Faults: c.faults})
		r := b.text(reachable, "x", "/s/1")
		if r.status != 429 || !strings.Contains(r.raw, c.holds) || c.holds == "" && r.raw != "" || r.header.Get("Retry-After") != c.after {
			t.Errorf("%s: %d %q %v", name, r.status, r.raw, r.header)
		}
	}
}

func TestCallbackFaults(t *testing.T) {
	t.Parallel()
	const none = simulator.CallbackNone
	cases := []struct {
		name   string
		script []simulator.CallbackFault
		want   []string
	}{
		{"none", nil, []string{"queued", "sent", "delivered"}},
		{"dropped", []simulator.CallbackFault{none, simulator.CallbackDrop}, []string{"queued", "delivered"}},
		{"doubled", []simulator.CallbackFault{none, none, simulator.CallbackDuplicate}, []string{"queued", "sent", "delivered", "delivered"}},
		{"first after second", []simulator.CallbackFault{simulator.CallbackReorder}, []string{"sent", "queued", "delivered"}},
		{"second after third", []simulator.CallbackFault{none, simulator.CallbackReorder}, []string{"queued", "delivered", "sent"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := start(t, simulator.Config{})
				b.sim.ScriptCallbacks(c.script...)
				b.text(reachable, "x", "/s/1").uuids(t)
				b.idle()
				if diff := cmp.Diff(c.want, b.app.statuses("/s/1")); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

func TestWrongSignatureIsPutRightByTheRetryAndTwoMayShareAHeader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		valid := func(h hook) bool {
			want := expected(hookBase+"/s/1"+h.Header.Get("X-Plivo-Signature-V2-Nonce"), authToken)
			return strings.Contains(","+h.Header.Get("X-Plivo-Signature-V2")+",", ","+want+",")
		}
		b.app.answer = func(h hook) int {
			if valid(h) {
				return 200
			}
			return 403
		}
		b.sim.ScriptCallbacks(simulator.CallbackWrongSignature, simulator.CallbackDoubleSignature)
		b.text(reachable, "x", "/s/1").uuids(t)
		b.idle()
		hooks := b.app.hooks("/s/1")
		if got := b.app.statuses("/s/1"); !cmp.Equal(got, []string{"queued", "sent", "delivered", "queued"}) {
			t.Fatal(got)
		}
		if valid(hooks[0]) || !valid(hooks[3]) || strings.Count(hooks[1].Header.Get("X-Plivo-Signature-V2"), ",") != 1 {
			t.Error("signatures are not as scripted")
		}
	})
}

func TestCallbacksBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Faults: simulator.Faults{CallbackBeforeResponse: 1}})
		b.text(reachable, "x", "/s/1").uuids(t)
		if diff := cmp.Diff([]string{"queued", "sent", "delivered"}, b.app.statuses("/s/1")); diff != "" {
			t.Error("at the time of the answer: ", diff)
		}
	})
}

func TestHangEndsWhenTheCallerGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.sim.ScriptAPI(simulator.APIHang)
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://api.plivo.test"+account("Message/"),
			strings.NewReader(`{"src":"`+sender+`","dst":"`+reachable+`","text":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.SetBasicAuth(authID, authToken)
		req.Header.Set("Content-Type", "application/json")
		if r := do(b.api, req); r.err == nil {
			t.Errorf("answered %d", r.status)
		}
		if len(b.sim.Ledger().Accepted()) != 1 {
			t.Error("not accepted")
		}
	})
}

func TestResetCutsARealConnection(t *testing.T) {
	t.Parallel()
	sim := simulator.New(simulator.Config{AuthID: authID, AuthToken: authToken})
	server := httptest.NewServer(sim)
	defer server.Close()
	defer sim.Close(context.Background())
	sim.ScriptAPI(simulator.APIResetAfter, simulator.APITruncated, simulator.APINone)
	for i, want := range []bool{false, false, true} {
		req, err := http.NewRequest(http.MethodPost, server.URL+account("Message/"), strings.NewReader(`{"src":"`+sender+`","dst":"`+reachable+`","text":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.SetBasicAuth(authID, authToken)
		req.Header.Set("Content-Type", "application/json")
		resp, err := server.Client().Do(req)
		if err == nil {
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		if (err == nil) != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if got := len(sim.Ledger().Accepted()); got != 3 {
		t.Errorf("%d accepted", got)
	}
}
