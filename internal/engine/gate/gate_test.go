package gate_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/engine/gate"
)

const number = "+12125550123"

func TestCloseWaitsForSendsToBeginAndLetsNoneIn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		if !g.Hold(number) {
			t.Fatal("an unused gate refused a send")
		}
		closed := make(chan error, 1)
		go func() { closed <- g.Close(t.Context(), number) }()
		synctest.Wait()
		if g.Hold(number) {
			t.Error("a send came in while a STOP was waiting")
		}
		if !g.Hold("+12125550124") {
			t.Error("the STOP of one number closed another")
		}
		select {
		case <-closed:
			t.Fatal("the STOP did not wait for the send to begin")
		default:
		}
		g.Release(number)
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
		if g.Hold(number) {
			t.Error("a send came in while the STOP was at work")
		}
		g.Open(number)
		if !g.Hold(number) {
			t.Error("the gate stayed closed")
		}
	})
}

func TestCloseGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		g.Hold(number)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if err := g.Close(ctx, number); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Close = %v, want the deadline", err)
		}
		g.Release(number)
		if !g.Hold(number) {
			t.Error("the gate stayed closed after a STOP that gave up")
		}
	})
}

// After a STOP is acknowledged no send may begin: each send that got in before
// it must have begun, each later one must have seen it.
func TestNoSendBeginsAfterAnAcknowledgedStop(t *testing.T) {
	t.Parallel()
	for range 2000 {
		g := gate.New()
		var mu sync.Mutex
		suppressed, acknowledged, late := false, false, false
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if !g.Hold(number) {
					return
				}
				defer g.Release(number)
				mu.Lock()
				blocked := suppressed
				mu.Unlock()
				if blocked {
					return
				}
				mu.Lock()
				late = late || acknowledged
				mu.Unlock()
			})
		}
		wg.Go(func() {
			if err := g.Close(context.Background(), number); err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			suppressed = true
			mu.Unlock()
			g.Open(number)
			mu.Lock()
			acknowledged = true
			mu.Unlock()
		})
		wg.Wait()
		if late {
			t.Fatal("a send began after the STOP was acknowledged")
		}
	}
}

func TestMisuseIsAProgrammersMistake(t *testing.T) {
	t.Parallel()
	for name, misuse := range map[string]func(*gate.Gate){
		"release without a hold": func(g *gate.Gate) { g.Release(number) },
		"open without a close":   func(g *gate.Gate) { g.Open(number) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			misuse(gate.New())
		})
	}
}

func TestTwoStopsOfOneNumberTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		if err := g.Close(t.Context(), number); err != nil {
			t.Fatal(err)
		}
		second := make(chan error, 1)
		go func() { second <- g.Close(t.Context(), number) }()
		synctest.Wait()
		select {
		case <-second:
			t.Fatal("two STOPs of one number were at work at once")
		default:
		}
		g.Open(number)
		if err := <-second; err != nil {
			t.Fatal(err)
		}
		if g.Hold(number) {
			t.Error("the end of the first STOP opened the gate for the second")
		}
		g.Open(number)
		if !g.Hold(number) {
			t.Error("the gate stayed closed")
		}
	})
}

func TestAHolderIsToldOfASTOP(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for name, stop := range map[string]func(*gate.Gate) error{
			"close": func(g *gate.Gate) error { return g.Close(t.Context(), number) },
			"bar":   func(g *gate.Gate) error { return g.Bar(t.Context(), number) },
		} {
			g := gate.New()
			for range 2 {
				if !g.Hold(number) {
					t.Fatal("an unused gate refused a send")
				}
			}
			before := []<-chan struct{}{g.Wanted(number), g.Wanted(number)}
			select {
			case <-before[0]:
				t.Fatalf("%s: told before the STOP came", name)
			default:
			}
			done := make(chan error)
			go func() { done <- stop(g) }()
			<-before[0]
			<-before[1]
			<-g.Wanted(number) // who asks late is told as well
			g.Release(number)
			g.Release(number)
			if err := <-done; err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
