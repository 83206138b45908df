package simulator

import "time"

// source is a sender: a number, short code or name, with the queue that Plivo
// keeps for it (one each, first in first out).
type source struct {
	name  string
	scope string // what a STOP blocks: the number, or its 10DLC campaign
	dnd   bool   // Plivo answers keywords and blocks
	queue queue
}

type queue struct {
	pacer
	waiting   fifo[*message]
	scheduled bool
}

// pacer spaces messages out. While there is work it keeps its rhythm, so that a
// late timer does not lower the rate; it saves nothing up while idle.
type pacer struct {
	interval int64 // nanoseconds; 0 is unlimited
	next     int64
}

func intervalOf(rate, speed float64) int64 {
	if rate <= 0 {
		return 0
	}
	return int64(float64(time.Second) / (rate * speed))
}

func (p *pacer) take() { p.next += p.interval }

func (p *pacer) rested(now int64) {
	if p.next < now {
		p.next = now
	}
}

// sourceOf finds or makes a sender by its stripped name. The lock is held.
func (s *Simulator) sourceOf(name string) *source {
	if src, ok := s.sources[name]; ok {
		return src
	}
	rate, ok := s.cfg.Rates[name]
	if !ok {
		rate = s.cfg.DefaultRate
	}
	src := &source{name: name, scope: name, dnd: keywordsHandled(name)}
	if campaign := s.cfg.Campaigns[name]; campaign != "" {
		src.scope = "campaign " + campaign
	}
	src.queue.interval = intervalOf(rate, s.cfg.Speed)
	s.sources[name] = src
	return src
}

// enqueue puts an accepted message into its sender's queue. The lock is held.
func (s *Simulator) enqueue(m *message, now int64) {
	s.begin()
	q := m.queue
	if q.waiting.len() == 0 {
		q.rested(q.readyAt(m, s.cfg.CallbackDelay))
		s.account.rested(q.readyAt(m, s.cfg.CallbackDelay))
	}
	// A message that would wait longer than it lives has to die on time.
	if wait := int64(q.waiting.len()) * max(q.interval, s.account.interval); wait > int64(m.expiry)*int64(time.Second) {
		s.at(now+int64(m.expiry)*int64(time.Second), func(int64) { s.sweep(q) })
	}
	q.waiting.push(m)
	s.scheduleQueue(q)
}

func (s *Simulator) scheduleQueue(q *queue) {
	if q.scheduled || q.waiting.len() == 0 {
		return
	}
	q.scheduled = true
	s.at(max(q.readyAt(q.waiting.first(), s.cfg.CallbackDelay), q.next, s.account.next), func(now int64) {
		q.scheduled = false
		s.drain(q, now)
		s.scheduleQueue(q)
	})
}

func (q *queue) readyAt(m *message, delay time.Duration) int64 { return m.accepted + int64(delay) }

// drain hands over what may leave by now.
func (s *Simulator) drain(q *queue, now int64) {
	for range eventsAtOnce {
		if q.waiting.len() == 0 {
			return
		}
		m := q.waiting.first()
		if max(q.readyAt(m, s.cfg.CallbackDelay), q.next, s.account.next) > now {
			return
		}
		q.waiting.pop()
		if s.handOver(m, now) {
			q.take()
			s.account.take()
		}
	}
}

// sweep ends the waiting messages whose time is over.
func (s *Simulator) sweep(q *queue) {
	shown := s.shown()
	kept := make([]*message, 0, q.waiting.len())
	for _, m := range q.waiting.rest() {
		if !m.expired(shown) {
			kept = append(kept, m)
			continue
		}
		s.finish(m, stateFailed, 420)
		s.end()
	}
	q.waiting.set(kept)
}

func (m *message) expired(shown int64) bool {
	return shown >= m.shownAt+int64(m.expiry)*1e6
}

// clockMoved looks at all queues after the legal clock was advanced.
func (s *Simulator) clockMoved() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	for _, src := range s.sources {
		s.sweep(&src.queue)
	}
}
