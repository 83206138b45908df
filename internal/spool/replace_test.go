package spool_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tidings/internal/spool"
)

func texts(records ...string) [][]byte {
	var b [][]byte
	for _, r := range records {
		b = append(b, []byte(r))
	}
	return b
}

func TestWhatIsReplacedDoesNotComeBack(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, _ := open(t, path)
	for _, r := range []string{"zero", "one", "two", "three", "four"} {
		if err := s.Append([]byte(r)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.Drop(1), s.Replace(3, texts("two", "new"))); err != nil {
		t.Fatal(err)
	}
	want := []string{"two", "new", "four"}
	again, n := open(t, path)
	if got := all(t, again); n != 3 || !slices.Equal(got, want) || !slices.Equal(all(t, s), want) {
		t.Errorf("%q, and opened again %d, %q; want %q", all(t, s), n, got, want)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file may be read by others: %v %v", info.Mode(), err)
	}
	if err := s.Append([]byte("five")); err != nil {
		t.Fatal(err)
	}
	if err := s.Replace(5, nil); err == nil {
		t.Error("five records of four were replaced")
	}
	if err := s.Replace(3, nil); err != nil {
		t.Fatal(err)
	}
	if again, n := open(t, path); n != 1 || !slices.Equal(all(t, again), []string{"five"}) {
		t.Errorf("%d are left, %q", n, all(t, again))
	}
	if err := s.Replace(1, nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("the empty spool has %d bytes (%v)", info.Size(), err)
	}
}

func TestAReplaceThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is full")
	for name, c := range map[string]struct {
		fails func(s *spool.Spool, path string)
		with  [][]byte
	}{
		"a flush":                {func(s *spool.Spool, _ string) { s.FailFlushes(broken) }, texts("one")},
		"no file can be made":    {func(_ *spool.Spool, path string) { mkdir(t, path+".new") }, texts("one")},
		"a record does not fit":  {func(*spool.Spool, string) {}, [][]byte{nil}},
		"the records do not fit": {func(*spool.Spool, string) {}, slices.Repeat([][]byte{make([]byte, 256<<10)}, 256)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "spool")
			s, _ := open(t, path)
			for _, r := range []string{"one", "two"} {
				if err := s.Append([]byte(r)); err != nil {
					t.Fatal(err)
				}
			}
			c.fails(s, path)
			if err := s.Replace(2, c.with); err == nil {
				t.Fatal("it did not fail")
			}
			if info, err := os.Stat(path + ".new"); err == nil && !info.IsDir() {
				t.Error("it left a file")
			}
			if err := os.RemoveAll(path + ".new"); err != nil {
				t.Fatal(err)
			}
			again, _ := open(t, path)
			for _, s := range []*spool.Spool{s, again} {
				if got := all(t, s); !slices.Equal(got, []string{"one", "two"}) {
					t.Errorf("it holds %q", got)
				}
			}
			if err := again.Append([]byte("three")); err != nil {
				t.Error(err)
			}
		})
	}
}

func mkdir(t *testing.T, path string) {
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Error(err)
	}
}

// A crash before the rename leaves the old file, and some of the new one beside it.
func TestANewFileThatACrashLeftIsRemoved(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, _ := open(t, path)
	if err := errors.Join(s.Append([]byte("one")), os.WriteFile(path+".new", []byte("half a rec"), 0o600)); err != nil {
		t.Fatal(err)
	}
	again, n := open(t, path)
	if _, err := os.Stat(path + ".new"); n != 1 || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%d records, the new file: %v", n, err)
	}
	if err := again.Replace(1, texts("two")); err != nil || !slices.Equal(all(t, again), []string{"two"}) {
		t.Errorf("%q %v", all(t, again), err)
	}
}

func TestWhatIsAppendedWhileOthersAreReplacedIsKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s, _ := open(t, path)
	if err := s.Append([]byte("old")); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				if err := s.Append(fmt.Appendf(nil, "%d %d", i, j)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 50 {
		if err := s.Replace(1, texts("old")); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	again, n := open(t, path)
	seen := map[string]bool{}
	for _, r := range all(t, again) {
		seen[r] = true
	}
	if n != 161 || len(seen) != 161 || all(t, again)[0] != "old" {
		t.Errorf("%d records, %d different; want 161", n, len(seen))
	}
}

// replacer is child for a spool whose every other record is taken out again. It
// tells of each number that is kept.
func replacer(path string) {
	s, n, err := spool.Open(path)
	for err == nil {
		var records, kept [][]byte
		if records, err = s.Peek(n); err != nil {
			break
		}
		for _, r := range records {
			if strings.HasPrefix(string(r), "keep ") {
				kept = append(kept, r)
			}
		}
		if err = s.Replace(n, kept); err != nil {
			break
		}
		next := fmt.Sprintf("keep %d", len(kept))
		if err = errors.Join(s.Append([]byte("go")), s.Append([]byte(next))); err != nil {
			break
		}
		fmt.Println(len(kept))
		n = len(kept) + 2
	}
	panic(err)
}

func TestAKillWhileRecordsAreReplacedLosesNoneAndDoublesNone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	last := -1
	for kill := range 20 {
		last = max(last, killed(t, replacing, path, 3+kill))
		s, _ := open(t, path)
		records := slices.DeleteFunc(all(t, s), func(r string) bool { return r == "go" })
		if len(records) <= last {
			t.Fatalf("after kill %d there are %d records, and record %d was acknowledged", kill+1, len(records), last)
		}
		for i, r := range records {
			if r != fmt.Sprintf("keep %d", i) {
				t.Fatalf("after kill %d record %d is %q", kill+1, i, r)
			}
		}
	}
}
