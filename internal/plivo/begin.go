package plivo

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// A STOP is acknowledged once the request to its person has begun, and not
// before. The hooks of a client trace are too early for that: net/http calls
// both WroteHeaders and WroteRequest when the bytes are in its buffer, and
// hands them to the connection some time later. So the connection itself tells.

// announced is a connection that tells an attempt when its bytes leave.
type announced struct {
	net.Conn
	next atomic.Pointer[attempt] // whose request is written next
}

// Write marks the attempt as begun before the first byte, as nothing can be
// proven unsent from then on, and lets a STOP go on after it.
func (c *announced) Write(b []byte) (int, error) {
	a := c.next.Swap(nil)
	if a == nil {
		return c.Conn.Write(b)
	}
	a.wrote.Store(true)
	defer a.release()
	return c.Conn.Write(b)
}

type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// announcing makes a transport's connections tell when their bytes leave. TLS
// goes over them, so that holds for encrypted bytes as well.
func announcing(t *http.Transport) *http.Transport {
	t = t.Clone()
	dial := dialer(t.DialContext)
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &announced{Conn: conn}, nil
	}
	return t
}

// trace watches one attempt. A transport that is not an *http.Transport, or one
// whose connections are not ours, tells by WroteHeaders alone.
func (a *attempt) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GotConn: func(got httptrace.GotConnInfo) {
			conn := got.Conn
			if secure, ok := conn.(*tls.Conn); ok {
				conn = secure.NetConn()
			}
			if ours, ok := conn.(*announced); ok {
				a.watched.Store(true)
				ours.next.Store(a)
			}
		},
		WroteHeaders: func() {
			if !a.watched.Load() {
				a.wrote.Store(true)
				a.release()
			}
		},
	}
}
