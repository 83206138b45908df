package e2e

import (
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/command"
	"tidings/internal/store"
	"tidings/internal/test/apptest"
	"tidings/internal/test/invariants"
)

// files are the contents of a folder's files, by name.
type files map[string][]byte

func readFolder(t *testing.T, dir string) files {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	f := make(files)
	for _, e := range entries {
		if e.Type().IsRegular() {
			if f[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f
}

// inPlace writes over the files of a folder, as cp does: each keeps its inode.
func (f files) inPlace(t *testing.T, dir string) {
	t.Helper()
	for name, content := range f {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// renamed puts new files in the place of those of a folder, as rsync and tar do.
func (f files) renamed(t *testing.T, dir string) {
	t.Helper()
	for name, content := range f {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path+".new", content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
	}
}

// only keeps the files that a test names.
func (f files) only(is func(name string) bool) files {
	some := make(files)
	for name, content := range f {
		if is(name) {
			some[name] = content
		}
	}
	return some
}

func database(name string) bool { return strings.HasPrefix(name, "data.db") }
func visible(name string) bool  { return !strings.HasPrefix(name, ".") }

// offline runs SQL on a folder that no server has open.
func offline(t *testing.T, dir string, statements ...string) {
	t.Helper()
	db, err := store.Connect(filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.NewQuery(s).Execute(); err != nil {
			t.Fatalf("%.60s: %v", s, err)
		}
	}
}

// snapshot copies a database that is in use, as a backup does.
func snapshot(t *testing.T, app core.App) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	if _, err := app.ConcurrentDB().NewQuery("VACUUM INTO {:path}").Bind(dbx.Params{"path": path}).Execute(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// reopen stops the server and starts it again on its folder, at another address.
func (h *house) reopen(opts ...apptest.Option) {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	h.app = h.app.Restart(append(opts, apptest.WithAssembly(func(app core.App) error {
		return command.Assemble(app, command.Assembly{Listen: l.Addr().String(), Sandbox: h.sandbox, Log: slog.New(slog.DiscardHandler)})
	}))...)
	h.url = h.app.ListenOn(l)
}

// TestARestoredFolderTextsNobodyTwice puts an older database back, in which people wait who were texted
// since, one who said STOP since, and one who was texted first and said STOP then.
func TestARestoredFolderTextsNobodyTwice(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 10 })
	numbers := h.people(60)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 8 })
	copied := snapshot(t, h.app.BaseApp)
	var early []string // those of whom the copy may know
	for _, n := range numbers {
		if h.texted(n) > 0 {
			early = append(early, n)
		}
	}
	h.until("more are out", func() bool { return h.out() >= int64(len(early))+8 })
	h.steer(run, "pause")
	h.until("what was under way has ended", func() bool { return h.app.Record("runs", run).GetInt("sending") == 0 })
	h.idle()
	var silent, weary string
	for _, n := range numbers {
		switch {
		case h.texted(n) == 0:
			silent = n
		case !slices.Contains(early, n):
			weary = n
		}
	}
	h.write(silent, "STOP")
	h.write(weary, "STOP")
	before := h.out()

	h.app.Stop()
	files{"data.db": copied}.inPlace(t, h.app.DataDir())
	for _, name := range []string{"data.db-wal", "data.db-shm"} {
		_ = os.Remove(filepath.Join(h.app.DataDir(), name))
	}
	h.reopen()
	if r := h.app.Record("runs", run); r.GetString("status") != "paused" || r.GetString("pausedBy") != "system" {
		t.Fatalf("the run is %s by %q", r.GetString("status"), r.GetString("pausedBy"))
	}
	if res := h.steer(run, "resume"); res.Status != http.StatusServiceUnavailable || res.Code("server") != "restored" {
		t.Errorf("before Plivo has told: %d %s", res.Status, res.Body)
	}
	if res := h.send(h.campaign(), nil); res.Code("server") != "restored" {
		t.Errorf("another campaign before Plivo has told: %d %s", res.Status, res.Body)
	}
	if res := h.call(h.viewer, "GET", "/readyz", nil); res.Status != http.StatusServiceUnavailable || !strings.Contains(string(res.Body), "restored or copied") {
		t.Errorf("readyz: %d %s", res.Status, res.Body)
	}
	h.within(2*patience, "Plivo has told", func() bool { return h.count("SELECT COUNT(*) FROM fence WHERE replayedAt != ''") == 1 })
	if n := h.out() - before; n != 0 {
		t.Errorf("%d texts went out before anybody resumed", n)
	}
	if res := h.call(h.viewer, "GET", "/api/sms/state", nil); !strings.Contains(string(res.Body), "1 paused runs wait") {
		t.Errorf("members are told %s", res.Body)
	}
	if res := h.steer(run, "resume"); res.Status != http.StatusOK {
		t.Fatalf("resume: %d %s", res.Status, res.Body)
	}
	h.pace(1000)
	h.becomes(run, "finished")
	h.idle()
	for _, n := range numbers {
		want := 1
		if n == silent {
			want = 0
		}
		if got := h.texted(n); got != want {
			t.Errorf("%s got %d texts, want %d", n, got, want)
		}
	}
	if got := h.message(run, silent).GetString("reason"); got != "opted_out" {
		t.Errorf("who said STOP meanwhile was left out for %q", got)
	}
	if got := h.message(run, weary); got.GetString("plivoUuid") == "" || got.GetString("status") == "skipped" {
		t.Errorf("who got the text and said STOP then is %s (%s)", got.GetString("status"), got.GetString("reason"))
	}
	if n := h.count("SELECT strangers FROM fence"); n != 0 {
		t.Errorf("%d texts have no row", n)
	}
	if res := h.call(h.viewer, "GET", "/readyz", nil); res.Status != http.StatusOK {
		t.Errorf("in the end readyz says %d %s", res.Status, res.Body)
	}
	h.reconcile()
}

func TestAnOrdinaryRestartGoesOn(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 25 })
	numbers := h.people(20)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 4 })
	h.reopen()
	h.until("more are out", func() bool { return h.out() >= 8 })
	h.reopen(apptest.WithFolder(h.app.DataDir())) // with its migrations looked at
	h.becomes(run, "finished")
	h.idle()
	for _, n := range numbers {
		if got := h.texted(n); got != 1 {
			t.Errorf("%s got %d texts", n, got)
		}
	}
	for _, v := range invariants.Check(h.app.DB(), invariants.Options{Ledger: h.sandbox.Ledger(), Moment: invariants.AtRest}) {
		t.Error(v)
	}
	if n := h.count("SELECT COUNT(*) FROM fence WHERE foundAt != ''"); n != 0 {
		t.Error("an ordinary restart was taken for a copy")
	}
}
