package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// How far back the list goes without a time filter, and how long records live.
const (
	pageSize      = 20
	defaultWindow = 24 * time.Hour
	retention     = 90 * 24 * time.Hour
	textRetention = 7 * 24 * time.Hour
)

func (s *Simulator) getMessage(w http.ResponseWriter, id string) {
	uuid, ok := parseUUID(id)
	s.mu.Lock()
	m := s.byUUID[uuid]
	if !ok || m == nil || !s.visible(m, s.elapsed(), s.shown()) {
		s.mu.Unlock()
		s.notFound(w)
		return
	}
	record := s.record(m)
	s.mu.Unlock()
	s.answer(w, http.StatusOK, record)
}

// visible says whether the record API shows a message yet, and still.
func (s *Simulator) visible(m *message, now, shown int64) bool {
	return m.kind != automatic && now-m.accepted >= int64(s.cfg.VisibilityDelay) && shown-m.shownAt < retention.Microseconds()
}

// listMessages answers newest first. Like Plivo it looks back 24 hours unless
// asked for a time.
func (s *Simulator) listMessages(w http.ResponseWriter, r *http.Request) {
	if !s.limiter.list(s.cfg.Limits, s.elapsed()) {
		s.throttled(w)
		return
	}
	q := r.URL.Query()
	limit, offset := pageSize, 0
	for name, value := range map[string]*int{"limit": &limit, "offset": &offset} {
		if q.Get(name) == "" {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 0 || name == "limit" && (n < 1 || n > pageSize) {
			s.refuse(w, http.StatusBadRequest, name+" is out of range")
			return
		}
		*value = n
	}
	f, err := s.parseFilter(q)
	if err != nil {
		s.refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	objects, more := s.find(f, limit, offset)
	meta := map[string]any{"limit": limit, "offset": offset, "next": nil, "previous": nil}
	if more {
		meta["next"] = s.pageURL(q, limit, offset+limit)
	}
	if offset > 0 {
		meta["previous"] = s.pageURL(q, limit, max(0, offset-limit))
	}
	s.answer(w, http.StatusOK, map[string]any{"meta": meta, "objects": objects})
}

func (s *Simulator) pageURL(q url.Values, limit, offset int) string {
	page := url.Values{}
	for k, v := range q {
		page[k] = v
	}
	page.Set("limit", strconv.Itoa(limit))
	page.Set("offset", strconv.Itoa(offset))
	return s.accountPath("Message/") + "?" + page.Encode()
}

func (s *Simulator) find(f filter, limit, offset int) (objects []map[string]any, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	objects = []map[string]any{}
	now, shown := s.elapsed(), s.shown()
	for i := len(s.messages) - 1; i >= 0; i-- {
		m := s.messages[i]
		if m.shownAt < f.from {
			break // in the order of the clock, which never goes back
		}
		if !s.visible(m, now, shown) || !f.matches(m) {
			continue
		}
		if offset > 0 {
			offset--
			continue
		}
		if len(objects) == limit {
			return objects, true
		}
		objects = append(objects, s.record(m))
	}
	return objects, false
}

// filter is what a list call asks for; times are shown microseconds, both ends
// belong to it.
type filter struct {
	from, until int64
	equal       []func(*message) bool
}

func (f filter) matches(m *message) bool {
	if m.shownAt < f.from || m.shownAt > f.until {
		return false
	}
	for _, is := range f.equal {
		if !is(m) {
			return false
		}
	}
	return true
}

func (s *Simulator) parseFilter(q url.Values) (filter, error) {
	f := filter{from: s.cfg.Clock.Now().Add(-defaultWindow).UnixMicro(), until: 1<<63 - 1}
	for name, values := range q {
		value := values[0]
		if bound, ok := strings.CutPrefix(name, "message_time"); ok {
			if err := f.bound(bound, value); err != nil {
				return f, err
			}
			continue
		}
		is, err := equalFilter(name, value)
		if err != nil {
			return f, err
		}
		if is != nil {
			f.equal = append(f.equal, is)
		}
	}
	if f.from == 0 || timeAsked(q) && !q.Has("message_time__gt") && !q.Has("message_time__gte") && !q.Has("message_time") {
		f.from = 0
	}
	return f, nil
}

func timeAsked(q url.Values) bool {
	for name := range q {
		if strings.HasPrefix(name, "message_time") {
			return true
		}
	}
	return false
}

func (f *filter) bound(op, value string) error {
	t, err := parseListTime(value)
	if err != nil {
		return err
	}
	switch op {
	case "":
		f.from, f.until = t, t+999_999
	case "__gt":
		f.from = t + 1
	case "__gte":
		f.from = t
	case "__lt":
		f.until = t - 1
	case "__lte":
		f.until = t
	default:
		return fmt.Errorf("message_time%s is not a filter", op)
	}
	return nil
}

func parseListTime(value string) (int64, error) {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05.999999", "2006-01-02"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t.UnixMicro(), nil
		}
	}
	return 0, fmt.Errorf("message_time %q is not of the form YYYY-MM-DD HH:MM[:ss[.uuuuuu]]", value)
}

func equalFilter(name, value string) (func(*message) bool, error) {
	switch name {
	case "to_number":
		value = strip(value)
		return func(m *message) bool { return m.dst == value }, nil
	case "from_number":
		value = strip(value)
		return func(m *message) bool { return m.src == value }, nil
	case "message_state":
		return func(m *message) bool { return m.state.String() == value }, nil
	case "message_direction":
		return func(m *message) bool { return m.direction() == value }, nil
	case "message_type":
		return func(*message) bool { return value == "sms" }, nil
	case "powerpack_id":
		return func(m *message) bool { return m.powerpack == value }, nil
	case "error_code":
		code, err := strconv.Atoi(value)
		if err != nil {
			return nil, fmt.Errorf("error_code %q is not a number", value)
		}
		return func(m *message) bool { return int(m.code) == code }, nil
	}
	return nil, nil // Plivo ignores what it does not know
}

func (m *message) direction() string {
	if m.kind == inbound {
		return "inbound"
	}
	return "outbound"
}

// record is a message as GET and list show it. The lock is held.
func (s *Simulator) record(m *message) map[string]any {
	amount, fees := m.cost()
	if m.handed == 0 {
		amount, fees = 0, 0
	}
	to := m.dst
	if m.masked && len(to) > 4 {
		to = to[:len(to)-4] + "XXXX"
	}
	country := ""
	if strings.HasPrefix(m.dst, "1") {
		country = "US"
	}
	rate := rateOf(m.dst)
	if m.kind == inbound {
		rate = inboundRateMicros
	}
	record := map[string]any{
		"message_uuid": m.id(), "message_direction": m.direction(), "message_state": m.state.String(), "message_type": "sms",
		"message_time": recordTime(m.shownAt), "message_sent_time": recordTime(m.shownHanded),
		"message_updated_time": recordTime(max(m.shownAt, m.shownHanded, m.shownFinal)),
		"from_number":          m.src, "to_number": to, "units": m.units,
		"total_rate": dollars(rate), "total_amount": dollars(amount),
		"carrier_fees": dollars(fees), "carrier_fees_rate": dollars(carrierFeeOf(m.dst)),
		"error_code": nil, "error_message": errorText(m.code),
		"destination_country_iso2": country, "destination_network": networkName(m.dst),
		"powerpack_id": m.powerpack, "requester_ip": m.ip, "is_domestic": country == "US", "replaced_sender": "",
		"tendlc_campaign_id": s.cfg.Campaigns[m.src], "tendlc_registration_status": "", "log": logText(m.masked),
		"dlt_entity_id": "", "dlt_template_id": "", "dlt_template_category": "",
		"conversation_id": "", "conversation_origin": "", "conversation_expiration_timestamp": "",
		"resource_uri": s.accountPath("Message/" + m.id() + "/"),
	}
	switch {
	case m.code != 0:
		record["error_code"] = fmt.Sprintf("%03d", m.code)
	case m.state == stateDelivered:
		record["error_code"] = "000"
	}
	if !m.masked && s.shown()-m.shownAt < textRetention.Microseconds() {
		record["text"] = m.text
	}
	return record
}

func logText(masked bool) string {
	if masked {
		return "false"
	}
	return "true"
}

func networkName(dst string) string {
	mcc, mnc := networkOf(dst)
	for _, n := range networks {
		if n.mcc == mcc && n.mnc == mnc {
			return n.name
		}
	}
	return ""
}

// recordTime is Plivo's format in JSON: with an offset.
func recordTime(micros int64) any {
	if micros == 0 {
		return nil
	}
	return time.UnixMicro(micros).UTC().Format("2006-01-02 15:04:05.000000-07:00")
}
