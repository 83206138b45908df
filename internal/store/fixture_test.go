package store

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"pgregory.net/rapid"

	_ "tidings/pb_migrations" // the schema

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
)

var morning = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// The rows that every fixture has.
const (
	org       = "org000000000001"
	sender    = "sender000000001"
	campaign1 = "campaign0000001"
)

// schema is a migrated data.db, made once.
var schema = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "store")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: Connect})
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	if err := app.RunAllMigrations(); err != nil {
		return nil, err
	}
	if err := app.ResetBootstrapState(); err != nil { // moves the log into the file
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, "data.db"))
})

// fixture is a store over a real database with one organisation, one sender and one campaign.
type fixture struct {
	*Store
	app core.App
}

func open(t *testing.T) fixture {
	t.Helper()
	raw, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "data.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: Connect})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.ResetBootstrapState(); err != nil {
			t.Error(err)
		}
	})
	s, err := Open(Options{
		App: app, Now: func() time.Time { return morning }, Key: []byte("a secret of thirty-two characters"),
		Means: func(code string) Consequence {
			return map[string]Consequence{"dead": Invalidate, "stopped": OptOut}[code]
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	f := fixture{s, app}
	// A test does not survive a power cut anyway.
	f.exec(t, "PRAGMA synchronous = OFF")
	f.exec(t, "INSERT INTO organizations (id, name, slug, defaultCountry, timezone) VALUES ('"+org+"', 'Acme', 'acme', 'US', 'America/New_York')")
	f.exec(t, "INSERT INTO senders (id, org, name, kind, number, enabled) VALUES ('"+sender+"', '"+org+"', 'Main', 'long_code', '+12125550100', 1)")
	f.exec(t, "INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ('"+campaign1+"', '"+org+"', 'Spring', 'Hello', '"+sender+"', 1, '[]')")
	return f
}

func (f fixture) exec(t rapid.TB, sql string) {
	t.Helper()
	if _, err := f.app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
		t.Fatalf("%.80s: %v", sql, err)
	}
}

func (f fixture) text(t rapid.TB, sql string, params dbx.Params) string {
	t.Helper()
	var s string
	if err := f.app.NonconcurrentDB().NewQuery(sql).Bind(params).Row(&s); err != nil {
		t.Fatalf("%.80s: %v", sql, err)
	}
	return s
}

// run starts a run and plans rows for the numbers, all due now.
func (f fixture) run(t rapid.TB, numbers ...string) campaign.Run {
	t.Helper()
	l, err := f.Start(context.Background(), campaign.Launch{
		Campaign: campaign.Campaign{ID: campaign1, Org: org}, Snapshot: campaign.Snapshot{Text: "Hello", Sender: sender}, NewOnly: true,
	}, morning)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := f.Plannable(context.Background(), morning)
	if err != nil || len(runs) != 1 || runs[0].ID != l.RunID {
		t.Fatalf("runs to plan: %v (%v), want %s", runs, err, l.RunID)
	}
	chunk := campaign.Chunk{Run: runs[0], Cursor: "all", Last: true}
	for _, n := range numbers {
		id, err := message.RunID(runs[0].Key, n)
		if err != nil {
			t.Fatal(err)
		}
		chunk.Rows = append(chunk.Rows, campaign.Row{ID: id, Number: n, Segments: 1, Encoding: "GSM_7", Status: message.Queued, DueAt: morning})
	}
	if ok, err := f.Plan(context.Background(), chunk); err != nil || !ok {
		t.Fatalf("plan: %v %v", ok, err)
	}
	return runs[0]
}
