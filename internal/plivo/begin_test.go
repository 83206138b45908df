package plivo

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"testing"

	"tidings/internal/engine/dispatch"
)

// slow is a connection whose first write of a request waits.
type slow struct {
	net.Conn
	writing chan<- struct{}
	proceed <-chan struct{}
}

func (c slow) Write(b []byte) (int, error) {
	if strings.HasPrefix(string(b), "POST ") {
		c.writing <- struct{}{}
		<-c.proceed
	}
	return c.Conn.Write(b)
}

// A STOP that waits may go on when the bytes have left, not when they stand in a buffer; and from the
// moment in which they may leave nothing is proven unsent.
func TestARequestHasBegunWhenItsBytesHaveLeft(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(answering(http.StatusAccepted, `{"message_uuid":["`+testUUID+`"]}`))
	t.Cleanup(srv.Close)
	writing, proceed := make(chan struct{}), make(chan struct{})
	c := newClient(t, srv.URL, func(cfg *Config) {
		cfg.Transport = &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return slow{conn, writing, proceed}, err
		}}
	})
	var started atomic.Int64
	replies := make(chan dispatch.Reply, 1)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() { replies <- c.Send(ctx, sample(&started)) }()
	<-writing
	if started.Load() != 0 {
		t.Error("the request had begun before a byte of it left")
	}
	proceed <- struct{}{}
	if got := <-replies; got.Outcome != dispatch.Accepted || started.Load() != 1 {
		t.Errorf("got %+v with %d starts", got, started.Load())
	}

	// On the same connection, and given up while the bytes are on their way.
	go func() { replies <- c.Send(ctx, sample(&started)) }()
	<-writing
	cancel()
	proceed <- struct{}{} // a real connection's write ends when it is closed
	if got := <-replies; got.Outcome != dispatch.Unknown || started.Load() != 2 {
		t.Errorf("given up: got %+v with %d starts", got, started.Load())
	}
}

func TestARequestOverTLSTellsWhenItBegins(t *testing.T) {
	t.Parallel()
	srv := httptest.NewTLSServer(answering(http.StatusAccepted, `{"message_uuid":["`+testUUID+`"]}`))
	t.Cleanup(srv.Close)
	c := newClient(t, srv.URL, func(cfg *Config) { cfg.Transport = srv.Client().Transport })
	for range 2 { // a new connection, and the same once more
		told := make(chan struct{})
		a := &attempt{started: func() { close(told) }}
		req, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), a.trace()), http.MethodGet, srv.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := c.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if !a.watched.Load() || !a.wrote.Load() {
			t.Errorf("watched %v, wrote %v", a.watched.Load(), a.wrote.Load())
		}
		<-told // the answer may be here before the write is back
	}
}
