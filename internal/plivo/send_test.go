package plivo

import (
	"context"
	"encoding/json"
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

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/dispatch"
)

const (
	testID   = "MATESTTESTTESTTEST"
	testUUID = "5b40a428-bfc7-4daf-9d06-726c558bf3b8"
	to       = "+12125550123"
	from     = "+12125550100"
)

func newClient(t testing.TB, base string, change ...func(*Config)) *Client {
	t.Helper()
	cfg := Config{AuthID: testID, AuthToken: "canary-token", BaseURL: base, Connections: 4, Timeout: 5 * time.Second}
	for _, f := range change {
		f(&cfg)
	}
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// sample is a text whose Started counts its calls.
func sample(started *atomic.Int64) dispatch.Text {
	return dispatch.Text{Source: from, To: to, Body: "Hello", CallbackURL: "https://shop.example/webhooks/plivo/status/abc",
		Started: func() { started.Add(1) }}
}

func answering(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// cut answers with the given bytes and resets the connection.
func cut(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		io.WriteString(conn, raw)
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
}

// stall waits until the client has gone.
func stall(before string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if before != "" {
			w.WriteHeader(http.StatusAccepted)
			io.WriteString(w, before)
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	}
}

func TestSendTellsWhatEveryAnswerProves(t *testing.T) {
	t.Parallel()
	accepted := `{"api_id":"x","message":"message(s) queued","message_uuid":["` + testUUID + `"]}`
	tests := map[string]struct {
		handler http.HandlerFunc
		timeout time.Duration
		want    dispatch.Reply
		detail  string // wanted in Detail, where want has none
	}{
		"accepted":                {handler: answering(202, accepted), want: dispatch.Reply{UUID: testUUID}},
		"accepted, id as text":    {handler: answering(202, `{"message_uuid":"`+testUUID+`"}`), want: dispatch.Reply{UUID: testUUID}},
		"200 with an id":          {handler: answering(200, accepted), want: dispatch.Reply{UUID: testUUID}},
		"202 empty":               {handler: answering(202, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 without ids":         {handler: answering(202, `{"message_uuid":[]}`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 two ids":             {handler: answering(202, `{"message_uuid":["aaaaaaaa-1","bbbbbbbb-2"]}`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 strange id":          {handler: answering(202, `{"message_uuid":["../../x"]}`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 async call":          {handler: answering(202, `{"message":"async api spawned","api_id":"x"}`), want: dispatch.Reply{Outcome: dispatch.Unknown}, detail: "async"},
		"202 garbage":             {handler: answering(202, `{"message_uuid":`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 page of a proxy":     {handler: answering(202, `<html>ok</html>`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 invalid number":      {handler: answering(202, `{"message_uuid":[],"invalid_number":["12125550123"]}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "50"}},
		"202 cut":                 {handler: cut("HTTP/1.1 202 Accepted\r\nContent-Length: 500\r\n\r\n{\"message_uuid\":[\"5b40"), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"202 huge":                {handler: answering(202, `{"x":"`+strings.Repeat("y", 2<<20)+`","message_uuid":["`+testUUID+`"]}`), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"timeout after accept":    {handler: stall(""), timeout: 80 * time.Millisecond, want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"slow drip":               {handler: stall(`{"message_uuid":["`), timeout: 80 * time.Millisecond, want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"reset after the request": {handler: cut(""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"not HTTP":                {handler: cut("220 smtp ready\r\n"), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"400 names the number": {handler: answering(400, `{"api_id":"x","error":"12125550123 is not a valid phone number"}`),
			want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "50"}, detail: "(number) is not a valid"},
		"400 names it with separators": {handler: answering(400, `{"error":"+1 (212) 555-0123 is not a valid phone number"}`),
			want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "50"}, detail: "(number) is not"},
		"400 names a longer number": {handler: answering(400, `{"error":"9912125550123 is odd"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400"}},
		"400 names the sender": {handler: answering(400, `{"error":"12125550100 is not allowed as caller"}`),
			want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Account: true}, detail: "(number)"},
		"400 caller id":           {handler: answering(400, `{"error":"Caller ID not allowed for outbound message"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Account: true}},
		"400 sender field":        {handler: answering(400, `{"error":"src is not a valid sender"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Account: true}},
		"400 other":               {handler: answering(400, `{"error":{"text":["too long"]}}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400"}, detail: "too long"},
		"400 empty":               {handler: answering(400, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400"}},
		"400 no credit":           {handler: answering(400, `{"error":"InsufficientCredit"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Account: true}},
		"402":                     {handler: answering(402, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Account: true}},
		"403 no credit":           {handler: answering(403, `{"error":"Insufficient Credit"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Account: true}},
		"401 plain text":          {handler: answering(401, "Could not verify your access level"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "401", Account: true}, detail: "verify"},
		"401 empty":               {handler: answering(401, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "401", Account: true}},
		"403 geo":                 {handler: answering(403, `{"error":"Geo permissions do not allow this"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "450"}},
		"403 other":               {handler: answering(403, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "403", Account: true}},
		"404":                     {handler: answering(404, "{}"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_404", Account: true}},
		"408":                     {handler: answering(408, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"499":                     {handler: answering(499, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"422":                     {handler: answering(422, "{}"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_422"}},
		"429 with seconds":        {handler: answering(429, `{"error":"too many"}`, "Retry-After", "7"), want: dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: 7 * time.Second}},
		"429 with a date":         {handler: answering(429, "", "Date", "Mon, 02 Mar 2026 10:00:00 GMT", "Retry-After", "Mon, 02 Mar 2026 10:00:30 GMT"), want: dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: 30 * time.Second}},
		"429 endless":             {handler: answering(429, "", "Retry-After", "99999999"), want: dispatch.Reply{Outcome: dispatch.Throttled, RetryAfter: time.Hour}},
		"429 nonsense":            {handler: answering(429, "", "Retry-After", "-soon"), want: dispatch.Reply{Outcome: dispatch.Throttled}},
		"429 empty":               {handler: answering(429, ""), want: dispatch.Reply{Outcome: dispatch.Throttled}},
		"500 empty":               {handler: answering(500, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"500 with an id":          {handler: answering(500, accepted), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"502 page":                {handler: answering(502, "<html>12125550123</html>"), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"503":                     {handler: answering(503, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"303 may follow a finish": {handler: answering(303, "", "Location", "/done"), want: dispatch.Reply{Outcome: dispatch.Unknown}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls, started atomic.Int64
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls.Add(1)
				tt.handler(w, r)
			}))
			t.Cleanup(srv.Close)
			c := newClient(t, srv.URL, func(cfg *Config) {
				if tt.timeout > 0 {
					cfg.Timeout = tt.timeout
				}
			})
			got := c.Send(t.Context(), sample(&started))
			if !strings.Contains(got.Detail, tt.detail) || strings.Contains(got.Detail, "5550") || strings.Contains(got.Detail, testID) {
				t.Errorf("detail %q, want it to hold %q and no number or id", got.Detail, tt.detail)
			}
			got.Detail = ""
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if calls.Load() != 1 || started.Load() != 1 {
				t.Errorf("%d requests, %d starts; want one of each", calls.Load(), started.Load())
			}
		})
	}
}

func TestSendFollowsNoRedirect(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 307, 308} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			var second, started atomic.Int64
			elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { second.Add(1) }))
			t.Cleanup(elsewhere.Close)
			srv := httptest.NewServer(answering(status, "", "Location", elsewhere.URL))
			t.Cleanup(srv.Close)
			got := newClient(t, srv.URL).Send(t.Context(), sample(&started))
			if got.Outcome != dispatch.Rejected || !got.Account || got.Code != httpCode(status) {
				t.Errorf("got %+v", got)
			}
			if second.Load() != 0 {
				t.Error("the text was posted to the new place")
			}
		})
	}
}

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

func TestSendWritesTheRequestThatPlivoDocuments(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text dispatch.Text
		base string
		path string
		want map[string]any
	}{
		"number": {
			text: dispatch.Text{Source: from, To: to, Body: "A <b> & c", CallbackURL: "https://shop.example/s/1", Expiry: 90 * time.Second},
			path: "/v1/Account/" + testID + "/Message/",
			want: map[string]any{"src": from, "dst": to, "text": "A <b> & c", "type": "sms", "url": "https://shop.example/s/1", "method": "POST", "message_expiry": 90.0},
		},
		"powerpack below a prefix": {
			text: dispatch.Text{PowerpackUUID: testUUID, To: to, Body: "Hi"}, base: "/plivo/",
			path: "/plivo/v1/Account/" + testID + "/Message/",
			want: map[string]any{"powerpack_uuid": testUUID, "dst": to, "text": "Hi", "type": "sms"},
		},
		"window nearly over": {
			text: dispatch.Text{Source: from, To: to, Body: "Hi", Expiry: time.Second},
			path: "/v1/Account/" + testID + "/Message/",
			want: map[string]any{"src": from, "dst": to, "text": "Hi", "type": "sms", "message_expiry": 5.0},
		},
		"long window": {
			text: dispatch.Text{Source: from, To: to, Body: "Hi", Expiry: 20 * time.Hour},
			path: "/v1/Account/" + testID + "/Message/",
			want: map[string]any{"src": from, "dst": to, "text": "Hi", "type": "sms", "message_expiry": 10799.0},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got map[string]any
			var path, id, token, kind string
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				path, kind = r.URL.Path, r.Method+" "+r.Header.Get("Content-Type")
				id, token, _ = r.BasicAuth()
				json.NewDecoder(r.Body).Decode(&got)
				answering(202, `{"message_uuid":["`+testUUID+`"]}`)(w, r)
			}))
			t.Cleanup(srv.Close)
			tt.text.Started = func() {}
			if r := newClient(t, srv.URL+tt.base).Send(t.Context(), tt.text); r.Outcome != dispatch.Accepted {
				t.Fatalf("got %+v", r)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if path != tt.path || id != testID || token != "canary-token" || kind != "POST application/json" {
				t.Errorf("%s %s as %s", kind, path, id)
			}
		})
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

func TestStartedComesBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	begun := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-begun: // a STOP that waits for Started must not wait for the answer
			answering(202, `{"message_uuid":["`+testUUID+`"]}`)(w, r)
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(srv.Close)
	got := newClient(t, srv.URL).Send(t.Context(), dispatch.Text{Source: from, To: to, Body: "Hi", Started: func() { close(begun) }})
	if got.Outcome != dispatch.Accepted {
		t.Errorf("got %+v", got)
	}
}

func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	var opened atomic.Int64
	srv := httptest.NewUnstartedServer(answering(429, `{"error":"slow down"}`))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	c := newClient(t, srv.URL)
	var started atomic.Int64
	for range 10 {
		c.Send(t.Context(), sample(&started))
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections for ten texts one after the other", opened.Load())
	}
}

func TestNewRefusesBrokenConfigurations(t *testing.T) {
	t.Setenv("PLIVO_AUTH_ID", "MAFROMENVIRONMENT")
	t.Setenv("PLIVO_AUTH_TOKEN", "from-environment")
	good := Config{AuthID: testID, AuthToken: "canary-token"}
	tests := map[string]func(*Config){
		"no id":             func(c *Config) { c.AuthID = "" },
		"path in the id":    func(c *Config) { c.AuthID = "MA/../x" },
		"no token":          func(c *Config) { c.AuthToken = "" },
		"blank in token":    func(c *Config) { c.AuthToken = "canary token" },
		"broken escape":     func(c *Config) { c.BaseURL = "https://x/%zz" },
		"broken port":       func(c *Config) { c.BaseURL = "http://x:port/" },
		"no scheme":         func(c *Config) { c.BaseURL = "api.plivo.com" },
		"no host":           func(c *Config) { c.BaseURL = "https://:443" },
		"other scheme":      func(c *Config) { c.BaseURL = "file:///etc" },
		"query":             func(c *Config) { c.BaseURL = "https://x/?a=b" },
		"user":              func(c *Config) { c.BaseURL = "https://a:b@x" },
		"many connections":  func(c *Config) { c.Connections = 101 },
		"negative timeout":  func(c *Config) { c.Timeout = -1 },
		"less than nothing": func(c *Config) { c.Connections = -1 },
	}
	for name, change := range tests {
		cfg := good
		change(&cfg)
		c, err := New(cfg)
		if err == nil || c != nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: the error shows the token: %v", name, err)
		}
	}
	if _, err := New(good); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

func BenchmarkSend(b *testing.B) {
	accepted := []byte(`{"message_uuid":["` + testUUID + `"]}`)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
		w.Write(accepted)
	}))
	b.Cleanup(srv.Close)
	b.Run("client", func(b *testing.B) {
		c := newClient(b, srv.URL, func(cfg *Config) { cfg.Connections = 32 })
		text := dispatch.Text{Source: from, To: to, Body: "Hello", CallbackURL: "https://shop.example/s/1", Started: func() {}}
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if r := c.Send(context.Background(), text); r.Outcome != dispatch.Accepted {
					b.Errorf("got %+v", r)
				}
			}
		})
	})
	// The limit: a request made by hand on the same kind of connections.
	b.Run("by hand", func(b *testing.B) {
		hc := &http.Client{Transport: newTransport(32)}
		b.Cleanup(hc.CloseIdleConnections)
		body := `{"src":"+12125550100","dst":"+12125550123","text":"Hello","type":"sms","url":"https://shop.example/s/1","method":"POST"}`
		b.ReportAllocs()
		b.SetParallelism(16)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				resp, err := hc.Post(srv.URL+"/v1/Account/x/Message/", "application/json", strings.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	})
}
