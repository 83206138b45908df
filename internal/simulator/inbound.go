package simulator

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// Inject is a phone writing to a number of the account: keywords are handled
// first, as Plivo does, then the signed webhook goes out. It returns at once;
// Idle waits for the answer.
func (s *Simulator) Inject(from, to, text string) (uuid string, err error) {
	from, to = strip(from), strip(to)
	switch {
	case !numeric(from) || len(from) < 9 || len(from) > 15:
		return "", fmt.Errorf("%q is not a phone number: write it with its country code", from)
	case !numeric(to):
		return "", fmt.Errorf("%q cannot be written to: give a number or short code of the account", to)
	case text == "":
		return "", errors.New("the text is empty")
	case !measure(text).Fits:
		return "", errors.New("the text is too long for one message")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errors.New("the simulator is closed")
	}
	return s.receive(from, to, text).id(), nil
}

// SetInbound sets where texts to a number are reported (the message_url of its
// application). The number "" is every number without an address of its own.
func (s *Simulator) SetInbound(number, url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apps.setInbound(strip(number), url)
}

// receive takes one text from a phone. The lock is held.
func (s *Simulator) receive(from, to, text string) *message {
	src := s.sourceOf(to)
	now, shown := s.elapsed(), s.shown()
	m := &message{
		uuid: s.newUUID(), kind: inbound, state: stateReceived, src: from, dst: to, text: text,
		units: uint8(measure(text).Units), source: src, began: now, accepted: now, shownAt: shown, shownHanded: shown,
	}
	if src.dnd {
		m.intent = intentOf(text)
	}
	p := s.phones.get(from)
	p.wroteAt = shown
	s.messages = append(s.messages, m)
	s.byUUID[m.uuid] = m
	s.inbounds = append(s.inbounds, m)
	s.counts.Inbound++
	s.phones.show(p, m)
	s.handleKeyword(src, from, m.intent)
	if address := s.apps.inboundURL(to); address != "" {
		m.url = address
		s.begin()
		s.do(func() { s.sendInbound(m, 0) })
	}
	return m
}

// sendInbound is one try of the inbound webhook.
func (s *Simulator) sendInbound(m *message, try int) {
	ok := s.post(http.MethodPost, m.url, inboundForm(m), CallbackNone)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Sent++
	switch {
	case ok:
		s.stats.Acknowledged++
		m.acked = s.elapsed()
		m.state = stateDelivered
		s.end()
	case try < len(s.cfg.RetryDelays):
		s.at(s.elapsed()+int64(s.cfg.RetryDelays[try]), func(int64) {
			s.do(func() { s.sendInbound(m, try+1) })
		})
	default:
		s.stats.GaveUp++
		m.state = stateUndelivered
		s.end()
	}
}

// inboundForm holds what Plivo reports of an inbound text. It reads only what
// does not change.
func inboundForm(m *message) url.Values {
	return url.Values{
		"MessageUUID": {m.id()}, "From": {m.src}, "To": {m.dst}, "Text": {m.text}, "Type": {"sms"},
		"Units": {strconv.Itoa(int(m.units))}, "TotalRate": {dollars(0)}, "TotalAmount": {dollars(0)},
		"PowerpackUUID": {""}, "MessageIntent": {m.intent.String()},
	}
}
