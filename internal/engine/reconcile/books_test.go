package reconcile_test

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

// entry is one row of the books.
type entry struct {
	reconcile.Doubt
	state message.State
	asks  int
	next  time.Time
	never bool
}

// books are the rows, in memory.
type books struct {
	mu   sync.Mutex
	rows map[string]*entry
	// bound are the rows that the list settled.
	bound map[string]string
}

func newBooks() *books { return &books{rows: map[string]*entry{}, bound: map[string]string{}} }

func (b *books) add(d reconcile.Doubt, status message.Status) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows[d.ID] = &entry{Doubt: d, state: message.State{Status: status, Segments: d.Segments}}
}

// learn merges a receipt, as a callback would.
func (b *books) learn(id string, r message.Receipt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	row := b.rows[id]
	row.state, _ = message.Merge(row.state, r)
}

func (b *books) settle(id string, s message.Status) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if row := b.rows[id]; row.state.Status == message.Sending {
		row.state.Status = s
	}
}

// unknown are the ids of rows that are.
func (b *books) unknown() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ids []string
	for id, r := range b.rows {
		if r.state.Status == message.Unknown {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (b *books) Doubts(_ context.Context, q reconcile.DoubtQuery) ([]reconcile.Doubt, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var doubts []reconcile.Doubt
	for _, r := range b.rows {
		if r.state.Status != message.Unknown || r.state.UUID != "" || r.never {
			continue
		}
		if r.At.Before(q.Since) || r.At.After(q.Until) || r.next.After(q.Due) {
			continue
		}
		d := r.Doubt
		d.Asks = r.asks
		doubts = append(doubts, d)
	}
	slices.SortFunc(doubts, func(x, y reconcile.Doubt) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID, y.ID)) })
	return doubts[:min(len(doubts), q.Limit)], nil
}

func (b *books) Siblings(_ context.Context, reach reconcile.Reach) ([]reconcile.Sibling, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []reconcile.Sibling
	for _, r := range b.rows {
		if r.Number != reach.Number || r.At.Before(reach.Since) || r.At.After(reach.Until) {
			continue
		}
		open := r.state.UUID == "" && (r.state.Status == message.Unknown || r.state.Status == message.Sending)
		all = append(all, reconcile.Sibling{ID: r.ID, Attempt: r.Attempt, Source: r.Source, At: r.At, UUID: r.state.UUID, Open: open})
	}
	return all, nil
}

func (b *books) Bind(_ context.Context, x reconcile.Binding) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	row := b.rows[x.ID]
	if row.state.Status != message.Unknown || row.state.UUID != "" {
		return false, nil
	}
	row.state, _ = message.Merge(row.state, x.Text.Receipt)
	b.bound[x.ID] = x.Text.UUID
	return true, nil
}

func (b *books) Asked(_ context.Context, a reconcile.Asked) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	row := b.rows[a.ID]
	row.asks++
	row.next, row.never = a.Next, a.Next.IsZero()
	return nil
}

// The folder of these books was never copied.

func (b *books) Restored(context.Context) (reconcile.Restored, bool, error) {
	return reconcile.Restored{}, false, nil
}
func (b *books) Held(context.Context, string, time.Time) ([]reconcile.Held, error) { return nil, nil }
func (b *books) Claim(context.Context, reconcile.Claim) error                      { return nil }
func (b *books) Replayed(context.Context, reconcile.Replay) error                  { return nil }

func (b *books) Listening(context.Context) (time.Time, []reconcile.Source, error) {
	return time.Time{}, nil, nil
}
func (b *books) Unheard(context.Context, []string) (map[string]bool, error) { return nil, nil }
func (b *books) Heard(context.Context, reconcile.Heard) error               { return nil }
