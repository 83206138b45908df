package simulator

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (s *Simulator) getAccount(w http.ResponseWriter, _ *http.Request) {
	s.answer(w, http.StatusOK, map[string]any{
		"account_type": "standard", "auth_id": s.cfg.AuthID, "name": "Tidings sandbox", "address": "", "city": "", "state": "",
		"auto_recharge": false, "billing_mode": "prepaid", "cash_credits": dollars(s.Balance()), "timezone": "UTC",
		"resource_uri": s.accountPath(""),
	})
}

// Balance is what is left on the account, in micros of a US dollar.
func (s *Simulator) Balance() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.balance
}

// AddCredit puts money on the account (negative: takes some off) and ends the
// time in which the API refuses for want of it.
func (s *Simulator) AddCredit(micros int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.balance += micros
	s.noCreditUntil = 0
}

func (s *Simulator) getPricing(w http.ResponseWriter, r *http.Request) {
	iso := strings.ToUpper(r.URL.Query().Get("country_iso"))
	country, ok := countries[iso]
	if !ok {
		s.refuse(w, http.StatusBadRequest, "country_iso must be an ISO 3166 alpha-2 code that is served")
		return
	}
	rate := dollars(rateOf(country.code))
	code, _ := strconv.Atoi(country.code)
	s.answer(w, http.StatusOK, map[string]any{
		"country": country.name, "country_code": code, "country_iso": iso,
		"message": map[string]any{
			"inbound": map[string]any{"rate": dollars(inboundRateMicros)}, "outbound": map[string]any{"rate": rate},
			"outbound_networks_list": []map[string]any{{"group_name": country.name, "rate": rate}},
		},
		"phone_numbers": map[string]any{"local": map[string]any{"rate": "0.80000"}, "tollfree": map[string]any{"rate": "1.00000"}},
		"voice":         map[string]any{},
	})
}

var countries = map[string]struct{ name, code, iso3 string }{
	"US": {"United States", "1", "USA"}, "CA": {"Canada", "1", "CAN"}, "GB": {"United Kingdom", "44", "GBR"},
	"IN": {"India", "91", "IND"}, "DE": {"Germany", "49", "DEU"}, "FR": {"France", "33", "FRA"},
	"AU": {"Australia", "61", "AUS"}, "MX": {"Mexico", "52", "MEX"}, "BR": {"Brazil", "55", "BRA"},
}

// getLookup tells the line type: the fate table's, mobile otherwise.
func (s *Simulator) getLookup(w http.ResponseWriter, r *http.Request, number string) {
	if r.Method != http.MethodGet {
		s.refuse(w, http.StatusMethodNotAllowed, "method not allowed")
		return
	}
	digits, ok := destination(number)
	if !ok {
		s.answer(w, http.StatusNotFound, map[string]any{"error_code": 404, "message": "Number is invalid.", "resource_uri": "/v1/Number/" + number})
		return
	}
	country, name := map[string]any{"name": "", "iso2": "", "iso3": ""}, ""
	for _, iso := range slices.Sorted(keysOf(countries)) {
		if c := countries[iso]; iso != "CA" && strings.HasPrefix(digits, c.code) {
			country = map[string]any{"name": c.name, "iso2": iso, "iso3": c.iso3}
		}
	}
	line := fateOf(digits).Line
	if len(digits) == 11 && slices.Contains([]string{"1800", "1833", "1844", "1855", "1866", "1877", "1888"}, digits[:4]) {
		line = "toll-free"
	}
	mcc, mnc, ported := "", "", "unknown"
	if digits[0] == '1' {
		ported, name = "no", networkName(digits)
		if (digits[9]-'0')%2 == 1 {
			ported = "yes"
		}
		if line != "fixed" {
			mcc, mnc = networkOf(digits)
		}
	}
	national := digits
	if len(digits) == 11 && digits[0] == '1' {
		national = "(" + digits[1:4] + ") " + digits[4:7] + "-" + digits[7:]
	}
	s.answer(w, http.StatusOK, map[string]any{
		"phone_number": "+" + digits, "country": country,
		"format": map[string]any{"e164": "+" + digits, "national": national, "international": "+" + digits, "rfc3966": "tel:+" + digits},
		"carrier": map[string]any{
			"mobile_country_code": mcc, "mobile_network_code": mnc, "name": name, "type": line, "ported": ported,
		},
		"resource_uri": "/v1/Number/+" + digits + "?type=carrier",
	})
}

func (s *Simulator) serveNumbers(w http.ResponseWriter, r *http.Request, number string) {
	s.mu.Lock()
	numbers := s.apps.rentedNumbers()
	s.mu.Unlock()
	switch {
	case number == "" && r.Method == http.MethodGet:
		s.listNumbers(w, r, numbers)
	case !slices.Contains(numbers, strip(number)):
		s.notFound(w)
	case r.Method == http.MethodGet:
		s.answer(w, http.StatusOK, s.numberRecord(strip(number)))
	case r.Method == http.MethodPost:
		fields, err := readFields(w, r)
		if err != nil {
			s.refuse(w, http.StatusBadRequest, err.Error())
			return
		}
		s.mu.Lock()
		ok := s.apps.assign(strip(number), fields["app_id"])
		s.mu.Unlock()
		if !ok {
			s.refuse(w, http.StatusBadRequest, "app_id does not name an application")
			return
		}
		s.answer(w, http.StatusAccepted, map[string]any{"message": "changed"})
	default:
		s.refuse(w, http.StatusMethodNotAllowed, "method not allowed")
	}
}

func (s *Simulator) listNumbers(w http.ResponseWriter, r *http.Request, numbers []string) {
	q := r.URL.Query()
	limit, offset := pageSize, 0
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 {
		limit = min(n, pageSize)
	}
	if n, err := strconv.Atoi(q.Get("offset")); err == nil && n > 0 {
		offset = n
	}
	numbers = slices.DeleteFunc(numbers, func(n string) bool { return !strings.HasPrefix(n, strip(q.Get("number_startswith"))) })
	total := len(numbers)
	page := numbers[min(offset, total):min(offset+limit, total)]
	objects := make([]map[string]any, len(page))
	for i, n := range page {
		objects[i] = s.numberRecord(n)
	}
	meta := map[string]any{"limit": limit, "offset": offset, "total_count": total, "next": nil, "previous": nil}
	if offset+limit < total {
		meta["next"] = s.accountPath("Number/") + "?limit=" + strconv.Itoa(limit) + "&offset=" + strconv.Itoa(offset+limit)
	}
	s.answer(w, http.StatusOK, map[string]any{"meta": meta, "objects": objects})
}

func (s *Simulator) numberRecord(number string) map[string]any {
	kind, verification := "local", ""
	if strings.HasPrefix(number, "18") && len(number) == 11 && number[2] == number[3] {
		kind, verification = "tollfree", "verified"
	}
	s.mu.Lock()
	application := s.apps.of(number)
	s.mu.Unlock()
	return map[string]any{
		"number": number, "number_type": kind, "type": kind, "alias": "", "region": "UNITED STATES", "carrier": "Plivo",
		"sms_enabled": true, "sms_rate": dollars(inboundRateMicros), "mms_enabled": false, "mms_rate": dollars(0),
		"voice_enabled": false, "voice_rate": dollars(0), "monthly_rental_rate": "0.80000", "added_on": "2026-01-01", "sub_account": nil,
		"application":        s.accountPath("Application/" + application + "/"),
		"tendlc_campaign_id": s.cfg.Campaigns[number], "tendlc_registration_status": "COMPLETED",
		"toll_free_sms_verification": verification, "resource_uri": s.accountPath("Number/" + number + "/"),
	}
}

func (s *Simulator) getPowerpack(w http.ResponseWriter, id string) {
	record := func(uuid string) map[string]any {
		return map[string]any{"uuid": uuid, "name": uuid, "sticky_sender": true, "local_connect": true,
			"application_type": "", "application_id": "", "number_pool": "/v1/Account/" + s.cfg.AuthID + "/NumberPool/" + uuid + "/"}
	}
	if id == "" {
		objects := []map[string]any{}
		for _, uuid := range slices.Sorted(keysOf(s.cfg.Powerpacks)) {
			objects = append(objects, record(uuid))
		}
		s.answer(w, http.StatusOK, map[string]any{"objects": objects, "meta": map[string]any{
			"limit": pageSize, "offset": 0, "total_count": len(objects), "next": nil, "previous": nil}})
		return
	}
	if _, ok := s.cfg.Powerpacks[id]; !ok {
		s.notFound(w)
		return
	}
	s.answer(w, http.StatusOK, record(id))
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func readAll(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	return io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
}
