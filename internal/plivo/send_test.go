package plivo

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/dispatch"
)

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
		"400 names a longer number": {handler: answering(400, `{"error":"9912125550123 is odd"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400", Class: dispatch.WholeText}},
		"400 names the sender": {handler: answering(400, `{"error":"12125550100 is not allowed as caller"}`),
			want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Class: dispatch.WholeSender}, detail: "(number)"},
		"400 caller id":           {handler: answering(400, `{"error":"Caller ID not allowed for outbound message"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Class: dispatch.WholeSender}},
		"400 sender field":        {handler: answering(400, `{"error":"src is not a valid sender"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40", Class: dispatch.WholeSender}},
		"400 other":               {handler: answering(400, `{"error":{"text":["too long"]}}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400", Class: dispatch.WholeText}, detail: "too long"},
		"400 empty":               {handler: answering(400, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_400", Class: dispatch.WholeText}},
		"400 no credit":           {handler: answering(400, `{"error":"InsufficientCredit"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount}},
		"402":                     {handler: answering(402, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount}},
		"403 no credit":           {handler: answering(403, `{"error":"Insufficient Credit"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "900", Class: dispatch.WholeAccount}},
		"401 plain text":          {handler: answering(401, "Could not verify your access level"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "401", Class: dispatch.WholeAccount}, detail: "verify"},
		"401 empty":               {handler: answering(401, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "401", Class: dispatch.WholeAccount}},
		"403 geo":                 {handler: answering(403, `{"error":"Geo permissions do not allow this"}`), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "450", Class: dispatch.WholeCountry}},
		"403 other":               {handler: answering(403, ""), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "403", Class: dispatch.WholeAccount}},
		"404":                     {handler: answering(404, "{}"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_404", Class: dispatch.WholeAccount}},
		"408":                     {handler: answering(408, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"499":                     {handler: answering(499, ""), want: dispatch.Reply{Outcome: dispatch.Unknown}},
		"422":                     {handler: answering(422, "{}"), want: dispatch.Reply{Outcome: dispatch.Rejected, Code: "http_422", Class: dispatch.WholeText}},
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
			if got.Outcome != dispatch.Rejected || got.Class != dispatch.WholeAccount || got.Code != httpCode(status) {
				t.Errorf("got %+v", got)
			}
			if second.Load() != 0 {
				t.Error("the text was posted to the new place")
			}
		})
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
