package e2e

import (
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/ballast"
)

// smallDisk mounts a disk of 48 MB in memory. Where that is not permitted the
// test ends, and says so: TestLittleRoomOnTheDiskHaltsTheRun needs no disk.
func smallDisk(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	mount := []string{"mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", folder}
	umount := []string{"umount", "-l", folder}
	if os.Geteuid() != 0 {
		mount, umount = append([]string{"sudo", "-n"}, mount...), append([]string{"sudo", "-n"}, umount...)
	}
	if out, err := exec.CommandContext(t.Context(), mount[0], mount[1:]...).CombinedOutput(); err != nil {
		t.Skipf("NOT TESTED: a full disk, as no small one can be mounted here (%v: %s); run it as root", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command(umount[0], umount[1:]...).CombinedOutput(); err != nil {
			t.Errorf("unmount: %v: %s", err, out)
		}
	})
	if err := os.Chmod(folder, 0o777); err != nil && os.Geteuid() == 0 {
		t.Fatal(err)
	}
	return folder
}

// fillDisk takes what is free of the disk of the data folder, all but some bytes, and what
// the log of the database holds: without room inside it each commit asks for some of the
// disk. Nobody may be writing who would give up the ballast meanwhile.
func (h *house) fillDisk(leave uint64) (filler string) {
	h.t.Helper()
	if _, err := h.app.ConcurrentDB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute(); err != nil {
		h.t.Logf("checkpoint: %v", err)
	}
	f, err := os.CreateTemp(h.app.DataDir(), "filler-")
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	free, _, err := ballast.Free(h.app.DataDir())
	if err != nil {
		h.t.Fatal(err)
	}
	if free <= leave {
		return f.Name()
	}
	if n, err := io.CopyN(f, endless{}, int64(free-leave)); err != nil {
		h.t.Fatalf("%d bytes of %d filled the disk: %v", n, free-leave, err)
	}
	return f.Name()
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// The disk of the data folder is filled in the middle of a run, and freed later.
func TestAFullDiskHaltsTheRunTakesSTOPsAndHeals(t *testing.T) {
	t.Parallel()
	folder := smallDisk(t)
	h := openHouse(t, func(s *setup) { s.rate, s.folder = 8, folder })
	numbers := h.people(60)
	last, passerby := numbers[len(numbers)-1], mobile("631", 1)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 5 })

	fillers := []string{h.fillDisk(256 << 10)} // the run goes on: it may not meet the end of the disk before we do
	h.until("/readyz says so", func() bool {
		a := h.call(h.viewer, "GET", "/readyz", nil)
		return a.Status == http.StatusServiceUnavailable && strings.Contains(a.String("problems"), "disk")
	})
	h.settles(run) // what was under way is settled on a full disk too
	h.idle()
	out := h.out()
	if _, err := os.Stat(filepath.Join(folder, ballast.File)); err == nil {
		fillers = append(fillers, h.fillDisk(0))
	}
	if a := h.must(h.viewer, "GET", "/api/sms/runs/"+run+"/report", nil, http.StatusOK); !strings.Contains(a.String("notice"), "disk") {
		t.Errorf("the run's report says %q", a.String("notice"))
	}
	h.must(h.viewer, "GET", "/api/collections/runs/records", nil, http.StatusOK)
	h.write(last, "STOP")
	if m := h.message(run, last); m.GetString("reason") != "opted_out" || h.status(last) != "unsubscribed" {
		t.Errorf("STOP on a full disk: her row is %s %s, she is %s", m.GetString("status"), m.GetString("reason"), h.status(last))
	}
	if _, err := os.Stat(filepath.Join(folder, ballast.File)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the ballast was kept: %v", err)
	}

	fillers = append(fillers, h.fillDisk(0)) // what the ballast gave too
	stop := func() int {
		return h.webhook(h.url+"/webhooks/plivo/inbound", inboundForm(passerby, h.sandbox.Sender, "STOP"), signed(v3)).Status
	}
	if got := stop(); got != http.StatusServiceUnavailable {
		t.Errorf("a STOP that finds no room at all is answered %d", got)
	}
	if n := h.out(); n != out || n == int64(len(numbers)) {
		t.Errorf("%d texts left while the disk was full, %d of %d in all", n-out, n, len(numbers))
	}

	for _, name := range fillers {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if got, n := stop(), h.count("SELECT COUNT(*) FROM suppressions WHERE phoneNumber = '"+passerby+"'"); got != http.StatusOK || n != 1 {
		t.Errorf("the same STOP is answered %d when there is room, and %d suppressions are of it", got, n)
	}
	h.pace(1000)
	h.finish(run)
	if diff := cmp.Diff(map[string]int{"delivered": len(numbers) - 1, "skipped": 1}, h.settled(run)); diff != "" {
		t.Errorf("the run (-want +got):\n%s", diff)
	}
	if _, err := os.Stat(filepath.Join(folder, ballast.File)); err != nil {
		t.Errorf("the ballast is not back: %v", err)
	}
	if a := h.call(h.viewer, "GET", "/readyz", nil); a.Status != http.StatusOK {
		t.Errorf("/readyz is answered %d %s", a.Status, a.Body)
	}
}

// Little room halts before the disk is full.
func TestLittleRoomOnTheDiskHaltsTheRun(t *testing.T) {
	t.Parallel()
	var free atomic.Uint64
	free.Store(10 << 30)
	h := openHouse(t, func(s *setup) {
		s.rate = 8
		s.space = func(string) (uint64, uint64, error) { return free.Load(), 100 << 30, nil }
	})
	numbers := h.people(40)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 2 })
	limit, _ := ballast.Limits(100 << 30)
	free.Store(limit - 1)
	h.until("/readyz says so", func() bool {
		return strings.Contains(h.call(h.viewer, "GET", "/readyz", nil).String("problems"), "only 256 MB")
	})
	h.settles(run)
	h.idle()
	out := h.out()
	if a := h.call(h.editor, "POST", "/api/sms/imports", nil); a.Status != http.StatusServiceUnavailable || a.Code("server") != "disk_full" {
		t.Errorf("a file to import is answered %d %s", a.Status, a.Body)
	}
	another := h.launch(h.campaign(object{"name": "another"}), nil)
	h.write(numbers[39], "STOP")
	if n := h.out(); n != out || h.status(numbers[39]) != "unsubscribed" {
		t.Errorf("%d texts left with little room, who said STOP is %s", n-out, h.status(numbers[39]))
	}
	if s := h.app.Record("runs", another).GetString("status"); s != "queued" {
		t.Errorf("an audience is planned with little room: the run is %s", s)
	}
	free.Store(10 << 30)
	h.pace(1000)
	h.becomes(run, "finished")
	h.finish(another) // the books are of both
}
