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
	"tidings/internal/engine/receipt"
	"tidings/internal/rules/message"
	"tidings/internal/store"
	"tidings/internal/web"
)

// connections is how many callbacks are open at once.
const connections = 64

// intake takes callbacks in, each of which changes a row, and answers 200 once
// it is on disk. The limit parses and verifies the same requests.
func intake(ctx context.Context, e *env) (_ []result, err error) {
	texts := max(e.count(30000)/len(stages), 1)
	other, err := spawn(ctx, "caller")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.end()) }()
	h, err := build(filepath.Join(e.dir, "data"), texts)
	if err != nil {
		return nil, err
	}
	runs, err := h.acceptedRuns(ctx, e, texts, e.reps+2)
	if err != nil {
		return nil, err
	}
	app, err := h.serve(e, "http://127.0.0.1:9")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, app.close()) }()
	floor, err := listen()
	if err != nil {
		return nil, err
	}
	defer floor.server.Close()
	calls := texts * len(stages)
	var limit, ours samples
	last := len(runs) - 1
	for rep, run := range runs[:last] {
		job := callJob{Tokens: run.tokens, From: run.from, Stages: []int{0, 1, 2}, Connections: connections, Token: authToken}
		l, err := call(other, floor.url+web.StatusPath, job, calls)
		if err != nil {
			return nil, err
		}
		o, err := call(other, app.url+web.StatusPath, job, calls)
		if err != nil {
			return nil, err
		}
		// What was answered 200 is in the rows.
		if n, err := h.figure("SELECT COUNT(*) FROM messages WHERE run = {:run} AND status = 'delivered'", dbx.Params{"run": run.id}); err != nil || n != texts {
			return nil, errors.Join(fmt.Errorf("all callbacks were answered 200, and %d of %d texts are delivered", n, texts), err)
		}
		if rep == 0 {
			continue
		}
		e.say("verify only %s %s p99 %v, ours %s %s p50 %v p99 %v", perSecond(speed(l)), micros(cost(l)/1e3), round(l.p99),
			perSecond(speed(o)), micros(cost(o)/1e3), round(o.p50), round(o.p99))
		limit, ours = append(limit, l), append(ours, o)
	}
	crowded, err := overload(other, app, runs[last])
	if err != nil {
		return nil, err
	}
	fast := ratios(ours, limit, speed)
	dear := ratios(ours, limit, cost)
	return []result{
		{
			measured: "callbacks a second, parse and verify only", limit: perSecond(limit.perSecond()), reached: perSecond(ours.perSecond()),
			ratio: fmt.Sprintf("%.2f", fast), goal: "at least 0.60", met: fast >= 0.60,
		},
		{
			measured: "99th percentile of an answer", limit: round(limit.p99()).String(), reached: round(ours.p99()).String(),
			goal: "below 15ms", met: ours.p99() < 15*time.Millisecond,
		},
		{
			measured: "processor time a callback, parse and verify only", limit: micros(limit.micros()), reached: micros(ours.micros()),
			ratio: fmt.Sprintf("%.2f", dear), goal: "none", met: true,
		},
		crowded,
	}, nil
}

// crowd is how many connections call at once where the answers cannot keep up.
const crowd = 1500

// overload compares what was answered 200 with what is in the rows.
func overload(other *child, app *served, run acceptedRun) (result, error) {
	job := callJob{Base: app.url + web.StatusPath, Tokens: run.tokens, From: run.from, Stages: []int{2}, Connections: crowd, Token: authToken}
	var reply callReply
	if err := other.ask(job, &reply); err != nil {
		return result{}, err
	}
	if err := other.ask(callJob{Go: true}, &reply); err != nil {
		return result{}, err
	}
	rows, err := app.figure("SELECT COUNT(*) FROM messages WHERE run = {:run} AND status = 'delivered'", dbx.Params{"run": run.id})
	ok := reply.Statuses[http.StatusOK]
	return result{
		measured: fmt.Sprintf("answers 200 and rows changed, %d connections", crowd),
		limit:    fmt.Sprint(rows), reached: fmt.Sprintf("%d (503: %d)", ok, reply.Statuses[http.StatusServiceUnavailable]),
		goal: "no 200 without its row", met: ok <= rows && ok+reply.Statuses[http.StatusServiceUnavailable] == len(run.tokens),
	}, err
}

// call lets the child call and measures this process meanwhile.
func call(other *child, base string, job callJob, calls int) (sample, error) {
	var reply callReply
	job.Base = base
	if err := other.ask(job, &reply); err != nil {
		return sample{}, err
	}
	s, err := watch(calls, func() error { return other.ask(callJob{Go: true}, &reply) })
	if err != nil {
		return s, err
	}
	if !reply.allOK(calls) {
		return s, fmt.Errorf("of %d callbacks to %s the answers were %v", calls, base, reply.Statuses)
	}
	s.wall, s.p50, s.p99 = reply.Wall, reply.P50, reply.P99
	return s, nil
}

func round(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }

// acceptedRun is a run whose texts the provider has taken.
type acceptedRun struct {
	id     string
	tokens []string // of the callback paths, a text each
	from   int      // number of the first id
}

// acceptedRuns makes runs that wait for callbacks, through the store's own
// marks and settlements, before the app is opened.
func (h *house) acceptedRuns(ctx context.Context, e *env, texts, count int) ([]acceptedRun, error) {
	rows, err := h.open(e)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tokens := receipt.NewTokens([]byte(secret))
	var runs []acceptedRun
	for range count {
		run, err := plan(ctx, rows, h.clock.Now(), 0, texts)
		if err != nil {
			return nil, err
		}
		made := acceptedRun{id: run.ID, from: len(runs) * texts}
		for i := range texts {
			id, err := message.RunID(run.Key, number(i))
			if err != nil {
				return nil, err
			}
			made.tokens = append(made.tokens, tokens.Make(id, 1))
		}
		if err := h.accept(ctx, rows, run.ID, made.from); err != nil {
			return nil, err
		}
		if err := h.until(ctx, texts, "SELECT accepted FROM runs WHERE id = {:id}", dbx.Params{"id": run.ID}); err != nil {
			return nil, err
		}
		runs = append(runs, made)
	}
	return runs, nil
}

// accept marks and settles every row of a run, in the order of its people.
func (h *house) accept(ctx context.Context, rows *store.Store, run string, from int) error {
	const batch = 128
	for {
		due, err := rows.Due(ctx, dispatch.DueQuery{Run: run, Until: h.clock.Now(), Limit: batch})
		if err != nil || len(due) == 0 {
			return err
		}
		for i := range due {
			due[i].Sender = senderID
		}
		at := h.clock.Now()
		marked, err := rows.Mark(ctx, dispatch.MarkRequest{
			Candidates: due, At: at, Judge: func(dispatch.Facts) dispatch.Decision { return dispatch.Decision{Action: dispatch.Go} },
		})
		if err != nil {
			return err
		}
		for i, m := range marked {
			person, err := h.figure("SELECT CAST(substr(subscriber, 7) AS INTEGER) FROM messages WHERE id = {:id}", dbx.Params{"id": due[i].ID})
			if err != nil {
				return err
			}
			err = rows.Settle(dispatch.Settlement{
				ID: due[i].ID, Run: run, Attempt: m.Attempt, At: at,
				Reply: dispatch.Reply{Outcome: dispatch.Accepted, UUID: uuidOf(from + person)},
			})
			if err != nil {
				return err
			}
		}
	}
}
