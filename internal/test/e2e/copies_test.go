package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tidings/hooks"
	"tidings/internal/engine/dispatch"
	"tidings/internal/test/apptest"
	"tidings/internal/test/raced"
)

// tally is a provider that takes everything and counts.
type tally struct{ sent atomic.Int64 }

func (p *tally) Send(_ context.Context, t dispatch.Text) dispatch.Reply {
	t.Started()
	return dispatch.Reply{Outcome: dispatch.Accepted, UUID: fmt.Sprintf("00000000-0000-4000-8000-%012d", p.sent.Add(1))}
}

// busyFolder is a data folder with a run in every state that sends by itself, three texts that wait in
// each of the planned ones, and an answer. It has been used, so it knows its place.
func busyFolder(t *testing.T) string {
	t.Helper()
	app := apptest.New(t)
	org := app.DefaultOrg()
	app.Stop()
	dir := app.DataDir()
	sql := []string{
		"INSERT INTO senders (id, org, name, kind, number, enabled, ratePerSecond) VALUES ('sender000000001', '" + org + "', 'Main', 'long_code', '+12125550100', 1, 1000)",
	}
	for i := range 3 {
		sql = append(sql, fmt.Sprintf("INSERT INTO subscribers (id, org, phoneNumber, status, attributes, lists) VALUES ('person%09d', '%s', '+16465550%03d', 'subscribed', '{}', '[]')", i, org, 100+i))
	}
	for i, r := range []struct {
		status, sendAt string
		planned        int
	}{{"sending", "", 1}, {"waiting", "", 1}, {"queued", "", 0}, {"scheduled", "2026-03-03 15:55:00.000Z", 0}} {
		sql = append(sql,
			fmt.Sprintf("INSERT INTO campaigns (id, org, name, messageBody, sender, everyone, lists) VALUES ('campaign%07d', '%s', 'Spring', 'Hello', 'sender000000001', 1, '[]')", i, org),
			fmt.Sprintf(`INSERT INTO runs (id, key, org, campaign, status, snapshot, sendAt, planned, recipients, queued, created, updated) VALUES ('run%012d', '0000%d', '%s',
				'campaign%07d', '%s', '{"text":"Hello","sender":"sender000000001","everyone":true}', '%s', %d, %d, %d, '2026-03-03 15:00:00.000Z', '2026-03-03 15:00:00.000Z')`,
				i, i+1, org, i, r.status, r.sendAt, r.planned, 3*r.planned, 3*r.planned))
		for n := range 3 * r.planned {
			sql = append(sql, fmt.Sprintf(`INSERT INTO messages (id, org, run, campaign, subscriber, direction, phoneNumber, sender, body, segments, status, dueAt)
				VALUES ('0000%d0000000%03d', '%s', 'run%012d', 'campaign%07d', '', 'outbound', '+16465550%03d', 'sender000000001', '', 1, 'queued', '2026-03-03 15:00:00.000Z')`,
				i+1, n, org, i, i, 100+n))
		}
	}
	sql = append(sql, single("qwaits000000001", org))
	offline(t, dir, sql...)
	return dir
}

// single is an answer that waits to be sent.
func single(id, org string) string {
	return `INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, body, segments, status, dueAt)
		VALUES ('` + id + `', '` + org + `', 'outbound', 'reply', '+16465550100', 'sender000000001', 'Hello', 1, 'queued', '2026-03-03 15:59:00.000Z')`
}

// openCounted starts a server on a folder and lets its dispatcher have a turn: an answer that is queued
// once it runs has been sent. It says how many other texts went out.
func openCounted(t *testing.T, dir string) (*apptest.App, int64) {
	t.Helper()
	provider := &tally{}
	app := apptest.New(t, apptest.WithFolder(dir), apptest.WithHooks(hooks.Options{Provider: provider, Now: func() time.Time { return noon }}))
	probe := fmt.Sprintf("qprobe%09d", serial.Add(1))
	if _, err := app.NonconcurrentDB().NewQuery(single(probe, app.DefaultOrg())).Execute(); err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, app: app}
	h.until("the dispatcher has had its turn", func() bool {
		return h.count("SELECT COUNT(*) FROM messages WHERE id = '"+probe+"' AND status = 'accepted'") == 1
	})
	return app, provider.sent.Load() - 1
}

// rest starts and stops a server that cannot send, so that a folder takes a step and keeps its work.
func rest(t *testing.T, dir string) {
	t.Helper()
	app := apptest.New(t, apptest.WithFolder(dir), apptest.WithHooks(hooks.Options{Now: func() time.Time { return noon.Add(-2 * time.Hour) }}))
	app.Stop()
}

// ways are what people do to data folders. Each gets the folder, and what its files were at an earlier
// stop; it tells which folder is opened then.
var ways = map[string]func(t *testing.T, dir string, then files) string{
	"all files, to another folder": func(t *testing.T, dir string, _ files) string {
		other := t.TempDir()
		readFolder(t, dir).inPlace(t, other)
		return other
	},
	"an earlier copy of all files, to another folder": func(t *testing.T, _ string, then files) string {
		other := t.TempDir()
		then.inPlace(t, other)
		return other
	},
	"all files but the hidden ones, to another folder": func(t *testing.T, dir string, _ files) string {
		other := t.TempDir()
		readFolder(t, dir).only(visible).inPlace(t, other)
		return other
	},
	"the database alone, to another folder": func(t *testing.T, dir string, _ files) string {
		other := t.TempDir()
		readFolder(t, dir).only(database).inPlace(t, other)
		return other
	},
	"an earlier database, over the newer one": func(t *testing.T, dir string, then files) string {
		then.only(database).inPlace(t, dir)
		return dir
	},
	"an earlier database, as a new file": func(t *testing.T, dir string, then files) string {
		then.only(database).renamed(t, dir)
		return dir
	},
	"all earlier files, over the newer ones": func(t *testing.T, dir string, then files) string {
		then.inPlace(t, dir)
		return dir
	},
	"all earlier files, as new ones": func(t *testing.T, dir string, then files) string {
		then.renamed(t, dir)
		return dir
	},
	"a copy in the folder's place": func(t *testing.T, dir string, _ files) string {
		copied := readFolder(t, dir)
		if err := os.Rename(dir, dir+".old"); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		copied.inPlace(t, dir)
		return dir
	},
	"a backup, as PocketBase restores it": func(t *testing.T, dir string, then files) string {
		for name := range readFolder(t, dir) { // it moves all files away and those of the archive in
			if err := os.Rename(filepath.Join(dir, name), filepath.Join(t.TempDir(), name)); err != nil {
				t.Fatal(err)
			}
		}
		then.only(visible).inPlace(t, dir)
		return dir
	},
}

// TestFiftyCopiesSendNothing is every way, with one to five starts between the copy and its use.
func TestFiftyCopiesSendNothing(t *testing.T) {
	t.Parallel()
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for starts := 1; starts <= raced.Fewer(5, 1); starts++ {
				dir := busyFolder(t)
				asleep(t, dir)
				rest(t, dir)
				then := readFolder(t, dir)
				for range starts {
					rest(t, dir)
				}
				awake(t, dir)
				for n, content := range then { // the copy is as busy as the original
					if n == "data.db" {
						copied := t.TempDir()
						files{n: content}.inPlace(t, copied)
						awake(t, copied)
						then[n] = readFolder(t, copied)[n]
					}
				}
				app, sent := openCounted(t, way(t, dir, then))
				h := &house{t: t, app: app}
				if sent != 0 {
					t.Errorf("after %d starts: %d texts went out by themselves", starts, sent)
				}
				if n := h.count("SELECT COUNT(*) FROM runs WHERE status = 'paused' AND pausedBy = 'system' AND pauseReason LIKE '%restored or copied%'"); n != 4 {
					t.Errorf("after %d starts: %d of 4 runs wait for a person", starts, n)
				}
				if n := h.count("SELECT COUNT(*) FROM messages WHERE id = 'qwaits000000001' AND status = 'unknown'"); n != 1 {
					t.Errorf("after %d starts: the answer that waited is not unknown", starts)
				}
				app.Stop()
			}
		})
	}
}

// TestTheSameFolderSendsOn is the control: without a copy all of it goes out.
func TestTheSameFolderSendsOn(t *testing.T) {
	t.Parallel()
	dir := busyFolder(t)
	asleep(t, dir)
	rest(t, dir)
	rest(t, dir)
	awake(t, dir)
	app, _ := openCounted(t, dir)
	h := &house{t: t, app: app}
	h.until("all of it goes out", func() bool {
		return h.count("SELECT COUNT(*) FROM messages WHERE status = 'accepted'") == 4*3+2
	})
}

// asleep holds everything back that would go out, and awake lets it go again: a server that only takes
// a step must find it as it was.
func asleep(t *testing.T, dir string) {
	offline(t, dir,
		"CREATE TABLE woken AS SELECT id, status FROM runs", "UPDATE runs SET status = 'paused'",
		"UPDATE messages SET dueAt = '2027-01-01 00:00:00.000Z' WHERE run = ''")
}

func awake(t *testing.T, dir string) {
	offline(t, dir,
		"UPDATE runs SET status = (SELECT status FROM woken WHERE woken.id = runs.id)",
		"UPDATE messages SET dueAt = '2026-03-03 15:00:00.000Z' WHERE run = ''")
}
