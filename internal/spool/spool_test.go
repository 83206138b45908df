package spool_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"tidings/internal/spool"
)

func open(t *testing.T, path string) (*spool.Spool, int) {
	t.Helper()
	s, n, err := spool.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, n
}

// all reads what is in a spool.
func all(t *testing.T, s *spool.Spool) []string {
	t.Helper()
	records, err := s.Peek(1 << 20)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, r := range records {
		texts = append(texts, string(r))
	}
	return texts
}

func TestRecordsAreReadInOrderAndDropped(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, n := open(t, path)
	if n != 0 {
		t.Errorf("%d records in a new file", n)
	}
	for _, r := range []string{"one", "two", "three"} {
		if err := s.Append([]byte(r)); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v %v", info.Mode(), err)
	}
	if err := s.Drop(1); err != nil {
		t.Fatal(err)
	}
	if got := all(t, s); !slices.Equal(got, []string{"two", "three"}) {
		t.Errorf("after the first was dropped: %q", got)
	}
	// A crash brings back what was dropped, and loses nothing.
	again, n := open(t, path)
	if got := all(t, again); n != 3 || !slices.Equal(got, []string{"one", "two", "three"}) {
		t.Errorf("opened again: %d, %q", n, got)
	}
	if err := s.Drop(2); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("the empty spool has %d bytes (%v)", info.Size(), err)
	}
	if err := s.Append([]byte("four")); err != nil {
		t.Fatal(err)
	}
	if got := all(t, s); !slices.Equal(got, []string{"four"}) {
		t.Errorf("used again: %q", got)
	}
	if err := s.Drop(2); err == nil {
		t.Error("two records of one were dropped")
	}
}

// Wherever a crash cuts the file off, the records before are whole, and the
// next is written behind them.
func TestATornTailIsCutOff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, _ := open(t, path)
	for _, r := range []string{"one", "two", "three"} {
		if err := s.Append([]byte(r)); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ends := []int{0, 11, 22, 35}
	if len(whole) != ends[3] {
		t.Fatalf("the file has %d bytes", len(whole))
	}
	for cut := range len(whole) + 1 {
		for _, tail := range [][]byte{nil, {0}, bytes.Repeat([]byte{0xff}, 20)} {
			torn := filepath.Join(t.TempDir(), "torn")
			if err := os.WriteFile(torn, append(slices.Clone(whole[:cut]), tail...), 0o600); err != nil {
				t.Fatal(err)
			}
			s, n := open(t, torn)
			want := 0
			for want < 3 && ends[want+1] <= cut {
				want++
			}
			if n != want {
				t.Fatalf("cut at %d with %d odd bytes: %d records, want %d", cut, len(tail), n, want)
			}
			if err := s.Append([]byte("new")); err != nil {
				t.Fatal(err)
			}
			if got := all(t, s); got[len(got)-1] != "new" || len(got) != want+1 {
				t.Fatalf("cut at %d: %q", cut, got)
			}
			s.Close()
		}
	}
}

func TestManyAppendAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, _ := open(t, path)
	var wg sync.WaitGroup
	for i := range 64 {
		wg.Go(func() {
			for j := range 10 {
				if err := s.Append(fmt.Appendf(nil, "%d %d", i, j)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	again, n := open(t, path)
	seen := map[string]bool{}
	for _, r := range all(t, again) {
		seen[r] = true
	}
	if n != 640 || len(seen) != 640 {
		t.Errorf("%d records, %d different; want 640", n, len(seen))
	}
}

// Who was told that a record is not on disk answers for it; the spool must not deal with it as well.
func TestARecordWhoseFlushFailedIsNotInTheSpool(t *testing.T) {
	t.Parallel()
	s, _ := open(t, filepath.Join(t.TempDir(), "spool"))
	if err := s.Append([]byte("on disk")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the disk is gone")
	s.FailFlushes(broken)
	for range 2 { // and it takes nothing more
		if err := s.Append([]byte("who knows")); !errors.Is(err, broken) {
			t.Errorf("append: %v", err)
		}
	}
	if got := all(t, s); !slices.Equal(got, []string{"on disk"}) {
		t.Errorf("the spool holds %q", got)
	}
	if err := s.Drop(1); err != nil {
		t.Error(err)
	}
	if err := s.Drop(1); err == nil {
		t.Error("a record that is not there can be dropped")
	}
}

func TestARecordMustFit(t *testing.T) {
	t.Parallel()
	s, _ := open(t, filepath.Join(t.TempDir(), "spool"))
	for _, size := range []int{0, 257 << 10} {
		if err := s.Append(make([]byte, size)); err == nil {
			t.Errorf("a record of %d bytes was taken", size)
		}
	}
	big := make([]byte, 256<<10)
	for i := 0; ; i++ {
		err := s.Append(big)
		if err == nil && i < 300 {
			continue
		}
		if err == nil || i < 250 {
			t.Fatalf("after %d records of 256 KB: %v", i, err)
		}
		break
	}
	if n := len(all(t, s)); n != 255 {
		t.Errorf("%d records are in the full spool, want 255", n)
	}
}

// One of these is set for the child that is killed.
const (
	crashing  = "SPOOL_TEST_CHILD"
	replacing = "SPOOL_TEST_REPLACER"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(crashing); path != "" {
		child(path)
		return
	}
	if path := os.Getenv(replacing); path != "" {
		replacer(path)
	}
	os.Exit(m.Run())
}

// child appends records until it is killed, and tells of each when it is
// acknowledged.
func child(path string) {
	s, n, err := spool.Open(path)
	if err != nil {
		panic(err)
	}
	for i := n; ; i++ {
		if err := s.Append(fmt.Appendf(nil, "record %d", i)); err != nil {
			panic(err)
		}
		fmt.Println(i)
	}
}

// killed runs this program as a child of the kind that a variable asks for, kills
// it when it has told of some numbers, and gives the largest of all it told.
func killed(t *testing.T, variable, path string, lines int) (last int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), variable+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last = -1
	told := bufio.NewScanner(out)
	for n := 0; told.Scan(); n++ { // also what it had told before it died
		var number int
		if _, err := fmt.Sscan(told.Text(), &number); err == nil {
			last = max(last, number)
		}
		if n+1 == lines {
			if err := cmd.Process.Kill(); err != nil { // -9
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // "signal: killed"
	if cmd.ProcessState.Exited() {
		t.Fatal("the child ended by itself")
	}
	return last
}

func TestNothingAcknowledgedIsLostToAKill(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	last := -1
	for kill := range 10 {
		last = max(last, killed(t, crashing, path, 5+kill*7))
	}
	s, n := open(t, path)
	if n <= last {
		t.Fatalf("%d records are there, record %d was acknowledged", n, last)
	}
	for i, r := range all(t, s) {
		if r != fmt.Sprintf("record %d", i) {
			t.Fatalf("record %d is %q", i, r)
		}
	}
}

// Whatever is in the file: opening it does not fail or panic, keeps what is
// whole, and leaves a file that can be written.
func FuzzOpen(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x03\x00\x00\x00abcdone"))
	f.Add(bytes.Repeat([]byte{0xff}, 64))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "spool")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, n, err := spool.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		before, err := s.Peek(n)
		if err != nil || len(before) != n {
			t.Fatalf("%d records of %d: %v", len(before), n, err)
		}
		if err := s.Append([]byte("new")); err != nil {
			t.Fatal(err)
		}
		after, err := s.Peek(n + 1)
		if err != nil || len(after) != n+1 || string(after[n]) != "new" {
			t.Fatalf("after one more: %d records, %v", len(after), err)
		}
	})
}
