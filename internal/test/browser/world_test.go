package browser

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"tidings/internal/command"
	"tidings/internal/command/demo"
	"tidings/internal/config"
	"tidings/internal/console"
	"tidings/internal/simulator"
	"tidings/internal/store"
	_ "tidings/pb_migrations" // the schema
)

const (
	rootEmail    = "root@example.com"
	rootPassword = "correct-horse-1"
)

// world is a server with its sandbox, and a superuser's token.
type world struct {
	t          *testing.T
	url, token string
	record     json.RawMessage // the superuser
	org        string
	sandbox    *command.Sandbox
}

// start serves the whole app as the binary does, on a port of its own, on a Tuesday at eleven.
func start(t *testing.T) *world {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	sandbox, err := command.OpenSandbox(demo.Opens, simulator.Config{Seed: 7}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { within(t, "close the sandbox", sandbox.Close) })
	app := core.NewBaseApp(core.BaseAppConfig{
		DataDir: t.TempDir(), DBConnect: store.Connect, DataMaxOpenConns: store.MaxOpenConns, DataMaxIdleConns: store.MaxOpenConns,
	})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	err = command.Assemble(app, command.Assembly{
		Config: config.Config{AdminEmail: rootEmail, AdminPassword: config.NewSecret(rootPassword)},
		Listen: address, Sandbox: sandbox, Log: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	console.Register(app, console.Options{SandboxURL: "/simulator/"})

	ready, ended := make(chan struct{}), make(chan error, 1)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "testListener", Priority: 99999, Func: func(e *core.ServeEvent) error {
		e.Listener = listener
		if err := e.Next(); err != nil {
			return err
		}
		close(ready)
		return nil
	}})
	go func() { ended <- apis.Serve(app, apis.ServeConfig{HttpAddr: address}) }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatalf("the server did not start: %v", err)
	}
	t.Cleanup(func() {
		e := new(core.TerminateEvent)
		e.App = app
		within(t, "stop the server", func() error {
			err := app.OnTerminate().Trigger(e, func(e *core.TerminateEvent) error { return e.App.ResetBootstrapState() })
			if end := <-ended; !errors.Is(end, http.ErrServerClosed) {
				err = errors.Join(err, end)
			}
			return err
		})
	})
	// One machine asks here as fast as it can; the limits are for strangers.
	app.Settings().RateLimits.Enabled = false

	w := &world{t: t, url: "http://" + address, sandbox: sandbox}
	var login struct {
		Token  string
		Record json.RawMessage
	}
	w.call("POST", "/api/collections/_superusers/auth-with-password", map[string]any{"identity": rootEmail, "password": rootPassword}, &login)
	w.token, w.record = login.Token, login.Record
	var orgs struct{ Items []struct{ ID string } }
	w.call("GET", "/api/collections/organizations/records", nil, &orgs)
	w.org = orgs.Items[0].ID
	return w
}

// within bounds what must end by itself, and tells what everything was doing if it does not.
func within(t *testing.T, what string, do func() error) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	case <-time.After(3 * patience):
		stacks := make([]byte, 1<<20)
		t.Fatalf("%s: it did not end in %s\n%s", what, 3*patience, stacks[:runtime.Stack(stacks, true)])
	}
}

// call asks the API as the superuser.
func (w *world) call(method, path string, body, out any) {
	w.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", w.token)
	client := http.Client{Timeout: patience}
	res, err := client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	if res.StatusCode >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, answer)
	}
	if out != nil {
		if err := json.Unmarshal(answer, out); err != nil {
			w.t.Fatalf("%s %s: %v in %.200s", method, path, err, answer)
		}
	}
}

// make creates a record of the organisation and returns its id.
func (w *world) make(collection string, fields map[string]any) string {
	w.t.Helper()
	fields["org"] = w.org
	var made struct{ ID string }
	w.call("POST", "/api/collections/"+collection+"/records", fields, &made)
	return made.ID
}

// shop is a campaign and its people.
type shop struct {
	campaign         string
	people, agreeing int
}

// fill makes a shop: of its people every tenth never agreed. The sender is slow enough for a person to
// see the run, and fast enough for a test.
func (w *world) fill(people int, perSecond float64) shop {
	w.t.Helper()
	w.call("PATCH", "/api/collections/organizations/records/"+w.org, map[string]any{"name": "Harbor Books", "brand": "Harbor Books"}, nil)
	var senders struct{ Items []struct{ ID string } }
	w.call("GET", "/api/collections/senders/records", nil, &senders)
	sender := senders.Items[0].ID
	w.call("PATCH", "/api/collections/senders/records/"+sender, map[string]any{"ratePerSecond": perSecond, "name": "Shop"}, nil)
	list := w.make("lists", map[string]any{"name": "Regulars", "optIn": "single"})
	s := shop{people: people}
	areas := []int{646, 917, 305, 617}
	names := []string{"Ana", "Ben", "Chloé", "Dev", "Eva", "Finn", "Grace"}
	for i := range people {
		person := map[string]any{
			"phoneNumber": fmt.Sprintf("+1%d55501%02d", areas[i/100], i%100), "firstName": names[i%len(names)], "lists": []string{list},
		}
		if i%10 != 9 {
			person["consentMethod"], person["consentText"] = "web_form", "Yes, text me offers of Harbor Books. Reply STOP to end."
			s.agreeing++
		}
		w.make("subscribers", person)
	}
	s.campaign = w.make("campaigns", map[string]any{
		"name": "Autumn reading", "sender": sender, "lists": []string{list},
		"messageBody": "Hi {{firstName|there}}, our autumn picks are in: 20% off every novel until Sunday. Reply STOP to end.",
	})
	return s
}

// signIn puts the superuser's session where the dashboard keeps it.
func (w *world) signIn(b *tab) {
	w.t.Helper()
	b.goTo(w.url + "/_/images/favicon.png")
	session, err := json.Marshal(map[string]any{"token": w.token, "record": w.record})
	if err != nil {
		w.t.Fatal(err)
	}
	ask[any](b, fmt.Sprintf("localStorage.setItem('__pb_superusers__/_', %q)", session))
}

// run is what the API says of the newest run.
type run struct {
	ID, Status                                                                                    string
	Recipients, Queued, Sending, Accepted, Sent, Delivered, Undelivered, Failed, Skipped, Unknown int
}

func (w *world) run(id string) run {
	w.t.Helper()
	var r run
	w.call("GET", "/api/collections/runs/records/"+id, nil, &r)
	return r
}

// settled is everybody for whom nothing is left to do.
func (r run) settled() int {
	return r.Accepted + r.Sent + r.Delivered + r.Undelivered + r.Failed + r.Skipped + r.Unknown
}
