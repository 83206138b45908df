package reconcile_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tidings/internal/clock"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/reconcile"
	"tidings/internal/plivo"
	"tidings/internal/rules/message"
	"tidings/internal/simulator"
)

const shop = "+12125550100"

var noon = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)

// town is a simulated account, a client of it, and the books of who was texted, in a bubble.
type town struct {
	t      *testing.T
	sim    *simulator.Simulator
	client *plivo.Client
	books  *books
	clock  *clock.Clock
	sent   sync.WaitGroup
	mu     sync.Mutex
	lost   []string // rows whose answer was lost
}

func openTown(t *testing.T, faults simulator.Faults) *town {
	w := &town{t: t, books: newBooks(), clock: clock.StartingAt(noon)}
	w.sim = simulator.New(simulator.Config{
		Seed: 7, Clock: w.clock, Faults: faults, Limits: simulator.RealLimits(), VisibilityDelay: 45 * time.Second,
		Transport: simulator.Transport(http.HandlerFunc(w.callback)), RetryDelays: []time.Duration{},
	})
	var err error
	w.client, err = plivo.New(plivo.Config{
		AuthID: simulator.DefaultAuthID, AuthToken: simulator.DefaultAuthToken, Transport: simulator.Transport(w.sim),
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// callback is our webhook: its path names the row.
func (w *town) callback(_ http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		w.t.Error(err)
		return
	}
	e, err := plivo.ParseStatus(r.PostForm)
	if err != nil {
		w.t.Error(err)
		return
	}
	w.books.learn(strings.TrimPrefix(r.URL.Path, "/"), message.Receipt{
		Status: message.Status(e.Status), UUID: e.UUID, Sequence: e.Sequence, CostMicros: e.CostMicros, HasCost: e.HasCost,
	})
}

// send texts a number as the dispatcher would: marked first, settled by the answer.
func (w *town) send(id, number string) {
	w.books.add(reconcile.Doubt{
		ID: id, Attempt: 1, Org: "shop", Number: number, Source: reconcile.Source{SenderNumber: shop}, Segments: 1, At: w.clock.Now(),
	}, message.Sending)
	w.sent.Go(func() {
		reply := w.client.Send(w.t.Context(), dispatch.Text{
			Source: shop, To: number, Body: "Coffee is half price today.", CallbackURL: "http://shop.example/" + id, Started: func() {},
		})
		switch reply.Outcome {
		case dispatch.Accepted:
			w.books.learn(id, message.Receipt{Status: message.Accepted, UUID: reply.UUID})
		case dispatch.Unknown:
			w.books.settle(id, message.Unknown)
			w.mu.Lock()
			w.lost = append(w.lost, id)
			w.mu.Unlock()
		default:
			w.t.Errorf("an answer that the faults do not bring: %+v", reply)
		}
	})
}

// reconcile runs a reconciler for a time.
func (w *town) reconcile(d time.Duration) {
	ctx, cancel := context.WithTimeout(w.t.Context(), d)
	defer cancel()
	r := reconcile.New(reconcile.Options{Store: w.books, Archive: w.books, Hearing: w.books, Provider: w.client, Now: w.clock.Now, Log: slog.New(slog.DiscardHandler)})
	r.Run(ctx)
}

func (w *town) close() {
	w.sent.Wait()
	if err := w.sim.Close(w.t.Context()); err != nil {
		w.t.Error(err)
	}
}

// truth is what the simulator took for each row, by the path that the callback had.
func (w *town) truth() map[string][]simulator.Request {
	took := make(map[string][]simulator.Request)
	for _, r := range w.sim.Ledger().Accepted() {
		_, id, _ := strings.Cut(strings.TrimPrefix(r.CallbackURL, "http://"), "/")
		took[id] = append(took[id], r)
	}
	return took
}

// TestMostUnknownMessagesAreSettledWithinTenMinutes is the goal: at least 95 % of those that can be
// told apart, whether or not receipts come, and none to the wrong row.
func TestMostUnknownMessagesAreSettledWithinTenMinutes(t *testing.T) {
	t.Parallel()
	for name, dropped := range map[string]float64{"two percent of receipts are lost": 0.02, "no receipt comes": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := openTown(t, simulator.Faults{ResetAfterAccept: 0.03, EmptyAccepted: 0.02, Error500: 0.02, DropCallback: dropped})
				const texts = 900
				for i := range texts {
					w.send(fmt.Sprintf("row%04d", i), fmt.Sprintf("+1646555%04d", i+1000))
					time.Sleep(50 * time.Millisecond) // 20 a second, in the bubble's time
				}
				// Two people get two texts at once, and all four answers are lost: nobody can tell them apart.
				for i := range 4 {
					w.sim.ScriptAPI(simulator.APIResetAfter)
					w.sim.ScriptCallbacks(simulator.CallbackDrop, simulator.CallbackDrop, simulator.CallbackDrop)
					w.send(fmt.Sprintf("twin%d", i), fmt.Sprintf("+164655520%02d", 60+i/2))
					w.sent.Wait()
					if err := w.sim.Idle(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				w.sent.Wait()
				w.reconcile(10 * time.Minute)
				w.check()
				w.close()
			})
		})
	}
}

// check compares with the truth.
func (w *town) check() {
	took := w.truth()
	could, did := 0, 0
	for _, id := range w.lost {
		if len(took[id]) == 0 || strings.HasPrefix(id, "twin") {
			continue
		}
		could++
		if !slices.Contains(w.books.unknown(), id) {
			did++
		}
	}
	w.t.Logf("%d unknown, %d of them could be settled, %d were, %d by the list", len(w.lost), could, did, len(w.books.bound))
	if could < 20 || did*100 < could*95 {
		w.t.Errorf("%d of %d were settled, want 95 %%", did, could)
	}
	for id, row := range w.books.rows {
		if row.state.UUID != "" && (len(took[id]) != 1 || took[id][0].UUID != row.state.UUID) {
			w.t.Errorf("row %s has the text %s; the simulator took %+v", id, row.state.UUID, took[id])
		}
	}
	for _, id := range w.books.unknown() {
		if strings.HasPrefix(id, "row") && len(took[id]) == 1 && w.books.rows[id].asks == 0 {
			w.t.Errorf("nobody asked about %s", id)
		}
	}
	for i := range 4 {
		if id := fmt.Sprintf("twin%d", i); w.books.rows[id].state.UUID != "" {
			w.t.Errorf("%s was settled, though two texts could be it", id)
		}
	}
	for _, r := range w.sim.Ledger().Refusals() {
		if r.Status == http.StatusTooManyRequests {
			w.t.Errorf("the provider refused a call for its rate: %+v", r)
		}
	}
}
