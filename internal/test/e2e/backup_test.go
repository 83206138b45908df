package e2e

import (
	"archive/zip"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tidings/internal/test/apptest"
	"tidings/internal/test/raced"
)

// unpack puts an archive into an empty folder and lists its files.
func unpack(t *testing.T, archive, dir string) []string {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		to := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		out, err := os.Create(to)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(out, in); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		in.Close()
	}
	slices.Sort(names)
	return names
}

// gaps lets somebody write all the time, one durable commit after the other, and tells the longest.
type gaps struct {
	longest atomic.Int64
	n       atomic.Int64
	stop    context.CancelFunc
	done    chan error
}

func writeOn(t *testing.T, app *apptest.App) *gaps {
	ctx, stop := context.WithCancel(t.Context())
	g := &gaps{stop: stop, done: make(chan error, 1)}
	go func() {
		for ctx.Err() == nil {
			began := time.Now()
			_, err := app.NonconcurrentDB().NewQuery("UPDATE load SET n = n + 1 WHERE id = 1").Execute()
			if err != nil {
				g.done <- err
				return
			}
			g.n.Add(1)
			g.longest.Store(max(g.longest.Load(), int64(time.Since(began))))
		}
		g.done <- nil
	}()
	return g
}

// worst tells the longest commit since the last question.
func (g *gaps) worst() time.Duration { return time.Duration(g.longest.Swap(0)) }

// TestABackupHoldsNobodyUp makes one of 150 MB while somebody writes all the time.
func TestABackupHoldsNobodyUp(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it writes 150 MB; plain go test and CI run it")
	}
	h := openHouse(t)
	h.people(3)
	if h.finish(h.launch(h.campaign(), nil)).GetInt("delivered") != 3 {
		t.Fatal("the campaign did not go out")
	}
	for _, sql := range []string{
		"CREATE TABLE load (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, body BLOB)",
		`INSERT INTO load (n, body) WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 37500) SELECT 0, randomblob(4000) FROM c`,
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := h.app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	g := writeOn(t, h.app)
	// For as long as the backup will take, so that what the machine does besides is in both.
	quietly := time.Now().Add(2 * time.Second)
	h.until("it writes", func() bool { return g.n.Load() > 200 && time.Now().After(quietly) })
	quiet := g.worst()
	before, began := g.n.Load(), time.Now()
	if err := h.app.CreateBackup(t.Context(), "busy.zip"); err != nil {
		t.Fatal(err)
	}
	took, worst, n := time.Since(began), g.worst(), g.n.Load()-before
	g.stop()
	if err := <-g.done; err != nil {
		t.Fatal(err)
	}
	t.Logf("the backup took %s; the longest of %d commits meanwhile took %s, of those before it %s", took, n, worst, quiet)
	if limit := raced.Within(250*time.Millisecond, 5*time.Second) + quiet; worst > limit || n < 10 {
		t.Errorf("somebody who writes waited %s, want at most %s", worst, limit)
	}

	// PocketBase lists it and gives it away.
	list := h.must(h.app.Superuser(), "GET", "/api/backups", nil, http.StatusOK)
	if !strings.Contains(string(list.Body), "busy.zip") {
		t.Errorf("the list of backups: %s", list.Body)
	}
	dir := t.TempDir()
	names := unpack(t, filepath.Join(h.app.DataDir(), "backups", "busy.zip"), dir)
	for _, name := range names {
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "backups") || strings.Contains(name, "-wal") {
			t.Errorf("%s is in the backup", name)
		}
	}
	if !slices.Contains(names, "data.db") || !slices.Contains(names, "auxiliary.db") {
		t.Errorf("the backup holds %v", names)
	}
	restored := apptest.New(t, apptest.WithFolder(dir))
	r := &house{t: t, app: restored}
	var sound string
	if err := restored.DB().NewQuery("PRAGMA integrity_check").Row(&sound); err != nil || sound != "ok" {
		t.Errorf("integrity_check of the backup: %s, %v", sound, err)
	}
	if n := r.count("SELECT COUNT(*) FROM fence WHERE reason != '' AND replayedAt = ''"); n != 1 {
		t.Error("a server that was started from the backup does not know that it is a copy")
	}
	if n := r.count("SELECT COUNT(*) FROM messages WHERE status = 'delivered'"); n != 3 {
		t.Errorf("%d of 3 texts are in the backup", n)
	}
	// The secret is another one: what the ledger says goes on, under a new seal.
	res := restored.Do("POST", "/api/sms/consents", restored.Superuser().Token, restored.DefaultOrg(), object{
		"phoneNumber": mobile("646", 1), "action": "revoked", "method": "verbal", "text": "please stop"})
	if res.Status != http.StatusOK {
		t.Errorf("an opt-out in the restored folder: %d %s", res.Status, res.Body)
	}
}
