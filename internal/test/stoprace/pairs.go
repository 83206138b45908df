package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// areas are area codes of the United States; each has a hundred numbers that
// are kept for examples. They are in order, so that numbers are too.
var areas = []int{
	201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239, 240, 248, 251,
	252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318,
	319, 320, 321, 323, 325, 330,
}

// most is how many pairs one world has numbers for.
var most = 100 * len(areas)

func number(i int) string { return fmt.Sprintf("+1%03d55501%02d", areas[i/100], i%100) }

// pairs keeps, of each number, when its request began and when its STOP was
// acknowledged: positions in one order of all that happens.
type pairs struct {
	index    map[string]int // by number
	moment   atomic.Int64
	begun    []atomic.Int64 // just before the first byte of the request; 0: never
	arrived  []atomic.Int64 // the webhook's first look at us
	acked    []atomic.Int64 // just before the 200 of the STOP
	again    atomic.Int64   // requests to a number that had one
	strange  atomic.Int64   // requests that name no number of ours
	progress atomic.Int64   // the highest number that a request began to
	stopped  atomic.Int64   // STOPs that were acknowledged

	mu   sync.Mutex
	took []time.Duration // see result
	bare []time.Duration
}

func newPairs(n int) *pairs {
	p := &pairs{
		index: make(map[string]int, n), begun: make([]atomic.Int64, n), arrived: make([]atomic.Int64, n), acked: make([]atomic.Int64, n),
	}
	for i := range n {
		p.index[number(i)] = i
	}
	return p
}

func (p *pairs) now() int64 { return p.moment.Add(1) }

// dial opens connections to the provider that note when a request begins.
func (p *pairs) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	return watched{conn, p}, err
}

type watched struct {
	net.Conn
	p *pairs
}

// Write sees a request as it goes to the kernel: head and body in one piece.
func (w watched) Write(b []byte) (int, error) {
	if bytes.HasPrefix(b, []byte("POST ")) {
		w.p.begin(b)
	}
	return w.Conn.Write(b)
}

var dst = []byte(`"dst":"`)

func (p *pairs) begin(request []byte) {
	_, rest, _ := bytes.Cut(request, dst)
	to, _, ok := bytes.Cut(rest, []byte(`"`))
	i, known := p.index[string(to)]
	if !ok || !known {
		p.strange.Add(1)
		return
	}
	if !p.begun[i].CompareAndSwap(0, p.now()) {
		p.again.Add(1)
	}
	for at := p.progress.Load(); int64(i) > at && !p.progress.CompareAndSwap(at, int64(i)); at = p.progress.Load() {
	}
}

// door notes when a STOP comes and when it is acknowledged.
func (p *pairs) door(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			server.ServeHTTP(w, r)
			return
		}
		i, ok := p.index["+"+r.Header.Get("X-Pair")]
		if !ok {
			p.strange.Add(1)
			return
		}
		p.arrived[i].CompareAndSwap(0, p.now())
		server.ServeHTTP(&acknowledging{w, func() { p.acked[i].CompareAndSwap(0, p.now()) }}, r)
	})
}

type acknowledging struct {
	http.ResponseWriter
	note func()
}

func (a *acknowledging) WriteHeader(status int) {
	if status == http.StatusOK {
		a.note()
	}
	a.ResponseWriter.WriteHeader(status)
}

// result is what the pairs came to.
type result struct {
	Pairs     int
	TextFirst int // the request had begun when the STOP was acknowledged
	StopFirst int // no request ever began
	Met       int // of TextFirst: the request began while the STOP was being taken in
	Late      int // the request began after the STOP was acknowledged: a broken promise
	Again     int // requests to a number that had one: a broken promise

	took []time.Duration // from a webhook's departure to its answer, which is after the commit
	bare []time.Duration // the same of a request that does nothing
}

func (p *pairs) result() result {
	r := result{Pairs: len(p.begun), Again: int(p.again.Load()), took: p.took, bare: p.bare}
	for i := range p.begun {
		begun, arrived, acked := p.begun[i].Load(), p.arrived[i].Load(), p.acked[i].Load()
		switch {
		case begun == 0:
			r.StopFirst++
		case begun > acked:
			r.Late++
		default:
			r.TextFirst++
			if begun > arrived {
				r.Met++
			}
		}
	}
	return r
}

func (r *result) add(o result) {
	r.Pairs += o.Pairs
	r.TextFirst += o.TextFirst
	r.StopFirst += o.StopFirst
	r.Met += o.Met
	r.Late += o.Late
	r.Again += o.Again
	r.took = append(r.took, o.took...)
	r.bare = append(r.bare, o.bare...)
}

// P99 is what 99 of 100 STOPs took at most.
func (r result) P99() time.Duration { return quantile(r.took, 99) }

func quantile(took []time.Duration, percent int) time.Duration {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	return sorted[(len(sorted)-1)*percent/100].Round(100 * time.Microsecond)
}

// String is a line of a report.
func (r result) String() string {
	return fmt.Sprintf("%d late, %d twice; text first %d (%d of them while the STOP was taken in), STOP first %d; "+
		"webhook to answer p50 %v, p99 %v, worst %v (an answer without work p50 %v, p99 %v)",
		r.Late, r.Again, r.TextFirst, r.Met, r.StopFirst,
		quantile(r.took, 50), r.P99(), quantile(r.took, 100), quantile(r.bare, 50), quantile(r.bare, 99))
}
