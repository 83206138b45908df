package simulator

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Ledger is the truth about everything that reached the simulator, for tests
// and for reconciling reports. It may be asked at any time, by anybody.
type Ledger struct{ s *Simulator }

// Ledger opens the books.
func (s *Simulator) Ledger() *Ledger { return &Ledger{s} }

// Request is one message that the API accepted, whether or not the caller could
// see it.
type Request struct {
	UUID        string
	Src, Dst    string // digits
	Text        string
	Units       int
	CallbackURL string
	Began       time.Time // real: the request arrived
	Accepted    time.Time
	Clock       time.Time // legal time at acceptance
	HandedOver  time.Time // real; zero if it never went to the carrier
	HandedClock time.Time // legal
	State       string
	Code        int
	CostMicros  int64 // without carrier fees
	Fault       APIFault
	Told        []string // states whose callbacks our webhook answered 2xx

	began int64
}

// Handed is one text that was given to the carrier.
type Handed struct {
	UUID, Src, Dst, Text string
	Units                int
	At, Clock            time.Time
}

// Inbound is one text that a phone wrote.
type Inbound struct {
	UUID, From, To, Text string
	Intent               string // optout, optin, help or empty
	Revokes              bool   // a STOP in the eyes of the law, wider than Intent
	Arrived, Clock       time.Time
	Acknowledged         time.Time // our webhook answered 2xx; zero if it did not

	began, acked int64
}

// Refusal is one API call that made no message.
type Refusal struct {
	At, Clock time.Time
	Status    int // 0: the connection was cut
	Reason    string
	Src, Dst  string
	Fault     APIFault
}

// Counts add up the account.
type Counts struct {
	Accepted         int64 `json:"accepted"`
	HandedOver       int64 `json:"handedOver"`
	Refused          int64 `json:"refused"`
	Inbound          int64 `json:"inbound"`
	AutoReplies      int64 `json:"autoReplies"`
	Units            int64 `json:"units"`
	CostMicros       int64 `json:"costMicros"`
	CarrierFeeMicros int64 `json:"carrierFeeMicros"`

	states [len(stateNames)]int64
	codes  map[uint16]int64
}

func (c *Counts) add(st state, n int64) { c.states[st] += n }

func (c *Counts) code(code uint16, n int64) {
	if c.codes == nil {
		c.codes = make(map[uint16]int64)
	}
	c.codes[code] += n
}

// CallbackStats count webhook requests.
type CallbackStats struct {
	Sent         int64 `json:"sent"` // tries
	Acknowledged int64 `json:"acknowledged"`
	Dropped      int64 `json:"dropped"`
	Duplicated   int64 `json:"duplicated"`
	Reordered    int64 `json:"reordered"`
	GaveUp       int64 `json:"gaveUp"` // after the last retry
}

// Accepted are all accepted requests in their order.
func (l *Ledger) Accepted() []Request {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	requests := make([]Request, 0, l.s.counts.Accepted)
	for _, m := range l.s.messages {
		if m.kind == outbound {
			requests = append(requests, m.request(l.s))
		}
	}
	return requests
}

// Requests is another name of Accepted.
func (l *Ledger) Requests() []Request { return l.Accepted() }

// HandedOver are the texts that went to the carrier, in the order they went.
func (l *Ledger) HandedOver() []Handed {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	gone := make([]*message, 0, l.s.counts.HandedOver)
	for _, m := range l.s.messages {
		if m.kind == outbound && m.handed != 0 {
			gone = append(gone, m)
		}
	}
	slices.SortStableFunc(gone, func(a, b *message) int { return cmp.Compare(a.handed, b.handed) })
	handed := make([]Handed, len(gone))
	for i, m := range gone {
		handed[i] = m.handedCopy(l.s)
	}
	return handed
}

// AutoReplies are the texts that Plivo sent by itself.
func (l *Ledger) AutoReplies() []Handed {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	var replies []Handed
	for _, m := range l.s.messages {
		if m.kind == automatic {
			replies = append(replies, m.handedCopy(l.s))
		}
	}
	return replies
}

// Inbound are the texts that phones wrote, in their order.
func (l *Ledger) Inbound() []Inbound {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	texts := make([]Inbound, len(l.s.inbounds))
	for i, m := range l.s.inbounds {
		texts[i] = m.inbound(l.s)
	}
	return texts
}

// Refusals are the calls that made no message, in their order.
func (l *Ledger) Refusals() []Refusal {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return slices.Clone(l.s.refusals)
}

// Counts are the totals so far.
func (l *Ledger) Counts() Counts {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	c := l.s.counts
	c.codes = nil
	return c
}

// Callbacks are the webhook totals so far.
func (l *Ledger) Callbacks() CallbackStats {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.s.stats
}

// States count the accepted messages by the state they are in now.
func (l *Ledger) States() map[string]int64 {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	states := make(map[string]int64)
	for st, n := range l.s.counts.states {
		if n != 0 {
			states[stateNames[st]] = n
		}
	}
	return states
}

// Codes count the messages that ended with an error code.
func (l *Ledger) Codes() map[int]int64 {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	codes := make(map[int]int64, len(l.s.counts.codes))
	for code, n := range l.s.counts.codes {
		codes[int(code)] = n
	}
	return codes
}

// CostMicros is what was charged for, without carrier fees; Units how many.
func (l *Ledger) CostMicros() int64 { return l.Counts().CostMicros }

// Units is the number of units charged for.
func (l *Ledger) Units() int64 { return l.Counts().Units }

// Twice is one thing that was accepted more than once.
type Twice struct {
	Key      string
	Requests []Request
}

// TextedTwice finds what was accepted more than once, in the order of the second
// time. key tells which requests are the same to you; an empty one is left out,
// and a nil key means the same text to the same number.
func (l *Ledger) TextedTwice(key func(Request) string) []Twice {
	if key == nil {
		key = func(r Request) string { return r.Dst + "\x00" + r.Text }
	}
	requests := l.Accepted()
	seen := make(map[string]int, len(requests)) // index of the first, or of the Twice below 0
	var twice []Twice
	for i, r := range requests {
		k := key(r)
		if k == "" {
			continue
		}
		first, again := seen[k]
		switch {
		case !again:
			seen[k] = i
		case first >= 0:
			seen[k] = -1 - len(twice)
			twice = append(twice, Twice{Key: k, Requests: []Request{requests[first], r}})
		default:
			t := &twice[-1-first]
			t.Requests = append(t.Requests, r)
		}
	}
	return twice
}

// StartedAfterStop finds the requests that began after a STOP of that person to
// that sender had been acknowledged by our webhook, and before the person wrote
// START. One message that confirms the opt-out is allowed for each STOP.
func (l *Ledger) StartedAfterStop() []Request { return l.StartedAfterStopBy(0) }

// StartedAfterStopBy is StartedAfterStop for requests that began more than slack
// after the acknowledgement. Over real sockets a request that was written just
// before may be seen just after.
func (l *Ledger) StartedAfterStopBy(slack time.Duration) []Request {
	type pair struct{ ours, theirs string }
	type ban struct {
		from, until int64
		confirmed   bool
	}
	bans := make(map[pair][]*ban)
	for _, in := range l.Inbound() {
		p := pair{in.To, in.From}
		switch {
		case in.Revokes && in.acked != 0:
			bans[p] = append(bans[p], &ban{from: in.acked + int64(slack)})
		case !in.Revokes && intentOf(in.Text) == intentOptIn:
			for _, b := range bans[p] {
				if b.until == 0 {
					b.until = max(in.began, 1)
				}
			}
		}
	}
	if len(bans) == 0 {
		return nil
	}
	var late []Request
	for _, r := range l.Accepted() {
		in := slices.DeleteFunc(slices.Clone(bans[pair{r.Src, r.Dst}]), func(b *ban) bool {
			return r.began <= b.from || b.until != 0 && r.began >= b.until
		})
		if len(in) == 0 {
			continue
		}
		unused := slices.IndexFunc(in, func(b *ban) bool { return !b.confirmed })
		if unused >= 0 && confirmsOptOut(r.Text) {
			in[unused].confirmed = true
			continue
		}
		late = append(late, r)
	}
	return late
}

// confirmsOptOut recognises the one message that the law allows after a STOP
// (47 CFR 64.1200(a)(12)).
func confirmsOptOut(text string) bool {
	text = strings.ToLower(text)
	for _, words := range []string{"unsubscribed", "opted out", "opted-out", "no more texts", "no more messages", "no longer receive", "not receive", "no further"} {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

func (m *message) request(s *Simulator) Request {
	r := Request{
		UUID: m.id(), Src: m.src, Dst: m.dst, Text: m.text, Units: int(m.units), CallbackURL: m.url,
		Began: s.realTime(m.began), Accepted: s.realTime(m.accepted), Clock: time.UnixMicro(m.shownAt).UTC(),
		State: m.state.String(), Code: int(m.code), Fault: m.fault, began: m.began,
	}
	if m.handed != 0 {
		r.HandedOver, r.HandedClock = s.realTime(m.handed), time.UnixMicro(m.shownHanded).UTC()
		r.CostMicros, _ = m.cost()
	}
	for st, name := range stateNames {
		if m.told&(1<<st) != 0 {
			r.Told = append(r.Told, name)
		}
	}
	return r
}

func (m *message) handedCopy(s *Simulator) Handed {
	return Handed{UUID: m.id(), Src: m.src, Dst: m.dst, Text: m.text, Units: int(m.units),
		At: s.realTime(m.handed), Clock: time.UnixMicro(m.shownHanded).UTC()}
}

func (m *message) inbound(s *Simulator) Inbound {
	in := Inbound{
		UUID: m.id(), From: m.src, To: m.dst, Text: m.text, Intent: m.intent.String(), Revokes: revokes(m.text),
		Arrived: s.realTime(m.accepted), Clock: time.UnixMicro(m.shownAt).UTC(), began: m.began, acked: m.acked,
	}
	if m.acked != 0 {
		in.Acknowledged = s.realTime(m.acked)
	}
	return in
}
