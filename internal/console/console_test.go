package console_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/console"
	"tidings/internal/test/apptest"
)

func serve(t *testing.T, o console.Options) *apptest.App {
	t.Helper()
	return apptest.New(t, apptest.WithRegister(func(app core.App) { console.Register(app, o) }))
}

var hashed = regexp.MustCompile(`tidings-[0-9a-f]{12}`)

// name is the name of the pages' content, as the dashboard loads it.
func name(t *testing.T, app *apptest.App) string {
	t.Helper()
	res := app.Do("GET", "/_/extensions.js", "", "", nil)
	found := hashed.FindString(string(res.Body))
	if res.Status != http.StatusOK || found == "" {
		t.Fatalf("extensions.js: status %d, no name in %.200q", res.Status, res.Body)
	}
	return found
}

func TestEveryFileIsServedWithTheRightTypeAndKept(t *testing.T) {
	t.Parallel()
	app := serve(t, console.Options{SandboxURL: "/simulator/"})
	at := name(t, app)
	const forever, briefly = "public, max-age=31536000, immutable", "max-age=3600"
	for _, c := range []struct{ path, kind, keep, holds string }{
		{"/_/extensions.js", "text/javascript", "no-cache", `"/simulator/"`},
		{"/_/extensions/" + at + "/pages/run.js", "text/javascript", "max-age=1209600, stale-while-revalidate=86400", "export default"},
		{"/_/extensions/" + at + "/console.css", "text/css", "max-age=1209600, stale-while-revalidate=86400", "--tx-accent"},
		{"/console/", "text/html", "no-cache", `data-sandbox="/simulator/"`},
		{"/console/" + at + "/team/shell.js", "text/javascript", forever, "router("},
		{"/console/" + at + "/pages/import.js", "text/javascript", forever, "export default"},
		{"/console/theme/dashboard.css", "text/css", briefly, "../fonts/"},
		{"/console/libs/shablon/shablon.iife.js", "text/javascript", briefly, ""},
		{"/console/libs/uplot/uplot.iife.js", "text/javascript", briefly, ""},
		{"/console/images/favicon.png", "image/png", briefly, ""},
	} {
		res := app.Do("GET", c.path, "", "", nil)
		if res.Status != http.StatusOK {
			t.Errorf("%s: status %d", c.path, res.Status)
			continue
		}
		if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, c.kind) {
			t.Errorf("%s: type %q, want %q", c.path, got, c.kind)
		}
		if got := res.Header.Get("Cache-Control"); got != c.keep {
			t.Errorf("%s: Cache-Control %q, want %q", c.path, got, c.keep)
		}
		if !strings.Contains(string(res.Body), c.holds) {
			t.Errorf("%s: does not hold %q", c.path, c.holds)
		}
		if strings.Contains(string(res.Body), "__EXTENSION__") || strings.Contains(string(res.Body), "__SANDBOX__") {
			t.Errorf("%s: a mark was left unfilled", c.path)
		}
	}
}

func TestTeamPagesRunNothingForeignOrInline(t *testing.T) {
	t.Parallel()
	app := serve(t, console.Options{})
	page := app.Do("GET", "/console/", "", "", nil)
	for _, directive := range []string{
		"default-src 'self'", "style-src 'self';", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
	} {
		if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, directive) {
			t.Errorf("policy %q lacks %q", policy, directive)
		}
	}
	if got := page.Header.Get("X-Frame-Options"); got != "DENY" {
		t.Errorf("X-Frame-Options %q", got)
	}
	for _, bad := range []string{"http://", "https://", "onclick=", "<style"} {
		if strings.Contains(string(page.Body), bad) {
			t.Errorf("the entry page holds %q, which its own policy refuses or which asks a stranger", bad)
		}
	}
}

func TestUnknownFilesAreNotFoundAndNotKept(t *testing.T) {
	t.Parallel()
	app := serve(t, console.Options{})
	at := name(t, app)
	for _, path := range []string{
		"/console/" + at + "/pages/", "/console/" + at + "/pages/nothing.js", "/console/" + at + "/../console.go",
		"/console/tidings-000000000000/pages/run.js", "/console/nothing", "/console/libs/",
	} {
		res := app.Do("GET", path, "", "", nil)
		if res.Status == http.StatusOK {
			t.Errorf("%s: status %d, want a refusal", path, res.Status)
		}
		if keep := res.Header.Get("Cache-Control"); strings.Contains(keep, "immutable") {
			t.Errorf("%s: a missing file would be kept: %q", path, keep)
		}
	}
	if res := app.Do("GET", "/console", "", "", nil); res.Status != http.StatusMovedPermanently || res.Header.Get("Location") != "/console/" {
		t.Errorf("/console: status %d to %q", res.Status, res.Header.Get("Location"))
	}
}

func TestEveryChangeGetsANewAddress(t *testing.T) {
	t.Parallel()
	files := func(page string) fstest.MapFS {
		return fstest.MapFS{
			"main.js":         {Data: []byte("/* __EXTENSION__ */")},
			"team/index.html": {Data: []byte("__EXTENSION__")},
			"pages/a.js":      {Data: []byte(page)},
		}
	}
	first := name(t, serve(t, console.Options{Source: files("1")}))
	again := name(t, serve(t, console.Options{Source: files("1")}))
	changed := name(t, serve(t, console.Options{Source: files("2")}))
	sandbox := name(t, serve(t, console.Options{Source: files("1"), SandboxURL: "/simulator/"}))
	if first != again {
		t.Errorf("the same pages are named %s and %s", first, again)
	}
	if first == changed || first == sandbox || changed == sandbox {
		t.Errorf("different pages share a name: %s, %s, %s", first, changed, sandbox)
	}
}

func TestASandboxAddressThatIsNoPathStopsTheStart(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"https://evil.example", `/"><script>`, "simulator"} {
		app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
		console.Register(app, console.Options{SandboxURL: bad})
		err := app.OnServe().Trigger(&core.ServeEvent{App: app}, func(*core.ServeEvent) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "sandbox address") {
			t.Errorf("%q: %v, want a refusal that names the sandbox address", bad, err)
		}
	}
}
