package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"tidings/hooks"
	"tidings/internal/clock"
	"tidings/internal/simulator"
	"tidings/internal/web"
)

// sandboxSender is the number that texts come from in the sandbox. Numbers 555-01xx are
// kept for examples and never ring.
const sandboxSender = "+12125550100"

// Sandbox is the Plivo simulator, running beside the server on a loopback
// address of its own: the server reaches it over real HTTP, as it would reach
// Plivo.
type Sandbox struct {
	*simulator.Simulator
	URL, AuthID, AuthToken, Sender string
	Clock                          *clock.Clock
	server                         *http.Server
	next                           atomic.Pointer[func() time.Time]
}

// OpenSandbox starts a simulator on a free loopback port. The clock may be
// advanced from its pages.
func OpenSandbox(at time.Time, cfg simulator.Config, log *slog.Logger) (*Sandbox, error) {
	s := &Sandbox{AuthID: simulator.DefaultAuthID, AuthToken: simulator.DefaultAuthToken, Sender: sandboxSender, Clock: clock.StartingAt(at)}
	cfg.Clock, cfg.Log = s.Clock, log
	cfg.NextOpening = s.nextDue
	s.Simulator = simulator.New(cfg)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the sandbox: %w", err)
	}
	s.URL = "http://" + listener.Addr().String()
	s.server = &http.Server{Handler: s.Simulator, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := s.server.Serve(listener); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Error("the sandbox stopped", "error", err)
		}
	}()
	return s, nil
}

// Pages are the simulated phones.
func (s *Sandbox) Pages() http.Handler { return s.PagesHandler() }

// attach lets phones reach the server and the clock's button know the next
// opening.
func (s *Sandbox) attach(e hooks.Engine, publicURL string) {
	s.SetInbound("", publicURL+web.InboundPath)
	next := func() time.Time {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		at, err := e.NextDue(ctx, s.Clock.Now())
		if err != nil {
			return time.Time{}
		}
		return at
	}
	s.next.Store(&next)
}

// nextDue is when the next text is due; zero without one, or before the server
// has started.
func (s *Sandbox) nextDue() time.Time {
	if next := s.next.Load(); next != nil {
		return (*next)()
	}
	return time.Time{}
}

// Close stops the simulator and waits for its callbacks.
func (s *Sandbox) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainLimit)
	defer cancel()
	return errors.Join(s.server.Shutdown(ctx), s.Simulator.Close(ctx))
}
