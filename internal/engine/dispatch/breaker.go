package dispatch

import "time"

// When a circuit opens. One failure says little, as there are numbers that every
// provider chokes on; a number of one kind among the last outcomes says that the
// next text fares no better.
const (
	breakerWindow = 50 // outcomes that are remembered
	breakerLimit  = 20 // failures of one kind among them
	// A connection that cannot be made costs nothing but the try, so fewer will do.
	breakerUnreached = 5
	// probeEvery is how long a provider that cannot be reached is left alone
	// between two tries.
	probeEvery = 5 * time.Second
)

// fault is what an outcome says against the next text.
type fault string

const (
	sound      fault = ""           // nothing
	unreached  fault = "unreached"  // no connection: nothing is lost by waiting
	unanswered fault = "unanswered" // a timeout, a 5xx, an unreadable answer: each costs an unknown
	ofAccount  fault = "account"    // a refusal that every text of the account would meet
	ofSender   fault = "sender"
	ofCountry  fault = "country"
	ofContent  fault = "content"
)

// faultOf is the kind of failure that an outcome is. Of a 429 nothing follows
// but another pace, so it does not count.
func faultOf(r Reply) (f fault, counts bool) {
	switch r.Outcome {
	case Throttled:
		return sound, false
	case NotSent:
		return unreached, true
	case Unknown:
		return unanswered, true
	case Rejected:
		return fault(r.Class), true
	}
	return sound, true
}

// limit is how many failures open a circuit.
func (f fault) limit() int {
	switch f {
	case ofAccount:
		return 1 // a definite word about all texts
	case unreached:
		return breakerUnreached
	}
	return breakerLimit
}

// circuit watches the outcomes of one scope. Closed, all may pass. Once it has
// opened, one text at a time may try, until one of them is answered well.
type circuit struct {
	last  [breakerWindow]fault
	n     int // outcomes so far
	open  fault
	halt  bool      // not even one text, until the runs are paused
	probe string    // the text that tries
	until time.Time // no try before
}

func (c *circuit) ready(now time.Time) bool {
	return c.open == sound || !c.halt && c.probe == "" && !now.Before(c.until)
}

// add takes an outcome in and reports whether the circuit opens by it.
func (c *circuit) add(now time.Time, id string, f fault) bool {
	if c.open != sound {
		if c.probe != id {
			return false // it had begun before
		}
		c.probe = ""
		if f == sound {
			*c = circuit{}
			return false
		}
		return c.trip(now, f)
	}
	c.last[c.n%breakerWindow] = f
	c.n++
	if f == sound {
		return false
	}
	same := 0
	for _, l := range c.last[:min(c.n, breakerWindow)] {
		if l == f {
			same++
		}
	}
	return same >= f.limit() && c.trip(now, f)
}

func (c *circuit) trip(now time.Time, f fault) bool {
	*c = circuit{open: f, halt: true}
	if f == unreached {
		c.halt, c.until = false, now.Add(probeEvery)
	}
	return true
}

// breaker has a circuit for the account, one for each sender and one for each
// run, as that is how far a failure reaches.
type breaker struct {
	account circuit
	senders map[string]*circuit
	runs    map[string]*circuit
}

func newBreaker() breaker {
	return breaker{senders: make(map[string]*circuit), runs: make(map[string]*circuit)}
}

// trip is a circuit that has opened.
type trip struct {
	fault
	sender, run string // of the text that opened it
	reply       Reply
}

// ready reports whether a text of a sender may be taken.
func (b *breaker) ready(now time.Time, sender string) bool {
	s := b.senders[sender]
	return b.account.ready(now) && (s == nil || s.ready(now))
}

// take lets a text through that was ready; an open circuit waits for it.
func (b *breaker) take(c Candidate) {
	for _, of := range []*circuit{&b.account, b.senders[c.Sender]} {
		if of != nil && of.open != sound {
			of.probe = c.ID
		}
	}
}

// drop takes a text back whose outcome will not be known, or says nothing.
func (b *breaker) drop(c Candidate) {
	for _, of := range []*circuit{&b.account, b.senders[c.Sender]} {
		if of != nil && of.probe == c.ID {
			of.probe = ""
		}
	}
}

// tries reports whether a text is one that an open circuit let through.
func (b *breaker) tries(c Candidate) bool {
	s := b.senders[c.Sender]
	return b.account.probe == c.ID || s != nil && s.probe == c.ID
}

// record takes an outcome in and reports a circuit that it opens.
func (b *breaker) record(now time.Time, c Candidate, r Reply) (trip, bool) {
	f, counts := faultOf(r)
	if !counts {
		b.drop(c)
		return trip{}, false
	}
	opens := false
	add := func(to *circuit, mine ...fault) {
		g := sound
		for _, m := range mine {
			if f == m {
				g = f
			}
		}
		opens = to.add(now, c.ID, g) || opens
	}
	add(&b.account, unreached, unanswered, ofAccount)
	add(in(b.senders, c.Sender), ofSender)
	if c.Run != "" {
		add(in(b.runs, c.Run), ofCountry, ofContent)
	}
	return trip{f, c.Sender, c.Run, r}, opens
}

func in(circuits map[string]*circuit, of string) *circuit {
	if circuits[of] == nil {
		circuits[of] = &circuit{}
	}
	return circuits[of]
}

// paused says that the runs which a trip concerns have stopped: from now on one
// text may try, if somebody resumes one. A run's own circuit starts anew.
func (b *breaker) paused(t trip) {
	switch t.fault {
	case ofCountry, ofContent:
		delete(b.runs, t.run)
	case ofSender:
		in(b.senders, t.sender).halt = false
	default:
		b.account.halt = false
	}
}

// keep forgets senders and runs that are no more.
func (b *breaker) keep(senders, runs map[string]bool) {
	for id, c := range b.senders {
		if !senders[id] && c.open == sound {
			delete(b.senders, id)
		}
	}
	for id, c := range b.runs {
		if !runs[id] && c.open == sound {
			delete(b.runs, id)
		}
	}
}
