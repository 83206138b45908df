package eligible

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"tidings/internal/rules/hours"
	"tidings/internal/rules/law"
	"tidings/internal/rules/phone"
)

// Book answers by one immutable rule set and remembers what places it was asked
// about. It is safe for concurrent use.
type Book struct {
	set    *law.Set
	mu     sync.RWMutex
	places map[placeKey]*Where
	spans  map[string]*windows
}

// NewBook makes a book of a rule set.
func NewBook(set *law.Set) *Book {
	return &Book{set: set, places: make(map[placeKey]*Where), spans: make(map[string]*windows)}
}

// Default is the book of the built-in rules.
var Default = sync.OnceValue(func() *Book { return NewBook(law.Default()) })

// Rules is the set that the book answers by.
func (b *Book) Rules() *law.Set { return b.set }

// Person is what is on record about where somebody is.
type Person struct {
	Number   string // E.164
	Timezone string // stands for all zones that the number leaves open
	State    string // two letters; stands beside those of the number
}

// Own are the organisation's own limits. They narrow the law's and never widen them.
type Own struct {
	From, Until string // "HH:MM" or empty
	Cap         int    // marketing texts to a number in 24 hours; 0: none
}

type placeKey struct {
	place           *phone.Place
	timezone, state string
	own             Own
}

// windows are the hours of one combination of rows and own hours, shared by all
// places that it binds.
type windows struct{ early, full hours.Rules }

// Where is everywhere that one person may be, with the rules that hold there.
type Where struct {
	Country string
	Zones   []string // all of them count
	States  []string // likewise
	Own     Own

	rows    []*law.Bound
	lawCap  int
	capRow  *law.Bound
	windows *windows
	zones   string // joined, as a Basis keeps them
	states  string
	rules   string // hash of the set
	margin  int    // minutes by which the law's windows close early
	last    atomic.Pointer[stretch]
}

// The most places and windows that a book remembers. People write zones and states
// freely, so there must be an end; the area codes of one country are a few hundred.
const (
	mostPlaces  = 1 << 14
	mostWindows = 1 << 10
)

// Where finds the places of a person: the zone on record, else all zones of the
// number; the states of the number, and beside them the one on record. A state that
// the number does not tell brings its zones as well, unless a zone is on record.
func (b *Book) Where(p Person, own Own) *Where {
	key := placeKey{phone.Find(p.Number), strings.TrimSpace(p.Timezone), p.State, own}
	b.mu.RLock()
	w := b.places[key]
	b.mu.RUnlock()
	if w != nil {
		return w
	}
	zones, states := places(key)
	w = b.at(key.place.Country, zones, states, own)
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.places) >= mostPlaces {
		clear(b.places)
	}
	b.places[key] = w
	return w
}

func places(key placeKey) (zones, states []string) {
	zones, states = key.place.Zones, key.place.States
	state := strings.ToUpper(strings.TrimSpace(key.state))
	if state != "" && !slices.Contains(states, state) {
		if more := stateZones(key.place.Country, state); more != nil {
			states = append(slices.Clone(states), state)
			zones = slices.Clone(zones)
			for _, zone := range more {
				if !slices.Contains(zones, zone) {
					zones = append(zones, zone)
				}
			}
		}
	}
	if key.timezone != "" {
		zones = []string{key.timezone}
	}
	return zones, states
}

// stateZones reads a state in the country of the number. Letters that are no state
// there tell nothing: elsewhere in the world they name other things.
func stateZones(country, state string) []string {
	if zones := phone.StateZones(country, state); zones != nil {
		return zones
	}
	if country == "US" { // a territory counts as a country of its own
		return phone.StateZones(state, state)
	}
	return nil
}

// at puts together what holds in some places.
func (b *Book) at(country string, zones, states []string, own Own) *Where {
	w := &Where{
		Country: country, Zones: zones, States: states, Own: own, rows: b.set.Rows(country, states),
		zones: strings.Join(zones, " "), states: strings.Join(states, " "), rules: b.set.Hash(),
		margin: int(b.set.Margin() / time.Minute),
	}
	w.lawCap, w.capRow = b.set.Cap(country, states)
	key := strings.Join([]string{country, w.states, own.From, own.Until}, "|")
	b.mu.Lock()
	defer b.mu.Unlock()
	if w.windows = b.spans[key]; w.windows == nil {
		if len(b.spans) >= mostWindows {
			clear(b.spans)
		}
		w.windows = b.narrowed(country, states, own)
		b.spans[key] = w.windows
	}
	return w
}

// narrowed are the law's hours inside the organisation's own. Settings that do not
// parse were refused when they were saved; should they appear all the same, nothing
// is allowed.
func (b *Book) narrowed(country string, states []string, own Own) *windows {
	early, full := b.set.Hours(country, states)
	limit, err := hours.Always().Narrow(own.From, own.Until)
	if err != nil {
		return &windows{}
	}
	return &windows{early: hours.Intersect(early, limit), full: hours.Intersect(full, limit)}
}

// Limit is how many marketing texts a number here may get in 24 hours; 0: no limit.
func (w *Where) Limit() int {
	if w.Own.Cap > 0 && (w.lawCap == 0 || w.Own.Cap < w.lawCap) {
		return w.Own.Cap
	}
	return w.lawCap
}

// stretch is a piece of time in which the hours give one answer: open all through,
// or closed until its end.
type stretch struct {
	from, until time.Time // half-open
	open        bool
	closes      time.Time // with open: the true end, behind the closing margin
}

// on finds the stretch that holds a moment; false if no opening is near. The last
// one is remembered: people of one place are asked about one after the other.
func (w *Where) on(at time.Time) (*stretch, bool) {
	if s := w.last.Load(); s != nil && !at.Before(s.from) && at.Before(s.until) {
		return s, true
	}
	next, ok := hours.NextOpen(at, w.Zones, w.windows.early)
	if !ok {
		return nil, false
	}
	s := &stretch{from: at, until: next}
	if !next.After(at) {
		s.open = true
		s.until = hours.WindowEnd(at, w.Zones, w.windows.early)
		s.closes = hours.WindowEnd(at, w.Zones, w.windows.full)
	}
	w.last.Store(s)
	return s, true
}

// Open reports whether a moment is inside the hours of all of the places.
func (w *Where) Open(at time.Time) bool {
	s, ok := w.on(at)
	return ok && s.open
}

// Ends says, of a moment that is allowed, before when a text must begin and by when
// it must have arrived: the hours close early by the margin of the rules, so that
// what waits with the provider is still in time.
func (w *Where) Ends(at time.Time) (begin, arrive time.Time) {
	s, ok := w.on(at)
	if !ok || !s.open {
		return at, at
	}
	return s.until, s.closes
}
