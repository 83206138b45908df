package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"tidings/internal/test/powercut/disk"
	"tidings/internal/web"
)

// The notes that stand on the tape among the writes.
type (
	// requested: a request to send reached the provider.
	requested struct{}
	// answered: the server answered a webhook or a person with 2xx.
	answered struct{ path string }
)

// line carries what goes between the server and the world: requests to the
// provider one way, webhooks and people's requests the other. Each passes onto
// the tape, and while the power is off nothing passes.
type line struct {
	tape    *disk.Tape
	server  atomic.Pointer[http.Handler] // nil: down
	lives   atomic.Int64                 // how many servers there were
	arrived func()                       // told of each request to send

	mu    sync.Mutex
	outs  map[string]bool // who wrote STOP and was acknowledged before the cut, and has not written START since
	wrong []string        // requests to them in a later life
}

// up connects a server; down cuts it off.
func (l *line) up(server http.Handler) {
	l.lives.Add(1)
	l.server.Store(&server)
}

func (l *line) down() { l.server.Store(nil) }

// note is false where something happens after the power went: the first server
// lives on in memory for a moment, and nothing that it does counts.
func (l *line) note(life int64, what any) bool {
	if life != l.lives.Load() {
		return false
	}
	if life > 1 {
		return l.server.Load() != nil
	}
	_, lit := l.tape.Note(what)
	return lit
}

// toProvider is the way of requests.
func (l *line) toProvider(provider http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		life := l.lives.Load()
		body, err := io.ReadAll(r.Body)
		sends := r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/Message/")
		if err != nil || sends && !l.note(life, requested{}) {
			panic(http.ErrAbortHandler)
		}
		if sends && life > 1 {
			l.look(body)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		provider.ServeHTTP(w, r)
		if sends && life == 1 {
			l.arrived()
		}
	})
}

// ServeHTTP is the way of webhooks and people. An answer of 2xx is on the tape
// before anybody can see it.
func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	life, server := l.lives.Load(), l.server.Load()
	if server == nil {
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	stopped := l.wrote(r.URL.Path, body)
	buffer := &promise{ResponseRecorder: httptest.NewRecorder()}
	buffer.made = func() bool { return l.note(life, answered{r.URL.Path}) }
	(*server).ServeHTTP(buffer, r)
	if !buffer.lit {
		panic(http.ErrAbortHandler)
	}
	if stopped != "" && life == 1 && buffer.Code/100 == 2 {
		l.mu.Lock()
		l.outs[stopped] = true
		l.mu.Unlock()
	}
	for k, v := range buffer.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(buffer.Code)
	_, _ = w.Write(buffer.Body.Bytes())
}

// wrote looks at what a phone writes. It gives the number of a STOP; a START
// counts from its first coming, as it may be on disk before it is acknowledged.
func (l *line) wrote(path string, body []byte) (stopped string) {
	form, err := url.ParseQuery(string(body))
	if err != nil || path != web.InboundPath {
		return ""
	}
	switch form.Get("Text") {
	case "STOP":
		return form.Get("From")
	case "START":
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.outs, form.Get("From"))
	}
	return ""
}

// look holds a request of a later life against the STOPs that were acknowledged
// before it.
func (l *line) look(body []byte) {
	var text struct{ Dst string }
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := json.Unmarshal(body, &text); err != nil {
		l.wrong = append(l.wrong, "a request that is no JSON")
	} else if to := strings.TrimPrefix(text.Dst, "+"); l.outs[to] {
		l.wrong = append(l.wrong, "I3: after the cut a text to "+to+" began, whose STOP had been acknowledged")
	}
}

// promise is an answer that is noted in the moment in which it is given.
type promise struct {
	*httptest.ResponseRecorder
	made func() bool
	done bool
	lit  bool
}

func (p *promise) WriteHeader(status int) {
	if !p.done {
		p.done = true
		p.lit = status/100 != 2 || p.made()
	}
	p.ResponseRecorder.WriteHeader(status)
}

func (p *promise) Write(b []byte) (int, error) {
	if !p.done {
		p.WriteHeader(http.StatusOK)
	}
	return p.ResponseRecorder.Write(b)
}
