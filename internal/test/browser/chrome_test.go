package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one step may take. Pages answer in tens of milliseconds; a busy machine in CI
// does not.
const patience = 10 * time.Second

// tab is one page of a browser, and everything that went wrong in it.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	troubles []string
}

// chromium finds a browser, or ends the test.
func chromium(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("CHROME_BIN"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("REQUIRE_BROWSER") == "1" {
		t.Fatal("REQUIRE_BROWSER=1, but there is no Chromium: install one or set CHROME_BIN")
	}
	t.Skip("there is no Chromium here: install one or set CHROME_BIN; CI always runs this with REQUIRE_BROWSER=1")
	return ""
}

// open starts a browser of its own with an empty profile and gives its first tab.
func open(t *testing.T) *tab {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)),
		chromedp.NoSandbox, // containers run as root, where Chromium's own sandbox refuses
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 800),
	)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(stop)
	// A browser newer than the protocol package tells of things that it does not know; they do not matter.
	ctx, end := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(end)
	return watched(ctx, t)
}

// beside opens another tab of the same browser.
func (b *tab) beside() *tab {
	b.t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	b.t.Cleanup(end)
	return watched(ctx, b.t)
}

func watched(ctx context.Context, t *testing.T) *tab {
	t.Helper()
	b := &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			b.trouble("exception: " + e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError {
				b.trouble(fmt.Sprintf("console: %v", e.Args))
			}
		case *log.EventEntryAdded:
			// Violations of a policy are of the source "security".
			if e.Entry.Level == log.LevelError && e.Entry.Source != log.SourceNetwork {
				b.trouble("log: " + e.Entry.Text)
			}
		case *network.EventResponseReceived:
			if strings.HasSuffix(e.Response.URL, "/favicon.ico") {
				break // Chromium asks for it unbidden
			}
			if e.Response.Status >= 400 && e.Type != network.ResourceTypeFetch && e.Type != network.ResourceTypeXHR {
				b.trouble(fmt.Sprintf("file: %d for %s", e.Response.Status, e.Response.URL))
			}
		}
	})
	b.do("start the browser", network.Enable(), log.Enable(), chromedp.EmulateViewport(1280, 800))
	return b
}

func (b *tab) trouble(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.troubles = append(b.troubles, text)
}

// calm fails the test if anything went wrong in the page.
func (b *tab) calm() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, text := range b.troubles {
		b.t.Errorf("in the page: %s", text)
	}
}

// do runs one step within its time.
func (b *tab) do(what string, actions ...chromedp.Action) {
	b.t.Helper()
	// The first run must not be bound to the step's own time: it owns the browser.
	if chromedp.FromContext(b.ctx).Target == nil {
		if err := chromedp.Run(b.ctx); err != nil {
			b.t.Fatalf("%s: %v", what, err)
		}
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		b.mu.Lock()
		seen := strings.Join(b.troubles, "; ")
		b.mu.Unlock()
		b.t.Fatalf("%s: %v (page: %s; seen: %q)", what, err, b.where(), seen)
	}
}

// where says what is on the screen when a step failed.
func (b *tab) where() string {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	var text string
	if err := chromedp.Run(ctx, chromedp.Evaluate(`location.hash.slice(0, 40) + " " + document.body.innerText.slice(0, 600)`, &text)); err != nil {
		return err.Error()
	}
	return text
}

func (b *tab) goTo(url string) {
	b.t.Helper()
	b.do("open "+url, chromedp.Navigate(url))
}

func (b *tab) see(selector string) {
	b.t.Helper()
	b.do("see "+selector, chromedp.WaitVisible(selector, chromedp.ByQuery))
}

func (b *tab) click(selector string) {
	b.t.Helper()
	b.do("click "+selector, chromedp.Click(selector, chromedp.ByQuery, chromedp.NodeVisible))
}

func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.do("write into "+selector, chromedp.SendKeys(selector, text, chromedp.ByQuery))
}

// text is what an element says.
func (b *tab) text(selector string) string {
	b.t.Helper()
	var out string
	b.do("read "+selector, chromedp.Text(selector, &out, chromedp.ByQuery, chromedp.NodeVisible))
	return strings.TrimSpace(out)
}

// ask evaluates an expression in the page; a promise is awaited.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	var out T
	b.do("evaluate "+expression, chromedp.Evaluate(expression, &out,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return out
}

// until waits for an expression to be true.
func (b *tab) until(what, expression string) {
	b.t.Helper()
	b.do("wait until "+what, chromedp.Poll(expression, nil, chromedp.WithPollingInterval(50*time.Millisecond)))
}

// eventually waits for what page and server agree on.
func (b *tab) eventually(what string, happened func() bool) {
	b.t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !happened() {
		select {
		case <-deadline:
			b.t.Fatalf("wait until %s: it did not happen in %s (page: %s)", what, patience, b.where())
		case <-tick.C:
		}
	}
}
