// Package upgrade opens data folders that earlier versions left behind, and
// checks that what they promised still holds: consent, opt-outs, and who was
// texted.
//
// Each folder in testdata is the data.db of one version, compressed, made by
// playing the demo:
//
//	tidings demo --exit --subscribers 200 --dir folder
//	sqlite3 folder/data.db 'VACUUM INTO "small.db"'
//	sqlite3 small.db 'DELETE FROM fence; VACUUM' && gzip -9n small.db
//
// Without its half of the fence a folder does not count as a copy.
package upgrade_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/hooks"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
	"tidings/internal/test/apptest"
)

// versions are the folders in testdata, oldest first.
var versions = []string{"1", "2", "3"}

func TestEarlierFoldersOpenAndKeepTheirPromises(t *testing.T) {
	t.Parallel()
	for _, version := range versions {
		t.Run("version "+version, func(t *testing.T) {
			t.Parallel()
			provider := &counting{}
			app := apptest.New(t, apptest.WithFolder(unpack(t, version)), apptest.WithHooks(hooks.Options{
				Provider: provider,
				Now:      func() time.Time { return time.Date(2026, 9, 16, 18, 0, 0, 0, time.UTC) },
			}))
			run := only(t, app, "runs")
			if got := run.GetString("status"); got != "finished" {
				t.Fatalf("the run is %s, want finished", got)
			}
			checkCounters(t, app, run)
			checkLedger(t, app)
			checkNobodyIsReachedTwice(t, app, run)
			checkOptOutsStand(t, app)
			if n := provider.sent.Load(); n != 0 {
				t.Errorf("opening the folder sent %d texts", n)
			}
			checkANewRunBesideTheOld(t, app, provider, run)
		})
	}
}

func unpack(t *testing.T, version string) string {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", version+".db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	content, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file, err := os.Create(filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := io.Copy(file, content); err != nil {
		t.Fatal(err)
	}
	return dir
}

func only(t *testing.T, app *apptest.App, collection string) *core.Record {
	t.Helper()
	all, err := app.FindAllRecords(collection)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d records of %s, %v; want one", len(all), collection, err)
	}
	return all[0]
}

// checkCounters: the run's counters are what its rows say.
func checkCounters(t *testing.T, app *apptest.App, run *core.Record) {
	t.Helper()
	sum := 0
	for _, status := range message.Outbound {
		var rows int
		if err := app.DB().NewQuery("SELECT COUNT(*) FROM messages WHERE run = {:run} AND status = {:status}").
			Bind(dbx.Params{"run": run.Id, "status": string(status)}).Row(&rows); err != nil {
			t.Fatal(err)
		}
		if counted := run.GetInt(string(status)); counted != rows {
			t.Errorf("the run counts %d %s, there are %d", counted, status, rows)
		}
		sum += rows
	}
	if sum == 0 || sum != run.GetInt("recipients") {
		t.Errorf("%d rows for %d recipients", sum, run.GetInt("recipients"))
	}
}

// checkLedger: every event still has the hash that today's code computes.
func checkLedger(t *testing.T, app *apptest.App) {
	t.Helper()
	records, err := app.FindRecordsByFilter("consent_events", "", "seq", 0, 0)
	if err != nil || len(records) == 0 {
		t.Fatalf("%d ledger events, %v", len(records), err)
	}
	var events []consent.Event
	for _, r := range records {
		evidence, _ := r.Get("evidence").(types.JSONRaw)
		canonical, err := consent.CanonicalJSON(json.RawMessage(evidence))
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, consent.Event{
			ID: r.Id, Org: r.GetString("org"), Seq: int64(r.GetInt("seq")), PhoneNumber: r.GetString("phoneNumber"),
			Action: r.GetString("action"), Method: r.GetString("method"), Text: r.GetString("text"), Evidence: canonical,
			At: r.GetDateTime("at").Time(), PrevHash: r.GetString("prevHash"), Hash: r.GetString("hash"),
		})
	}
	if err := consent.Verify(slices.Values(events), consent.Link{}); err != nil {
		t.Errorf("the ledger of the folder does not verify: %v", err)
	}
}

func checkNobodyIsReachedTwice(t *testing.T, app *apptest.App, run *core.Record) {
	t.Helper()
	root := app.Superuser()
	path := "/api/sms/campaigns/" + run.GetString("campaign") + "/send"
	if res := app.Do("POST", path, root.Token, "", map[string]any{}); res.Code("campaign") != "already_sent" {
		t.Errorf("sending the campaign again: %d %s", res.Status, res.Body)
	}
}

// checkOptOutsStand: whoever opted out is unsubscribed, also when made anew.
func checkOptOutsStand(t *testing.T, app *apptest.App) {
	t.Helper()
	root := app.Superuser()
	suppressed, err := app.FindRecordsByFilter("suppressions", "reason = 'opted_out'", "", 0, 0)
	if err != nil || len(suppressed) == 0 {
		t.Fatalf("%d opt-outs, %v", len(suppressed), err)
	}
	for _, s := range suppressed {
		number, org := s.GetString("phoneNumber"), s.GetString("org")
		if before, err := app.FindFirstRecordByFilter("subscribers", "phoneNumber = {:n}", dbx.Params{"n": number}); err == nil {
			if err := app.Delete(before); err != nil {
				t.Fatal(err)
			}
		}
		res := app.Do("POST", "/api/collections/subscribers/records", root.Token, org, map[string]any{"org": org, "phoneNumber": number})
		if status := res.String("status"); res.Status != 200 || status != "unsubscribed" {
			t.Errorf("a number that opted out came back as %q (%d %s)", status, res.Status, strings.TrimSpace(string(res.Body)))
		}
	}
}

// checkANewRunBesideTheOld: the campaign of the folder reaches somebody new and
// nobody else, and the record API lists the messages of either run, whose ids
// differ in length between versions.
func checkANewRunBesideTheOld(t *testing.T, app *apptest.App, provider *counting, old *core.Record) {
	t.Helper()
	root, org := app.Superuser(), old.GetString("org")
	res := app.Do("POST", "/api/collections/subscribers/records", root.Token, org, map[string]any{
		"org": org, "phoneNumber": "+16465550199", "consentMethod": "paper", "consentText": "She signed at the counter.",
	})
	if res.Status != 200 {
		t.Fatalf("a new subscriber: %d %s", res.Status, res.Body)
	}
	res = app.Do("POST", "/api/sms/campaigns/"+old.GetString("campaign")+"/send", root.Token, "", map[string]any{"newOnly": true})
	run := res.String("runId")
	if res.Status != 202 || run == "" {
		t.Fatalf("sending to new people: %d %s", res.Status, res.Body)
	}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for provider.sent.Load() == 0 || app.Record("runs", run).GetString("status") != "finished" {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("the new run is %s after half a minute", app.Record("runs", run).GetString("status"))
		}
	}
	if n := provider.sent.Load(); n != 1 {
		t.Errorf("a run for one new person sent %d texts", n)
	}
	for id, want := range map[string]int{old.Id: min(old.GetInt("recipients"), 500), run: app.Record("runs", run).GetInt("recipients")} {
		filter := url.QueryEscape("run = '" + id + "'")
		list := app.Do("GET", "/api/collections/messages/records?perPage=500&skipTotal=1&filter="+filter, root.Token, org, nil)
		if got := len(list.IDs()); got != want || want == 0 {
			t.Errorf("run %s has %d messages, want %d", id, got, want)
		}
	}
}
