package command

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/hooks"
	"tidings/internal/config"
	"tidings/internal/simulator"
	"tidings/internal/spool"
	"tidings/internal/store"
	"tidings/internal/test/apptest"
)

func TestTheDoctorLooksAtEveryPool(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		weak string // the file whose connections do not flush
		says string
	}{
		{"", "every commit is flushed"},
		{"data.db", "connection of the data has synchronous=1"},
		{"auxiliary.db", "connection of the log has synchronous=1"},
	} {
		app := apptest.New(t, apptest.WithoutServing(), apptest.WithConnect(func(path string) (*dbx.DB, error) {
			if c.weak != "" && strings.HasSuffix(path, c.weak) {
				return store.ConnectWith(path, "_pragma=synchronous(NORMAL)")
			}
			return store.Connect(path)
		}))
		found := checkDurability(app.BaseApp, false)
		if len(found) != 1 || !strings.Contains(found[0].what, c.says) || (found[0].level == bad) != (c.weak != "") {
			t.Errorf("with a weak %q the doctor finds %v", c.weak, found)
		}
	}
}

func TestTheDoctorReadsALargeDatabaseOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithoutServing())
	// A file as large, most of it a hole; SQLite reads what its header says.
	if err := os.Truncate(filepath.Join(app.DataDir(), "auxiliary.db"), quickly+1); err != nil {
		t.Fatal(err)
	}
	for whole, words := range map[bool]string{false: "the log database of 256 MB was not read", true: "the databases are sound"} {
		found := checkDurability(app.BaseApp, whole)
		if len(found) != 1 || found[0].level != good || !strings.Contains(found[0].what, words) {
			t.Errorf("read whole %v: %v", whole, found)
		}
	}
}

// The account of a simulator rents no numbers unless it is told which.
func TestTheDoctorKnowsThatASimulatorTakesEverySender(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{SenderNumber: "+12125550100"}))
	for _, c := range []struct {
		numbers []string
		want    level
		words   string
	}{
		{nil, good, "takes every number"},
		{[]string{"+12125550199"}, bad, "is no number of this Plivo account"},
	} {
		sim := simulator.New(simulator.Config{Numbers: c.numbers})
		provider := httptest.NewServer(sim)
		cfg := config.Config{
			PlivoAuthID: simulator.DefaultAuthID, PlivoAuthToken: config.NewSecret(simulator.DefaultAuthToken), PlivoAPIURL: provider.URL,
		}
		found := checkPlivo(t.Context(), app.BaseApp, cfg)
		provider.Close()
		if err := sim.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if len(found) != 2 || found[1].level != c.want || !strings.Contains(found[1].what, c.words) {
			t.Errorf("with the numbers %v the doctor says %v", c.numbers, found)
		}
	}
}

func TestTheDoctorLooksWhereTextsOfPeopleGo(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithHooks(hooks.Options{SenderNumber: "+12125550100"}))
	sim := simulator.New(simulator.Config{Numbers: []string{"+12125550100"}})
	provider := httptest.NewServer(sim)
	t.Cleanup(func() {
		provider.Close()
		if err := sim.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for _, c := range []struct {
		url, public string // what Plivo calls, and what we are called
		want        level
		words       string
	}{
		{"", "https://sms.example.com", warn, "nobody is told"},
		{"https://sms.example.com/webhooks/plivo/inbound", "https://sms.example.com", good, "comes here"},
		{"https://old.example.com/webhooks/plivo/inbound", "https://sms.example.com", warn, "goes to https://old.example.com/webhooks/plivo/inbound"},
		{"https://old.example.com/webhooks/plivo/inbound", "", good, "goes to https://old.example.com"},
		{"https://old.example.com/other", "", warn, "and not here"},
	} {
		sim.SetInbound("", c.url)
		found := checkPlivo(t.Context(), app.BaseApp, config.Config{
			PlivoAuthID: simulator.DefaultAuthID, PlivoAuthToken: config.NewSecret(simulator.DefaultAuthToken), PlivoAPIURL: provider.URL, PublicURL: c.public,
		})
		if len(found) != 3 || !strings.Contains(found[1].what, "can send") || found[2].level != c.want || !strings.Contains(found[2].what, c.words) {
			t.Errorf("called at %q, known as %q: the doctor says %v", c.url, c.public, found)
		}
		if (found[2].level == good) != (found[2].remedy == "") {
			t.Errorf("%q: %q", found[2].what, found[2].remedy)
		}
	}
}

func TestTheDoctorTellsOfWebhooksThatWait(t *testing.T) {
	t.Parallel()
	app := apptest.New(t, apptest.WithoutServing())
	for _, c := range []struct {
		file, content string
		want          int // warnings
	}{{spool.File, "", 0}, {spool.File, "a webhook", 1}, {spool.Aside, "", 1}, {spool.Aside, "a webhook", 2}} {
		if err := os.WriteFile(filepath.Join(app.DataDir(), c.file), []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := checkSpool(app.BaseApp); len(got) != c.want {
			t.Errorf("with %q in %s the doctor says %v", c.content, c.file, got)
		}
	}
}

func TestTheDoctorKnowsACopy(t *testing.T) {
	t.Parallel()
	app := apptest.New(t)
	app.Stop()
	same := app.Restart(apptest.WithoutServing())
	if got := checkOrigin(t.Context(), same.BaseApp); len(got) != 1 || got[0].level != good {
		t.Errorf("of an ordinary folder the doctor says %v", got)
	}
	same.Stop()
	raw, err := os.ReadFile(filepath.Join(app.DataDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "data.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	copied := apptest.New(t, apptest.WithFolder(other), apptest.WithoutServing())
	if got := checkOrigin(t.Context(), copied.BaseApp); len(got) != 1 || got[0].level != warn || !strings.Contains(got[0].what, "restored or copied") {
		t.Errorf("of a copy the doctor says %v", got)
	}
	copied.Start()
	if got := checkOrigin(t.Context(), copied.BaseApp); len(got) != 1 || got[0].level != bad || !strings.Contains(got[0].what, "Plivo is being asked") {
		t.Errorf("of a copy that was started the doctor says %v", got)
	}
}
