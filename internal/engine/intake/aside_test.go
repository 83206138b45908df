package intake_test

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
	"tidings/internal/engine/receipt"
)

func TestAnEventThatTheRowsNeverTakeHoldsNobodyUpAndIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		for _, token := range []string{"a", "poison", "c"} {
			if err := b.Apply(t.Context(), receipt.Event{Token: token}); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(b.Receive(t.Context(), text("STOP")), b.Receive(t.Context(), text("hello"))); err != nil {
			t.Fatal(err)
		}
		b.rows.fault("poison")
		b.rows.set(false)
		<-time.After(time.Minute)
		took := b.rows.seen()
		for _, want := range []string{"a", "c", "STOP", "hello"} {
			if !slices.Contains(took, want) {
				t.Errorf("%s is not among the rows: %q", want, took)
			}
		}
		if b.Waiting() != 0 || b.Aside() != 1 || b.aside.left() != 1 || !b.open() {
			t.Errorf("%d wait, %d are set aside", b.Waiting(), b.Aside())
		}
	})
}

func TestAnErrorOfTheMomentSetsNothingAside(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t)
		b.rows.set(true)
		if err := b.Apply(t.Context(), receipt.Event{Token: "a"}); err != nil {
			t.Fatal(err)
		}
		<-time.After(10 * time.Minute) // locked all the time
		b.rows.refuse(errPassing)
		<-time.After(10 * time.Minute)
		if b.Waiting() != 1 || b.Aside() != 0 {
			t.Errorf("%d wait, %d are set aside", b.Waiting(), b.Aside())
		}
		b.rows.refuse(nil)
		<-time.After(time.Minute)
		if got := b.rows.seen(); !slices.Equal(got, []string{"a"}) {
			t.Errorf("the rows took %q", got)
		}
	})
}

// The next start tries again what is set aside; its STOPs bind all the time.
func TestASTOPThatIsSetAsideBindsUntilTheRowsTakeIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{rows: &rows{}, spool: &memory{}, aside: &memory{}, gate: gate.New()}
		end := b.start(t)
		b.rows.set(true)
		if err := b.Receive(t.Context(), text("STOP")); err != nil {
			t.Fatal(err)
		}
		b.rows.fault("STOP")
		b.rows.set(false)
		<-time.After(time.Minute)
		if b.open() || b.Aside() != 1 {
			t.Fatalf("set aside: %d, and a send may begin: %v", b.Aside(), b.open())
		}
		for range 2 {
			end()
			b.gate = gate.New() // of a new process
			end = b.start(t)
			if b.open() {
				t.Fatal("after a restart a send may begin")
			}
			<-time.After(time.Minute)
			if b.open() || b.Aside() != 1 || b.aside.left() != 1 {
				t.Fatalf("tried again: %d are set aside, %d in the file, and a send may begin: %v", b.Aside(), b.aside.left(), b.open())
			}
		}
		b.rows.fault("")
		end()
		b.gate = gate.New()
		b.start(t)
		<-time.After(time.Minute)
		if got := b.rows.seen(); !slices.Equal(got, []string{"STOP"}) || b.Aside() != 0 || b.aside.left() != 0 || !b.open() {
			t.Errorf("the rows took %q, %d are set aside, the number is open: %v", got, b.Aside(), b.open())
		}
	})
}
