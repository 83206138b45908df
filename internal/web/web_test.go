package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
)

// provider takes every form whose "Signature" header says so, and notes over which address.
type provider struct{ addresses []string }

func (p *provider) Verify(_, address string, h http.Header, _ url.Values) (Proof, error) {
	p.addresses = append(p.addresses, address)
	switch h.Get("Signature") {
	case "full":
		return Proof{BodySigned: true, Nonce: "n1"}, nil
	case "address":
		return Proof{Nonce: "n2"}, nil
	}
	return Proof{}, errors.New("no")
}

func (*provider) ParseStatus(form url.Values) (receipt.Event, error) {
	if form.Get("Status") == "" {
		return receipt.Event{}, errors.New("a status is missing")
	}
	return receipt.Event{Status: form.Get("Status")}, nil
}

func (*provider) ParseInbound(form url.Values) (inbox.Message, error) {
	if form.Get("Text") == "" {
		return inbox.Message{}, errors.New("a text is missing")
	}
	return inbox.Message{Text: form.Get("Text")}, nil
}

// book keeps what came through the door and answers as it is told.
type book struct {
	err      error
	events   []receipt.Event
	messages []inbox.Message
}

func (*book) Known(token string) bool { return token == "ours" }

func (b *book) Apply(_ context.Context, e receipt.Event) error {
	b.events = append(b.events, e)
	return b.err
}

func (b *book) Receive(_ context.Context, m inbox.Message) error {
	b.messages = append(b.messages, m)
	return b.err
}

func TestTheDoor(t *testing.T) {
	t.Parallel()
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, method, path, media, signature, body string
		err                                        error
		status, came                               int
	}{
		{"a receipt", "POST", "/webhooks/plivo/status/ours", form, "full", "Status=sent", nil, 200, 1},
		{"a text", "POST", "/webhooks/plivo/inbound", form, "full", "Text=Hi", nil, 200, 1},
		{"a media type with its alphabet", "POST", "/webhooks/plivo/inbound", form + "; charset=utf-8", "full", "Text=Hi", nil, 200, 1},
		{"the largest body", "POST", "/webhooks/plivo/inbound", form, "full", "Text=" + strings.Repeat("x", maxBody-5), nil, 200, 1},

		{"a foreign token", "POST", "/webhooks/plivo/status/theirs", form, "full", "Status=sent", nil, 403, 0},
		{"an unsigned receipt", "POST", "/webhooks/plivo/status/ours", form, "", "Status=sent", nil, 403, 0},
		{"an unsigned text", "POST", "/webhooks/plivo/inbound", form, "", "Text=Hi", nil, 403, 0},
		{"JSON", "POST", "/webhooks/plivo/inbound", "application/json", "full", `{"Text":"Hi"}`, nil, 415, 0},
		{"a longer word", "POST", "/webhooks/plivo/inbound", form + "x", "full", "Text=Hi", nil, 415, 0},
		{"no type", "POST", "/webhooks/plivo/inbound", "", "full", "Text=Hi", nil, 415, 0},
		{"a body too large", "POST", "/webhooks/plivo/inbound", form, "full", "Text=" + strings.Repeat("x", maxBody-4), nil, 413, 0},
		{"a broken escape", "POST", "/webhooks/plivo/inbound", form, "full", "Text=%", nil, 400, 0},
		{"a receipt without a status", "POST", "/webhooks/plivo/status/ours", form, "full", "", nil, 400, 0},
		{"a text without words", "POST", "/webhooks/plivo/inbound", form, "full", "", nil, 400, 0},
		{"reading", "GET", "/webhooks/plivo/inbound", form, "full", "", nil, 405, 0},
		{"another path", "POST", "/webhooks/plivo/other", form, "full", "Text=Hi", nil, 404, 0},

		{"a replayed receipt", "POST", "/webhooks/plivo/status/ours", form, "address", "Status=sent", receipt.ErrReplayed, 403, 1},
		{"a replayed text", "POST", "/webhooks/plivo/inbound", form, "address", "Text=Hi", inbox.ErrReplayed, 403, 1},
		{"a token that went bad", "POST", "/webhooks/plivo/status/ours", form, "full", "Status=sent", receipt.ErrBadToken, 403, 1},
		{"a text without its id", "POST", "/webhooks/plivo/inbound", form, "full", "Text=Hi", inbox.ErrMalformed, 400, 1},
		{"a text to nobody", "POST", "/webhooks/plivo/inbound", form, "full", "Text=Hi", inbox.ErrNoSender, 404, 1},
		{"a full disk", "POST", "/webhooks/plivo/status/ours", form, "full", "Status=sent", errors.New("disk full: /secret/path"), 503, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, b := &provider{}, &book{err: c.err}
			door := New(Options{PublicURL: "https://texts.example.com", Provider: p, Receipts: b, Inbox: b, Log: slog.New(slog.DiscardHandler)})
			r := httptest.NewRequest(c.method, "http://evil.example"+c.path, strings.NewReader(c.body))
			r.Header.Set("Content-Type", c.media)
			r.Header.Set("Signature", c.signature)
			r.Header.Set("X-Forwarded-Host", "evil.example")
			w := httptest.NewRecorder()
			door.ServeHTTP(w, r)
			if w.Code != c.status || len(b.events)+len(b.messages) != c.came {
				t.Errorf("%d %s with %d taken in, want %d and %d", w.Code, w.Body, len(b.events)+len(b.messages), c.status, c.came)
			}
			if c.status == 200 && w.Body.Len() != 0 {
				t.Errorf("the answer has a body: %q", w.Body)
			}
			if c.status == 503 && (w.Header().Get("Retry-After") == "" || strings.Contains(w.Body.String(), "secret")) {
				t.Errorf("Retry-After %q, body %s", w.Header().Get("Retry-After"), w.Body)
			}
			for _, a := range p.addresses {
				if a != "https://texts.example.com"+c.path {
					t.Errorf("the signature was checked over %s", a)
				}
			}
		})
	}
}

func TestWhatTheSignatureProvesGoesAlong(t *testing.T) {
	t.Parallel()
	b := &book{}
	door := New(Options{PublicURL: "https://texts.example.com", Provider: &provider{}, Receipts: b, Inbox: b, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	for _, signature := range []string{"full", "address"} {
		for path, body := range map[string]string{StatusPath + "ours": "Status=sent&B=2&A=1", InboundPath: "Text=Hi"} {
			r := httptest.NewRequest("POST", path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Signature", signature)
			door.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
	// Where the body was not signed, its fingerprint guards against another one under the same nonce;
	// it does not depend on the order of the fields.
	wantEvents := []receipt.Event{
		{Token: "ours", Status: "sent", Nonce: "n1"},
		{Token: "ours", Status: "sent", Nonce: "n2", BodyHash: fingerprint(url.Values{"A": {"1"}, "B": {"2"}, "Status": {"sent"}})},
	}
	if diff := cmp.Diff(wantEvents, b.events); diff != "" {
		t.Errorf("receipts (-want +got):\n%s", diff)
	}
	wantTexts := []inbox.Message{{Text: "Hi", BodySigned: true, Nonce: "n1"}, {Text: "Hi", Nonce: "n2"}}
	if diff := cmp.Diff(wantTexts, b.messages); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}
