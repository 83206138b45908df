package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// finds says what a start would find.
func (f fixture) finds(t *testing.T) string {
	t.Helper()
	reason, err := f.LookAtFence(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return reason
}

func (f fixture) step(t *testing.T) {
	t.Helper()
	if err := f.Step(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// notes are the folder's files, by name.
func (f fixture) notes(t *testing.T) map[string]string {
	t.Helper()
	paths, err := fenceFolder(f.app.DataDir()).all()
	if err != nil {
		t.Fatal(err)
	}
	notes := make(map[string]string)
	for _, p := range paths {
		raw, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		notes[filepath.Base(p)] = string(raw)
	}
	return notes
}

// put makes the folder's files these, in place where they are.
func (f fixture) put(t *testing.T, notes map[string]string) {
	t.Helper()
	for name := range f.notes(t) {
		if _, ok := notes[name]; !ok {
			if err := os.Remove(filepath.Join(f.app.DataDir(), name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, content := range notes {
		if err := os.WriteFile(filepath.Join(f.app.DataDir(), name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnOrdinaryFolderIsNoCopy(t *testing.T) {
	t.Parallel()
	f := open(t)
	for what, do := range map[string]func(){
		"never used":   func() {},
		"used":         func() { f.step(t) },
		"used again":   func() { f.step(t); f.step(t) },
		"vacuumed":     func() { f.exec(t, "VACUUM") },
		"checkpointed": func() { f.exec(t, "PRAGMA wal_checkpoint(TRUNCATE)") },
		"on a volume that is attached elsewhere": func() {
			f.exec(t, "UPDATE fence SET dbPlace = '99:' || substr(dbPlace, instr(dbPlace, ':') + 1)")
		},
	} {
		do()
		if got := f.finds(t); got != "" {
			t.Errorf("%s: %s", what, got)
		}
	}
	if n := len(f.notes(t)); n != 1 {
		t.Errorf("%d files are left, want the newest alone", n)
	}
}

// TestACrashWithinAStepIsNoCopy ends the process after each of the writes of a step, the first of a
// folder and a later one, and each way in which they may have come to the disk.
func TestACrashWithinAStepIsNoCopy(t *testing.T) {
	t.Parallel()
	for _, before := range []int{0, 1, 5} {
		f := open(t)
		for range before {
			f.step(t)
		}
		old := f.notes(t)
		row, err := f.fence(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n := fenceNote{Generation: row.generation + 1, Mark: "new", Previous: row.mark, First: !row.rowThere, DBPlace: row.nowDB}
		folder := fenceFolder(f.app.DataDir())
		if err := folder.write(&n); err != nil { // the first write
			t.Fatal(err)
		}
		if got := f.finds(t); got != "" {
			t.Errorf("after %d steps, the file is written: %s", before, got)
		}
		f.exec(t, "INSERT OR REPLACE INTO fence (id, generation, mark, at, dbPlace, filePlace) SELECT 1, "+
			"COALESCE(MAX(generation), 0) + 1, 'new', '2026-03-03 16:00:00.000Z', '"+n.DBPlace+"', '"+n.FilePlace+"' FROM fence")
		if got := f.finds(t); got != "" { // the second write
			t.Errorf("after %d steps, the database is written: %s", before, got)
		}
		n.Previous, n.First = "", false
		if err := folder.write(&n); err != nil { // the third, and the old file is still there
			t.Fatal(err)
		}
		if got := f.finds(t); got != "" {
			t.Errorf("after %d steps, the step is done: %s", before, got)
		}
		f.step(t)
		if got := f.finds(t); got != "" {
			t.Errorf("after %d steps and one more: %s", before, got)
		}
		if before > 0 {
			f.put(t, old)
			if got := f.finds(t); got == "" {
				t.Errorf("after %d steps an old file was put back, and nobody noticed", before)
			}
		}
	}
}

func TestACopyIsNoticed(t *testing.T) {
	t.Parallel()
	restoreRow := func(f fixture, t *testing.T) func() {
		f.exec(t, "CREATE TEMP TABLE kept AS SELECT * FROM fence")
		return func() {
			f.exec(t, "DELETE FROM fence")
			f.exec(t, "INSERT INTO fence SELECT * FROM kept")
		}
	}
	tests := map[string]struct {
		do   func(f fixture, t *testing.T)
		want string
	}{
		"the database of the step before": {func(f fixture, t *testing.T) {
			back := restoreRow(f, t)
			f.step(t)
			back()
		}, "an older copy, of 2026-03-03"},
		"the database of long ago": {func(f fixture, t *testing.T) {
			back := restoreRow(f, t)
			for range 5 {
				f.step(t)
			}
			back()
		}, "an older copy"},
		"the database of a version without a fence": {func(f fixture, t *testing.T) {
			f.exec(t, "DELETE FROM fence")
		}, "from before this folder was last used"},
		"the file is gone": {func(f fixture, t *testing.T) { f.put(t, nil) }, "without the file"},
		"the file is damaged": {func(f fixture, t *testing.T) {
			for name := range f.notes(t) {
				f.put(t, map[string]string{name: "{"})
			}
		}, "damaged"},
		"the file of the step before": {func(f fixture, t *testing.T) {
			old := f.notes(t)
			f.step(t)
			f.put(t, old)
		}, "do not belong together"},
		"both of an earlier time, put over the newer ones": {func(f fixture, t *testing.T) {
			old, back := f.notes(t), restoreRow(f, t)
			f.step(t)
			f.step(t)
			back()
			for name, content := range old { // beside the newer file, as cp does
				if err := os.WriteFile(filepath.Join(f.app.DataDir(), name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}, "an older copy"},
		"the file is a copy": {func(f fixture, t *testing.T) {
			for name, content := range f.notes(t) {
				path := filepath.Join(f.app.DataDir(), name)
				if err := os.WriteFile(path+".copy", []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Rename(path+".copy", path); err != nil {
					t.Fatal(err)
				}
			}
		}, "are copies"},
		"the database is a copy": {func(f fixture, t *testing.T) {
			f.exec(t, "UPDATE fence SET dbPlace = dbPlace || '1'")
		}, "are copies"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			f.step(t)
			f.step(t)
			tt.do(f, t)
			if got := f.finds(t); !strings.Contains(got, tt.want) {
				t.Fatalf("it is found that %q, want %q", got, tt.want)
			}
			reason, err := f.Guard(t.Context())
			if err != nil || !strings.Contains(reason, tt.want) {
				t.Fatalf("Guard: %q, %v", reason, err)
			}
			if got := f.finds(t); got != "" {
				t.Errorf("after it was found, the next start finds %q", got)
			}
			if fenced, err := f.Fenced(t.Context()); err != nil || !fenced.Pending() || !strings.Contains(fenced.Notice(), tt.want) {
				t.Errorf("nobody is told: %+v, %v", fenced, err)
			}
		})
	}
}

func TestACopySendsNothingByItself(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, ann, bob)
	f.exec(t, "INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, body, segments, status, dueAt) "+
		"VALUES ('qreply000000001', '"+org+"', 'outbound', 'reply', '"+ann+"', '"+sender+"', 'Hello', 1, 'queued', '2026-03-03 15:00:00.000Z')")
	f.step(t)
	f.put(t, nil)
	if _, err := f.Guard(t.Context()); err != nil {
		t.Fatal(err)
	}
	record, err := f.app.FindRecordById("runs", run.ID)
	if err != nil {
		t.Fatal(err)
	}
	if record.GetString("status") != "paused" || record.GetString("pausedBy") != "system" || !strings.Contains(record.GetString("pauseReason"), "restored or copied") {
		t.Errorf("the run is %s by %s: %s", record.GetString("status"), record.GetString("pausedBy"), record.GetString("pauseReason"))
	}
	if got := f.status(t, "qreply000000001"); got != "unknown " {
		t.Errorf("the answer that waited is %q", got)
	}
	if work, err := f.Work(t.Context(), morning); err != nil || len(work.Runs) != 0 {
		t.Errorf("runs that feed: %v, %v", work.Runs, err)
	}
}
