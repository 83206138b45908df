package simulator_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

func page(t *testing.T, b *bench, method, path, body string) reply {
	t.Helper()
	req := httptest.NewRequest(method, "http://sandbox.test/simulator/"+path, strings.NewReader(body))
	req.RequestURI = ""
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return do(simulator.Transport(b.sim.PagesHandler()), req)
}

func TestPageHasAStrictPolicyAndNothingInline(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{})
	r := page(t, b, "GET", "", "")
	if r.status != 200 || !strings.Contains(r.raw, "<h1>Phones</h1>") {
		t.Fatalf("%d %s", r.status, r.raw)
	}
	if csp := r.header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'self';") || strings.Contains(csp, "unsafe") {
		t.Error(csp)
	}
	for _, inline := range []string{"<style", " style=", " onclick=", "<script>", "javascript:", "http://", "https://"} {
		if strings.Contains(r.raw, inline) {
			t.Errorf("the page holds %q", inline)
		}
	}
	for _, file := range []string{"phones.css", "phones.js", "icon.svg"} {
		if got := page(t, b, "GET", file, ""); got.status != 200 || !strings.Contains(r.raw, file) {
			t.Errorf("%s: %d", file, got.status)
		}
	}
}

func TestPageShowsTheLatestPhoneFirstAndAnswersAsIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		for _, to := range []string{"12125550101", "12125550102", "12125550150", "12125550101"} {
			b.text(to, "Hello "+to, "/s/1").uuids(t)
			b.idle()
		}
		phones := func(query string) []string {
			var numbers []string
			for _, p := range page(t, b, "GET", "api/state"+query, "").body["phones"].([]any) {
				numbers = append(numbers, p.(map[string]any)["number"].(string))
			}
			return numbers
		}
		if got := strings.Join(phones(""), " "); got != "12125550101 12125550102" {
			t.Errorf("phones: %s (a landline shows no text)", got)
		}
		if got := strings.Join(phones("?q=0102"), " "); got != "12125550102" {
			t.Errorf("found: %s", got)
		}
		if r := page(t, b, "POST", "api/inject", `{"from":"+12125550102","to":"`+sender+`","text":"STOP"}`); r.status != 200 {
			t.Fatal(r.raw)
		}
		b.idle()
		talk := page(t, b, "GET", "api/phones/12125550102", "").body
		texts := talk["texts"].([]any)
		var by []string
		for _, text := range texts {
			by = append(by, text.(map[string]any)["by"].(string))
		}
		if strings.Join(by, " ") != "sender phone plivo" || talk["stopped"] != true {
			t.Errorf("%v stopped %v", by, talk["stopped"])
		}
		if got := phones("")[0]; got != "12125550102" {
			t.Errorf("at the top: %s", got)
		}
	})
}

func TestPageMovesTheClock(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		at := time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
		c := clock.StartingAt(at)
		b := start(t, simulator.Config{Clock: c, NextOpening: func() time.Time { return at.Add(5 * time.Hour) }})
		if got := page(t, b, "GET", "api/state", "").body["nextOpening"]; got != "2026-03-03T21:00:00Z" {
			t.Errorf("next opening: %v", got)
		}
		page(t, b, "POST", "api/clock", `{"advance":"1h"}`)
		if got := c.Now(); !got.Equal(at.Add(time.Hour)) {
			t.Errorf("%v", got)
		}
		page(t, b, "POST", "api/clock", `{"next":true}`)
		if got := c.Now(); !got.Equal(at.Add(5 * time.Hour)) {
			t.Errorf("%v", got)
		}
		if _, shown := page(t, b, "GET", "api/state", "").body["nextOpening"]; shown {
			t.Error("an opening that has passed is offered")
		}
		for _, body := range []string{`{"advance":"-1h"}`, `{"advance":"soon"}`, `{"next":true}`, `{"other":1}`} {
			if body == `{"next":true}` {
				_ = c.Advance(time.Second) // the opening has passed now
			}
			if r := page(t, b, "POST", "api/clock", body); r.status != 400 || r.body["error"] == "" {
				t.Errorf("%s: %d %s", body, r.status, r.raw)
			}
		}
	})
}

func TestPageSwitchesFaultsAndKeepsTheOthers(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{Faults: simulator.Faults{Error500: 0.25}})
	page(t, b, "POST", "api/faults", `{"throttle429":1}`)
	if f := b.sim.Faults(); f.Throttle429 != 1 || f.Error500 != 0.25 {
		t.Errorf("%+v", f)
	}
	if r := b.text(reachable, "x", "/s"); r.status != 429 {
		t.Errorf("%d", r.status)
	}
	for _, body := range []string{`{"throttle429":1.5}`, `{"throttle429":-1}`, `{"nonsense":1}`, `nonsense`} {
		if r := page(t, b, "POST", "api/faults", body); r.status != 400 {
			t.Errorf("%s: %d", body, r.status)
		}
	}
	if f := b.sim.Faults(); f.Throttle429 != 1 {
		t.Errorf("a refused change took hold: %+v", f)
	}
}

func TestPageRefusesOtherSites(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{})
	req := httptest.NewRequest(http.MethodPost, "http://sandbox.test/simulator/api/inject", strings.NewReader(`{"from":"`+reachable+`","to":"`+sender+`","text":"STOP"}`))
	req.RequestURI = ""
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if r := do(simulator.Transport(b.sim.PagesHandler()), req); r.status != 403 || len(b.sim.Ledger().Inbound()) != 0 {
		t.Errorf("%d", r.status)
	}
	if r := page(t, b, "GET", "api/ledger", ""); r.status != 200 || r.body["textedTwice"] != nil {
		t.Errorf("ledger: %s", r.raw)
	}
}
