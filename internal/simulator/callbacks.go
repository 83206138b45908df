package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// callback is the news of one change of state. It is told as it was when it
// came about, however often and late it is sent.
type callback struct {
	m       *message
	state   state
	code    uint16
	seq     uint8
	final   bool
	fault   CallbackFault
	handed  int64 // shown times
	receipt int64
}

// callbackChain keeps the first tries of one message's callbacks in order.
type callbackChain struct {
	busy    bool
	waiting []*callback
}

// mark tells the last announcement of a message from the others.
type mark uint8

const (
	passing mark = iota
	final
)

// announce makes the callback of the state that m is in. The lock is held.
func (s *Simulator) announce(m *message, k mark) {
	m.seq++
	if m.url == "" {
		if k == final {
			m.settle()
		}
		return
	}
	s.begin()
	m.callbacks.waiting = append(m.callbacks.waiting, &callback{
		m: m, state: m.state, code: m.code, seq: m.seq, final: k == final,
		fault: s.drawCallback(m, m.seq), handed: m.shownHanded, receipt: m.shownFinal,
	})
	s.pump(m)
}

func (m *message) settle() {
	if m.settled != nil {
		close(m.settled)
		m.settled = nil
	}
}

// pump starts the next callback of a message unless one is out. The lock is held.
func (s *Simulator) pump(m *message) {
	chain := &m.callbacks
	for !chain.busy && len(chain.waiting) > 0 {
		next := chain.waiting[0]
		if next.fault == CallbackReorder && !next.final {
			if len(chain.waiting) == 1 {
				return // its successor goes first
			}
			next.fault = CallbackNone
			chain.waiting[0], chain.waiting[1] = chain.waiting[1], next
			s.stats.Reordered++
			continue
		}
		chain.waiting = chain.waiting[1:]
		if len(chain.waiting) == 0 {
			chain.waiting = nil
		}
		if next.fault == CallbackDrop {
			s.stats.Dropped++
			s.over(next)
			continue
		}
		chain.busy = true
		s.do(func() { s.sendCallback(next, 0) })
		if next.fault == CallbackDuplicate {
			s.stats.Duplicated++
			s.begin()
			s.do(func() { s.sendTwin(next) })
		}
	}
}

// over ends the life of a callback.
func (s *Simulator) over(c *callback) {
	if c.final {
		c.m.settle()
	}
	s.end()
}

// sendCallback is one try, made by a worker.
func (s *Simulator) sendCallback(c *callback, try int) {
	fault := c.fault
	if try > 0 {
		fault = CallbackNone // what went wrong once is put right by the retry
	}
	ok := s.post(c.m.callbackMethod(), c.m.url, c.form(), fault)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Sent++
	if ok {
		s.stats.Acknowledged++
		c.m.told |= 1 << c.state
	}
	if try == 0 {
		c.m.callbacks.busy = false
		defer s.pump(c.m)
		if c.final {
			c.m.settle()
		}
	}
	switch {
	case ok:
		s.end()
	case try < len(s.cfg.RetryDelays):
		s.at(s.elapsed()+int64(s.cfg.RetryDelays[try]), func(int64) {
			s.do(func() { s.sendCallback(c, try+1) })
		})
	default:
		s.stats.GaveUp++
		s.end()
	}
}

// sendTwin sends a callback a second time, once.
func (s *Simulator) sendTwin(c *callback) {
	ok := s.post(c.m.callbackMethod(), c.m.url, c.form(), CallbackNone)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stats.Sent++
	if ok {
		s.stats.Acknowledged++
		c.m.told |= 1 << c.state
	}
	s.end()
}

func (m *message) callbackMethod() string {
	if m.get {
		return http.MethodGet
	}
	return http.MethodPost
}

// form holds every field that Plivo documents for status callbacks.
func (c *callback) form() url.Values {
	m := c.m
	cost, _ := m.cost()
	v := url.Values{
		"MessageUUID": {m.id()}, "ParentMessageUUID": {m.id()}, "PartInfo": {"1 of 1"},
		"Status": {c.state.String()}, "Sequence": {strconv.Itoa(int(c.seq))},
		"From": {m.src}, "To": {m.dst}, "Type": {"sms"},
		"Units": {strconv.Itoa(int(m.units))}, "TotalRate": {dollars(rateOf(m.dst))}, "TotalAmount": {dollars(cost)},
		"MCC": {""}, "MNC": {""}, "ErrorCode": {""},
		"MessageTime": {callbackTime(m.shownAt)}, "QueuedTime": {callbackTime(m.shownAt)},
		"SentTime": {callbackTime(c.handed)}, "DeliveryReportTime": {""},
		"requester_ip": {m.ip}, "PowerpackUUID": {m.powerpack},
		"ConversationID": {""}, "ConversationOrigin": {""}, "ConversationExpirationTimestamp": {""},
	}
	if c.handed != 0 {
		mcc, mnc := networkOf(m.dst)
		v["MCC"], v["MNC"] = []string{mcc}, []string{mnc}
	}
	switch c.state {
	case stateFailed:
		v.Set("TotalAmount", dollars(0))
		fallthrough
	case stateUndelivered:
		v.Set("ErrorCode", fmt.Sprintf("%03d", c.code))
	case stateDelivered:
		v.Set("ErrorCode", "000")
	}
	if c.state >= stateDelivered && c.handed != 0 {
		v.Set("DeliveryReportTime", callbackTime(c.receipt))
	}
	return v
}

// callbackTime is Plivo's format in webhooks, which names no zone.
func callbackTime(micros int64) string {
	if micros == 0 {
		return ""
	}
	return time.UnixMicro(micros).UTC().Format("2006-01-02 15:04:05.000000")
}

// post sends one signed webhook request and says whether it was answered 2xx in
// time. Redirects are not followed and count as no.
func (s *Simulator) post(method, address string, form url.Values, f CallbackFault) bool {
	ctx, cancel := context.WithTimeout(s.ctx, s.cfg.WebhookTimeout)
	defer cancel()
	target, body := address, io.Reader(nil)
	if method == http.MethodGet {
		target = withQuery(address, form)
	} else {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return false
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("User-Agent", "PlivoSimulator/1.0")
	s.signatureHeaders(req.Header, method, address, form, f)
	resp, err := s.client.Do(req)
	if err != nil {
		var failed *url.Error // its own text names the address, whose path is a secret
		if errors.As(err, &failed) {
			err = failed.Err
		}
		s.cfg.Log.Debug("webhook not answered", "error", err)
		return false
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	return err == nil && resp.StatusCode >= 200 && resp.StatusCode < 300
}

func withQuery(address string, form url.Values) string {
	address, _, _ = strings.Cut(address, "#")
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + form.Encode()
}
