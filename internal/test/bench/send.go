package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/gate"
	"tidings/internal/engine/receipt"
	"tidings/internal/plivo"
	"tidings/internal/store"
	"tidings/internal/web"
)

// sending says how a campaign is sent and what is asked of it.
type sending struct {
	texts   int
	workers int
	delay   time.Duration // of the provider's answer
	ratio   float64       // of the limit's speed, at least
	cost    float64       // of the limit's processor time, at most; 0: not asked
}

// sendNow is the engine's own cost: 100 requests in flight, as many as Plivo
// takes and the product's default.
func sendNow(ctx context.Context, e *env) ([]result, error) {
	return send(ctx, e, sending{texts: e.count(20000), workers: 100, ratio: 0.60, cost: 2.0})
}

// sendSlow asks whether requests in flight are kept up while answers take long.
func sendSlow(ctx context.Context, e *env) ([]result, error) {
	return send(ctx, e, sending{texts: e.count(40000), workers: 512, delay: 50 * time.Millisecond, ratio: 0.95})
}

func send(ctx context.Context, e *env, s sending) (_ []result, err error) {
	if err := enough(s.texts); err != nil {
		return nil, err
	}
	other, err := spawn(ctx, "provider")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.end()) }()
	var at providerReply
	job := providerJob{Delay: s.delay}
	if err := other.ask(job, &at); err != nil {
		return nil, err
	}
	h, err := build(filepath.Join(e.dir, "data"), s.texts)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	rows, err := h.open(e)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	texts, err := write(s.texts, at.Addr)
	if err != nil {
		return nil, err
	}
	transport := tuned(s.workers)
	defer transport.CloseIdleConnections()
	var limit, ours samples
	for rep := range e.reps + 1 {
		l, err := watchBoth(other, job, s.texts, func() error { return bare(ctx, transport, at.Addr, texts, s.workers) })
		if err != nil {
			return nil, err
		}
		o, err := campaignOnce(ctx, e, h, rows, other, transport, s)
		if err != nil {
			return nil, err
		}
		if rep == 0 {
			continue // opens the connections and warms the caches
		}
		e.say("bare %s %s, ours %s %s", perSecond(speed(l)), micros(cost(l)/1e3), perSecond(speed(o)), micros(cost(o)/1e3))
		limit, ours = append(limit, l), append(ours, o)
	}
	fast := ratios(ours, limit, speed)
	results := []result{{
		measured: "texts a second, bare HTTP client", limit: perSecond(limit.perSecond()), reached: perSecond(ours.perSecond()),
		ratio: fmt.Sprintf("%.2f", fast), goal: fmt.Sprintf("at least %.2f", s.ratio), met: fast >= s.ratio,
	}}
	if s.cost > 0 {
		dear := ratios(ours, limit, cost)
		results = append(results, result{
			measured: "processor time a text, bare HTTP client", limit: micros(limit.micros()), reached: micros(ours.micros()),
			ratio: fmt.Sprintf("%.2f", dear), goal: fmt.Sprintf("at most %.2f", s.cost), met: dear <= s.cost,
		}, result{
			measured: "the same with the provider's, as in one process", limit: micros(limit.microsOfBoth()), reached: micros(ours.microsOfBoth()),
			ratio: fmt.Sprintf("%.2f", ratios(ours, limit, both)), goal: "none", met: true,
		})
	}
	return results, nil
}

// campaignOnce sends one run with the engine's own dispatcher, store and client.
// The run is planned before the clock starts.
func campaignOnce(ctx context.Context, e *env, h *house, rows *store.Store, other *child, t *http.Transport, s sending) (sample, error) {
	var at providerReply
	job := providerJob{Delay: s.delay}
	if err := other.ask(job, &at); err != nil {
		return sample{}, err
	}
	if err := h.nextDay(); err != nil {
		return sample{}, err
	}
	run, err := plan(ctx, rows, h.clock.Now(), 0, s.texts)
	if err != nil {
		return sample{}, err
	}
	client, err := plivo.New(plivo.Config{AuthID: authID, AuthToken: authToken, BaseURL: at.Addr, Transport: t})
	if err != nil {
		return sample{}, err
	}
	tokens := receipt.NewTokens([]byte(secret))
	d := dispatch.New(dispatch.Options{
		Store: rows, Provider: client, Gate: gate.New(), Now: h.clock.Now, InFlight: s.workers, Log: e.log,
		Callback: func(id string, attempt int) string { return at.Addr + web.StatusPath + tokens.Make(id, attempt) },
	})
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan error, 1)
	took, err := watchBoth(other, job, s.texts, func() error {
		go func() { done <- d.Run(ctx) }()
		return h.until(ctx, s.texts, "SELECT accepted FROM runs WHERE id = {:id}", dbx.Params{"id": run.ID})
	})
	stop()
	return took, errors.Join(err, <-done)
}
