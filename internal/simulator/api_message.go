package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Bounds of a send request.
const (
	maxBody          = 1 << 20
	maxDestinations  = 1000
	minExpirySeconds = 5
	maxExpirySeconds = 10799
	defaultExpiry    = 10800
)

// sendRequest is the JSON body of POST Message.
type sendRequest struct {
	Src       string      `json:"src"`
	Powerpack string      `json:"powerpack_uuid"`
	Dst       string      `json:"dst"`
	Text      string      `json:"text"`
	Type      string      `json:"type"`
	URL       string      `json:"url"`
	Method    string      `json:"method"`
	Log       any         `json:"log"`
	Expiry    json.Number `json:"message_expiry"`
	Media     []string    `json:"media_urls"`
}

// checkedSend is a request that Plivo would take.
type checkedSend struct {
	sendRequest
	destinations []string
	invalid      []string
	size         textSize
	expiry       int32
	get, masked  bool
}

func (s *Simulator) postMessage(w http.ResponseWriter, r *http.Request, began int64) {
	req, err := readSend(w, r)
	if err == nil {
		err = s.checkSource(&req)
	}
	var checked checkedSend
	if err == nil {
		checked, err = checkSend(req)
	}
	if err != nil {
		s.refuseSend(w, http.StatusBadRequest, err.Error(), req, APINone)
		return
	}

	s.mu.Lock()
	src := s.sourceOf(checked.Src)
	link := s.phones.get(checked.destinations[0]).link(src.name)
	link.tries++
	fault := s.drawAPI(src.name, checked.destinations[0], link.tries)
	if fault == APINone && s.noCreditUntil > began {
		fault = APINoCredit
	}
	if !fault.accepts() {
		s.mu.Unlock()
		s.refuseByFault(w, r, req, fault)
		return
	}
	made := s.acceptAll(checked, src, link.tries, fault, began, clientIP(r))
	uuids := make([]string, len(made))
	var settled []chan struct{}
	for i, m := range made {
		uuids[i] = m.id()
		if m.settled != nil {
			settled = append(settled, m.settled)
		}
	}
	s.mu.Unlock()

	// Nothing says that the ids come in the order of the numbers: so they do not.
	rand.Shuffle(len(uuids), func(i, j int) { uuids[i], uuids[j] = uuids[j], uuids[i] })
	body := map[string]any{"message": "message(s) queued", "message_uuid": uuids}
	if len(checked.invalid) > 0 {
		body["invalid_number"] = checked.invalid
	}
	s.answerAccepted(w, r, fault, body, settled)
}

func (s *Simulator) acceptAll(c checkedSend, src *source, try uint32, fault APIFault, began int64, ip string) []*message {
	made := make([]*message, 0, len(c.destinations))
	for _, dst := range c.destinations {
		p := s.phones.get(dst)
		m := &message{
			src: src.name, dst: p.number, text: c.Text, url: c.URL, ip: ip, powerpack: c.Powerpack, source: src,
			queue: &src.queue, began: began, try: try, expiry: c.expiry, units: uint8(c.size.Units),
			get: c.get, masked: c.masked, fault: fault,
		}
		s.accept(m)
		made = append(made, m)
	}
	return made
}

// answerAccepted answers a call whose messages are on their way.
func (s *Simulator) answerAccepted(w http.ResponseWriter, r *http.Request, fault APIFault, body map[string]any, settled []chan struct{}) {
	if s.answerOddly(w, r, fault, body) {
		return
	}
	switch fault {
	case APIEmptyAccepted:
		w.WriteHeader(http.StatusAccepted)
		return
	case APIError500After:
		s.broken(w, http.StatusInternalServerError, "internal server error")
		return
	case APIResetAfter:
		cut()
	case APISlow:
		slow := s.Faults().SlowFor
		if slow <= 0 {
			slow = 2 * time.Second
		}
		s.wait(r, slow)
	case APIHang:
		s.wait(r, time.Hour)
		cut()
	case APIGarbage:
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte(`{"message": "message(s) que`))
		return
	case APITruncated:
		w.Header().Set("Content-Length", "4096")
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte(`{"message": "message(s) queued", "message_uuid": [`))
		cut()
	case APITwoUUIDs:
		body["message_uuid"] = append(slices.Clone(body["message_uuid"].([]string)), s.freshID())
	case APICallbacksFirst:
		deadline := time.NewTimer(s.cfg.WebhookTimeout)
		defer deadline.Stop()
		for _, done := range settled {
			select {
			case <-done:
			case <-deadline.C:
			case <-s.ctx.Done():
			case <-r.Context().Done():
			}
		}
	}
	s.answer(w, http.StatusAccepted, body)
}

// cut ends the connection without an answer.
func cut() { panic(http.ErrAbortHandler) }

func (s *Simulator) wait(r *http.Request, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
}

// refuseByFault answers a call that made no message because of a fault.
func (s *Simulator) refuseByFault(w http.ResponseWriter, r *http.Request, req sendRequest, fault APIFault) {
	if s.refuseAs(w, r, req, fault) {
		return
	}
	note := func(status int, reason string) { s.noteRefusal(status, reason, req, fault) }
	switch fault {
	case APIThrottle:
		note(http.StatusTooManyRequests, "too many requests")
		s.throttled(w)
	case APIUnauthorized:
		note(http.StatusUnauthorized, "authentication failed")
		http.Error(w, "Could not verify your access level for that URL.", http.StatusUnauthorized)
	case APIGeoForbidden:
		s.refuseSend(w, http.StatusForbidden, "Message sending to this country is not enabled for this account", req, fault)
	case APINoCredit:
		s.refuseSend(w, http.StatusBadRequest, "InsufficientCredit", req, fault)
	case APIResetBefore:
		note(0, "connection cut before accepting")
		cut()
	case APIError502:
		note(http.StatusBadGateway, "bad gateway")
		s.broken(w, http.StatusBadGateway, "bad gateway")
	case APIError503:
		note(http.StatusServiceUnavailable, "service unavailable")
		s.broken(w, http.StatusServiceUnavailable, "service unavailable")
	default:
		note(http.StatusInternalServerError, "internal server error")
		s.broken(w, http.StatusInternalServerError, "internal server error")
	}
}

func (s *Simulator) refuseSend(w http.ResponseWriter, status int, reason string, req sendRequest, fault APIFault) {
	s.noteRefusal(status, reason, req, fault)
	s.refuse(w, status, reason)
}

func (s *Simulator) noteRefusal(status int, reason string, req sendRequest, fault APIFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.elapsed()
	s.counts.Refused++
	s.refusals = append(s.refusals, Refusal{
		At: s.realTime(now), Clock: s.cfg.Clock.Now(), Status: status, Reason: reason,
		Src: strip(req.Src), Dst: req.Dst, Fault: fault,
	})
}

func readSend(w http.ResponseWriter, r *http.Request) (req sendRequest, err error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return req, errors.New("the content type must be application/json")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return req, errors.New("the body could not be read")
	}
	if err := json.Unmarshal(body, &req); err != nil {
		return req, errors.New("the body is not valid JSON")
	}
	return req, nil
}

// checkSource settles who sends: a number of the account, or one of a powerpack.
func (s *Simulator) checkSource(req *sendRequest) error {
	switch {
	case (req.Src == "") == (req.Powerpack == ""):
		return errors.New("exactly one of src and powerpack_uuid must be given")
	case req.Powerpack != "":
		pool := s.cfg.Powerpacks[req.Powerpack]
		if len(pool) == 0 {
			return fmt.Errorf("powerpack %s not found", req.Powerpack)
		}
		// Sticky sender: a person hears from the same number of the pool.
		req.Src = strip(pool[int(s.roll("pool", req.Powerpack, strip(req.Dst), 0)*float64(len(pool)))])
		return nil
	}
	req.Src = strip(req.Src)
	limit := 11 // a name
	if numeric(req.Src) {
		limit = 14
	}
	if req.Src == "" || len(req.Src) > limit {
		return errors.New("src is not a valid sender")
	}
	toAmerica := strings.HasPrefix(strip(req.Dst), "1")
	if !numeric(req.Src) && toAmerica || len(s.cfg.Numbers) > 0 && numeric(req.Src) && !s.rented(req.Src) {
		return fmt.Errorf("%s is not allowed as the caller ID of an outbound message", req.Src)
	}
	return nil
}

func (s *Simulator) rented(number string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.apps.isRented(number)
}

func checkSend(req sendRequest) (c checkedSend, err error) {
	c = checkedSend{sendRequest: req, expiry: defaultExpiry}
	if req.Type != "" && req.Type != "sms" && req.Type != "mms" {
		return c, fmt.Errorf("type %s is not supported", req.Type)
	}
	if req.Text == "" && len(req.Media) == 0 {
		return c, errors.New("text must be given")
	}
	if c.size = measure(req.Text); !c.size.Fits {
		return c, errors.New("text is too long: 1600 GSM or 737 unicode characters are allowed")
	}
	if req.URL != "" {
		u, err := url.Parse(req.URL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return c, errors.New("url is not a valid address")
		}
	}
	switch strings.ToUpper(req.Method) {
	case "", http.MethodPost:
	case http.MethodGet:
		c.get = true
	default:
		return c, errors.New("method must be GET or POST")
	}
	if req.Expiry != "" {
		n, err := strconv.Atoi(req.Expiry.String())
		if err != nil || n < minExpirySeconds || n > maxExpirySeconds {
			return c, fmt.Errorf("message_expiry must be from %d to %d", minExpirySeconds, maxExpirySeconds)
		}
		c.expiry = int32(n)
	}
	c.masked = req.Log == false || req.Log == "false"
	return c, c.checkDestinations()
}

func (c *checkedSend) checkDestinations() error {
	if strings.TrimSpace(c.Dst) == "" {
		return errors.New("dst must be given")
	}
	seen := make(map[string]bool)
	for part := range strings.SplitSeq(c.Dst, "<") {
		number, ok := destination(part)
		switch {
		case seen[number]:
		case !ok:
			c.invalid = append(c.invalid, part)
		default:
			c.destinations = append(c.destinations, number)
		}
		seen[number] = true
	}
	if len(seen) > maxDestinations {
		return fmt.Errorf("dst must not name more than %d numbers", maxDestinations)
	}
	if len(c.destinations) == 0 {
		return fmt.Errorf("%s is not a valid phone number", strings.Join(c.invalid, ", "))
	}
	return nil
}

// destination strips what Plivo strips, and checks the number: 9 to 15 digits,
// and what a number of North America has to look like.
func destination(text string) (string, bool) {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune("/-.+() \t", r) {
			return -1
		}
		return r
	}, text)
	if !numeric(number) || len(number) < 9 || len(number) > 15 {
		return number, false
	}
	if number[0] == '1' {
		return number, len(number) == 11 && number[1] >= '2' && number[4] >= '2'
	}
	return number, true
}

func clientIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
