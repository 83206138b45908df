package simulator_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/simulator"
)

func TestCloseStopsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // the bubble fails if a goroutine is left
		b := start(t, simulator.Config{DefaultRate: 0.01})
		b.app.answer = func(hook) int { return 500 } // retries are pending, too
		for range 5 {
			b.text(reachable, "x", "/s/1").uuids(t)
		}
		<-time.After(time.Second)
		began := time.Now()
		for range 2 {
			if err := b.sim.Close(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(began); took > 0 {
			t.Errorf("took %v", took)
		}
		b.idle()
		if r := b.text(reachable, "x", "/s/1"); r.status != 503 {
			t.Errorf("after the end: %d", r.status)
		}
		if _, err := b.sim.Inject(reachable, sender, "x"); err == nil {
			t.Error("a phone wrote after the end")
		}
	})
}

func TestCloseCutsOffAWebhookThatHangs(t *testing.T) {
	t.Parallel()
	stuck := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // or the server does not notice that the other side left
		close(stuck)
		<-r.Context().Done()
	}))
	defer server.Close()
	sim := simulator.New(simulator.Config{})
	sim.SetInbound("", server.URL)
	if _, err := sim.Inject(reachable, sender, "x"); err != nil {
		t.Fatal(err)
	}
	<-stuck
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := sim.Close(ctx); err != nil {
		t.Error(err)
	}
}

func TestIdleGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.app.answer = func(hook) int { return 500 }
		b.text(reachable, "x", "/s/1").uuids(t)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := b.sim.Idle(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("idle although retries are pending: %v", err)
		}
	})
}

func TestIDsAreUniqueAndWellFormed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // time stands still here: all in one instant
		b := start(t, simulator.Config{})
		seen := map[string]bool{}
		for range 200 {
			id := b.text(reachable, "x", "/s/1").uuids(t)[0]
			if seen[id] || len(id) != 36 || id[14] != '1' || !strings.ContainsRune("89ab", rune(id[19])) {
				t.Fatalf("id %s", id)
			}
			seen[id] = true
		}
	})
}

func TestTransportIsLikeAConnection(t *testing.T) {
	t.Parallel()
	rt := simulator.Transport(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/cut":
			panic(http.ErrAbortHandler)
		case "/hang":
			<-r.Context().Done()
		default:
			body, _ := io.ReadAll(r.Body)
			w.Header().Set("X-Host", r.Host)
			w.WriteHeader(http.StatusTeapot)
			w.Header().Set("X-Late", "1")
			fmt.Fprintf(w, "%s %s %s", r.Method, r.RequestURI, body)
		}
	}))
	post := func(ctx context.Context, path string) reply {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://app.test"+path, strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		return do(rt, req)
	}
	r := post(t.Context(), "/a?b=c")
	if r.status != 418 || r.raw != "POST /a?b=c hello" || r.header.Get("X-Host") != "app.test" || r.header.Get("X-Late") != "" {
		t.Errorf("%+v", r)
	}
	if r := post(t.Context(), "/cut"); !errors.Is(r.err, io.ErrUnexpectedEOF) {
		t.Errorf("cut: %+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	if r := post(ctx, "/hang"); !errors.Is(r.err, context.Canceled) {
		t.Errorf("hang: %+v", r)
	}
}

// BenchmarkMessage is one text with its three callbacks, all in memory.
func BenchmarkMessage(b *testing.B) {
	var hooks atomic.Int64
	sim := simulator.New(simulator.Config{
		AuthID: authID, AuthToken: authToken, NoV3: true, CallbackDelay: -1, DeliverDelay: -1,
		Transport: simulator.Transport(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hooks.Add(1) })),
	})
	defer sim.Close(context.Background())
	api := simulator.Transport(sim)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		body := fmt.Sprintf(`{"src":"12125550100","dst":"1212%07d","text":"Hello","url":"http://app.test/s/%d"}`, 2000000+n%8000000, n)
		req := httptest.NewRequest(http.MethodPost, "http://api.test/v1/Account/"+authID+"/Message/", strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		req.SetBasicAuth(authID, authToken)
		if r := do(api, req); r.status != 202 {
			b.Fatal(r.status, r.raw)
		}
	}
	if err := sim.Idle(context.Background()); err != nil {
		b.Fatal(err)
	}
	if hooks.Load() != int64(3*n) {
		b.Fatalf("%d callbacks of %d messages", hooks.Load(), n)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "msg/s")
}
