package upgrade_test

import (
	"context"
	"sync/atomic"

	"tidings/internal/engine/dispatch"
)

// counting accepts texts and counts them.
type counting struct{ sent atomic.Int64 }

func (c *counting) Send(_ context.Context, t dispatch.Text) dispatch.Reply {
	t.Started()
	c.sent.Add(1)
	return dispatch.Reply{Outcome: dispatch.Accepted, UUID: "11111111-2222-3333-4444-555555555555"}
}
