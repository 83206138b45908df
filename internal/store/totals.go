package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"tidings/internal/rules/message"
)

// Count is how many there are of something.
type Count struct {
	Name string
	N    int64
}

// Totals are the figures of the whole installation.
type Totals struct {
	Messages   []Count // by status, summed over the runs' counters
	Runs       []Count // by status
	CostMicros int64
	Pending    int // operations that wait for the writer
}

var selectTotals = func() string {
	var b strings.Builder
	b.WriteString("SELECT COALESCE(SUM(costMicros), 0)")
	for _, s := range message.Outbound {
		fmt.Fprintf(&b, ", COALESCE(SUM(%s), 0)", s)
	}
	b.WriteString(" FROM runs")
	return b.String()
}()

// Totals reads them from the runs, of which there are few, and never from the
// messages.
func (s *Store) Totals(ctx context.Context) (Totals, error) {
	t := Totals{Pending: len(s.writer.queue)}
	into := []any{&t.CostMicros}
	t.Messages = make([]Count, len(message.Outbound))
	for i, status := range message.Outbound {
		t.Messages[i].Name = string(status)
		into = append(into, &t.Messages[i].N)
	}
	if err := s.read.QueryRowContext(ctx, selectTotals).Scan(into...); err != nil {
		return t, fmt.Errorf("read totals: %w", err)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT status, COUNT(*) FROM runs GROUP BY status ORDER BY status`)
	if err != nil {
		return t, fmt.Errorf("read totals: %w", err)
	}
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Name, &c.N); err != nil {
			return t, errors.Join(err, rows.Close())
		}
		t.Runs = append(t.Runs, c)
	}
	return t, errors.Join(rows.Err(), rows.Close())
}
