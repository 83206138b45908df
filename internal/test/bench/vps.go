package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// The goals of a small server.
const (
	usedShare     = 0.99
	pageTime      = 100 * time.Millisecond
	smallMemory   = 512 << 20
	memoryLimit   = "400MiB" // leaves room for what Go does not count
	windowSlack   = 1        // texts: where a window begins between two, it holds one more
	vpsRecipients = 100_000
	answerTime    = 20 * time.Millisecond // of the provider
)

// vpsPaces are texts a second, and how long each is looked at from Send on; the
// audience is planned in the first seconds of it.
var vpsPaces = []struct {
	rate float64
	last time.Duration
}{
	{5, 30 * time.Second},
	{100, 40 * time.Second},
	{1000, 60 * time.Second},
}

// vps starts the binary as on a small server, bound to one core and to a limit
// of memory, and sends a paced campaign to a hundred thousand people with it,
// while somebody at the dashboard looks at lists and the report.
func vps(ctx context.Context, e *env) ([]result, error) {
	people := e.count(vpsRecipients)
	var results []result
	for _, p := range vpsPaces {
		last := p.last
		if e.n > 0 {
			last = min(last, time.Duration(e.n)*10*time.Millisecond)
		}
		o, err := vpsAt(ctx, e, people, p.rate, last)
		if err != nil {
			return nil, fmt.Errorf("at %g a second: %w", p.rate, err)
		}
		e.say("%4g/s for %v: %d texts, %.2f %% used; most in 1 s %d, in 10 s %d; pages p50 %s p99 %s worst %s of %d; peak %s", p.rate, o.lasted.Round(time.Second),
			o.texts, 100*o.used, o.second, o.ten, millis(quantile(o.pages, 0.5)), millis(quantile(o.pages, 0.99)), millis(o.pages[len(o.pages)-1]), len(o.pages), megabytes(o.peak))
		at := fmt.Sprintf("%g/s, %.0f s of it: ", p.rate, o.lasted.Seconds())
		second, ten := int(p.rate)+windowSlack, int(10*p.rate)+windowSlack
		p99 := quantile(o.pages, 0.99)
		results = append(results,
			result{
				measured: at + "used of the limit", reached: fmt.Sprintf("%.2f %%", 100*o.used), goal: "at least 99 %", met: o.used >= usedShare,
			},
			result{
				measured: at + "most in 1 s and in 10 s", limit: fmt.Sprintf("%d, %d", second, ten), reached: fmt.Sprintf("%d, %d", o.second, o.ten),
				goal: "never more", met: o.second <= second && o.ten <= ten,
			},
			result{measured: at + "99th percentile of pages", reached: millis(p99), goal: "below " + millis(pageTime), met: p99 < pageTime},
			result{measured: at + "most memory", reached: megabytes(o.peak), goal: "below " + megabytes(smallMemory), met: o.peak < smallMemory},
		)
	}
	return results, nil
}

// paced is what became of a campaign at a pace.
type paced struct {
	lasted      time.Duration
	texts       int
	used        float64 // of the turns between the first and the last text
	second, ten int     // most texts in any window of a second, of ten
	pages       []time.Duration
	peak        int64
}

func vpsAt(ctx context.Context, e *env, people int, rate float64, last time.Duration) (o paced, err error) {
	dir := filepath.Join(e.dir, fmt.Sprintf("at%g", rate))
	h, err := build(dir, 0)
	if err != nil {
		return o, err
	}
	if err = h.populate(people); err == nil {
		_, err = h.NonconcurrentDB().NewQuery(fmt.Sprintf("UPDATE senders SET ratePerSecond = %g", rate)).Execute()
	}
	var token string
	if err == nil {
		token, err = h.superuser()
	}
	if err = errors.Join(err, h.close()); err != nil {
		return o, err
	}
	if _, err := buildBinary(ctx, e); err != nil {
		return o, err
	}
	var other *child
	err = onCore(runtime.NumCPU()-1, func() (err error) {
		other, err = spawn(ctx, "provider")
		return err
	})
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, other.end()) }()
	var at providerReply
	if err := other.ask(providerJob{Delay: answerTime, Note: true}, &at); err != nil {
		return o, err
	}
	var server *binary
	err = onCore(0, func() (err error) {
		server, err = startBinary(ctx, e, dir, "PLIVO_AUTH_ID="+authID, "PLIVO_AUTH_TOKEN="+authToken, "PLIVO_API_URL="+at.Addr,
			"TIDINGS_CLOCK="+openToAll.Format(time.RFC3339), "TIDINGS_PUBLIC_URL="+at.Addr, "GOMEMLIMIT="+memoryLimit)
		return err
	})
	if err != nil {
		return o, err
	}
	defer func() { err = errors.Join(err, server.end()) }()
	run, err := server.send(ctx, token)
	if err != nil {
		return o, err
	}
	ctx, stop := context.WithTimeout(ctx, last)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- server.finished(ctx, run, token); stop() }()
	if o.pages, err = server.browse(ctx, run, token); err != nil {
		return o, err
	}
	if err := <-ended; err != nil && ctx.Err() == nil {
		return o, err
	}
	o.peak = peakMemory(server.cmd.Process.Pid)
	if err := other.ask(providerJob{Delay: answerTime, Tell: true}, &at); err != nil {
		return o, err
	}
	return o, o.count(at.Began, rate)
}

// count makes figures of the moments at which texts came to the provider.
func (o *paced) count(began []time.Duration, rate float64) error {
	slices.Sort(began)
	if o.texts = len(began); o.texts < 2 || len(o.pages) == 0 {
		return fmt.Errorf("%d texts and %d pages are too few to say anything", o.texts, len(o.pages))
	}
	o.lasted = began[o.texts-1] - began[0]
	o.used = float64(o.texts-1) / (rate * o.lasted.Seconds())
	o.second, o.ten = mostWithin(began, time.Second), mostWithin(began, 10*time.Second)
	slices.Sort(o.pages)
	return nil
}

// mostWithin counts the most moments in any window of a length, its end not
// included.
func mostWithin(sorted []time.Duration, window time.Duration) (most int) {
	from := 0
	for i, at := range sorted {
		for at-sorted[from] >= window {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// browse asks for what the dashboard shows, ten times a second, until ctx ends.
func (b *binary) browse(ctx context.Context, run, token string) (took []time.Duration, err error) {
	list := func(collection, filter, sort string) string {
		return "/api/collections/" + collection + "/records?perPage=40&skipTotal=1&sort=" + url.QueryEscape(sort) + "&filter=" + url.QueryEscape(filter)
	}
	pages := []string{
		"/api/sms/runs/" + run + "/report",
		list("messages", "run = '"+run+"'", "-@rowid"),
		list("runs", "org = '"+orgID+"'", "-created"),
		list("subscribers", "org = '"+orgID+"'", "phoneNumber"),
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		began := time.Now()
		if err := b.get(ctx, pages[i%len(pages)], token); err != nil {
			if ctx.Err() != nil {
				return took, nil
			}
			return nil, err
		}
		took = append(took, time.Since(began))
		select {
		case <-tick.C:
		case <-ctx.Done():
			return took, nil
		}
	}
}
