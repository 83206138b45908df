package main

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// callJob tells a child to prepare calls of webhooks or, with Go, to make the
// ones that it has prepared, as fast as the answers come.
type callJob struct {
	Go          bool
	Base        string   // the address before each token
	Tokens      []string // of the callback paths
	From        int      // number of the first text; ids of texts are unique in a run of the program
	Stages      []int    // what is said of each text, in this order; see stages
	Connections int
	Token       string // of the account; signs
}

// callReply is what came of it.
type callReply struct {
	Wall     time.Duration
	P50, P99 time.Duration
	Statuses map[int]int // how many answers of each status
}

// caller is a child that calls webhooks. Everything is signed and every
// connection open before the clock runs.
type caller struct {
	requests [][]byte
	wires    []*wire
}

func (c *caller) job(raw json.RawMessage) (any, error) {
	var job callJob
	if err := json.Unmarshal(raw, &job); err != nil {
		return nil, err
	}
	if job.Go {
		return c.call()
	}
	return callReply{}, c.prepare(job)
}

func (c *caller) prepare(job callJob) error {
	c.requests, c.wires = nil, nil
	to := ""
	for _, stage := range job.Stages {
		for i, token := range job.Tokens {
			r, host, err := signedCallback(callbackOf{url: job.Base + token, to: number(i), uuid: uuidOf(job.From + i)}, stage, job.Token)
			if err != nil {
				return err
			}
			c.requests, to = append(c.requests, r), host
		}
	}
	for range job.Connections {
		w, err := dial(to)
		if err != nil {
			return err
		}
		c.wires = append(c.wires, w)
	}
	return nil
}

func (c *caller) call() (callReply, error) {
	took := make([]time.Duration, len(c.requests))
	statuses := make([]map[int]int, len(c.wires))
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var wg sync.WaitGroup
	began := time.Now()
	for i, w := range c.wires {
		statuses[i] = make(map[int]int)
		wg.Go(func() {
			defer w.conn.Close()
			for {
				at := int(next.Add(1)) - 1
				if at >= len(c.requests) {
					return
				}
				start := time.Now()
				status, err := w.roundTrip(c.requests[at])
				if err != nil {
					failed.Store(&err)
					return
				}
				took[at] = time.Since(start)
				statuses[i][status]++
			}
		})
	}
	wg.Wait()
	reply := callReply{Wall: time.Since(began), Statuses: make(map[int]int)}
	if err := failed.Load(); err != nil {
		return reply, *err
	}
	for _, s := range statuses {
		for status, n := range s {
			reply.Statuses[status] += n
		}
	}
	slices.Sort(took)
	reply.P50, reply.P99 = quantile(took, 0.50), quantile(took, 0.99)
	return reply, nil
}

// allOK says whether every answer was 200.
func (r callReply) allOK(n int) bool { return r.Statuses[http.StatusOK] == n }
