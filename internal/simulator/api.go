package simulator

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
)

// ServeHTTP is Plivo's REST API: /v1/Account/{auth id}/…/ with a trailing slash,
// and /v1/Number/{number} of the lookup host.
func (s *Simulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.elapsed()
	leave, ok := s.limiter.enter(s.cfg.Limits, began)
	defer leave()
	path := r.URL.Path
	for strings.Contains(path, "//") { // the Go SDK asks for /Account/{id}//
		path = strings.ReplaceAll(path, "//", "/")
	}
	switch {
	case s.isClosed():
		http.Error(w, "the simulator is closed", http.StatusServiceUnavailable)
	case !s.authorized(r):
		w.Header().Set("WWW-Authenticate", `Basic realm="Plivo"`)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte("Could not verify your access level for that URL. You have to login with proper credentials."))
	case !ok:
		s.throttled(w)
	default:
		s.route(w, r, path, began)
	}
}

func (s *Simulator) route(w http.ResponseWriter, r *http.Request, path string, began int64) {
	if number, ok := strings.CutPrefix(path, "/v1/Number/"); ok {
		s.getLookup(w, r, strings.TrimSuffix(number, "/"))
		return
	}
	rest, ok := strings.CutPrefix(path, s.accountPath(""))
	if !ok || !strings.HasSuffix(path, "/") {
		s.notFound(w)
		return
	}
	resource, id, _ := strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	switch resource {
	case "":
		s.only(w, r, http.MethodGet, s.getAccount)
	case "Message":
		switch {
		case id != "":
			s.only(w, r, http.MethodGet, func(w http.ResponseWriter, _ *http.Request) { s.getMessage(w, id) })
		case r.Method == http.MethodPost:
			s.postMessage(w, r, began)
		default:
			s.only(w, r, http.MethodGet, s.listMessages)
		}
	case "Number":
		s.serveNumbers(w, r, id)
	case "Pricing":
		s.only(w, r, http.MethodGet, s.getPricing)
	case "Application":
		s.serveApplications(w, r, id)
	case "Powerpack":
		s.only(w, r, http.MethodGet, func(w http.ResponseWriter, _ *http.Request) { s.getPowerpack(w, id) })
	default:
		s.notFound(w)
	}
}

func (s *Simulator) only(w http.ResponseWriter, r *http.Request, method string, h http.HandlerFunc) {
	if r.Method != method {
		s.refuse(w, http.StatusMethodNotAllowed, "method not allowed")
		return
	}
	h(w, r)
}

func (s *Simulator) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *Simulator) authorized(r *http.Request) bool {
	id, token, ok := r.BasicAuth()
	return ok && subtle.ConstantTimeCompare([]byte(id), []byte(s.cfg.AuthID))&
		subtle.ConstantTimeCompare([]byte(token), []byte(s.cfg.AuthToken)) == 1
}

func (s *Simulator) notFound(w http.ResponseWriter) {
	s.refuse(w, http.StatusNotFound, "not found")
}

// refuse answers with Plivo's error shape: free text, no code.
func (s *Simulator) refuse(w http.ResponseWriter, status int, text string) {
	s.answer(w, status, map[string]any{"error": text})
}

// throttled answers 429 in the form that the faults ask for.
func (s *Simulator) throttled(w http.ResponseWriter) {
	if after := s.Faults().RetryAfter; after != "" {
		w.Header().Set("Retry-After", after)
	}
	s.broken(w, http.StatusTooManyRequests, "too many requests")
}

// broken answers an error as the faults ask for: JSON, nothing, or a page.
func (s *Simulator) broken(w http.ResponseWriter, status int, text string) {
	f := s.Faults()
	switch {
	case f.EmptyBodies:
		w.WriteHeader(status)
	case f.HTMLBodies:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html><head><title>" + http.StatusText(status) + "</title></head><body><h1>" + http.StatusText(status) + "</h1></body></html>"))
	default:
		s.refuse(w, status, text)
	}
}

func (s *Simulator) answer(w http.ResponseWriter, status int, body map[string]any) {
	body["api_id"] = s.freshID()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the caller is gone; nobody is left to tell
}

func (s *Simulator) freshID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return formatUUID(s.newUUID())
}

// limiter counts calls for Limits. It is apart from the simulator's lock.
type limiter struct {
	mu       sync.Mutex
	inFlight int
	calls    []int64
	lists    []int64
}

// enter lets a call in or not; leave is to be called in both cases.
func (l *limiter) enter(limits Limits, now int64) (leave func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight++
	leave = func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.inFlight--
	}
	if limits.InFlight > 0 && l.inFlight > limits.InFlight {
		return leave, false
	}
	return leave, limits.Requests <= 0 || within(&l.calls, now, limits.Requests, limits.Window)
}

// list lets a list call in or not.
func (l *limiter) list(limits Limits, now int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return limits.ListPerMinute <= 0 || within(&l.lists, now, limits.ListPerMinute, time.Minute)
}

// within admits n calls in a sliding window.
func within(calls *[]int64, now int64, n int, window time.Duration) bool {
	old := 0
	for old < len(*calls) && (*calls)[old] <= now-int64(window) {
		old++
	}
	*calls = append((*calls)[:0], (*calls)[old:]...)
	if len(*calls) >= n {
		return false
	}
	*calls = append(*calls, now)
	return true
}
