package plivo

import (
	"errors"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
)

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

func TestParseStatusReadsPlivosWords(t *testing.T) {
	t.Parallel()
	parent := "11111111-2222-3333-4444-555555555555"
	at := time.Date(2026, 3, 2, 15, 4, 5, 123456000, time.UTC)
	tests := map[string]struct {
		form url.Values
		want receipt.Event
	}{
		"whole": {
			form("MessageUUID", testUUID, "ParentMessageUUID", testUUID, "PartInfo", "1 of 1", "Status", "delivered", "From", "12125550100", "To", "12125550123",
				"Type", "sms", "Units", "2", "TotalRate", "0.0055", "TotalAmount", "0.01100", "MCC", "310", "MNC", "260", "ErrorCode", "000", "Sequence", "3",
				"MessageTime", "2026-03-02 15:04:01.000001", "DeliveryReportTime", "2026-03-02 15:04:05.123456", "requester_ip", "192.0.2.1", "PowerpackUUID", ""),
			receipt.Event{UUID: testUUID, Status: "delivered", Raw: "delivered", Sequence: 3, Segments: 2, CostMicros: 11000, HasCost: true, Network: "310-260", At: at},
		},
		"queued":      {form("MessageUUID", testUUID, "Status", "queued", "QueuedTime", "2026-03-02 15:04:05.123456"), receipt.Event{UUID: testUUID, Status: "accepted", Raw: "queued", At: at}},
		"sent":        {form("MessageUUID", testUUID, "Status", "sent", "SentTime", "2026-03-02T15:04:05.123456Z"), receipt.Event{UUID: testUUID, Status: "sent", Raw: "sent", At: at}},
		"undelivered": {form("MessageUUID", testUUID, "Status", "undelivered", "ErrorCode", "30"), receipt.Event{UUID: testUUID, Status: "undelivered", Raw: "undelivered", ErrorCode: "30"}},
		"failed":      {form("MessageUUID", testUUID, "Status", "failed", "ErrorCode", "200", "TotalAmount", "0"), receipt.Event{UUID: testUUID, Status: "failed", Raw: "failed", ErrorCode: "200", HasCost: true}},
		"rejected":    {form("MessageUUID", testUUID, "Status", "Rejected"), receipt.Event{UUID: testUUID, Status: "failed", Raw: "Rejected"}},
		"read":        {form("MessageUUID", testUUID, "Status", "read"), receipt.Event{UUID: testUUID, Status: "delivered", Raw: "read"}},
		"new word":    {form("MessageUUID", testUUID, "Status", "teleported"), receipt.Event{UUID: testUUID, Raw: "teleported"}},
		"part of a long text": {form("MessageUUID", testUUID, "ParentMessageUUID", parent, "Status", "sent"),
			receipt.Event{UUID: parent, Status: "sent", Raw: "sent"}},
		"rate times units": {form("MessageUUID", testUUID, "Status", "sent", "Units", "3", "TotalRate", "0.00550"),
			receipt.Event{UUID: testUUID, Status: "sent", Raw: "sent", Segments: 3, CostMicros: 16500, HasCost: true}},
		"unreadable details": {form("MessageUUID", testUUID, "Status", "sent", "Units", "many", "Sequence", "-1", "TotalAmount", "1e3", "MCC", "3x0", "MNC", "1", "SentTime", "yesterday", "ErrorCode", "3\x000"),
			receipt.Event{UUID: testUUID, Status: "sent", Raw: "sent"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseStatus(tt.form)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParsersRefuseFormsThatPlivoNeverSends(t *testing.T) {
	t.Parallel()
	many := form("MessageUUID", testUUID, "Status", "sent", "From", "1", "To", "2")
	for i := range maxFields {
		many.Set("x"+strings.Repeat("y", i), "")
	}
	tests := map[string]struct {
		form            url.Values
		status, inbound error
	}{
		"empty":        {nil, ErrMissingField, ErrMissingField},
		"no id":        {form("Status", "sent", "From", "1", "To", "2"), ErrMissingField, ErrMissingField},
		"strange id":   {form("MessageUUID", "../x", "Status", "sent", "From", "1", "To", "2"), ErrMissingField, ErrMissingField},
		"wrong case":   {form("messageUuid", testUUID, "status", "sent", "from", "1", "to", "2"), ErrMissingField, ErrMissingField},
		"repeated":     {form("MessageUUID", testUUID, "Status", "sent", "Status", "failed"), ErrRepeatedField, ErrRepeatedField},
		"too many":     {many, ErrTooManyFields, ErrTooManyFields},
		"no status":    {form("MessageUUID", testUUID, "From", "12125550123", "To", "12125550100"), ErrMissingField, nil},
		"no sender":    {form("MessageUUID", testUUID, "Status", "sent", "To", "12125550100"), nil, ErrMissingField},
		"no recipient": {form("MessageUUID", testUUID, "Status", "sent", "From", "12125550100"), nil, ErrMissingField},
		"line in from": {form("MessageUUID", testUUID, "Status", "sent", "From", "1\n2", "To", "12125550100"), nil, ErrMissingField},
	}
	for name, tt := range tests {
		if _, err := ParseStatus(tt.form); !errors.Is(err, tt.status) {
			t.Errorf("%s as status: %v, want %v", name, err, tt.status)
		}
		if _, err := ParseInbound(tt.form); !errors.Is(err, tt.inbound) {
			t.Errorf("%s as inbound: %v, want %v", name, err, tt.inbound)
		}
	}
}

func TestParseInboundReadsTextsAndPictures(t *testing.T) {
	t.Parallel()
	basic := func(more ...string) url.Values {
		return form(append([]string{"MessageUUID", testUUID, "From", "12125550123", "To", "12125550100", "Type", "sms"}, more...)...)
	}
	message := func(f func(*inbox.Message)) inbox.Message {
		m := inbox.Message{UUID: testUUID, From: "12125550123", To: "12125550100"}
		f(&m)
		return m
	}
	tests := map[string]struct {
		form url.Values
		want inbox.Message
	}{
		"text": {basic("Text", " Stop \n", "MessageIntent", "optout", "Units", "1", "TotalAmount", "0.0055", "PowerpackUUID", "pp"),
			message(func(m *inbox.Message) {
				m.Text, m.Intent, m.Segments, m.CostMicros, m.PowerpackUUID = " Stop \n", "optout", 1, 5500, "pp"
			})},
		"unknown intent": {basic("Text", "hi", "MessageIntent", "shopping"), message(func(m *inbox.Message) { m.Text = "hi" })},
		"unescaped plus": {form("MessageUUID", testUUID, "From", " 12125550123", "To", " 12125550100", "Text", "x"), message(func(m *inbox.Message) { m.Text = "x" })},
		"broken UTF-8":   {basic("Text", "a\xffb\x00c"), message(func(m *inbox.Message) { m.Text = "a\uFFFDbc" })},
		"nothing said":   {basic(), message(func(*inbox.Message) {})},
		"pictures from 0": {basic("Body", "look", "MediaCount", "2", "Media0", "https://m.example/a", "Media1", "https://m.example/b"), message(func(m *inbox.Message) {
			m.Text, m.Media = "look", []string{"https://m.example/a", "https://m.example/b"}
		})},
		"pictures from 1": {basic("Body", "look", "Media1", "https://m.example/a", "Media2", "https://m.example/b"), message(func(m *inbox.Message) {
			m.Text, m.Media = "look", []string{"https://m.example/a", "https://m.example/b"}
		})},
		"no script": {basic("Body", "look", "Media0", "javascript:alert(1)", "Media1", "/etc/passwd"), message(func(m *inbox.Message) { m.Text = "look" })},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseInbound(tt.form)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMicrosIsExact(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want int64
		ok   bool
	}{
		"0.0055": {5500, true}, "0.00550000": {5500, true}, "1": {1000000, true}, "12.34": {12340000, true}, ".5": {500000, true},
		"5.": {5000000, true}, "0.0000005": {1, true}, "0.0000004": {0, true}, " 0.1 ": {100000, true}, "+2": {2000000, true},
		"0.1": {100000, true}, "0.29": {290000, true}, "4.35": {4350000, true}, "1000000": {maxMicros, true},
		"": {}, ".": {}, "-1": {}, "1,5": {}, "1e3": {}, "NaN": {}, "0x10": {}, "1000001": {}, "99999999999999999999999": {}, "1.2.3": {}, "٣": {},
	}
	for in, want := range tests {
		if got, ok := micros(in); got != want.want || ok != want.ok {
			t.Errorf("micros(%q) = %d, %v; want %d, %v", in, got, ok, want.want, want.ok)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{1,5}(\.[0-9]{0,6})?`).Draw(t, "decimal")
		exact, _ := new(big.Rat).SetString(strings.TrimSuffix(s, "."))
		exact.Mul(exact, big.NewRat(1e6, 1))
		if got, ok := micros(s); !ok || exact.Cmp(big.NewRat(got, 1)) != 0 {
			t.Fatalf("micros(%q) = %d, want %s", s, got, exact)
		}
	})
}

func TestTimesOfEveryShapeAreRead(t *testing.T) {
	t.Parallel()
	want := time.Date(2024, 8, 21, 12, 58, 49, 0, time.UTC)
	for _, s := range []string{"2024-08-21 12:58:49", "2024-08-21 12:58:49.000000", "2024-08-21 18:28:49+05:30", "2024-08-21 18:28:49.000000+05:30", "2024-08-21T12:58:49Z", "2024-08-21 12:58:49Z"} {
		if got := readTime(s); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q: %v", s, got)
		}
	}
	for _, s := range []string{"", "now", "2024-13-01 00:00:00", "1724245129"} {
		if got := readTime(s); !got.IsZero() {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func FuzzParseStatus(f *testing.F) {
	f.Add(form("MessageUUID", testUUID, "Status", "delivered", "Units", "2", "TotalAmount", "0.011", "Sequence", "3").Encode())
	f.Add("MessageUUID=%ff&Status=%00")
	f.Fuzz(func(t *testing.T, body string) {
		values, _ := url.ParseQuery(body)
		ev, err := ParseStatus(values)
		if err != nil {
			if ev != (receipt.Event{}) {
				t.Error("an error with an event")
			}
			return
		}
		known := map[string]bool{"": true, "accepted": true, "sent": true, "delivered": true, "undelivered": true, "failed": true}
		if !known[ev.Status] || ev.UUID == "" || ev.Segments < 0 || ev.CostMicros < 0 || ev.Sequence < 0 || !utf8.ValidString(ev.Raw+ev.ErrorCode+ev.Network) {
			t.Errorf("event %+v", ev)
		}
	})
}

func FuzzParseInbound(f *testing.F) {
	f.Add(form("MessageUUID", testUUID, "From", "12125550123", "To", "12125550100", "Text", "STOP").Encode())
	f.Add("MessageUUID=aaaaaaaa&From=1&To=2&Body=%ff&Media0=http%3A%2F%2Fx&Media10=%3A")
	f.Fuzz(func(t *testing.T, body string) {
		values, _ := url.ParseQuery(body)
		m, err := ParseInbound(values)
		if err != nil {
			return
		}
		if m.UUID == "" || m.From == "" || m.To == "" || m.CostMicros < 0 || !utf8.ValidString(m.Text+m.From+m.To+m.PowerpackUUID) || strings.Contains(m.Text, "\x00") || len(m.Media) > maxMedia+1 {
			t.Errorf("message %+v", m)
		}
	})
}
