package ballast_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/ballast"
)

const mb = 1 << 20

// disk is a disk of a size that fills and empties as the test says.
type disk struct {
	folder      string
	free, total uint64
	err         error
}

func (d *disk) space(string) (uint64, uint64, error) {
	free := d.free
	if info, err := os.Stat(filepath.Join(d.folder, ".ballast")); err == nil {
		free -= uint64(info.Size())
	}
	return free, d.total, d.err
}

func (d *disk) there() bool {
	_, err := os.Stat(filepath.Join(d.folder, ".ballast"))
	return err == nil
}

func start(t *testing.T, d *disk) *ballast.Ballast {
	t.Helper()
	d.folder = t.TempDir()
	b := ballast.New(d.folder, ballast.Options{Space: d.space, Log: slog.New(slog.DiscardHandler)})
	b.Start()
	t.Cleanup(func() { b.Close() })
	return b
}

func TestLimitsFollowTheDisk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ total, limit, size uint64 }{
		{500 << 30, 256 * mb, 64 * mb}, {2 << 30, 256 * mb, 64 * mb}, {1 << 30, 128 * mb, 32 * mb}, {32 * mb, 4 * mb, 1 * mb}, {0, 0, 0},
	} {
		if limit, size := ballast.Limits(c.total); limit != c.limit || size != c.size {
			t.Errorf("a disk of %d bytes: %d and %d, want %d and %d", c.total, limit, size, c.limit, c.size)
		}
	}
}

func TestLittleRoomHaltsAndRoomEndsIt(t *testing.T) {
	t.Parallel()
	d := &disk{free: 32 * mb, total: 64 * mb} // the limit is 8 MB, the ballast 2 MB
	b := start(t, d)
	if b.Halted() != "" || !d.there() {
		t.Fatalf("with room: %q, the ballast is there: %v", b.Halted(), d.there())
	}
	d.free = 9 * mb // with the ballast 7 are left
	b.Watch()
	if !strings.Contains(b.Halted(), "only 7 MB") || !strings.Contains(b.Halted(), "free 1 MB more") {
		t.Errorf("with little: %q", b.Halted())
	}
	d.free = 10 * mb
	b.Watch()
	if b.Halted() != "" {
		t.Errorf("with room again: %q", b.Halted())
	}
}

func TestAFullDiskGetsTheBallastAndGivesItBack(t *testing.T) {
	t.Parallel()
	d := &disk{free: 12 * mb, total: 64 * mb}
	b := start(t, d)
	if !b.Release() || d.there() {
		t.Error("the ballast was not given up")
	}
	if b.Release() {
		t.Error("it was given up twice")
	}
	if !strings.Contains(b.Halted(), "full") {
		t.Errorf("on a full disk: %q", b.Halted())
	}
	d.free = 9 * mb // over the limit, but not with a ballast
	b.Watch()
	if b.Halted() == "" || d.there() {
		t.Error("sending began again before there was room for the ballast")
	}
	d.free = 10 * mb
	b.Watch()
	if b.Halted() != "" || !d.there() {
		t.Errorf("with room for both: %q, the ballast is there: %v", b.Halted(), d.there())
	}
	if err := errors.Join(b.Close(), b.Close()); err != nil || d.there() {
		t.Errorf("after the end the ballast is there: %v (%v)", d.there(), err)
	}
}

func TestWhereNobodyKnowsTheFreeSpaceAFullDiskHaltsForAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &disk{err: errors.ErrUnsupported}
		b := start(t, d)
		if b.Halted() != "" || d.there() {
			t.Errorf("halted %q, a ballast: %v", b.Halted(), d.there())
		}
		b.Release()
		<-time.After(20 * time.Second)
		if b.Watch(); b.Halted() == "" {
			t.Error("sending began again after 20 seconds")
		}
		<-time.After(20 * time.Second)
		if b.Watch(); b.Halted() != "" {
			t.Errorf("after 40 seconds: %q", b.Halted())
		}
	})
}

func TestOneThatWasNotStartedTouchesNothing(t *testing.T) {
	t.Parallel()
	d := &disk{folder: t.TempDir(), total: 64 * mb}
	b := ballast.New(d.folder, ballast.Options{Space: d.space, Log: slog.New(slog.DiscardHandler)})
	if b.Watch(); b.Release() || b.Halted() != "" || d.there() {
		t.Error("another process has this folder")
	}
}

func TestTheSystemTellsTheFreeSpace(t *testing.T) {
	t.Parallel()
	free, total, err := ballast.Free(t.TempDir())
	if err != nil || free == 0 || total < free {
		t.Errorf("Free = %d, %d, %v", free, total, err)
	}
}
