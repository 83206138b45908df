package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/test/raced"
)

// A request that hangs before its first byte, at a dial that does not come through: the STOP of that
// person is on disk at once but not acknowledged, within the three seconds that a webhook has. It is
// acknowledged when the request has begun or failed.
func TestAStopDoesNotWaitForeverForARequestThatHangs(t *testing.T) {
	t.Parallel()
	p := newPairs(1)
	provider := httptest.NewServer(p.provider())
	t.Cleanup(provider.Close)
	dialing, proceed := make(chan struct{}), make(chan struct{})
	var dials atomic.Int64
	hangs := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		if dials.Add(1) == 2 { // the first asks for the price of a text
			close(dialing)
			<-proceed
		}
		return p.dial(ctx, network, address)
	}}
	t.Cleanup(hangs.CloseIdleConnections)
	app := open(t, provider.URL, hangs)
	door := httptest.NewServer(p.door(app.Handler()))
	t.Cleanup(door.Close)
	launch(t, app, 1)
	<-dialing

	began := time.Now()
	resp, err := http.DefaultClient.Do(inbound(door.URL, 0))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	budget := raced.Within(3*time.Second, 10*time.Second)
	if took := time.Since(began); resp.StatusCode/100 == 2 || took > budget {
		t.Errorf("while the request hangs the STOP is answered %d after %v", resp.StatusCode, took)
	}
	var suppressed int
	if err := app.DB().NewQuery("SELECT COUNT(*) FROM suppressions WHERE phoneNumber = {:n}").Bind(dbx.Params{"n": number(0)}).Row(&suppressed); err != nil || suppressed != 1 {
		t.Errorf("%d suppressions after the STOP (%v), want 1", suppressed, err)
	}
	close(proceed)
	if err := p.stop(http.DefaultClient, door.URL, 0); err != nil {
		t.Errorf("the STOP once more: %v", err)
	}
	if r := p.result(); r.Late != 0 || r.TextFirst != 1 {
		t.Errorf("%v", r)
	}
}
