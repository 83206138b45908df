package simulator

import "time"

// plentyMicros is the balance of an account that was given none.
const plentyMicros = 1_000_000 * 1_000_000

// noCreditPause is how long the API refuses after a message that could not be
// paid for.
const noCreditPause = 2 * time.Minute

// accept makes a message of a valid request and queues it. The lock is held.
func (s *Simulator) accept(m *message) {
	m.uuid = s.newUUID()
	m.accepted = s.elapsed()
	m.shownAt = s.shown()
	s.messages = append(s.messages, m)
	s.byUUID[m.uuid] = m
	s.counts.Accepted++
	s.counts.add(m.state, 1)
	s.announce(m, passing)
	if m.fault == APICallbacksFirst {
		m.settled = make(chan struct{})
		s.begin()
		s.handOver(m, m.accepted)
		return
	}
	s.enqueue(m, m.accepted)
}

// handOver takes a message out of the queue: it fails there, or it goes to the
// carrier and is paid for. It returns whether it went. The lock is held.
func (s *Simulator) handOver(m *message, now int64) bool {
	defer s.end()
	fate := fateOf(m.dst)
	switch {
	case m.expired(s.shown()):
		s.finish(m, stateFailed, 420)
		return false
	case !s.letThrough(m.source, m.dst):
		s.finish(m, stateFailed, 200)
		return false
	case fate.State == stateFailed.String() && fate.Code != 200:
		s.finish(m, stateFailed, uint16(fate.Code))
		return false
	}
	cost, fee := m.cost()
	if s.balance < cost+fee {
		s.noCreditUntil = now + int64(noCreditPause)
		s.finish(m, stateFailed, 900)
		return false
	}
	s.balance -= cost + fee
	s.counts.CostMicros += cost
	s.counts.CarrierFeeMicros += fee
	s.counts.Units += int64(m.units)
	s.counts.HandedOver++
	m.handed, m.shownHanded = now, s.shown()
	link := s.phones.get(m.dst).link(m.source.name)
	link.got++
	end, code := outcomeOf(fate, link.got)
	s.moveTo(m, stateSent, 0)
	if end == stateSent {
		s.announce(m, final)
		return true
	}
	s.announce(m, passing)
	s.begin()
	receipt := func(int64) {
		s.finish(m, end, code)
		if end == stateDelivered {
			s.reached(m)
		}
		s.end()
	}
	if m.fault == APICallbacksFirst {
		receipt(now)
	} else {
		s.at(now+int64(s.cfg.DeliverDelay), receipt)
	}
	return true
}

// outcomeOf applies a fate to the nth text from one sender.
func outcomeOf(f *Fate, nth uint32) (state, uint16) {
	switch f.State {
	case "sent":
		return stateSent, 0
	case "undelivered":
		if f.Code == 80 && nth > 1 { // back again
			return stateDelivered, 0
		}
		return stateUndelivered, uint16(f.Code)
	}
	return stateDelivered, 0
}

func (s *Simulator) moveTo(m *message, to state, code uint16) {
	s.counts.add(m.state, -1)
	m.state, m.code = to, code
	s.counts.add(to, 1)
}

// finish moves a message to its last state and announces it. The lock is held.
func (s *Simulator) finish(m *message, to state, code uint16) {
	s.moveTo(m, to, code)
	m.shownFinal = s.shown()
	if code != 0 {
		s.counts.code(code, 1)
	}
	s.announce(m, final)
}

// reached puts a delivered text onto the phone and lets the phone answer.
func (s *Simulator) reached(m *message) {
	p := s.phones.get(m.dst)
	s.phones.show(p, m)
	if !numeric(m.src) {
		return // nobody can answer a name
	}
	if hook := s.replyHook; hook != nil {
		s.begin()
		handed := m.handedCopy(s)
		s.do(func() {
			text, ok := hook(handed)
			s.mu.Lock()
			defer s.mu.Unlock()
			if ok {
				s.answerLater(m, text)
			} else {
				s.answerByFate(p, m)
			}
			s.end()
		})
		return
	}
	s.answerByFate(p, m)
}

// answerByFate writes the answer of the fate table. A phone does not answer what
// comes within a minute of its own text: else it would thank for every help text.
func (s *Simulator) answerByFate(p *phone, m *message) {
	fate := fateOf(m.dst)
	shown := s.shown()
	if fate.Reply == "" || p.wroteAt != 0 && shown-p.wroteAt < int64(time.Minute/time.Microsecond) {
		return
	}
	p.wroteAt = shown
	s.answerLater(m, fate.Reply)
}

func (s *Simulator) answerLater(m *message, text string) {
	s.begin()
	s.at(s.elapsed()+int64(s.cfg.ReplyDelay), func(int64) {
		s.receive(m.dst, m.src, text)
		s.end()
	})
}
