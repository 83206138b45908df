package migrations_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	_ "tidings/pb_migrations"

	"tidings/internal/store"
)

// fresh is an app on an empty data folder with all migrations applied.
func fresh(t *testing.T) *core.BaseApp {
	t.Helper()
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir(), DBConnect: store.Connect})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = app.ResetBootstrapState() })
	// PocketBase writes its log beside, every three seconds, and looks at the settings for it, which
	// migrations read anew. The end of the app ends that.
	if err := app.OnTerminate().Trigger(&core.TerminateEvent{App: app}); err != nil {
		t.Fatal(err)
	}
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	return app
}

// schema is the SQL of everything that the database holds but PocketBase's own tables.
func schema(t *testing.T, app core.App) []string {
	t.Helper()
	var out []string
	err := app.DB().NewQuery(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '\_%' ESCAPE '\'
		ORDER BY type, name`).Column(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// ours counts the migration files beside this test.
func ours(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range entries {
		if regexp.MustCompile(`^\d{10}_\w+\.go$`).MatchString(e.Name()) {
			files = append(files, e.Name())
		}
	}
	return files
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	t.Parallel()
	app := fresh(t)
	before := schema(t, app)
	runner := core.NewMigrationsRunner(app, core.AppMigrations)
	files := ours(t)
	down, err := runner.Down(len(files))
	if err != nil {
		t.Fatal(err)
	}
	if len(down) != len(files) {
		t.Fatalf("%d of %d migrations went back: %v", len(down), len(files), down)
	}
	if left := schema(t, app); slices.ContainsFunc(left, func(s string) bool { return strings.Contains(s, "consent") }) {
		t.Fatalf("something is left: %v", left)
	}
	if _, err := runner.Up(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, schema(t, app)); diff != "" {
		t.Errorf("down and up is not where we were:\n%s", diff)
	}
}

// A text that left before the table was there has the address of a page too.
func TestWhoWasDeletedEarlierIsKnownFromTheMessages(t *testing.T) {
	t.Parallel()
	app := fresh(t)
	later := slices.DeleteFunc(ours(t), func(name string) bool { return name < "1785000331" })
	if _, err := core.NewMigrationsRunner(app, core.AppMigrations).Down(len(later)); err != nil {
		t.Fatal(err)
	}
	run := func(sql string) {
		t.Helper()
		if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	run("INSERT INTO subscribers (id, org, phoneNumber) VALUES ('present', 'o', '+12125550123')")
	for i, m := range []string{"'gone', 'outbound'", "'gone', 'outbound'", "'present', 'outbound'", "'', 'outbound'", "'wrote', 'inbound'"} {
		run("INSERT INTO messages (id, org, phoneNumber, subscriber, direction) VALUES ('m" + strconv.Itoa(i) + "', 'o', '+16465550123', " + m + ")")
	}
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	run("DELETE FROM subscribers")
	checkFormer(t, app, "gone o +16465550123", "present o +12125550123")
}

func checkFormer(t *testing.T, app core.App, want ...string) {
	t.Helper()
	var got []string
	if err := app.DB().NewQuery("SELECT id || ' ' || org || ' ' || phoneNumber FROM former_subscribers ORDER BY id").Column(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// However a subscriber is deleted, it is known whose id it was; again, and under another number, too.
func TestEveryWayOfDeletingASubscriberIsRemembered(t *testing.T) {
	t.Parallel()
	app := fresh(t)
	insert := func(verb, id, number string) string {
		return verb + " INTO subscribers (id, org, phoneNumber) VALUES ('" + id + "', 'o', '" + number + "')"
	}
	for _, sql := range []string{
		insert("INSERT", "a", "1"), "DELETE FROM subscribers WHERE id = 'a'",
		insert("INSERT", "b", "2"), insert("INSERT OR REPLACE", "c", "2"), // the unique number takes b away
		insert("INSERT", "a", "3"), "DELETE FROM subscribers",
	} {
		if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	checkFormer(t, app, "a o 3", "b o 2", "c o 2")
}

func TestTheSchema(t *testing.T) {
	t.Parallel()
	app := fresh(t)
	for name, check := range map[string]func(*testing.T, *core.BaseApp){
		"no rule is open to everybody":                checkNoRuleIsOpenToEverybody,
		"engine-owned collections have no write rule": checkEngineOwnedCollectionsHaveNoWriteRule,
		"the ledger only grows":                       checkTheLedgerOnlyGrows,
		"one unfinished run per campaign":             checkOneUnfinishedRunPerCampaign,
		"settings are closed":                         checkSettingsAreClosed,
		"hot queries use their index":                 checkHotQueriesUseTheirIndex,
		"the data folder is made by our connection":   checkDataFolderIsMadeByConnect,
	} {
		t.Run(name, func(t *testing.T) { check(t, app) })
	}
}

func checkNoRuleIsOpenToEverybody(t *testing.T, app *core.BaseApp) {
	all, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		for name, rule := range map[string]*string{
			"list": c.ListRule, "view": c.ViewRule, "create": c.CreateRule, "update": c.UpdateRule, "delete": c.DeleteRule,
		} {
			if rule != nil && !strings.HasPrefix(*rule, "@request.auth.id != ''") {
				t.Errorf("%s: the %s rule does not begin by asking who it is: %q", c.Name, name, *rule)
			}
		}
	}
}

func checkEngineOwnedCollectionsHaveNoWriteRule(t *testing.T, app *core.BaseApp) {
	for _, name := range []string{"consent_events", "runs", "imports", "messages", "reviews"} {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			t.Fatal(err)
		}
		if c.CreateRule != nil || c.UpdateRule != nil || c.DeleteRule != nil {
			t.Errorf("%s can be written through the API", name)
		}
	}
}

func checkTheLedgerOnlyGrows(t *testing.T, app *core.BaseApp) {
	insert := `INSERT INTO consent_events (id, org, seq, phoneNumber, action, method)
		VALUES ('aaaaaaaaaaaaaaa', 'o', 1, '+12125550123', 'granted', 'api')`
	if _, err := app.DB().NewQuery(insert).Execute(); err != nil {
		t.Fatal(err)
	}
	for name, sql := range map[string]string{
		"update":  "UPDATE consent_events SET text = 'other'",
		"delete":  "DELETE FROM consent_events",
		"replace": strings.Replace(insert, "INSERT INTO", "INSERT OR REPLACE INTO", 1),
		"upsert":  insert + " ON CONFLICT (id) DO UPDATE SET text = 'other'",
	} {
		_, err := app.DB().NewQuery(sql).Execute()
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	var n int
	if err := app.DB().NewQuery("SELECT count(*) FROM consent_events WHERE text = ''").Row(&n); err != nil || n != 1 {
		t.Errorf("%d rows are as they were (%v)", n, err)
	}
}

func checkOneUnfinishedRunPerCampaign(t *testing.T, app *core.BaseApp) {
	insert := func(key, status string) error {
		_, err := app.DB().NewQuery("INSERT INTO runs (id, key, org, campaign, status) VALUES ({:id}, {:key}, 'o', 'c', {:s})").
			Bind(dbx.Params{"id": key + "aaaaaaaaaa", "key": key, "s": status}).Execute()
		return err
	}
	if err := insert("aaaaa", "sending"); err != nil {
		t.Fatal(err)
	}
	if err := insert("aaaab", "scheduled"); err == nil {
		t.Error("a second unfinished run was taken")
	}
	if err := insert("aaaac", "finished"); err != nil {
		t.Errorf("a finished run beside it was refused: %v", err)
	}
}

func checkSettingsAreClosed(t *testing.T, app *core.BaseApp) {
	s := app.Settings()
	if s.Meta.AppName != "Tidings" || s.Batch.Enabled || !s.RateLimits.Enabled || len(s.TrustedProxy.Headers) != 0 {
		t.Errorf("name %q, batch %v, rate limits %v, proxy headers %v",
			s.Meta.AppName, s.Batch.Enabled, s.RateLimits.Enabled, s.TrustedProxy.Headers)
	}
}

func checkHotQueriesUseTheirIndex(t *testing.T, app *core.BaseApp) {
	for _, tc := range []struct{ sql, index string }{
		{"SELECT id FROM messages WHERE run = 'r' AND status = 'queued' ORDER BY dueAt, id LIMIT 10", "idx_messages_due"},
		{"SELECT id FROM messages WHERE status IN ('sending', 'unknown') AND status = 'sending'", "idx_messages_doubtful"},
		{"SELECT id FROM messages WHERE status = 'unknown'", "idx_messages_doubtful"},
		{"SELECT id FROM messages WHERE org = 'o' AND direction = 'inbound' ORDER BY sentAt", "idx_messages_inbox"},
		{"SELECT id FROM messages WHERE org = 'o' AND phoneNumber = 'p' AND run = '' ORDER BY sentAt", "idx_messages_conversation"},
		{"SELECT id FROM runs WHERE status NOT IN ('finished', 'canceled')", "idx_runs_unfinished"},
		{"SELECT id FROM subscribers WHERE org = 'o' AND phoneNumber = 'p'", "idx_subscribers_org_phone"},
		{"SELECT id FROM subscribers WHERE org = 'o' AND id > 'x' ORDER BY id LIMIT 10", "idx_subscribers_org_id"},
		{"SELECT id FROM consent_events WHERE org = 'o' AND phoneNumber = 'p' ORDER BY seq DESC LIMIT 1", "idx_consent_events_org_phone_seq"},
		{"SELECT id FROM suppressions WHERE phoneNumber = 'p'", "idx_suppressions_phone"},
		{"SELECT nonce FROM webhook_nonces WHERE at < 'x'", "idx_webhook_nonces_at"},
	} {
		var plan []struct {
			Detail string `db:"detail"`
		}
		if err := app.DB().NewQuery("EXPLAIN QUERY PLAN " + tc.sql).All(&plan); err != nil {
			t.Fatalf("%s: %v", tc.sql, err)
		}
		if len(plan) != 1 || !strings.Contains(plan[0].Detail, tc.index) {
			t.Errorf("%s\n  plan %v, want %s alone", tc.sql, plan, tc.index)
		}
	}
}

func checkDataFolderIsMadeByConnect(t *testing.T, app *core.BaseApp) {
	if _, err := os.Stat(filepath.Join(app.DataDir(), "data.db-wal")); err != nil {
		t.Errorf("no write-ahead log: %v", err)
	}
}
