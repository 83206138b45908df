package hooks

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"testing"
)

func TestTheEndCutsAStartShortAndWaitsForIt(t *testing.T) {
	t.Parallel()
	l := newLifetime()
	started, done := make(chan struct{}), false // of the start alone, until the end has come
	failed := make(chan error, 1)
	go func() {
		failed <- l.start(func(ctx context.Context) error {
			close(started)
			<-ctx.Done()
			for range 1000 {
				runtime.Gosched()
			}
			done = true
			return nil
		})
	}()
	<-started
	l.drain()
	if !done {
		t.Error("the end did not wait for the start that was under way")
	}
	if err := <-failed; err != nil {
		t.Error(err)
	}
}

func TestNothingStartsAfterTheEnd(t *testing.T) {
	t.Parallel()
	l := newLifetime()
	l.drain()
	err := l.start(func(context.Context) error {
		t.Error("it started")
		return nil
	})
	if !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("the start says %v; PocketBase takes only http.ErrServerClosed for an end in order", err)
	}
	if err := l.close(); err != nil {
		t.Error(err)
	}
}
