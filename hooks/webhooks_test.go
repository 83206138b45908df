package hooks_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tidings/hooks"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
	"tidings/internal/test/apptest"
	"tidings/internal/web"
)

// broken reads webhooks with a fault in it.
type broken struct{}

func (broken) Verify(string, string, http.Header, url.Values) (web.Proof, error) {
	panic("a fault of ours")
}
func (broken) ParseStatus(url.Values) (receipt.Event, error)  { return receipt.Event{}, nil }
func (broken) ParseInbound(url.Values) (inbox.Message, error) { return inbox.Message{}, nil }

func TestAWebhookThatPanicsIsToldAndCalledAgain(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	app := apptest.New(t, apptest.WithHooks(hooks.Options{Webhooks: broken{}, Log: slog.New(slog.NewTextHandler(&log, nil))}))
	req := httptest.NewRequest(http.MethodPost, web.InboundPath, strings.NewReader("Text=hi"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if got := app.Serve(req); got.Status != http.StatusInternalServerError || got.String("message") == "" {
		t.Errorf("the answer is %d %s, want 500 with a message", got.Status, got.Body)
	}
	app.Stop()
	if !strings.Contains(log.String(), "a webhook panicked") || !strings.Contains(log.String(), "a fault of ours") {
		t.Errorf("the log says %q", log.String())
	}
}

// reader finds every webhook unsigned.
type reader struct{ broken }

func (reader) Verify(string, string, http.Header, url.Values) (web.Proof, error) {
	return web.Proof{}, errors.New("not signed")
}

func TestOnlyWebhooksGoPastTheRouter(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{Webhooks: reader{}, Log: slog.New(slog.DiscardHandler)}))
	without := apptest.New(t)
	for _, c := range []struct {
		method, path string
		status       int
		routed       bool // PocketBase's router answers, with the headers of pages
	}{
		{"POST", web.InboundPath, 415, false}, // JSON
		{"POST", web.StatusPath + "token", 403, false},
		{"POST", web.StatusPath + "token?more=1", 403, false},
		{"GET", web.InboundPath, 404, true},
		{"HEAD", web.InboundPath, 404, true},
		{"PUT", web.StatusPath + "token", 404, true},
		{"POST", web.InboundPath + "/", 404, true},
		{"POST", web.StatusPath, 404, true},
		{"POST", web.StatusPath + "token/more", 404, true},
		{"POST", "/webhooks/plivo/other", 404, true},
		{"POST", "/webhooks/plivo", 404, true},
		{"GET", "/healthz", 200, true},
	} {
		res := app.Do(c.method, c.path, "", "", "Text=hi")
		if routed := res.Header.Get("Referrer-Policy") != ""; res.Status != c.status || routed != c.routed {
			t.Errorf("%s %s: %d, by the router: %v; want %d, %v", c.method, c.path, res.Status, routed, c.status, c.routed)
		}
		if res := without.Do(c.method, c.path, "", "", "Text=hi"); !c.routed && res.Status != 404 {
			t.Errorf("%s %s without a provider: %d, want 404", c.method, c.path, res.Status)
		}
	}
}
