package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	_ "tidings/pb_migrations" // the schema

	"tidings/internal/clock"
	"tidings/internal/command"
	"tidings/internal/config"
	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
	"tidings/internal/store"
)

// The rows that every house has.
const (
	orgID        = "org000000000001"
	senderID     = "sender000000001"
	campaignID   = "campaign0000001"
	senderNumber = "+12125550100"
	text         = "Spring is here: 20% off everything until Sunday. Reply STOP to opt out."
)

// The account that signs, and the installation's secret.
const (
	authID    = "MA00000000000000TEST"
	authToken = "bench-auth-token"
	secret    = "bench-secret-of-32-characters-00"
)

// opening is a moment at which everybody in the house may be texted.
var opening = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// house is an installation on disk: every commit is flushed, as in production.
type house struct {
	*core.BaseApp
	clock *clock.Clock
}

// build makes an installation with one organisation, one sender without a limit
// of its own, one campaign and people who said yes.
func build(dir string, people int) (*house, error) {
	h, err := reopen(dir)
	if err != nil {
		return nil, err
	}
	if err := h.RunAllMigrations(); err != nil {
		return nil, err
	}
	err = h.RunInTransaction(func(tx core.App) error {
		for _, sql := range []string{
			"INSERT INTO organizations (id, name, slug, defaultCountry, timezone) VALUES ('" + orgID + "', 'Acme', 'default', 'US', 'America/New_York')",
			"INSERT INTO senders (id, org, name, kind, number, ratePerSecond, enabled) VALUES ('" + senderID + "', '" + orgID + "', 'Main', 'short_code', '" + senderNumber + "', 1000000, 1)",
			"INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ('" + campaignID + "', '" + orgID + "', 'Spring', 'Hello', '" + senderID + "', 1, '[]')",
		} {
			if _, err := tx.DB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		insert := tx.DB().NewQuery("INSERT INTO subscribers (id, org, phoneNumber, status, timezone) VALUES ({:id}, '" + orgID + "', {:number}, 'subscribed', 'America/New_York')").Prepare()
		defer insert.Close()
		for i := range people {
			if _, err := insert.Bind(dbx.Params{"id": fmt.Sprintf("person%09d", i), "number": number(i)}).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	return h, err
}

// reopen opens an installation as it is.
func reopen(dir string) (*house, error) {
	app := core.NewBaseApp(core.BaseAppConfig{
		DataDir: dir, DBConnect: store.Connect, DataMaxOpenConns: store.MaxOpenConns, DataMaxIdleConns: store.MaxOpenConns,
	})
	// PocketBase watches the folder for other processes until the end of this one, also when the app
	// was closed long before and a server has the folder.
	app.OnBootstrap().Unbind("__pbNotifyWatcherSystemHook__")
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	return &house{BaseApp: app, clock: clock.StartingAt(opening)}, nil
}

// number is the i-th person's, out of those set aside for fiction.
func number(i int) string { return fmt.Sprintf("+1%03d55501%02d", 200+i/100, i%100) }

// mostPeople is how many such numbers there are.
const mostPeople = 800 * 100

// enough says whether there are so many people.
func enough(people int) error {
	if people > mostPeople {
		return fmt.Errorf("there are numbers for %d people, and this needs %d; ask for a smaller -n or -reps", mostPeople, people)
	}
	return nil
}

// uuidOf is the i-th id that a provider gives.
func uuidOf(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012x", i) }

// open opens the store on the house. Close it before the whole app is opened.
func (h *house) open(e *env) (*store.Store, error) {
	return store.Open(store.Options{
		App: h, Now: h.clock.Now, Key: []byte(secret), Log: e.log,
		Means: func(string) store.Consequence { return store.Nothing },
	})
}

// nextDay moves to the same hour of the next working day: some states allow a
// person a few texts a day, or none on a Sunday, and every repetition texts the
// same people.
func (h *house) nextDay() error {
	const day = 24 * time.Hour
	step := day
	for d := h.clock.Now().Add(step).Weekday(); d == time.Saturday || d == time.Sunday; d = h.clock.Now().Add(step).Weekday() {
		step += day
	}
	return h.clock.Advance(step)
}

// plan makes a run for n people from a first one on, with a row each, ready to
// send.
func plan(ctx context.Context, s *store.Store, now time.Time, first, n int) (campaign.Run, error) {
	l, err := s.Start(ctx, campaign.Launch{
		Campaign: campaign.Campaign{ID: campaignID, Org: orgID}, Snapshot: campaign.Snapshot{Text: text, Sender: senderID}, NewOnly: true,
	}, now)
	if err != nil {
		return campaign.Run{}, err
	}
	runs, err := s.Plannable(ctx, now)
	if err != nil {
		return campaign.Run{}, err
	}
	if len(runs) != 1 || runs[0].ID != l.RunID {
		return campaign.Run{}, fmt.Errorf("%d runs are to be planned, want one", len(runs))
	}
	const stretch = 500
	run := runs[0]
	for from := first; from < first+n; from += stretch {
		c := campaign.Chunk{Run: run, Cursor: fmt.Sprint(from), Last: from+stretch >= first+n}
		for i := from; i < min(from+stretch, first+n); i++ {
			id, err := message.RunID(run.Key, number(i))
			if err != nil {
				return run, err
			}
			c.Rows = append(c.Rows, campaign.Row{
				ID: id, Subscriber: fmt.Sprintf("person%09d", i), Number: number(i), Segments: 1, Encoding: "GSM_7",
				Status: message.Queued, DueAt: now,
			})
		}
		if _, err := s.Plan(ctx, c); err != nil {
			return run, err
		}
		run.Cursor = c.Cursor
	}
	return run, nil
}

// flush has the disk take what was written without waiting for it, else the
// first checkpoint of what is measured does, and everybody waits for hundreds of
// megabytes that a server has long flushed.
func (h *house) flush() error {
	f, err := os.OpenFile(filepath.Join(h.DataDir(), "data.db"), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// figure reads one number.
func (h *house) figure(sql string, params dbx.Params) (n int, err error) {
	err = h.ConcurrentDB().NewQuery(sql).Bind(params).Row(&n)
	return n, err
}

// until waits for a figure to reach n.
func (h *house) until(ctx context.Context, n int, sql string, params dbx.Params) error {
	tick := time.NewTicker(10 * time.Millisecond) // more often, and the question costs as much as an answer
	defer tick.Stop()
	limit := time.After(2 * time.Minute)
	for {
		got, err := h.figure(sql, params)
		if err != nil || got >= n {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-limit:
			return fmt.Errorf("after two minutes %q gives %d, want %d", sql, got, n)
		case <-tick.C:
		}
	}
}

// close ends a house that was not served.
func (h *house) close() error { return h.ResetBootstrapState() }

// served is a house whose whole app answers on loopback.
type served struct {
	*house
	url    string
	server *http.Server
}

// serve assembles the app as the binary does, against a provider, and starts it.
func (h *house) serve(e *env, provider string) (*served, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &served{house: h, url: "http://" + l.Addr().String()}
	err = command.Assemble(h, command.Assembly{
		Config: config.Config{
			PlivoAuthID: authID, PlivoAuthToken: config.NewSecret(authToken), PlivoAPIURL: provider,
			PublicURL: s.url, EncryptionKey: config.NewSecret(secret), Clock: opening,
		},
		Listen: l.Addr().String(), Log: e.log,
	})
	if err != nil {
		return nil, err
	}
	router, err := apis.NewRouter(h)
	if err != nil {
		return nil, err
	}
	s.server = &http.Server{}
	err = h.OnServe().Trigger(&core.ServeEvent{App: h, Router: router, Server: s.server}, func(e *core.ServeEvent) error {
		var err error
		e.Server.Handler, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		return nil, err
	}
	go s.server.Serve(l)
	return s, nil
}

// close ends the app as a signal does.
func (s *served) close() error {
	return s.OnTerminate().Trigger(&core.TerminateEvent{App: s.house}, func(*core.TerminateEvent) error {
		return errors.Join(s.server.Close(), s.ResetBootstrapState())
	})
}
