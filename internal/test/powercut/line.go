package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"

	"tidings/internal/test/powercut/disk"
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
		if sends && life == 1 {
			l.arrived()
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		provider.ServeHTTP(w, r)
	})
}

// ServeHTTP is the way of webhooks and people. An answer of 2xx is on the tape
// before anybody can see it.
func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	life, server := l.lives.Load(), l.server.Load()
	if server == nil {
		panic(http.ErrAbortHandler)
	}
	buffer := &promise{ResponseRecorder: httptest.NewRecorder()}
	buffer.made = func() bool { return l.note(life, answered{r.URL.Path}) }
	(*server).ServeHTTP(buffer, r)
	if !buffer.lit {
		panic(http.ErrAbortHandler)
	}
	for k, v := range buffer.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(buffer.Code)
	_, _ = w.Write(buffer.Body.Bytes())
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
