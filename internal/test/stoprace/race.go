package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/test/apptest"
	"tidings/internal/web"
)

// midday is a Tuesday on which all of the United States may be texted.
var midday = time.Date(2026, 3, 3, 19, 0, 0, 0, time.UTC)

const (
	publicURL = "https://texts.example.com"
	authID    = "MA00000000000000TEST"
	authToken = "race-auth-token"
	sender    = "+12125550100"

	apart    = 60                   // how many numbers before its own turn a STOP comes at most
	behind   = 30                   // and how many after
	inFlight = 100                  // requests at once; each waits until the STOPs have come that far
	stopWait = 5 * time.Millisecond // how long a STOP waits for its turn at most: those before it may have no request
	textWait = 500 * time.Millisecond
	patience = 2 * time.Minute
)

// race sends a campaign to n people and lets a STOP of each of them come in
// while her text leaves, some webhooks at once. The whole app runs, on disk, every commit flushed;
// requests and webhooks go over real connections. change may put something
// between the client and the connections that are watched.
func race(t testing.TB, n, webhooks int, seed uint64, change func(http.RoundTripper) http.RoundTripper) result {
	p := newPairs(n)
	provider := httptest.NewServer(p.provider())
	t.Cleanup(provider.Close)
	watching := &http.Transport{DialContext: p.dial, MaxConnsPerHost: 100, MaxIdleConnsPerHost: 100}
	t.Cleanup(watching.CloseIdleConnections)
	app := open(t, provider.URL, change(watching))
	door := httptest.NewServer(p.door(app.Handler()))
	t.Cleanup(door.Close)
	run := launch(t, app, n)
	p.stopAll(t, door.URL, webhooks, seed)
	finished := func() bool { return app.Record("runs", run).GetString("status") == "finished" }
	for deadline := time.Now().Add(patience); !finished(); {
		if time.Now().After(deadline) {
			t.Fatalf("the run does not finish: %v", app.Record("runs", run).PublicExport())
		}
		tick(5 * time.Millisecond)
	}
	audit(t, app, p)
	return p.result()
}

// open starts the whole app. Its requests go to provider by transport.
func open(t testing.TB, provider string, transport http.RoundTripper) *apptest.App {
	return apptest.New(t, apptest.WithAssembly(func(app core.App) error {
		return command.Assemble(app, command.Assembly{
			Config: config.Config{
				PlivoAuthID: authID, PlivoAuthToken: config.NewSecret(authToken), PlivoAPIURL: provider,
				PublicURL: publicURL, Clock: midday, SenderNumber: sender,
			},
			Listen: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler), Transport: transport,
		})
	}))
}

// tick waits.
func tick(d time.Duration) { <-time.After(d) }

// launch makes the audience and presses Send.
func launch(t testing.TB, app *apptest.App, n int) string {
	org := app.DefaultOrg()
	editor := app.Member(org, "editor")
	from, err := app.FindFirstRecordByData("senders", "org", org)
	if err != nil {
		t.Fatal(err)
	}
	app.Exec("UPDATE senders SET ratePerSecond = 100000", nil) // no person may; the race sets the pace
	err = app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			_, err := tx.DB().Insert("subscribers", dbx.Params{
				"id": fmt.Sprintf("person%09d", i), "org": org, "phoneNumber": number(i), "status": "subscribed", "timezone": "America/New_York",
				"attributes": "{}", "lists": "[]", "created": "2026-01-01 00:00:00.000Z", "updated": "2026-01-01 00:00:00.000Z",
			}).Execute()
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c := app.Create("campaigns", map[string]any{"org": org, "name": "Spring", "messageBody": "Coffee is half price today.", "sender": from.Id, "everyone": true})
	res := app.Do("POST", "/api/sms/campaigns/"+c.Id+"/send", editor.Token, org, nil)
	if res.Status != http.StatusAccepted {
		t.Fatalf("send: %d %s", res.Status, res.Body)
	}
	return res.String("runId")
}

// provider accepts every text. It holds answers, and with them workers, while
// the STOPs are behind.
func (p *pairs) provider() http.Handler {
	var uuids atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var text struct{ Dst string }
		if r.Method != http.MethodPost || json.NewDecoder(r.Body).Decode(&text) != nil {
			http.Error(w, "{}", http.StatusNotFound)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		i := int64(p.index[text.Dst])
		turn := min(i+inFlight, int64(len(p.begun)))
		p.wait(textWait, func() bool { return p.stopped.Load() >= turn })
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusAccepted)
		fmt.Fprintf(w, `{"message":"message(s) queued","message_uuid":["00000000-0000-4000-8000-%012d"],"api_id":"x"}`, uuids.Add(1))
	})
}

func (p *pairs) wait(atMost time.Duration, is func() bool) {
	for until := time.Now().Add(atMost); !is() && time.Now().Before(until); {
		tick(200 * time.Microsecond)
	}
}

// stopAll lets every phone write STOP about when its text leaves, over real
// HTTP, again and again until it is acknowledged.
func (p *pairs) stopAll(t testing.TB, door string, webhooks int, seed uint64) {
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: webhooks, MaxIdleConnsPerHost: webhooks}}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	var wg sync.WaitGroup
	for s := range webhooks {
		rng := rand.New(rand.NewPCG(seed, uint64(s)))
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(p.acked) {
					return
				}
				turn := int64(i - apart + rng.IntN(apart+behind))
				p.wait(stopWait, func() bool { return p.progress.Load() >= turn })
				if err := p.stop(client, door, i); err != nil {
					t.Errorf("STOP of %s: %v", number(i), err)
					return
				}
				if err := p.nothing(client, door); err != nil {
					t.Errorf("a request that does nothing: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func (p *pairs) stop(client *http.Client, door string, i int) error {
	const tries = 5
	var status int
	for range tries {
		began := time.Now()
		resp, err := client.Do(inbound(door, i))
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		if status = resp.StatusCode; status == http.StatusOK {
			p.mu.Lock()
			p.took = append(p.took, time.Since(began))
			p.mu.Unlock()
			p.stopped.Add(1)
			return nil
		}
	}
	return fmt.Errorf("answered %d", status)
}

// nothing asks for an answer that takes no work, over the same connection: what
// it takes is the machine's share.
func (p *pairs) nothing(client *http.Client, door string) error {
	began := time.Now()
	resp, err := client.Get(door + "/healthz")
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bare = append(p.bare, time.Since(began))
	return nil
}

// inbound is a STOP as Plivo reports it, with its V3 signature.
func inbound(door string, i int) *http.Request {
	form := url.Values{
		"MessageUUID": {fmt.Sprintf("11111111-0000-4000-8000-%012d", i)}, "From": {number(i)[1:]}, "To": {sender[1:]},
		"Text": {"STOP"}, "Type": {"sms"}, "Units": {"1"}, "TotalRate": {"0"}, "TotalAmount": {"0"},
	}
	nonce := fmt.Sprintf("%020d", i)
	mac := hmac.New(sha256.New, []byte(authToken))
	mac.Write([]byte(publicURL + web.InboundPath + "?"))
	for _, k := range slices.Sorted(maps.Keys(form)) {
		mac.Write([]byte(k + form.Get(k)))
	}
	mac.Write([]byte("." + nonce))
	r, err := http.NewRequest(http.MethodPost, door+web.InboundPath, strings.NewReader(form.Encode()))
	if err != nil {
		panic(err) // the address is our own listener's
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Plivo-Signature-V3", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	r.Header.Set("X-Plivo-Signature-V3-Nonce", nonce)
	r.Header.Set("X-Pair", number(i)[1:])
	return r
}

// audit looks whether everybody who was acknowledged is suppressed, and each row
// is what happened to its person.
func audit(t testing.TB, app *apptest.App, p *pairs) {
	for what, c := range map[string]struct {
		query string
		want  int
	}{
		"suppressions": {"SELECT COUNT(*) FROM suppressions WHERE reason = 'opted_out'", len(p.acked)},
		"opt-outs":     {"SELECT COUNT(*) FROM consent_events WHERE action = 'revoked'", len(p.acked)},
		"texts":        {"SELECT COUNT(*) FROM messages WHERE direction = 'inbound'", len(p.acked)},
		"requests":     {"SELECT COUNT(*) FROM messages WHERE status = 'accepted'", p.requests()},
		"skipped":      {"SELECT COUNT(*) FROM messages WHERE status = 'skipped' AND reason = 'opted_out'", len(p.acked) - p.requests()},
	} {
		var n int
		if err := app.DB().NewQuery(c.query).Row(&n); err != nil || n != c.want {
			t.Errorf("%d %s, want %d (%v)", n, what, c.want, err)
		}
	}
	if n := p.strange.Load(); n > 0 {
		t.Errorf("%d requests or webhooks name no number of ours", n)
	}
}

func (p *pairs) requests() int {
	n := 0
	for i := range p.begun {
		if p.begun[i].Load() != 0 {
			n++
		}
	}
	return n
}
