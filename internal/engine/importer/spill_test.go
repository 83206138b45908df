package importer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// held is how many scratch files of a folder the process has open; only Linux can tell.
func held(t *testing.T, dir string) int {
	t.Helper()
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("only Linux says which files a process has open, and CI runs there")
	}
	n := 0
	for _, fd := range open {
		// Others close theirs meanwhile.
		if name, err := os.Readlink(filepath.Join("/proc/self/fd", fd.Name())); err == nil && strings.HasPrefix(name, dir+"/") && strings.Contains(name, partial) {
			n++
		}
	}
	return n
}

func TestSortedRowsDoNotRepeatTheHeader(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("phone")
	for i := range MaxColumns - 1 {
		fmt.Fprintf(&b, ",%03d %s", i, strings.Repeat("long ", 18))
	}
	for i := range 1000 {
		fmt.Fprintf(&b, "\n%s%s", number(i), strings.Repeat(",<", MaxColumns-1))
	}
	file := b.String()
	s, err := openSheet(strings.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := &Importer{Options: Options{Folder: Folder{t.TempDir()}}, stretch: 1 << 10}
	got, err := i.sort(t.Context(), &Import{Order: order}, s)
	if err != nil {
		t.Fatal(err)
	}
	if most := int64(2 * len(file)); got.size == 0 || got.size > most {
		t.Errorf("%d bytes were spilled of a file of %d; want at most twice as many", got.size, len(file))
	}
	if j, err := got.next(); err != nil || len(j.row.Attributes) < 199*90 {
		t.Errorf("%+v %v", j, err)
	}
	if err := got.close(); err != nil {
		t.Error(err)
	}
}

func TestAScratchFileHasNoNameThatACrashCouldLeave(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows removes no file that is open: it keeps its name until it is closed, and the sweep is for the rest")
	}
	dir := t.TempDir()
	s := &spill{folder: Folder{dir}}
	for _, text := range []string{"one", "two"} {
		if err := s.write(func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("it can be seen: %v %v", left, err)
	}
	for n, want := range []string{"one", "two"} {
		if got, err := io.ReadAll(s.stretches()[n]); err != nil || string(got) != want {
			t.Errorf("%q %v, want %q", got, err, want)
		}
	}
	if err := s.close(); err != nil { // the name is gone already
		t.Error(err)
	}
}

func TestSortingGivesItsRoomBackBeforeItWaits(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		i := newImporter(t, m, dir)
		i.stretch = 1 << 10
		var asked atomic.Int32
		var room atomic.Bool
		i.Halted = func() string {
			if asked.Add(1) > 3 && !room.Load() { // before it sorts and at two stretches there was some
				return "only 256 MB are free"
			}
			return ""
		}
		u, err := i.Receive(strings.NewReader(people(400)))
		if err != nil {
			t.Fatal(err)
		}
		id, err := i.Queue(t.Context(), u, order)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go i.Run(ctx)
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		if im := m.imports[id]; im.Status != Running || im.Done > 0 || asked.Load() < 100 {
			t.Errorf("on a full disk it stands at %d, %s; asked %d times", im.Done, im.Status, asked.Load())
		}
		if n := held(t, dir); n > 0 {
			t.Errorf("it waits with %d scratch files", n)
		}
		room.Store(true)
		time.Sleep(time.Minute)
		synctest.Wait()
		if im := m.imports[id]; im.Status != Finished || im.Done != 400 {
			t.Errorf("with room again it stands at %d, %s", im.Done, im.Status)
		}
		cancel()
		synctest.Wait()
	})
}

func TestAFileWhoseSortedRowsFillTheDiskIsGivenUpSoon(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	held(t, dir)
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		i := newImporter(t, m, dir)
		i.stretch = 1 << 10
		i.Halted = func() string { // there is room until something is kept
			if held(t, dir) > 0 {
				return "only 256 MB are free"
			}
			return ""
		}
		u, err := i.Receive(strings.NewReader(people(400)))
		if err != nil {
			t.Fatal(err)
		}
		id, err := i.Queue(t.Context(), u, order)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go i.Run(ctx)
		time.Sleep(time.Minute)
		synctest.Wait()
		if im := m.imports[id]; im.Status != Failed || im.Done > 0 || !strings.Contains(m.why[id], "no room to sort") {
			t.Errorf("%d, %s, %q", im.Done, im.Status, m.why[id])
		}
		cancel()
		synctest.Wait()
	})
}

func TestAFullDiskIsToldFromOtherFaults(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip("only Linux has a device that is always full, and CI runs there")
	}
	defer full.Close()
	write := func(w io.Writer) error { _, err := io.WriteString(w, "one"); return err }
	var noRoom *noRoomError
	if err := (&spill{file: full}).write(write); !errors.As(err, &noRoom) || !strings.Contains(err.Error(), "room") {
		t.Errorf("a full disk: %v", err)
	}
	if err := (&spill{folder: Folder{filepath.Join(t.TempDir(), "none")}}).write(write); err == nil || errors.As(err, &noRoom) {
		t.Errorf("no folder: %v", err)
	}
}

func TestWhatWasTooYoungAtTheStartIsRemovedLater(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		young := filepath.Join(dir, "a.part")
		at := time.Now().Add(-time.Minute)
		if err := errors.Join(os.WriteFile(young, nil, 0o600), os.Chtimes(young, at, at)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go newImporter(t, newMemory(), dir).Run(ctx)
		time.Sleep(30 * time.Minute)
		if _, err := os.Stat(young); err != nil {
			t.Errorf("it may still be on its way in: %v", err)
		}
		time.Sleep(2 * time.Hour)
		if _, err := os.Stat(young); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("it is left: %v", err)
		}
		cancel()
		synctest.Wait()
	})
}
