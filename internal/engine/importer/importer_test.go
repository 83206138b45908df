package importer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/engine/ledger"
)

// memory is a Store that behaves: it holds people, and counts an import's rows
// only where the import stands.
type memory struct {
	mu       sync.Mutex
	imports  map[string]*Import
	why      map[string]string
	people   map[string]Row
	optedOut map[string]bool
	rejects  []Reject
	calls    int
	fail     func(call int) error // asked before each chunk
}

func newMemory() *memory {
	return &memory{imports: map[string]*Import{}, why: map[string]string{}, people: map[string]Row{}, optedOut: map[string]bool{}}
}

func (m *memory) QueueImport(_ context.Context, im Import, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.imports[im.ID] = &im
	return nil
}

func (m *memory) UnfinishedImports(context.Context) ([]Import, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []Import
	for _, im := range m.imports {
		if im.Status == Queued || im.Status == Running {
			all = append(all, *im)
		}
	}
	slices.SortFunc(all, func(a, b Import) int { return strings.Compare(a.ID, b.ID) })
	return all, nil
}

func (m *memory) BeginImport(ctx context.Context, id string, _ time.Time) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.imports[id].Status = Running
	return nil
}

func (m *memory) ImportRows(ctx context.Context, c Chunk, _ time.Time) (Outcome, error) {
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	if m.fail != nil {
		if err := m.fail(m.calls); err != nil {
			return Outcome{}, err
		}
	}
	im := m.imports[c.Import.ID]
	if im.Done != c.From || im.Status != Running {
		return Outcome{}, nil
	}
	out := Outcome{Moved: true}
	rejects := slices.Clone(c.Rejects)
	for _, row := range c.Rows {
		number := row.Number.E164
		if reject := c.Import.Permit(row, ledger.Standing{OptedOut: m.optedOut[number]}); reject != nil {
			rejects = append(rejects, *reject)
			continue
		}
		if _, known := m.people[number]; known {
			out.Updated++
			continue
		}
		out.Created++
		if !c.Import.DryRun {
			m.people[number] = row
		}
	}
	out.Rejected = len(rejects)
	m.rejects = append(m.rejects, rejects...)
	im.Done, im.Created, im.Updated, im.Rejected = c.To(), im.Created+out.Created, im.Updated+out.Updated, im.Rejected+out.Rejected
	return out, nil
}

func (m *memory) EndImport(ctx context.Context, id, why string, _ time.Time) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.imports[id].Status = Finished
	if why != "" {
		m.imports[id].Status, m.why[id] = Failed, why
	}
	return nil
}

func (m *memory) codes() map[string]int {
	codes := map[string]int{}
	for _, r := range m.rejects {
		codes[r.Code]++
	}
	return codes
}

func newImporter(t testing.TB, store Store, dir string) *Importer {
	t.Helper()
	serial := 0
	return New(Options{
		Store: store, Folder: Folder{dir}, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		NewID: func(time.Time) string { serial++; return fmt.Sprintf("import%09d", serial) },
	})
}

var order = Order{Org: "org", List: "list", FileName: "people.csv", DefaultCountry: "US", By: "shell"}

func do(t testing.TB, i *Importer, file string, o Order) Import {
	t.Helper()
	u, err := i.Receive(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	im, err := i.Do(t.Context(), u, o, func(Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	return im
}

// people is a file of n rows, each number once but for every tenth, which
// repeats one of the first, and every 25th, which has an extension.
func people(n int) string {
	var b strings.Builder
	b.WriteString("phone,firstName,City\n")
	for i := range n {
		switch {
		case i%25 == 24:
			fmt.Fprintf(&b, "(212) 555-0123 ext. %d,Ann,Rome\n", i)
		case i%10 == 9:
			fmt.Fprintf(&b, "%s,Twice,Rome\n", number(i%7))
		default:
			fmt.Fprintf(&b, "%s,Ann %d,Rome\n", number(i), i)
		}
	}
	return b.String()
}

// number is one of the 100 example numbers of each of the area codes.
func number(i int) string {
	return fmt.Sprintf("+1 %d 555 01%02d", 200+i/100%8*100+areas[i/800%len(areas)], i%100)
}

// areas are the last two digits of area codes that are in use or not yet, in
// every hundred.
var areas = func() (all []int) {
	for i := 12; i < 90; i++ {
		if i%11 != 0 {
			all = append(all, i)
		}
	}
	return all
}()

func TestAnImportCountsEveryRowOnce(t *testing.T) {
	t.Parallel()
	m := newMemory()
	dir := t.TempDir()
	m.people["+12125550100"] = Row{}
	m.optedOut["+12125550101"] = true
	attested := order
	attested.ConsentMethod, attested.ConsentText = "paper", "Yes, text me"
	im := do(t, newImporter(t, m, dir), "phone\n2125550100\n2125550101\n2125550102\n212-555-0102\nnobody\n", attested)
	if diff := cmp.Diff(Progress{Rows: 5, Done: 5, Created: 1, Updated: 1, Rejected: 3}, im.Progress); diff != "" {
		t.Error(diff)
	}
	slices.SortFunc(m.rejects, func(a, b Reject) int { return a.Row - b.Row })
	want := []Reject{
		{Row: 3, PhoneNumber: "2125550101", Code: "opted_out", Detail: "this person opted out; only she can opt in again, by texting START"},
		{Row: 5, PhoneNumber: "212-555-0102", Code: "duplicate", Detail: "an earlier row of the file has this number; that one counts"},
		{Row: 6, PhoneNumber: "nobody", Code: "phone_invalid", Detail: m.rejects[len(m.rejects)-1].Detail},
	}
	if diff := cmp.Diff(want, m.rejects); diff != "" {
		t.Error(diff)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v %v", left, err)
	}
	if im.Status != Finished {
		t.Errorf("status %s", im.Status)
	}
}

func TestOrdersThatCannotBeCarriedOutAreRefusedAndLeaveNothing(t *testing.T) {
	t.Parallel()
	with := func(change func(*Order)) Order { o := order; change(&o); return o }
	const file = "phone\n2125550100\n"
	for name, c := range map[string]struct {
		order Order
		file  string
		field string
		code  string
	}{
		"a method without words": {with(func(o *Order) { o.ConsentMethod = "paper" }), file, "consentText", CodeConsentPartial},
		"words without a method": {with(func(o *Order) { o.ConsentText = "yes" }), file, "consentMethod", CodeConsentPartial},
		"a reply":                {with(func(o *Order) { o.ConsentMethod, o.ConsentText = "reply", "yes" }), file, "consentMethod", CodeConsentMethod},
		"an operator":            {with(func(o *Order) { o.ConsentMethod, o.ConsentText = "operator", "yes" }), file, "consentMethod", CodeConsentMethod},
		"a carrier":              {with(func(o *Order) { o.ConsentMethod, o.ConsentText = "carrier", "yes" }), file, "consentMethod", CodeConsentMethod},
		"many words":             {with(func(o *Order) { o.ConsentMethod, o.ConsentText = "paper", strings.Repeat("é", 20001) }), file, "consentText", CodeConsentTooLong},
		"no country":             {with(func(o *Order) { o.DefaultCountry = "XX" }), file, "defaultCountry", CodeBadCountry},
		"a bad mapping":          {with(func(o *Order) { o.Mapping = map[string]string{"x": "firstName"} }), file, "mapping", CodeBadMapping},
		"no header":              {order, "2125550100\n", "file", CodeHeaderMissing},
		"only a header":          {order, "phone,firstName\n", "file", CodeNoRows},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, m := t.TempDir(), newMemory()
			i := newImporter(t, m, dir)
			u, err := i.Receive(strings.NewReader(c.file))
			if err != nil {
				t.Fatal(err)
			}
			_, err = i.Queue(t.Context(), u, c.order)
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Field != c.field || refusal.Code != c.code {
				t.Errorf("got %+v", err)
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 || len(m.imports) > 0 {
				t.Errorf("left: %v %v", left, m.imports)
			}
		})
	}
}

func TestUploadsAreBoundedAndPrivate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "imports")
	i := newImporter(t, newMemory(), dir)
	var refusal *Refusal
	if _, err := i.Receive(strings.NewReader("")); !errors.As(err, &refusal) || refusal.Code != CodeFileEmpty {
		t.Errorf("an empty file: %v", err)
	}
	if _, err := i.Folder.receive(strings.NewReader("phone\n1"), 6); !errors.As(err, &refusal) || refusal.Code != CodeFileTooLarge {
		t.Errorf("a file above the limit: %v", err)
	}
	u, err := i.Receive(strings.NewReader("phone\n2125550100\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := survey(u.path, nil, 0); !errors.As(err, &refusal) || refusal.Code != CodeTooManyRows {
		t.Errorf("a row above the limit: %v", err)
	}
	if _, err := i.Queue(t.Context(), u, order); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 || files[0].Name() != "import000000001.csv" {
		t.Errorf("%v %v", info, err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info, err)
	}
}

// TestAnImportThatWasStoppedGoesOn stops after each chunk in turn and compares
// with an import that nobody disturbed.
func TestAnImportThatWasStoppedGoesOn(t *testing.T) {
	t.Parallel()
	for name, sorted := range map[string]int{"in the order of the file": 0, "in windows": 90, "as a whole": wholeFile} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testStopped(t, sorted)
		})
	}
}

func testStopped(t *testing.T, sorted int) {
	t.Helper()
	const size = 40
	file := people(5*size + 17)
	small := func(m *memory, dir string) *Importer {
		i := newImporter(t, m, dir)
		i.chunk, i.stretch = size, 1<<10
		return i
	}
	queue := func(ctx context.Context, i *Importer, m *memory) {
		u, err := i.Receive(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := i.Queue(ctx, u, order); err != nil {
			t.Fatal(err)
		}
		m.imports["import000000001"].SortedRows = sorted // as the version had it that began
	}
	calm, dir := newMemory(), t.TempDir()
	undisturbed := small(calm, dir)
	queue(t.Context(), undisturbed, calm)
	run(t, undisturbed, calm)
	want := calm.imports["import000000001"]
	if want.Created+want.Updated+want.Rejected != want.Rows || want.Rows != 5*size+17 || want.Created < 150 || want.Rejected < 25 {
		t.Fatalf("the file is no good for this test: %+v %v", want.Progress, calm.codes())
	}
	for stop := 1; stop <= 6; stop++ {
		m, dir := newMemory(), t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		first := small(m, dir)
		queue(ctx, first, m)
		m.fail = func(call int) error {
			if call == stop {
				cancel() // the commit is under way and will be done
			}
			return nil
		}
		first.Run(ctx)
		if im := m.imports["import000000001"]; stop < 6 && (im.Status != Running || im.Done < (stop-1)*size || im.Done > stop*size) {
			t.Fatalf("stopped at %d: %+v", stop, im)
		}
		run(t, small(m, dir), m)
		if diff := cmp.Diff(want.Progress, m.imports["import000000001"].Progress); diff != "" {
			t.Errorf("stopped at %d: %s", stop, diff)
		}
		if diff := cmp.Diff(calm.people, m.people); diff != "" {
			t.Errorf("stopped at %d: other people", stop)
		}
		if diff := cmp.Diff(calm.rejects, m.rejects); diff != "" {
			t.Errorf("stopped at %d: %s", stop, diff)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) > 0 {
			t.Errorf("stopped at %d: files are left: %v %v", stop, left, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "import000000001.csv")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("stopped at %d: the file is left: %v", stop, err)
		}
	}
}

// run works the queue until nothing is left of it.
func run(t *testing.T, i *Importer, m *memory) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); i.Run(ctx) }()
	for deadline := time.After(20 * time.Second); ; {
		left, err := m.UnfinishedImports(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			break
		}
		select {
		case <-deadline:
			t.Fatalf("unfinished: %+v", left)
		default:
			runtime.Gosched()
		}
	}
	cancel()
	<-done
}

func TestAFailureIsTriedAgainAndGivenUpInTheEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failing int // chunks that fail
		want    Status
	}{
		"at once":     {1, Finished},
		"for a while": {3 * tries, Finished},
		"for good":    {1 << 30, Failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				m := newMemory()
				m.fail = func(call int) error {
					if call <= c.failing {
						return errors.New("the disk is full")
					}
					return nil
				}
				i := newImporter(t, m, dir)
				u, err := i.Receive(strings.NewReader(people(20)))
				if err != nil {
					t.Fatal(err)
				}
				id, err := i.Queue(t.Context(), u, order)
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				go i.Run(ctx)
				time.Sleep(time.Hour)
				cancel()
				synctest.Wait()
				if im := m.imports[id]; im.Status != c.want || c.want == Finished && im.Done != 20 {
					t.Errorf("%+v %q", im, m.why[id])
				}
			})
		})
	}
}

func TestAFileThatIsGoneEndsTheImportWithAWord(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.imports["lost"] = &Import{ID: "lost", Order: order, Status: Running, Progress: Progress{Rows: 9}}
	run(t, newImporter(t, m, t.TempDir()), m)
	if im := m.imports["lost"]; im.Status != Failed || !strings.Contains(m.why["lost"], "upload it again") {
		t.Errorf("%+v %q", im, m.why["lost"])
	}
}

func TestTwoProcessesDoNotWriteTheSameRows(t *testing.T) {
	t.Parallel()
	m := newMemory()
	i := newImporter(t, m, t.TempDir())
	u, err := i.Receive(strings.NewReader(people(2 * chunkRows)))
	if err != nil {
		t.Fatal(err)
	}
	m.fail = func(call int) error {
		if call == 2 {
			m.imports["import000000001"].Done = 2 * chunkRows // the other one was faster
		}
		return nil
	}
	if _, err := i.Do(t.Context(), u, order, func(Progress) {}); !errors.Is(err, ErrElsewhere) {
		t.Errorf("got %v", err)
	}
}

func TestForgottenFilesAreRemovedAtTheStart(t *testing.T) {
	t.Parallel()
	dir, old := t.TempDir(), time.Now().Add(-2*time.Hour)
	for name, at := range map[string]time.Time{"a.part": old, "b.csv": old, "c.part": time.Now(), "README": old} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if err := (Folder{dir}).sweep(func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{filepath.Join(dir, "README"), filepath.Join(dir, "c.part")}, left); diff != "" {
		t.Error(diff)
	}
	if err := (Folder{filepath.Join(dir, "none")}).sweep(func(string) bool { return false }); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}

func TestRejectedCreatedAndUpdatedAreAllRows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.OneOf(
			rapid.Map(rapid.IntRange(0, 40), number),
			rapid.SampledFrom([]string{"", "x", "\"", "=1", "\xe9", "\x00", ",,,", "2125550123,a,b,c", "\"+1 212 555 0123\"", "911"}),
			rapid.StringN(0, 20, -1),
		)
		m := newMemory()
		m.people[strings.ReplaceAll(number(3), " ", "")] = Row{}
		m.optedOut[strings.ReplaceAll(number(4), " ", "")] = true
		o := order
		if rapid.Bool().Draw(t, "consent") {
			o.ConsentMethod, o.ConsentText = "paper", "yes"
		}
		o.DryRun = rapid.Bool().Draw(t, "dry")
		i := New(Options{Store: m, Folder: Folder{dir}, Now: time.Now, NewID: func(time.Time) string { return "id" }, Log: slog.New(slog.DiscardHandler)})
		u, err := i.Receive(strings.NewReader("phone\n+1 212 555 0199\n" + strings.Join(rapid.SliceOfN(line, 0, 60).Draw(t, "lines"), "\n")))
		if err != nil {
			t.Fatal(err)
		}
		im, err := i.Do(context.Background(), u, o, func(p Progress) {
			if p.Created+p.Updated+p.Rejected != p.Done {
				t.Fatalf("%+v", p)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if im.Created+im.Updated+im.Rejected != im.Rows || im.Done != im.Rows || len(m.rejects) != im.Rejected {
			t.Fatalf("%+v, %d rejects", im.Progress, len(m.rejects))
		}
		seen := map[int]bool{}
		for _, r := range m.rejects {
			if seen[r.Row] || r.Row < 2 || r.Code == "" || r.Detail == "" {
				t.Fatalf("reject %+v", r)
			}
			seen[r.Row] = true
		}
	})
}

func TestALongFileStaysInBoundedMemory(t *testing.T) {
	// Not parallel: it measures the heap. 60 MB pass through it.
	const rows = 3000
	m := newMemory()
	var b strings.Builder
	b.WriteString("phone,firstName,note\n")
	note := strings.Repeat("x", 20<<10)
	for i := range rows {
		fmt.Fprintf(&b, "%s,Ann,%s\n", number(i), note)
	}
	i := newImporter(t, discarding{m}, t.TempDir())
	u, err := i.Receive(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	b.Reset()
	i.chunk = 100
	heap := func() uint64 {
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before, most := heap(), uint64(0)
	im, err := i.Do(t.Context(), u, order, func(p Progress) {
		if p.Done%500 == 0 {
			most = max(most, heap())
		}
	})
	if err != nil || im.Done != rows {
		t.Fatalf("%+v %v", im, err)
	}
	if grown := int64(most) - int64(before); grown > 30<<20 { // half of the file
		t.Errorf("the heap grew by %d bytes", grown)
	}
}

// discarding forgets people, so that only the importer's own memory counts.
type discarding struct{ *memory }

func (d discarding) ImportRows(_ context.Context, c Chunk, _ time.Time) (Outcome, error) {
	return Outcome{Moved: true, Created: len(c.Rows), Rejected: len(c.Rejects)}, nil
}
