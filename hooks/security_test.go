package hooks_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"tidings/hooks"
	"tidings/internal/test/apptest"
)

func TestPagesHaveTheirHeaders(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{PublicURL: "https://sms.example.com"}))
	for _, tc := range []struct {
		path string
		page bool
	}{{"/console/", true}, {"/join/acme", true}, {"/", true}, {"/api/health", false}, {"/_/", false}} {
		h := app.Do("GET", tc.path, "", "", nil).Header
		if got := strings.Contains(h.Get("Content-Security-Policy"), "base-uri 'none'"); got != tc.page {
			t.Errorf("%s: our policy is there: %v", tc.path, got)
		}
		if tc.page && h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s may be framed", tc.path)
		}
		if h.Get("Strict-Transport-Security") == "" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", tc.path, h)
		}
	}
	plain := apptest.New(t).Do("GET", "/", "", "", nil).Header
	if plain.Get("Strict-Transport-Security") != "" {
		t.Error("a server without TLS asks for it")
	}
}

func TestForeignOriginsAreNamed(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{Origins: []string{"https://app.example.com"}}))
	for origin, want := range map[string]string{
		"https://app.example.com": "https://app.example.com", "https://evil.example.com": "", "null": "", "": "",
	} {
		for _, method := range []string{"GET", "OPTIONS"} {
			req := httptest.NewRequest(method, "/api/health", nil)
			if origin != "" {
				req.Header.Set("Origin", origin)
			}
			if got := app.Serve(req).Header.Values("Access-Control-Allow-Origin"); strings.Join(got, ",") != want {
				t.Errorf("%s from %q is allowed to %q", method, origin, got)
			}
		}
	}
}

func TestTooManyAttemptsAreToldWhenToComeAgain(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithRateLimits())
	p := app.Member(app.Org("Acme"), "viewer")
	login := func(password string) apptest.Response {
		return app.Do("POST", "/api/collections/users/auth-with-password", "", "", map[string]any{"identity": p.Email, "password": password})
	}
	// A window of 10 s may end on the way, so 25 tries meet a full one for sure.
	var refused apptest.Response
	for range 25 {
		if refused = login("guess"); refused.Status == 429 {
			break
		}
	}
	if refused.Status != 429 || refused.Header.Get("Retry-After") != "10" {
		t.Fatalf("%d %v", refused.Status, refused.Header)
	}
	for range 100 {
		if got := app.Do("GET", "/api/collections/lists/records", p.Token, "", nil); got.Status != 200 {
			t.Fatalf("a client that reads a hundred pages gets %d", got.Status)
		}
	}
}

func TestTheSQLConsoleOnlyReads(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	root, p := app.Superuser(), app.Member(app.Org("Acme"), "owner")
	run := func(token, query string) apptest.Response {
		return app.Do("POST", "/api/sql", token, "", map[string]any{"query": query})
	}
	want(t, "read", run(root.Token, "SELECT name FROM organizations"), 200, "", "")
	want(t, "explain", run(root.Token, "EXPLAIN QUERY PLAN SELECT 1"), 200, "", "")
	want(t, "write", run(root.Token, "UPDATE organizations SET name = 'x'"), 403, "query", "read_only")
	want(t, "write after a read", run(root.Token, "SELECT 1; DELETE FROM organizations"), 403, "query", "read_only")
	want(t, "an owner", run(p.Token, "SELECT 1"), 403, "", "")
	want(t, "nothing", run(root.Token, ""), 400, "query", "validation_required")
	if n, err := app.CountRecords("organizations"); err != nil || n != 2 {
		t.Errorf("%d organisations (%v)", n, err)
	}
}
