package simulator

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

//go:embed ui
var uiFiles embed.FS

// pagesCSP lets the page use its own files and nothing else.
const pagesCSP = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"

// phonesShown is how many phones the page gets at a time, the latest first.
const phonesShown = 60

// PagesHandler serves the phones page and its JSON API, to be mounted at
// /simulator/. Who may see it is decided by whoever mounts it: it shows every
// text and can write as anybody.
func (s *Simulator) PagesHandler() http.Handler {
	files, err := fs.Sub(uiFiles, "ui")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /api/state", s.pageState)
	mux.HandleFunc("GET /api/phones/{number}", s.pageConversation)
	mux.HandleFunc("GET /api/ledger", s.pageLedger)
	mux.HandleFunc("GET /api/fates", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, Fates()) })
	mux.HandleFunc("POST /api/inject", s.pageInject)
	mux.HandleFunc("POST /api/inbound", s.pageInbound)
	mux.HandleFunc("POST /api/clock", s.pageClock)
	mux.HandleFunc("POST /api/faults", s.pageFaults)
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.StripPrefix("/simulator", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagesCSP)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		guarded.ServeHTTP(w, r)
	}))
}

// pageView is all that the page shows beside one conversation.
type pageView struct {
	Clock       time.Time        `json:"clock"`
	Movable     bool             `json:"movable"`
	NextOpening *time.Time       `json:"nextOpening,omitempty"`
	Counts      Counts           `json:"counts"`
	States      map[string]int64 `json:"states"`
	Callbacks   CallbackStats    `json:"callbacks"`
	Pending     int              `json:"pending"`
	Faults      Faults           `json:"faults"`
	Numbers     []string         `json:"numbers"`
	Phones      []phoneView      `json:"phones"`
	Total       int              `json:"total"` // phones with something on the screen
}

type phoneView struct {
	Number  string    `json:"number"`
	Fate    string    `json:"fate,omitempty"`
	Texts   int       `json:"texts"`
	Stopped bool      `json:"stopped"`
	Last    textView  `json:"last"`
	At      time.Time `json:"at"`
}

type textView struct {
	By   string    `json:"by"`   // sender, phone, or plivo for an automatic answer
	With string    `json:"with"` // the account's number
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

func (s *Simulator) pageState(w http.ResponseWriter, r *http.Request) {
	l := s.Ledger()
	v := pageView{
		Clock: s.cfg.Clock.Now(), Movable: s.cfg.Clock.Movable(),
		Counts: l.Counts(), States: l.States(), Callbacks: l.Callbacks(), Faults: s.Faults(),
	}
	if s.cfg.NextOpening != nil && v.Movable {
		if at := s.cfg.NextOpening(); at.After(v.Clock) {
			v.NextOpening = &at
		}
	}
	s.mu.Lock()
	v.Pending, v.Numbers, v.Total = s.pending, s.apps.rentedNumbers(), s.phones.listed
	v.Phones = s.phonesView(strip(r.URL.Query().Get("q")))
	s.mu.Unlock()
	writeJSON(w, v)
}

// phonesView lists the latest phones whose number holds the given digits. The
// lock is held.
func (s *Simulator) phonesView(digits string) []phoneView {
	list := []phoneView{}
	for p := s.phones.newest; p != nil && len(list) < phonesShown; p = p.older {
		if !strings.Contains(p.number, digits) {
			continue
		}
		last := viewOf(p.shown[len(p.shown)-1])
		v := phoneView{Number: p.number, Texts: len(p.shown), Last: last, At: last.At}
		v.Fate, v.Stopped = s.standing(p)
		list = append(list, v)
	}
	return list
}

func viewOf(m *message) textView {
	v := textView{By: "sender", With: m.src, Text: m.text, At: time.UnixMicro(max(m.shownHanded, m.shownAt)).UTC()}
	switch m.kind {
	case inbound:
		v.By, v.With = "phone", m.dst
	case automatic:
		v.By = "plivo"
	}
	return v
}

func (s *Simulator) pageConversation(w http.ResponseWriter, r *http.Request) {
	number := strip(r.PathValue("number"))
	v := conversationView{Number: number, Texts: []textView{}}
	s.mu.Lock()
	if p := s.phones.byNumber[number]; p != nil && len(p.shown) > 0 {
		for _, m := range p.shown {
			v.Texts = append(v.Texts, viewOf(m))
		}
		v.Fate, v.Stopped = s.standing(p)
	}
	s.mu.Unlock()
	writeJSON(w, v)
}

// conversationView is one phone's screen.
type conversationView struct {
	Number  string     `json:"number"`
	Fate    string     `json:"fate,omitempty"`
	Stopped bool       `json:"stopped"`
	Texts   []textView `json:"texts"`
}

// standing is what the table says of a phone, and whether it stopped the number
// that it last had to do with. The lock is held.
func (s *Simulator) standing(p *phone) (fate string, stopped bool) {
	if f := fateOf(p.number); f != &delivered {
		fate = f.Name
	}
	return fate, s.blocked(p.shown[len(p.shown)-1].source, p.number)
}

// ledgerView is the ledger in short: totals, and what must be empty.
type ledgerView struct {
	Counts           Counts           `json:"counts"`
	States           map[string]int64 `json:"states"`
	Codes            map[int]int64    `json:"codes"`
	Callbacks        CallbackStats    `json:"callbacks"`
	TextedTwice      []Twice          `json:"textedTwice"`
	StartedAfterStop []Request        `json:"startedAfterStop"`
}

func (s *Simulator) pageLedger(w http.ResponseWriter, _ *http.Request) {
	l := s.Ledger()
	writeJSON(w, ledgerView{l.Counts(), l.States(), l.Codes(), l.Callbacks(), l.TextedTwice(nil), l.StartedAfterStop()})
}

func (s *Simulator) pageInject(w http.ResponseWriter, r *http.Request) {
	var in struct{ From, To, Text string }
	if !readJSON(w, r, &in) {
		return
	}
	uuid, err := s.Inject(in.From, in.To, in.Text)
	if err != nil {
		refusePage(w, err)
		return
	}
	writeJSON(w, map[string]string{"uuid": uuid})
}

func (s *Simulator) pageInbound(w http.ResponseWriter, r *http.Request) {
	var in struct{ Number, URL string }
	if !readJSON(w, r, &in) {
		return
	}
	s.SetInbound(in.Number, in.URL)
	writeJSON(w, map[string]bool{"ok": true})
}

func (s *Simulator) pageClock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Advance string // as 1h30m
		Next    bool   // to the next opening
	}
	if !readJSON(w, r, &in) {
		return
	}
	err := s.moveClock(in.Advance, in.Next)
	if err != nil {
		refusePage(w, err)
		return
	}
	writeJSON(w, map[string]time.Time{"clock": s.cfg.Clock.Now()})
}

func (s *Simulator) moveClock(advance string, next bool) error {
	if next {
		if s.cfg.NextOpening == nil {
			return errors.New("nobody here knows the next opening")
		}
		return s.cfg.Clock.AdvanceTo(s.cfg.NextOpening())
	}
	d, err := time.ParseDuration(advance)
	if err != nil {
		return fmt.Errorf("advance is a time like 1h or 90m: %w", err)
	}
	return s.cfg.Clock.Advance(d)
}

// pageFaults changes the faults that are named and leaves the others.
func (s *Simulator) pageFaults(w http.ResponseWriter, r *http.Request) {
	f := s.Faults()
	if !readJSON(w, r, &f) {
		return
	}
	if err := f.Validate(); err != nil {
		refusePage(w, err)
		return
	}
	s.SetFaults(f)
	writeJSON(w, f)
}

func readJSON(w http.ResponseWriter, r *http.Request, into any) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		http.Error(w, "the content type must be application/json", http.StatusUnsupportedMediaType)
		return false
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		refusePage(w, fmt.Errorf("the body is not what is asked for here: %w", err))
		return false
	}
	return true
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // the page is gone; nobody is left to tell
}

func refusePage(w http.ResponseWriter, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
}
