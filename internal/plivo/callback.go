package plivo

import (
	"errors"
	"math"
	"net/url"
	"strings"

	"tidings/internal/engine/receipt"
)

// What the parsers of webhooks refuse. All of them mean 400: a signed webhook
// of Plivo never looks like that.
var (
	ErrTooManyFields = errors.New("plivo: the webhook has too many fields")
	ErrRepeatedField = errors.New("plivo: the webhook repeats a field")
	ErrMissingField  = errors.New("plivo: the webhook lacks its message id, its status or its sender")
)

const (
	maxFields   = 64
	maxSegments = 100 // Plivo's longest text has 11
)

// fields reads a form in which every name stands once. The V3 signature joins
// names and values without a separator, so a repeated field could hide another.
type fields url.Values

func oneOfEach(form url.Values) (fields, error) {
	if len(form) > maxFields {
		return nil, ErrTooManyFields
	}
	for _, vs := range form {
		if len(vs) > 1 {
			return nil, ErrRepeatedField
		}
	}
	return fields(form), nil
}

func (f fields) get(name string) string {
	if vs := f[name]; len(vs) == 1 {
		return strings.TrimSpace(strings.ToValidUTF8(vs[0], "\uFFFD"))
	}
	return ""
}

// ParseStatus translates a status callback. The token of the path is the
// caller's to add. A word that is not known leaves Status empty and is no
// error; times, counts and prices that cannot be read are left at zero.
func ParseStatus(form url.Values) (receipt.Event, error) {
	f, err := oneOfEach(form)
	if err != nil {
		return receipt.Event{}, err
	}
	ev := receipt.Event{
		UUID:      f.get("MessageUUID"),
		Raw:       f.get("Status"),
		ErrorCode: errorCode(f.get("ErrorCode")),
		Sequence:  count(f.get("Sequence"), math.MaxInt32),
		Segments:  count(f.get("Units"), maxSegments),
		Network:   network(f.get("MCC"), f.get("MNC")),
	}
	if !isID(ev.UUID) || ev.Raw == "" || len(ev.Raw) > 64 {
		return receipt.Event{}, ErrMissingField
	}
	// Older callbacks come per part of a long text; the parent is the message.
	if parent := f.get("ParentMessageUUID"); isID(parent) {
		ev.UUID = parent
	}
	ev.Status = statusOf(ev.Raw)
	ev.CostMicros, ev.HasCost = cost(f, ev.Segments)
	for _, name := range timesOf(ev.Status) {
		if ev.At = readTime(f.get(name)); !ev.At.IsZero() {
			break
		}
	}
	return ev, nil
}

// statusOf translates Plivo's word. "read" exists for another channel, and a
// text that was read was delivered.
func statusOf(word string) string {
	switch strings.ToLower(word) {
	case "queued":
		return "accepted"
	case "sent":
		return "sent"
	case "delivered", "read":
		return "delivered"
	case "undelivered":
		return "undelivered"
	case "failed", "rejected":
		return "failed"
	}
	return ""
}

// timesOf lists the fields that may hold the time of a status, best first.
func timesOf(status string) []string {
	switch status {
	case "accepted":
		return []string{"QueuedTime", "MessageTime"}
	case "sent":
		return []string{"SentTime", "QueuedTime", "MessageTime"}
	}
	return []string{"DeliveryReportTime", "SentTime", "QueuedTime", "MessageTime"}
}

// errorCode drops the codes of success and what is no code at all.
func errorCode(s string) string {
	// Codes come with three digits in webhooks and without in the tables.
	s = strings.TrimLeft(strings.TrimSpace(s), "0")
	if len(s) > 32 || s == "" {
		return ""
	}
	for _, r := range s {
		if r <= ' ' || r > '~' {
			return ""
		}
	}
	return s
}

// cost is the total of the message; the rate of one segment times the segments
// where Plivo leaves the total out.
func cost(f fields, segments int64) (int64, bool) {
	if total, ok := micros(f.get("TotalAmount")); ok {
		return total, true
	}
	if rate, ok := micros(f.get("TotalRate")); ok && segments > 0 {
		return rate * segments, true
	}
	return 0, false
}

// network joins the two codes of a mobile network: "310-260".
func network(mcc, mnc string) string {
	if len(mcc) != 3 || len(mnc) < 2 || len(mnc) > 3 || !allDigits(mcc) || !allDigits(mnc) {
		return ""
	}
	return mcc + "-" + mnc
}
