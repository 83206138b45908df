package simulator

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// More faults of the message API, without a probability of their own: for
// Faults.API and ScriptAPI.
const (
	// Nothing is accepted.
	APIThrottleSoon  APIFault = "throttleSoon"  // 429 with Retry-After: 1
	APIThrottleEmpty APIFault = "throttleEmpty" // 429 without a body
	APIError500Empty APIFault = "error500Empty"
	APIError500HTML  APIFault = "error500Html"
	APIPayment       APIFault = "payment"   // 402
	APIForbidden     APIFault = "forbidden" // 403 for another reason than the country
	APINotFound      APIFault = "notFound"  // 404
	APIBadSender     APIFault = "badSender" // 400 that names the sender
	APIBadNumber     APIFault = "badNumber" // 400 that names the recipient
	APIBadRequest    APIFault = "badRequest"
	APIRedirect301   APIFault = "redirect301" // to an address that would take the text
	APIRedirect302   APIFault = "redirect302"
	APIRedirect307   APIFault = "redirect307"
	APIRedirect308   APIFault = "redirect308"
	APIResetHeaders  APIFault = "resetAfterHeaders" // accepted: the status comes, then the connection ends
	APINoUUID        APIFault = "noUuid"            // accepted: 202 with an empty list
	APIHuge          APIFault = "huge"              // accepted: 4 MB in front of the id
	APIDrip          APIFault = "drip"              // accepted: a byte every 100 ms, without end
	APIInvalidNumber APIFault = "invalidNumber"     // accepted is nothing: 202 that calls the number invalid
)

// refusalOf says how a fault refuses, for those that do nothing else.
var refusalOf = map[APIFault]struct {
	status int
	reason string
}{
	APIThrottleSoon:  {http.StatusTooManyRequests, "too many requests"},
	APIThrottleEmpty: {http.StatusTooManyRequests, ""},
	APIError500Empty: {http.StatusInternalServerError, ""},
	APIError500HTML:  {http.StatusInternalServerError, "<html><body><h1>Internal Server Error</h1></body></html>"},
	APIPayment:       {http.StatusPaymentRequired, "payment required"},
	APIForbidden:     {http.StatusForbidden, "this IP address is not on the list of allowed ones"},
	APINotFound:      {http.StatusNotFound, "not found"},
	APIBadSender:     {http.StatusBadRequest, "src is not allowed as the caller ID of an outbound message"},
	APIBadNumber:     {http.StatusBadRequest, "dst is not a valid phone number"},
	APIBadRequest:    {http.StatusBadRequest, "the request cannot be processed"},
	APIRedirect301:   {http.StatusMovedPermanently, ""},
	APIRedirect302:   {http.StatusFound, ""},
	APIRedirect307:   {http.StatusTemporaryRedirect, ""},
	APIRedirect308:   {http.StatusPermanentRedirect, ""},
	APIInvalidNumber: {http.StatusAccepted, ""},
}

// APIFaults are the names of all faults of the message API.
func APIFaults() []APIFault {
	return append(slices.Sorted(maps.Keys(refusalOf)), APIThrottle, APIError500, APIError502, APIError503, APIUnauthorized,
		APIGeoForbidden, APINoCredit, APIResetBefore, APIEmptyAccepted, APIError500After, APIResetAfter, APISlow, APIHang,
		APIGarbage, APITwoUUIDs, APITruncated, APICallbacksFirst, APIResetHeaders, APINoUUID, APIHuge, APIDrip)
}

// more are the choices of Faults.API, in an order that does not change.
func (f *Faults) more() []choice[APIFault] {
	var all []choice[APIFault]
	for _, name := range slices.Sorted(maps.Keys(f.API)) {
		all = append(all, choice[APIFault]{f.API[name], name})
	}
	return all
}

func (f Faults) validateMore() error {
	for name, p := range f.API {
		if !slices.Contains(APIFaults(), name) {
			return fmt.Errorf("there is no fault %q of the API", name)
		}
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("%s is %v: give a probability from 0 to 1", name, p)
		}
	}
	return nil
}

// refuseAs answers with one of refusalOf; false when it is none of them.
func (s *Simulator) refuseAs(w http.ResponseWriter, r *http.Request, req sendRequest, fault APIFault) bool {
	how, ok := refusalOf[fault]
	if !ok {
		return false
	}
	reason := how.reason
	switch fault {
	case APIBadSender:
		reason = strings.Replace(reason, "src", req.Src, 1)
	case APIBadNumber:
		reason = strings.Replace(reason, "dst", req.Dst, 1)
	}
	s.noteRefusal(how.status, reason, req, fault)
	switch {
	case fault == APIThrottleSoon:
		w.Header().Set("Retry-After", "1")
	case how.status/100 == 3:
		w.Header().Set("Location", r.URL.Path) // who follows it posts the text a second time
	case fault == APIInvalidNumber:
		s.answer(w, how.status, map[string]any{"message": "message(s) queued", "message_uuid": []string{}, "invalid_number": []string{req.Dst}})
		return true
	}
	if reason == "" || reason[0] == '<' {
		w.WriteHeader(how.status)
		_, _ = io.WriteString(w, reason)
		return true
	}
	s.refuse(w, how.status, reason)
	return true
}

// answerOddly answers a call whose message is on its way in a way of its own;
// false when it has none.
func (s *Simulator) answerOddly(w http.ResponseWriter, r *http.Request, fault APIFault, body map[string]any) bool {
	switch fault {
	case APIResetHeaders:
		w.Header().Set("Content-Length", "400")
		w.WriteHeader(http.StatusAccepted)
		flush(w)
		cut()
	case APINoUUID:
		body["message_uuid"] = []string{}
		s.answer(w, http.StatusAccepted, body)
	case APIHuge:
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, `{"filler": "`+strings.Repeat("x", 4<<20)+`", "message_uuid": ["`+body["message_uuid"].([]string)[0]+`"]}`)
	case APIDrip:
		w.WriteHeader(http.StatusAccepted)
		for r.Context().Err() == nil && s.ctx.Err() == nil {
			_, _ = io.WriteString(w, " ")
			flush(w)
			s.wait(r, 100*time.Millisecond)
		}
		cut()
	default:
		return false
	}
	return true
}

func flush(w http.ResponseWriter) {
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}
