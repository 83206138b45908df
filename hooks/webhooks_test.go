package hooks_test

import (
	"bytes"
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
	if got := app.Serve(req).Status; got != http.StatusInternalServerError {
		t.Errorf("the answer is %d, want 500", got)
	}
	app.Stop()
	if !strings.Contains(log.String(), "a webhook panicked") || !strings.Contains(log.String(), "a fault of ours") {
		t.Errorf("the log says %q", log.String())
	}
}
