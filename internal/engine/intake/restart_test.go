package intake_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/intake"
	"tidings/internal/engine/receipt"
	"tidings/internal/spool"
)

// process is an intake on real files.
type process struct {
	*intake.Intake
	gate          *gate.Gate
	waiting, left intake.Held // as it found them
	end           func()
}

// startOn starts an intake on the files of a folder, until end or the test's end.
func startOn(t *testing.T, dir string, r *rows) *process {
	t.Helper()
	held := func(name string) (intake.Held, *spool.Spool) {
		s, n, err := spool.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return intake.Held{Spool: s, Records: n}, s
	}
	p := &process{gate: gate.New()}
	var files [2]*spool.Spool
	p.waiting, files[0] = held(spool.File)
	p.left, files[1] = held(spool.Aside)
	p.Intake = intake.New(intake.Options{Receipts: r, Inbox: r, Gate: p.gate, Now: time.Now,
		Passing: func(err error) bool { return errors.Is(err, errPassing) }, Log: slog.New(slog.DiscardHandler)})
	if err := p.Open(t.Context(), p.waiting, p.left); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); p.Run(ctx) }()
	p.end = sync.OnceFunc(func() {
		cancel()
		<-ended
		if err := errors.Join(files[0].Close(), files[1].Close()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(p.end)
	return p
}

func (p *process) isOpen() bool {
	if !p.gate.Hold(number) {
		return false
	}
	p.gate.Release(number)
	return true
}

func TestWhatFailsAtEachStartIsSetAsideOnceAndWhatSucceedsDoesNotComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir, r := t.TempDir(), &rows{locked: true}
		p := startOn(t, dir, r)
		other := text("Stop all")
		other.From = "+12125550124"
		if err := errors.Join(p.Receive(t.Context(), text("STOP")), p.Receive(t.Context(), other)); err != nil {
			t.Fatal(err)
		}
		r.refuse(inbox.ErrNoSender) // of both
		<-time.After(time.Minute)
		if p.Waiting() != 0 || p.Aside() != 2 {
			t.Fatalf("%d wait, %d are set aside", p.Waiting(), p.Aside())
		}
		p.end()
		r.refuse(nil)
		r.fault("STOP") // the other one is taken
		for start := range 8 {
			p = startOn(t, dir, r)
			want := 1
			if start == 0 {
				want = 2
			}
			if p.left.Records != want || p.isOpen() {
				t.Fatalf("start %d finds %d records set aside, want %d; a send may begin: %v", start+1, p.left.Records, want, p.isOpen())
			}
			<-time.After(time.Minute)
			if got := r.seen(); p.Aside() != 1 || p.isOpen() || !slices.Equal(got, []string{"Stop all"}) {
				t.Fatalf("after start %d: %d are set aside, a send may begin: %v, the rows took %q", start+1, p.Aside(), p.isOpen(), got)
			}
			p.end()
		}
		r.fault("")
		p = startOn(t, dir, r)
		<-time.After(time.Minute)
		if info, err := os.Stat(filepath.Join(dir, spool.Aside)); err != nil || info.Size() != 0 || !p.isOpen() || p.Aside() != 0 {
			t.Errorf("when the rows took it, the file is %v (%v), %d are told, a send may begin: %v", info, err, p.Aside(), p.isOpen())
		}
	})
}

// As a file that had doubled, or a crash between setting aside and dropping, leaves it.
func TestTheSameEventTwiceInTheFileIsOneEvent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir, r := t.TempDir(), &rows{locked: true}
		p := startOn(t, dir, r)
		if err := p.Receive(t.Context(), text("STOP")); err != nil {
			t.Fatal(err)
		}
		p.end()
		one, err := os.ReadFile(filepath.Join(dir, spool.File))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, spool.Aside), bytes.Repeat(one, 8), 0o600)
		}
		if err = errors.Join(err, os.Truncate(filepath.Join(dir, spool.File), 0)); err != nil {
			t.Fatal(err)
		}
		r.refuse(inbox.ErrNoSender)
		p = startOn(t, dir, r)
		<-time.After(time.Minute)
		if p.left.Records != 8 || p.Aside() != 1 || p.isOpen() {
			t.Errorf("of %d copies %d are set aside, a send may begin: %v", p.left.Records, p.Aside(), p.isOpen())
		}
		p.end()
		r.refuse(nil)
		p = startOn(t, dir, r)
		<-time.After(time.Minute)
		if got := r.seen(); !slices.Equal(got, []string{"STOP"}) || !p.isOpen() {
			t.Errorf("the rows took %q, a send may begin: %v", got, p.isOpen())
		}
	})
}

// A process that ends in the middle of it keeps what is not done, and only that.
func TestARetryThatIsCutShortLosesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{rows: &rows{}, spool: &memory{}, aside: &memory{}, gate: gate.New()}
		end := b.start(t)
		b.rows.set(true)
		for _, words := range []string{"one", "two"} {
			if err := b.Receive(t.Context(), text(words)); err != nil {
				t.Fatal(err)
			}
		}
		b.rows.refuse(inbox.ErrNoSender)
		<-time.After(time.Minute)
		end()
		b.rows.refuse(nil)
		end = b.start(t)
		<-time.After(1500 * time.Microsecond) // the first takes a millisecond
		end()
		if got := b.rows.seen(); len(got) == 0 || b.aside.left() != 1 {
			t.Fatalf("the rows took %q, %d are left", got, b.aside.left())
		}
		b.start(t)
		<-time.After(time.Minute)
		if got := b.rows.seen(); !slices.Contains(got, "two") || b.aside.left() != 0 || b.Aside() != 0 {
			t.Errorf("the rows took %q, %d are left", got, b.aside.left())
		}
	})
}

// What cannot be set aside stays in the spool, once, and binds; those before it are done.
func TestWhatCannotBeSetAsideStaysInTheSpool(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if err := errors.Join(b.Apply(t.Context(), receipt.Event{Token: "a"}), b.Receive(t.Context(), text("STOP"))); err != nil {
			t.Fatal(err)
		}
		b.aside.fail(spool.ErrFull)
		b.rows.fault("STOP")
		b.rows.set(false)
		<-time.After(10 * time.Minute)
		if b.Waiting() != 1 || b.spool.left() != 1 || b.Aside() != 0 || b.open() || !slices.Equal(b.rows.seen(), []string{"a"}) {
			t.Fatalf("%d wait, %d are in the file, %d are set aside, a send may begin: %v, the rows took %q",
				b.Waiting(), b.spool.left(), b.Aside(), b.open(), b.rows.seen())
		}
		b.aside.fail(nil) // there is room again
		if err := b.Receive(t.Context(), text("hello")); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		if b.Waiting() != 0 || b.Aside() != 1 || b.aside.left() != 1 || b.open() || !slices.Equal(b.rows.seen(), []string{"a", "hello"}) {
			t.Errorf("then %d wait, %d are set aside, %d in the file, a send may begin: %v, the rows took %q",
				b.Waiting(), b.Aside(), b.aside.left(), b.open(), b.rows.seen())
		}
	})
}

// Two bad receipts stand together, and there is room for one: it is not set aside at each try.
func TestOneOfTwoThatCanBeSetAsideIsSoOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{rows: &rows{locked: true}, spool: &memory{}, aside: &memory{room: 1}, gate: gate.New()}
		b.start(t)
		for _, token := range []string{"a", "b"} {
			if err := b.Apply(t.Context(), receipt.Event{Token: token}); err != nil {
				t.Fatal(err)
			}
		}
		b.rows.refuse(errOfItsOwn)
		<-time.After(10 * time.Minute)
		if b.aside.left() != 1 || b.Aside() != 1 || b.Waiting() != 1 {
			t.Errorf("%d are set aside, told %d, %d wait", b.aside.left(), b.Aside(), b.Waiting())
		}
	})
}
