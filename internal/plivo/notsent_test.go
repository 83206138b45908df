package plivo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
)

func TestSendProvesThatNothingLeft(t *testing.T) {
	t.Parallel()
	t.Run("nobody listens", func(t *testing.T) {
		t.Parallel()
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		addr := ln.Addr().String()
		ln.Close()
		var started atomic.Int64
		got := newClient(t, "http://"+addr).Send(t.Context(), sample(&started))
		if got.Outcome != dispatch.NotSent || started.Load() != 1 {
			t.Errorf("got %+v with %d starts", got, started.Load())
		}
	})
	t.Run("canceled before", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var started atomic.Int64
		got := newClient(t, "http://127.0.0.1:1").Send(ctx, sample(&started))
		if got.Outcome != dispatch.NotSent || started.Load() != 1 {
			t.Errorf("got %+v with %d starts", got, started.Load())
		}
	})
	t.Run("no TLS at the other end", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(answering(202, "{}"))
		t.Cleanup(srv.Close)
		var started atomic.Int64
		got := newClient(t, "https"+strings.TrimPrefix(srv.URL, "http")).Send(t.Context(), sample(&started))
		if got.Outcome != dispatch.NotSent || started.Load() != 1 {
			t.Errorf("got %+v with %d starts", got, started.Load())
		}
	})
	t.Run("waiting for a free connection", func(t *testing.T) {
		t.Parallel()
		arrived := make(chan struct{}, 1)
		srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			arrived <- struct{}{}
			<-r.Context().Done()
		}))
		t.Cleanup(srv.Close)
		c := newClient(t, srv.URL, func(cfg *Config) { cfg.Connections = 1 })
		ctx, cancel := context.WithCancel(t.Context())
		first := make(chan dispatch.Reply, 1)
		var started atomic.Int64
		go func() { first <- c.Send(ctx, sample(&started)) }()
		<-arrived
		short, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer stop()
		if got := c.Send(short, sample(&started)); got.Outcome != dispatch.NotSent {
			t.Errorf("the waiting one: %+v", got)
		}
		cancel()
		if got := <-first; got.Outcome != dispatch.Unknown {
			t.Errorf("the open one: %+v", got)
		}
		if started.Load() != 2 {
			t.Errorf("%d starts for two texts", started.Load())
		}
	})
}

func TestSendRefusesWhatPlivoWouldMisread(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	t.Cleanup(srv.Close)
	c := newClient(t, srv.URL)
	change := map[string]struct {
		f    func(*dispatch.Text)
		code string
	}{
		"two people":     {func(x *dispatch.Text) { x.To = "+12125550123<+12125550124" }, "50"},
		"no plus":        {func(x *dispatch.Text) { x.To = "12125550123" }, "50"},
		"blank":          {func(x *dispatch.Text) { x.To = "+1 212 555 0123" }, "50"},
		"line end":       {func(x *dispatch.Text) { x.To = to + "\n" }, "50"},
		"leading zero":   {func(x *dispatch.Text) { x.To = "+02125550123" }, "50"},
		"empty":          {func(x *dispatch.Text) { x.To = "" }, "50"},
		"too long":       {func(x *dispatch.Text) { x.To = "+1212555012345678" }, "50"},
		"other digits":   {func(x *dispatch.Text) { x.To = "+1212555012٣" }, "50"},
		"no sender":      {func(x *dispatch.Text) { x.Source = "" }, "40"},
		"two senders":    {func(x *dispatch.Text) { x.PowerpackUUID = testUUID }, "40"},
		"nothing to say": {func(x *dispatch.Text) { x.Body = "" }, "10"},
	}
	for name, tt := range change {
		var started atomic.Int64
		text := sample(&started)
		tt.f(&text)
		got := c.Send(t.Context(), text)
		if got.Outcome != dispatch.Rejected || got.Code != tt.code || started.Load() != 1 {
			t.Errorf("%s: got %+v with %d starts", name, got, started.Load())
		}
	}
	if calls.Load() != 0 {
		t.Errorf("%d requests left", calls.Load())
	}
}

// roundTrip is a transport that is not net/http's.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSendBelievesOnlyTransportsThatReport(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset near +12125550123")
	tests := map[string]struct {
		rt   roundTrip
		want dispatch.Outcome
	}{
		"silent transport fails": {func(*http.Request) (*http.Response, error) { return nil, broken }, dispatch.Unknown},
		"reporting transport fails after the request": {func(r *http.Request) (*http.Response, error) {
			httptrace.ContextClientTrace(r.Context()).WroteHeaders()
			return nil, broken
		}, dispatch.Unknown},
		"dial fails": {func(*http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("proxy: %w", &net.OpError{Op: "dial", Err: broken})
		}, dispatch.NotSent},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var started atomic.Int64
			c := newClient(t, "http://plivo.test", func(cfg *Config) { cfg.Transport = tt.rt })
			got := c.Send(t.Context(), sample(&started))
			if got.Outcome != tt.want || started.Load() != 1 || strings.Contains(got.Detail, "5550123") {
				t.Errorf("got %+v with %d starts", got, started.Load())
			}
		})
	}
}

// A request that can be rewound is repeated by net/http on another connection.
func TestSendCannotBeRepeatedByTheTransport(t *testing.T) {
	t.Parallel()
	var rewindable, read bool
	c := newClient(t, "http://plivo.test", func(cfg *Config) {
		cfg.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			rewindable = r.GetBody != nil || r.Header.Get("Idempotency-Key") != ""
			body, err := io.ReadAll(r.Body)
			read = err == nil && len(body) > 0
			return nil, errors.New("cut")
		})
	})
	c.Send(t.Context(), sample(new(atomic.Int64)))
	if rewindable || !read {
		t.Errorf("rewindable %v, read %v", rewindable, read)
	}
}
