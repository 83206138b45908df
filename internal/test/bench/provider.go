package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// provider is a child that answers every text with 202 and an id, and does as
// little as it can besides: it is the same cost for both sides of a comparison.
type provider struct {
	addr  string
	delay atomic.Int64
	calls chan callbackOf // nil: no callbacks
	count atomic.Uint64
	mu    sync.Mutex
	start time.Time       // since when moments are noted; zero: they are not
	began []time.Duration // when each text came
}

// providerJob says how a provider behaves from now on.
type providerJob struct {
	Delay time.Duration // of every answer
	// Callbacks makes it call the address of each text three times, signed with
	// this token. It cannot be taken back.
	Callbacks string
	// Note makes it note when each text comes, and Tell asks for what was noted.
	Note, Tell bool
}

// providerReply says where a provider listens and what it has used.
type providerReply struct {
	Addr string
	CPU  time.Duration
	// Began is when each text came that was noted, since the first job that asked
	// for notes.
	Began []time.Duration `json:",omitempty"`
}

// callbackOf is one text that is reported on.
type callbackOf struct{ url, to, uuid string }

// callers is how many texts are reported on at once. While all are, answers to
// further texts wait: callbacks keep the pace of the texts.
const callers = 32

func (p *provider) job(raw json.RawMessage) (any, error) {
	var job providerJob
	if err := json.Unmarshal(raw, &job); err != nil {
		return nil, err
	}
	p.delay.Store(int64(job.Delay))
	if p.addr == "" {
		if job.Callbacks != "" {
			p.calls = make(chan callbackOf, callers)
			for range callers {
				go p.report(job.Callbacks)
			}
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		p.addr = "http://" + l.Addr().String()
		go http.Serve(l, http.HandlerFunc(p.take))
	}
	reply := providerReply{Addr: p.addr, CPU: cpuUsed()}
	p.mu.Lock()
	defer p.mu.Unlock()
	if job.Note && p.start.IsZero() {
		p.start = time.Now()
	}
	if job.Tell {
		reply.Began = slices.Clone(p.began)
	}
	return reply, nil
}

func (p *provider) take(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost { // the server asks for the account as well
		p.note()
	}
	uuid := fmt.Sprintf("00000000-0000-4000-8000-%012x", p.count.Add(1))
	if p.calls == nil {
		io.Copy(io.Discard, r.Body)
	} else {
		var text struct{ URL, Dst string }
		if err := json.NewDecoder(r.Body).Decode(&text); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		p.calls <- callbackOf{text.URL, text.Dst, uuid}
	}
	if d := time.Duration(p.delay.Load()); d > 0 {
		<-time.After(d)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusAccepted)
	io.WriteString(w, `{"api_id":"00000000-0000-4000-8000-000000000000","message":"message(s) queued","message_uuid":["`+uuid+`"]}`)
}

func (p *provider) note() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.start.IsZero() {
		p.began = append(p.began, time.Since(p.start))
	}
}

// report sends three callbacks for each text, one after the other, over a
// connection of its own, each until it was answered 200.
func (p *provider) report(token string) {
	wires := make(map[string]*wire)
	for text := range p.calls {
		for stage := range stages {
			if err := deliver(wires, text, stage, token); err != nil {
				fail(fmt.Errorf("report on a text: %w", err))
			}
		}
	}
}

func deliver(wires map[string]*wire, text callbackOf, stage int, token string) error {
	request, host, err := signedCallback(text, stage, token)
	if err != nil {
		return err
	}
	w := wires[host]
	if w == nil {
		if w, err = dial(host); err != nil {
			return err
		}
		wires[host] = w
	}
	for {
		status, err := w.roundTrip(request)
		if err != nil || status != http.StatusServiceUnavailable {
			return err
		}
	}
}
