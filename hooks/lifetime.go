package hooks

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
)

// lifetime keeps the start and the end of the engine apart. PocketBase starts a server and listens for
// signals side by side, so the end may come in the middle of the start: without this it found nothing to
// drain, and the dispatcher began to send while the process closed.
type lifetime struct {
	ctx      context.Context // of all that the engine does by itself
	end      context.CancelFunc
	starting sync.Mutex // held by the start; the end waits for it
	engine   atomic.Pointer[engine]
}

func newLifetime() *lifetime {
	l := &lifetime{}
	l.ctx, l.end = context.WithCancel(context.Background())
	return l
}

// start does the start, unless the end has come. The end cuts its context short and waits for it.
func (l *lifetime) start(do func(context.Context) error) error {
	l.starting.Lock()
	defer l.starting.Unlock()
	if l.ctx.Err() != nil {
		return http.ErrServerClosed // to PocketBase an end in order
	}
	return do(l.ctx)
}

// drain ends what the engine does, and returns when every open request is settled. Nothing starts after it.
func (l *lifetime) drain() {
	l.end()
	l.starting.Lock()
	defer l.starting.Unlock()
	if eng := l.engine.Load(); eng != nil {
		eng.drain()
	}
}

// close gives back what the engine has. It is for after drain.
func (l *lifetime) close() error {
	eng := l.engine.Load()
	if eng == nil {
		return nil
	}
	eng.seal()
	eng.store.Close()
	return eng.close()
}
