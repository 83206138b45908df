package disk_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/store"
	"tidings/internal/test/powercut/disk"
)

// committed is the note that a row is promised to be there.
type committed int

// rows commits n rows one by one on a recorded disk.
func rows(t *testing.T, n int, parameters ...string) *disk.Tape {
	t.Helper()
	name, err := disk.Register()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	tape, err := disk.Record(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tape.Stop)
	db, err := store.ConnectWith(filepath.Join(dir, "data.db"), append(parameters, "vfs="+name)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	exec := func(sql string) {
		if _, err := db.NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	exec("PRAGMA wal_autocheckpoint = 20") // so that cuts fall into checkpoints and restarts of the log too
	exec("CREATE TABLE promises (n INTEGER PRIMARY KEY, filler TEXT)")
	tape.Note(committed(0))
	for i := 1; i <= n; i++ {
		if _, err := db.NewQuery("INSERT INTO promises VALUES ({:n}, hex(randomblob(900)))").Bind(dbx.Params{"n": i}).Execute(); err != nil {
			t.Fatal(err)
		}
		tape.Note(committed(i))
	}
	return tape
}

// kept says how many rows a cut was promised, how many it kept, and whether the database is sound.
func kept(t *testing.T, tape *disk.Tape, at int, rng *rand.Rand) (promised, got int, sound string) {
	t.Helper()
	tape.Notes(func(i int, what any) {
		if i < at {
			promised = int(what.(committed))
		}
	})
	dir := t.TempDir()
	for name, content := range tape.Cut(at, rng) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Connect(filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.NewQuery("PRAGMA integrity_check").Row(&sound); err != nil {
		return promised, 0, err.Error()
	}
	// No table is no row: a cut before the first promise.
	_ = db.NewQuery("SELECT COUNT(*) FROM promises").Row(&got)
	return promised, got, sound
}

func TestACommitThatIsFlushedOutlivesEveryCut(t *testing.T) {
	t.Parallel()
	tape := rows(t, 60)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 150 {
		at := rng.IntN(tape.Len() + 1)
		promised, got, sound := kept(t, tape, at, rng)
		if sound != "ok" || got < promised || got > promised+1 {
			t.Fatalf("cut at %d of %d: %d rows of %d, integrity %s", at, tape.Len(), got, promised, sound)
		}
	}
	if writes, flushes := tape.Totals(); writes < 200 || flushes < 60 {
		t.Errorf("only %d writes and %d flushes were recorded", writes, flushes)
	}
}

// The instrument sees: PocketBase's own setting loses commits that were promised, and keeps the
// database sound.
func TestACommitThatIsNotFlushedIsSeenToBeLost(t *testing.T) {
	t.Parallel()
	tape := rows(t, 60, "_pragma=synchronous(NORMAL)")
	rng := rand.New(rand.NewPCG(1, 2))
	lost := 0
	for range 40 {
		promised, got, sound := kept(t, tape, rng.IntN(tape.Len()+1), rng)
		if sound != "ok" {
			t.Errorf("integrity %s", sound)
		}
		if got < promised {
			lost++
		}
	}
	if lost == 0 {
		t.Error("none of 40 cuts lost a commit that was not flushed; the recorder records too much")
	}
	t.Logf("%d of 40 cuts lost promised rows", lost)
}

// And without any flush at all the file itself is torn.
func TestADatabaseWithoutFlushesIsSeenToBreak(t *testing.T) {
	t.Parallel()
	tape := rows(t, 60, "_pragma=synchronous(OFF)")
	rng := rand.New(rand.NewPCG(1, 2))
	broken := 0
	for range 40 {
		if _, _, sound := kept(t, tape, rng.IntN(tape.Len()+1), rng); sound != "ok" {
			broken++
		}
	}
	if broken == 0 {
		t.Error("none of 40 cuts broke a database that never flushes; writes are not reordered")
	}
}

func TestACutIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	tape := rows(t, 30)
	for at := 0; at <= tape.Len(); at += 7 {
		one := tape.Cut(at, rand.New(rand.NewPCG(9, uint64(at))))
		if !maps.EqualFunc(one, tape.Cut(at, rand.New(rand.NewPCG(9, uint64(at)))), bytes.Equal) {
			t.Fatalf("two cuts at %d with one seed differ", at)
		}
	}
}

func TestTheFuseBlowsWhereItIsSet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fuse disk.Fuse
		lit  int // notes that still happened
	}{
		"none":              {disk.Fuse{}, 5},
		"the second note":   {disk.Fuse{Notes: 2}, 2},
		"the fourth entry":  {disk.Fuse{Entries: 4}, 4},
		"whatever is first": {disk.Fuse{Entries: 3, Notes: 5}, 3},
	} {
		tape, err := disk.Record(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		tape.Stop()
		tape.Arm(c.fuse)
		lit := 0
		for range 5 {
			if _, ok := tape.Note("x"); ok {
				lit++
			}
		}
		if at := tape.Off(); lit != c.lit || at != c.lit {
			t.Errorf("%s: %d notes before the cut at %d, want %d", name, lit, at, c.lit)
		}
	}
}
