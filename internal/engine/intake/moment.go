package intake

import (
	"context"
	"sync"
	"time"
)

// shared is how long events may come after each other and have one end.
const shared = 100 * time.Millisecond

// moment bounds how long receipts wait for the rows. Those of a moment share a
// context, as one for each, with its timer, takes longer than it takes to read a
// token. The zero value is ready.
type moment struct {
	mu    sync.Mutex
	ctx   context.Context
	fresh time.Time // until when it is given out
}

// context ends at most within from now, and at most shared earlier. It is none of a
// request: a caller that hangs up says nothing of the rows.
func (m *moment) context() context.Context {
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := time.Now(); !now.Before(m.fresh) {
		ctx, end := context.WithTimeout(context.Background(), within)
		_ = end // it ends by itself
		m.ctx, m.fresh = ctx, now.Add(shared)
	}
	return m.ctx
}
