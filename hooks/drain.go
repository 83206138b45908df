package hooks

import (
	"os"
	"os/signal"
	"syscall"
)

// drain waits, once the engine's context has ended, until every open request is settled. Requests that the provider does not
// answer are given up after the dispatcher's grace, or when somebody asks a second time to stop.
func (e *engine) drain() {
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(again)
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		e.jobs.Stop()
		e.done.Wait()
	}()
	select {
	case <-drained:
		return
	case <-again:
	}
	e.log.Warn("asked again to stop; requests that are still open are given up, and their messages are unknown unless the provider tells more")
	if e.dispatcher != nil {
		e.dispatcher.Hurry()
	}
	<-drained
}
