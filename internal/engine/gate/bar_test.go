package gate_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
)

func TestABarTurnsBackWhoHasNotBegunAndWaitsForWhoBegins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		for range 2 {
			if !g.Hold(number) {
				t.Fatal("an unused gate refused a send")
			}
		}
		if !g.Begin(number) {
			t.Fatal("an open gate turned a request back")
		}
		barred := make(chan error, 1)
		go func() { barred <- g.Bar(t.Context(), number) }()
		synctest.Wait()
		if g.Begin(number) {
			t.Error("a request began under a bar")
		}
		if g.Hold(number) {
			t.Error("a send came in under a bar")
		}
		select {
		case <-barred:
			t.Fatal("the bar did not wait for the request that was beginning")
		default:
		}
		g.Started(number)
		if err := <-barred; err != nil { // the other still holds, and waits for its commit
			t.Fatal(err)
		}
		g.Release(number)
		if g.Hold(number) {
			t.Error("the number is open though it is barred")
		}
		g.Unbar(number)
		if !g.Hold(number) {
			t.Error("the number is shut though the bar was taken back")
		}
	})
}

func TestABarThatCannotWaitBarsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		if !g.Hold(number) || !g.Begin(number) {
			t.Fatal("an unused gate refused a send")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := g.Bar(ctx, number); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Bar = %v, want the deadline", err)
		}
		if !g.Hold(number) {
			t.Error("the number is shut by a bar that was not made")
		}
	})
}

// The replay of a STOP closes the gate of a number that its bar has shut.
func TestCloseGoesThroughABar(t *testing.T) {
	t.Parallel()
	g := gate.New()
	if err := g.Bar(t.Context(), number); err != nil {
		t.Fatal(err)
	}
	if err := g.Close(t.Context(), number); err != nil {
		t.Fatal(err)
	}
	g.Open(number)
	if g.Hold(number) {
		t.Error("opening the gate took the bar away")
	}
	g.Unbar(number)
}

func TestCloseWaitsForARequestThatBegins(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		if !g.Hold(number) || !g.Begin(number) {
			t.Fatal("an unused gate refused a send")
		}
		closed := make(chan error, 1)
		go func() { closed <- g.Close(t.Context(), number) }()
		synctest.Wait()
		select {
		case <-closed:
			t.Fatal("the STOP did not wait for the request to begin")
		default:
		}
		g.Started(number)
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
		g.Open(number)
	})
}
