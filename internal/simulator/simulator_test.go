package simulator_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tidings/internal/simulator"
)

const (
	authID    = "MATEST"
	authToken = "test-token"
	sender    = "12125550100"
	reachable = "12125550123"
	hookBase  = "http://app.test"
)

// app is the customer's side: it keeps what the webhooks brought.
type app struct {
	mu     sync.Mutex
	got    []hook
	answer func(hook) int
}

type hook struct {
	Method, Path, Query string
	Header              http.Header
	Form                url.Values
	At                  time.Time
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	h := hook{r.Method, r.URL.Path, r.URL.RawQuery, r.Header, form, time.Now()}
	a.mu.Lock()
	a.got = append(a.got, h)
	answer := a.answer
	a.mu.Unlock()
	if answer != nil {
		w.WriteHeader(answer(h))
	}
}

func (a *app) hooks(path string) []hook {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(a.got), func(h hook) bool { return h.Path != path })
}

// statuses are the states that arrived at a path, in the order they arrived.
func (a *app) statuses(path string) []string {
	var statuses []string
	for _, h := range a.hooks(path) {
		statuses = append(statuses, h.Form.Get("Status"))
	}
	return statuses
}

type bench struct {
	t   *testing.T
	sim *simulator.Simulator
	app *app
	api http.RoundTripper
}

// start makes a simulator whose webhooks reach the app in memory, and whose API
// is reached in memory.
func start(t *testing.T, cfg simulator.Config) *bench {
	t.Helper()
	b := &bench{t: t, app: &app{}}
	cfg.AuthID, cfg.AuthToken = authID, authToken
	if cfg.Transport == nil {
		cfg.Transport = simulator.Transport(b.app)
	}
	if cfg.VisibilityDelay == 0 {
		cfg.VisibilityDelay = -1
	}
	b.sim = simulator.New(cfg)
	b.api = simulator.Transport(b.sim)
	t.Cleanup(func() {
		if err := b.sim.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return b
}

type reply struct {
	status int
	header http.Header
	raw    string
	body   map[string]any
	err    error
}

func (b *bench) call(method, path, body string) reply {
	b.t.Helper()
	req := httptest.NewRequest(method, "http://api.plivo.test"+path, strings.NewReader(body))
	req.RequestURI = ""
	req.SetBasicAuth(authID, authToken)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
	}
	return do(b.api, req)
}

func do(rt http.RoundTripper, req *http.Request) reply {
	resp, err := rt.RoundTrip(req)
	if err != nil {
		return reply{err: err}
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	r := reply{status: resp.StatusCode, header: resp.Header, raw: string(raw), err: err}
	_ = json.Unmarshal(raw, &r.body)
	return r
}

func account(rest string) string { return "/v1/Account/" + authID + "/" + rest }

func (b *bench) send(fields map[string]any) reply {
	b.t.Helper()
	body, err := json.Marshal(fields)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.call(http.MethodPost, account("Message/"), string(body))
}

// text sends one text whose callbacks go to the given path.
func (b *bench) text(to, text, path string) reply {
	b.t.Helper()
	return b.send(map[string]any{"src": sender, "dst": to, "text": text, "url": hookBase + path, "method": "POST"})
}

func (r reply) uuids(t *testing.T) []string {
	t.Helper()
	list, ok := r.body["message_uuid"].([]any)
	if r.status != http.StatusAccepted || !ok {
		t.Fatalf("not accepted: %d %s %v", r.status, r.raw, r.err)
	}
	uuids := make([]string, len(list))
	for i, u := range list {
		uuids[i] = u.(string)
	}
	return uuids
}

func (b *bench) idle() {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // bubbles run on their own time
	defer cancel()
	if err := b.sim.Idle(ctx); err != nil {
		b.t.Fatal("not idle: ", err)
	}
}
