package plivo

import (
	"context"
	"errors"
	"strconv"
	"time"

	"tidings/internal/engine/receipt"
)

// ErrBadID is returned before any call: plivo-go does not escape ids, so
// "../../x" would reach another resource.
var ErrBadID = errors.New("plivo: not a message id")

// Record is Plivo's own account of one message. Plivo keeps it 90 days.
type Record struct {
	UUID      string
	Direction string // inbound, outbound
	Status    string // accepted, sent, delivered, undelivered, failed; empty when the word is not known
	Raw       string // the provider's own word
	From, To  string // as the provider wrote them: compare digits
	Text      string // of the last seven days, where the account's logging keeps it
	// PowerpackUUID is the pool that the text was sent from; empty: none.
	PowerpackUUID string
	ErrorCode     string // empty when there is none
	ErrorText     string
	Segments      int64
	CostMicros    int64 // without carrier fees
	FeeMicros     int64 // carrier fees
	HasCost       bool
	Network       string
	At            time.Time // when Plivo took the message
	SentAt        time.Time
	UpdatedAt     time.Time
}

// Event is the record in the form of a status callback, for the same merge.
// It has no sequence.
func (r Record) Event() receipt.Event {
	at := r.UpdatedAt
	for _, t := range []time.Time{r.SentAt, r.At} {
		if at.IsZero() {
			at = t
		}
	}
	return receipt.Event{
		UUID: r.UUID, Status: r.Status, Raw: r.Raw, ErrorCode: r.ErrorCode,
		Segments: r.Segments, CostMicros: r.CostMicros, HasCost: r.HasCost, Network: r.Network, At: at,
	}
}

// Message reads one message by its id.
func (c *Client) Message(ctx context.Context, uuid string) (Record, error) {
	if !isID(uuid) {
		return Record{}, ErrBadID
	}
	var w wireRecord
	if err := c.get(ctx, &w, nil, "Message/%s", uuid); err != nil {
		return Record{}, err
	}
	if string(w.MessageUUID) != uuid {
		return Record{}, errors.New("plivo: the answer is about another message")
	}
	return w.record(), nil
}

// ListQuery narrows List. Without Since Plivo looks 24 hours back. The filters
// by number are not on every page of Plivo's documentation: check From and To
// of what comes back.
type ListQuery struct {
	From, To     string
	Direction    string    // inbound, outbound or empty
	Since, Until time.Time // Since is included, Until is not; set Until while messages still arrive, paging is by offset
	Limit        int       // 1 to 20, 0 means 20
	Offset       int
}

// Page is one page of records, newest first.
type Page struct {
	Records []Record
	More    bool
}

type listParams struct {
	From      string `url:"from_number,omitempty"`
	To        string `url:"to_number,omitempty"`
	Direction string `url:"message_direction,omitempty"`
	Since     string `url:"message_time__gte,omitempty"`
	Until     string `url:"message_time__lt,omitempty"`
	Limit     int    `url:"limit"`
	Offset    int    `url:"offset"`
}

const maxPage = 20

// List reads one page of messages. Plivo allows 20 of these calls a minute.
func (c *Client) List(ctx context.Context, q ListQuery) (Page, error) {
	if q.Limit <= 0 || q.Limit > maxPage {
		q.Limit = maxPage
	}
	p := listParams{From: digits(q.From), To: digits(q.To), Direction: q.Direction,
		Since: wireTime(q.Since), Until: wireTime(q.Until), Limit: q.Limit, Offset: max(q.Offset, 0)}
	var w struct {
		Meta    wireMeta     `json:"meta"`
		Objects []wireRecord `json:"objects"`
	}
	if err := c.get(ctx, &w, p, "Message"); err != nil {
		return Page{}, err
	}
	page := Page{More: w.Meta.Next != "", Records: make([]Record, 0, len(w.Objects))}
	for _, o := range w.Objects {
		page.Records = append(page.Records, o.record())
	}
	return page, nil
}

type wireMeta struct {
	Next scalar `json:"next"`
}

// wireRecord takes every field as text, because plivo-go's own type fails on a
// truth value in "log" and lacks units and total_rate.
type wireRecord struct {
	MessageUUID        scalar `json:"message_uuid"`
	MessageDirection   scalar `json:"message_direction"`
	MessageState       scalar `json:"message_state"`
	FromNumber         scalar `json:"from_number"`
	ToNumber           scalar `json:"to_number"`
	Text               scalar `json:"text"`
	PowerpackID        scalar `json:"powerpack_id"`
	Units              scalar `json:"units"`
	TotalAmount        scalar `json:"total_amount"`
	CarrierFees        scalar `json:"carrier_fees"`
	ErrorCode          scalar `json:"error_code"`
	ErrorMessage       scalar `json:"error_message"`
	DestinationNetwork scalar `json:"destination_network"`
	MessageTime        scalar `json:"message_time"`
	MessageSentTime    scalar `json:"message_sent_time"`
	MessageUpdatedTime scalar `json:"message_updated_time"`
}

func (w wireRecord) record() Record {
	r := Record{
		UUID:      string(w.MessageUUID),
		Direction: string(w.MessageDirection),
		Status:    statusOf(string(w.MessageState)),
		Raw:       string(w.MessageState),
		From:      string(w.FromNumber),
		To:        string(w.ToNumber),
		Text:      string(w.Text),
		ErrorCode: errorCode(string(w.ErrorCode)),
		ErrorText: detail(string(w.ErrorMessage)),
		Segments:  count(string(w.Units), maxSegments),
		Network:   string(w.DestinationNetwork),
		At:        readTime(string(w.MessageTime)),
		SentAt:    readTime(string(w.MessageSentTime)),
		UpdatedAt: readTime(string(w.MessageUpdatedTime)),
	}
	r.PowerpackUUID = string(w.PowerpackID)
	r.CostMicros, r.HasCost = micros(string(w.TotalAmount))
	r.FeeMicros, _ = micros(string(w.CarrierFees))
	return r
}

// count reads a small natural number; 0 for anything else.
func count(s string, most int64) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}

// digits keeps 0-9, the form in which Plivo stores numbers.
func digits(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			b = append(b, s[i])
		}
	}
	return string(b)
}
