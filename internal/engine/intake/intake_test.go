package intake_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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

const number = "+12125550123"

// rows are the use cases over rows that may be locked.
type rows struct {
	mu     sync.Mutex
	locked bool
	answer error
	faulty string   // the text or token of an event that the rows never take
	took   []string // what is among the rows, in its order; the same may come twice
	atMost int      // receipts at once
	open   int
}

// errPassing is about the moment.
var errPassing = errors.New("disk I/O error")

// errOfItsOwn is about the event, and not about the moment.
var errOfItsOwn = errors.New("constraint failed")

// fault makes the rows refuse one event for a reason of its own; "" makes them take it.
func (r *rows) fault(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.faulty = what
}

func (r *rows) set(locked bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.locked = locked
}

// refuse makes the rows answer everything with err, at once.
func (r *rows) refuse(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer, r.locked = err, false
}

// most is how many receipts were given to the rows at once.
func (r *rows) most() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.atMost
}

func (r *rows) do(ctx context.Context, what string) error {
	r.mu.Lock()
	locked, answer := r.locked, r.answer
	r.open++
	r.atMost = max(r.atMost, r.open)
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		r.open--
		r.mu.Unlock()
	}()
	if locked {
		<-ctx.Done()
		return fmt.Errorf("late: %w", ctx.Err())
	}
	<-time.After(time.Millisecond)
	r.mu.Lock()
	defer r.mu.Unlock()
	if what == r.faulty {
		return errOfItsOwn
	}
	if answer == nil {
		r.took = append(r.took, what)
	}
	return answer
}

func (r *rows) seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.took)
}

func (r *rows) Known(string) bool                                  { return true }
func (r *rows) Apply(ctx context.Context, e receipt.Event) error   { return r.do(ctx, e.Token) }
func (r *rows) Receive(ctx context.Context, m inbox.Message) error { return r.do(ctx, m.Text) }
func (r *rows) Expects(_ context.Context, m inbox.Message) error {
	if m.To == "nobody" {
		return inbox.ErrNoSender
	}
	return nil
}

// memory is a spool without a disk.
type memory struct {
	mu      sync.Mutex
	records [][]byte
	room    int // for records; 0: no bound
	err     error
}

func (m *memory) Append(record []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.room > 0 && len(m.records) >= m.room {
		return spool.ErrFull
	}
	if m.err == nil {
		m.records = append(m.records, record)
	}
	return m.err
}

func (m *memory) Peek(n int) ([][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.records[:min(n, len(m.records))]), nil
}

func (m *memory) left() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.records)
}

func (m *memory) Drop(n int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records = m.records[n:]
	return nil
}

func (m *memory) Replace(n int, records [][]byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		m.records = slices.Concat(records, m.records[n:])
	}
	return m.err
}

func (m *memory) fail(with error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.err = with
}

type bench struct {
	*intake.Intake
	rows         *rows
	spool, aside *memory
	gate         *gate.Gate
}

func newBench(t *testing.T) *bench {
	b := &bench{rows: &rows{}, spool: &memory{}, aside: &memory{}, gate: gate.New()}
	b.start(t)
	return b
}

// start opens an intake on the spool, as a new process would, until the test ends.
func (b *bench) start(t *testing.T) (end func()) {
	t.Helper()
	b.Intake = intake.New(intake.Options{Receipts: b.rows, Inbox: b.rows, Gate: b.gate, Now: time.Now,
		Passing: func(err error) bool { return errors.Is(err, errPassing) }, Log: slog.New(slog.DiscardHandler)})
	if err := b.Open(t.Context(), intake.Held{Spool: b.spool, Records: b.spool.left()}, intake.Held{Spool: b.aside, Records: b.aside.left()}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	end = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(end)
	return end
}

func text(words string) inbox.Message {
	return inbox.Message{UUID: words, From: number, To: "12125550100", Text: words}
}

// open reports whether a send to the number may begin.
func (b *bench) open() bool {
	if !b.gate.Hold(number) {
		return false
	}
	b.gate.Release(number)
	return true
}

func TestWhatTheRowsTakeInTimeNeverMeetsTheSpool(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		if err := errors.Join(b.Apply(t.Context(), receipt.Event{Token: "a"}), b.Receive(t.Context(), text("STOP"))); err != nil {
			t.Fatal(err)
		}
		if got := b.rows.seen(); !slices.Equal(got, []string{"a", "STOP"}) || b.Waiting() != 0 || !b.open() {
			t.Errorf("the rows took %q, %d wait", got, b.Waiting())
		}
	})
}

func TestACallerThatHangsUpSaysNothingOfTheRows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		gone, hangUp := context.WithCancel(t.Context())
		hangUp()
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				<-time.After(time.Duration(i) * 30 * time.Millisecond)
				began := time.Now()
				if err := b.Apply(gone, receipt.Event{Token: "a"}); err != nil {
					t.Error(err)
				}
				if took := time.Since(began); took < 1900*time.Millisecond || took > 2*time.Second {
					t.Errorf("a receipt waited %v for the rows, want two seconds", took)
				}
			})
		}
		wg.Wait()
	})
}

func TestWhatTheRowsDoNotTakeIsAcknowledgedAndAppliedLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		var wg sync.WaitGroup
		for i := range 300 {
			wg.Go(func() {
				<-time.After(time.Duration(i) * 30 * time.Millisecond)
				began := time.Now()
				if err := b.Apply(t.Context(), receipt.Event{Token: fmt.Sprint(i)}); err != nil {
					t.Error(err)
				}
				if took := time.Since(began); took >= 3*time.Second {
					t.Errorf("a receipt was answered after %v", took)
				}
			})
		}
		wg.Wait()
		if b.Waiting() != 300 {
			t.Errorf("%d of 300 wait", b.Waiting())
		}
		b.rows.set(false)
		<-time.After(time.Minute)
		took := map[string]bool{}
		for _, s := range b.rows.seen() {
			took[s] = true
		}
		if len(took) != 300 || b.Waiting() != 0 {
			t.Errorf("%d of 300 are among the rows, %d wait", len(took), b.Waiting())
		}
		if most := b.rows.most(); most < 64 {
			t.Errorf("at most %d receipts were given back at once; a commit takes more", most)
		}
	})
}

func TestASTOPInTheSpoolBindsBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if err := b.Receive(t.Context(), text("STOP")); err != nil {
			t.Fatal(err)
		}
		if b.open() {
			t.Fatal("the STOP is acknowledged, and a send may begin")
		}
		// She changes her mind: her START must not come first.
		if err := b.Receive(t.Context(), text("START")); err != nil {
			t.Fatal(err)
		}
		<-time.After(time.Minute)
		if b.open() {
			t.Error("the STOP is in the spool, and a send may begin")
		}
		b.rows.set(false)
		<-time.After(time.Minute)
		if got := b.rows.seen(); !slices.Equal(got, []string{"STOP", "START"}) {
			t.Errorf("the rows took %q", got)
		}
		if !b.open() || b.Waiting() != 0 {
			t.Error("all is among the rows, and the number is still shut")
		}
	})
}

func TestASTOPOfAnEarlierProcessBindsBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{rows: &rows{locked: true}, spool: &memory{}, aside: &memory{}, gate: gate.New()}
		end := b.start(t)
		if err := errors.Join(b.Receive(t.Context(), text("hello")), b.Receive(t.Context(), text("Stop all"))); err != nil {
			t.Fatal(err)
		}
		end()
		b.gate = gate.New() // the process died
		b.start(t)
		if b.Waiting() != 2 || b.open() {
			t.Errorf("after the restart %d wait, the number is open: %v", b.Waiting(), b.open())
		}
		b.rows.set(false)
		<-time.After(time.Minute)
		if got := b.rows.seen(); !slices.Equal(got, []string{"hello", "Stop all"}) || !b.open() {
			t.Errorf("the rows took %q", got)
		}
	})
}

func TestWhatIsInNeitherPlaceIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		full := errors.New("no space left on device")
		b.spool.err = full
		b.rows.set(true)
		if err := b.Receive(t.Context(), text("STOP")); !errors.Is(err, full) {
			t.Errorf("Receive = %v, want that of the spool", err)
		}
		if !b.open() || b.Waiting() != 0 {
			t.Error("a STOP that was not taken shuts the number")
		}
		b.rows.set(false) // the rows are tried again
		if err := b.Receive(t.Context(), text("STOP")); err != nil {
			t.Error(err)
		}
	})
}

func TestARequestThatBeginsWhileTheSTOPComesIsWaitedForOrTheSTOPIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if !b.gate.Hold(number) || !b.gate.Begin(number) {
			t.Fatal("an open gate refused a send")
		}
		if err := b.Receive(t.Context(), text("STOP")); err == nil {
			t.Error("acknowledged while a request was beginning")
		}
		b.gate.Started(number)
		if err := b.Receive(t.Context(), text("STOP")); err != nil || b.open() {
			t.Errorf("once it has begun: %v", err)
		}
	})
}

// busy rows take everything, only not at once.
type busy struct{ error }

func (busy) Busy() bool { return true }

func TestAnswersAreNotSpooled(t *testing.T) {
	t.Parallel()
	for _, answer := range []error{
		receipt.ErrBadToken, receipt.ErrReplayed, inbox.ErrReplayed, inbox.ErrMalformed, inbox.ErrNoSender, busy{errors.New("too much")},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t)
			b.rows.refuse(answer)
			if err := b.Apply(t.Context(), receipt.Event{Token: "a"}); !errors.Is(err, answer) {
				t.Errorf("Apply = %v, want %v", err, answer)
			}
			if err := b.Receive(t.Context(), text("hi")); !errors.Is(err, answer) || b.Waiting() != 0 {
				t.Errorf("Receive = %v, want %v; %d wait", err, answer, b.Waiting())
			}
		})
	}
}

func TestATextToNobodyIsRefusedWhileOthersWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if err := b.Receive(t.Context(), text("hi")); err != nil {
			t.Fatal(err)
		}
		m := text("hi")
		m.To = "nobody"
		if err := b.Receive(t.Context(), m); !errors.Is(err, inbox.ErrNoSender) {
			t.Errorf("Receive = %v", err)
		}
	})
}

func TestARecordThatIsRefusedLaterHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if err := b.Receive(t.Context(), text("STOP")); err != nil {
			t.Fatal(err)
		}
		if err := b.spool.Append([]byte("no event at all")); err != nil {
			t.Fatal(err)
		}
		b.rows.refuse(inbox.ErrNoSender) // the sender was deleted meanwhile
		<-time.After(time.Minute)
		if left, aside := b.spool.left(), b.aside.left(); left != 0 || aside != 2 || b.Aside() != 2 {
			t.Errorf("%d records are left, %d are set aside, told %d", left, aside, b.Aside())
		}
		if b.open() {
			t.Error("the STOP of somebody who wrote to a sender that is gone does not bind")
		}
	})
}

func TestWithoutASpoolWhatIsLateIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &rows{locked: true}
		i := intake.New(intake.Options{Receipts: r, Inbox: r, Gate: gate.New(), Now: time.Now, Log: slog.New(slog.DiscardHandler)})
		if err := i.Apply(t.Context(), receipt.Event{Token: "a"}); !errors.Is(err, intake.ErrNoSpool) {
			t.Errorf("Apply = %v", err)
		}
	})
}
