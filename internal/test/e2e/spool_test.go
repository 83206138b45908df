package e2e

import (
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/spool"
	"tidings/internal/store"
	"tidings/internal/test/apptest"
)

// lockRows takes the database's lock as a foreign program does, until unlock is
// called.
func (h *house) lockRows() (unlock func()) {
	h.t.Helper()
	db, err := store.Connect(filepath.Join(h.app.DataDir(), "data.db"))
	if err != nil {
		h.t.Fatal(err)
	}
	var tx *sql.Tx
	if tx, err = db.DB().BeginTx(h.t.Context(), nil); err != nil { // immediate
		h.t.Fatal(err)
	}
	return sync.OnceFunc(func() { tx.Rollback(); db.Close() })
}

// A foreign program holds the database for eight seconds in the middle of a run.
func TestWebhooksAreAnsweredInTimeThoughTheDatabaseIsLocked(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) {
		s.rate = 30
		s.simulator.DeliverDelay = time.Second // receipts come while it is locked
		s.simulator.WebhookTimeout = 3 * time.Second
		s.simulator.RetryDelays = []time.Duration{} // each webhook has one try
	})
	numbers := h.people(100)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 20 })
	unlock := h.lockRows()
	defer unlock()
	held := time.NewTimer(8 * time.Second)
	stopped := numbers[70:90]
	for _, n := range stopped {
		if _, err := h.sandbox.Inject(n, h.sandbox.Sender, "STOP"); err != nil {
			t.Fatal(err)
		}
	}
	acknowledged := func() int {
		n := 0
		for _, in := range h.sandbox.Ledger().Inbound() {
			if !in.Acknowledged.IsZero() {
				n++
			}
		}
		return n
	}
	h.until("each STOP is acknowledged", func() bool { return acknowledged() == len(stopped) })
	if h.count("SELECT COUNT(*) FROM suppressions") != 0 {
		t.Error("the database was not locked")
	}
	<-held.C
	unlock()
	h.finish(run)
	if gaveUp := h.sandbox.Ledger().Callbacks().GaveUp; gaveUp != 0 {
		t.Errorf("%d webhooks were not answered within three seconds", gaveUp)
	}
	h.until("the spool is empty", func() bool { return h.call(h.viewer, "GET", "/readyz", nil).Status == http.StatusOK })
	for _, n := range stopped {
		if m := h.message(run, n); m.GetString("reason") != "opted_out" || h.texted(n) != 0 || h.status(n) != "unsubscribed" {
			t.Errorf("%s, who had said STOP, is %s %s, texted %d times", n, m.GetString("status"), m.GetString("reason"), h.texted(n))
		}
	}
	want := map[string]int{"delivered": len(numbers) - len(stopped), "skipped": len(stopped)}
	if diff := cmp.Diff(want, h.settled(run)); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}
	h.reconcile()
}

// No webhook comes, so nothing but the question itself meets the lock.
func TestAServerThatCannotWriteIsNotReady(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	if a := h.call(h.viewer, "GET", "/readyz", nil); a.Status != http.StatusOK {
		t.Fatalf("before: %d %s", a.Status, a.Body)
	}
	unlock := h.lockRows()
	defer unlock()
	a := h.call(h.viewer, "GET", "/readyz", nil)
	var body struct{ Reasons []string }
	if err := json.Unmarshal(a.Body, &body); err != nil {
		t.Fatal(err)
	}
	if a.Status != http.StatusServiceUnavailable || len(body.Reasons) != 1 || !strings.Contains(body.Reasons[0], "holds its lock") {
		t.Errorf("while another program holds the lock it answers %d %s", a.Status, a.Body)
	}
	unlock()
	h.until("it is ready again", func() bool { return h.call(h.viewer, "GET", "/readyz", nil).Status == http.StatusOK })
}

// The process dies with a STOP in the spool: what it leaves is copied as it
// stands, and another starts on the copy.
func TestASTOPInTheSpoolSurvivesACrash(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 8 })
	numbers := h.people(40)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 2 })
	h.must(h.editor, "POST", "/api/sms/runs/"+run+"/pause", nil, http.StatusOK)
	h.settles(run)
	h.idle()
	unlock := h.lockRows()
	defer unlock()
	last := numbers[len(numbers)-1]
	answer := h.webhook(h.url+"/webhooks/plivo/inbound", inboundForm(last, h.sandbox.Sender, "STOP"), signed(v3))
	if answer.Status != http.StatusOK {
		t.Fatalf("the STOP is answered %d %s", answer.Status, answer.Body)
	}
	folder := t.TempDir()
	h.copyFolder(folder)
	unlock()
	h.app.Stop()
	h.app = apptest.New(t, apptest.WithAssembly(h.assemble), apptest.WithFolder(folder))
	h.until("the spool is empty", func() bool { return h.app.Do("GET", "/readyz", "", "", nil).Status == http.StatusOK })
	if m := h.message(run, last); m.GetString("reason") != "opted_out" || h.status(last) != "unsubscribed" {
		t.Errorf("after the crash her row is %s %s, she is %s", m.GetString("status"), m.GetString("reason"), h.status(last))
	}
	if n := h.texted(last); n != 0 {
		t.Errorf("she was texted %d times", n)
	}
}

// What cannot be applied holds up nobody, and is told until it can.
func TestWhatTheSpoolCannotGiveToTheRowsIsSetAsideAndTold(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.app.Stop()
	s, _, err := spool.Open(filepath.Join(h.app.DataDir(), spool.File))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Append([]byte("of a version that is not known here")), s.Close()); err != nil {
		t.Fatal(err)
	}
	warned := func() bool {
		a := h.call(h.viewer, "GET", "/readyz", nil)
		return a.Status == http.StatusOK && strings.Contains(string(a.Body), "1 webhooks that were acknowledged could not be applied")
	}
	aside := func() int64 {
		info, err := os.Stat(filepath.Join(h.app.DataDir(), spool.Aside))
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	h.reopen()
	h.until("/readyz warns of it", warned)
	size := aside()
	for range 4 { // each start tries it again
		h.reopen()
		h.until("/readyz warns of it, once", warned)
	}
	if got := aside(); got != size {
		t.Errorf("after five starts %d bytes are set aside, and %d after one", got, size)
	}
	h.person(mobile("646", 1))
	h.write(mobile("646", 1), "STOP")
	if got := h.status(mobile("646", 1)); got != "unsubscribed" {
		t.Errorf("behind it a STOP makes her %q", got)
	}
	for file, holds := range map[string]bool{spool.File: false, spool.Aside: true} {
		if info, err := os.Stat(filepath.Join(h.app.DataDir(), file)); err != nil || info.Size() > 0 != holds {
			t.Errorf("%s: %v %v", file, info, err)
		}
	}
}

// copyFolder copies the data folder as a crash at this moment would leave it.
func (h *house) copyFolder(to string) {
	h.t.Helper()
	entries, err := os.ReadDir(h.app.DataDir())
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasSuffix(e.Name(), "-shm") { // the kernel's part of it is gone
			continue
		}
		if err := copyFile(filepath.Join(h.app.DataDir(), e.Name()), filepath.Join(to, e.Name())); err != nil {
			h.t.Fatal(err)
		}
	}
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = io.Copy(out, in)
	return err
}
