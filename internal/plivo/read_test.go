package plivo

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/receipt"
)

const recordJSON = `{"message_uuid":"` + testUUID + `","message_direction":"outbound","message_state":"sent","from_number":"12125550100",
"to_number":"12125550123","units":2,"total_amount":"0.01100","carrier_fees":"0.00600","error_code":null,"error_message":"","log":true,
"message_time":"2024-08-21 18:28:49+05:30","message_sent_time":"2024-08-21 18:28:50.5+05:30","message_updated_time":""}`

func wantRecord() Record {
	return Record{UUID: testUUID, Direction: "outbound", Status: "sent", Raw: "sent", From: "12125550100", To: "12125550123", Segments: 2,
		CostMicros: 11000, FeeMicros: 6000, HasCost: true, At: time.Date(2024, 8, 21, 12, 58, 49, 0, time.UTC), SentAt: time.Date(2024, 8, 21, 12, 58, 50, 500000000, time.UTC)}
}

// serve answers by path and remembers the queries.
func serve(t *testing.T, answers map[string]string) (*Client, *[]url.Values) {
	t.Helper()
	queries := &[]url.Values{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*queries = append(*queries, r.URL.Query())
		body, ok := answers[r.URL.Path]
		if !ok {
			http.Error(w, `{"error":"not found: `+r.URL.Path+`"}`, http.StatusNotFound)
			return
		}
		w.Write([]byte(body))
	}))
	t.Cleanup(srv.Close)
	return newClient(t, srv.URL), queries
}

const account = "/v1/Account/" + testID + "/"

func TestMessageReadsPlivosRecord(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, map[string]string{account + "Message/" + testUUID + "/": recordJSON, account + "Message/aaaaaaaa-1/": recordJSON})
	got, err := c.Message(t.Context(), testUUID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantRecord(), got); diff != "" {
		t.Error(diff)
	}
	want := receipt.Event{UUID: testUUID, Status: "sent", Raw: "sent", Segments: 2, CostMicros: 11000, HasCost: true, At: got.SentAt}
	if diff := cmp.Diff(want, got.Event()); diff != "" {
		t.Error(diff)
	}
	if _, err := c.Message(t.Context(), "../../Account"); !errors.Is(err, ErrBadID) {
		t.Errorf("a path as id: %v", err)
	}
	if _, err := c.Message(t.Context(), "aaaaaaaa-1"); err == nil {
		t.Error("took the record of another message")
	}
	if _, err := c.Message(t.Context(), "bbbbbbbb-1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a missing one: %v", err)
	}
}

func TestListAsksWithFiltersAndTellsOfMore(t *testing.T) {
	t.Parallel()
	c, queries := serve(t, map[string]string{account + "Message/": `{"meta":{"limit":20,"offset":0,"next":"/v1/x","previous":null},"objects":[` + recordJSON + `]}`})
	page, err := c.List(t.Context(), ListQuery{To: to, From: from, Direction: "outbound", Limit: 999, Offset: 20,
		Since: time.Date(2026, 3, 2, 10, 0, 0, 0, time.FixedZone("", 3600)), Until: time.Date(2026, 3, 2, 11, 0, 0, 5000, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Page{Records: []Record{wantRecord()}, More: true}, page); diff != "" {
		t.Error(diff)
	}
	want := url.Values{"to_number": {"12125550123"}, "from_number": {"12125550100"}, "message_direction": {"outbound"}, "limit": {"20"}, "offset": {"20"},
		"message_time__gte": {"2026-03-02 09:00:00.000000"}, "message_time__lt": {"2026-03-02 11:00:00.000005"}}
	if diff := cmp.Diff(want, (*queries)[0]); diff != "" {
		t.Error(diff)
	}
}

func TestAccountPriceAndLookupAreRead(t *testing.T) {
	t.Parallel()
	c, _ := serve(t, map[string]string{
		account:                   `{"name":"Bean & Leaf","account_type":"developer","billing_mode":"prepaid","auto_recharge":true,"cash_credits":"20.34500","timezone":"America/New_York"}`,
		account + "Pricing/":      `{"country_iso":"US","message":{"inbound":{"rate":"0.00550"},"outbound":{"rate":"0.00550"},"outbound_networks_list":[{"group_name":"AT&T","rate":"0.00850"}]}}`,
		"/v1/Number/" + to:        `{"phone_number":"+12125550123","country":{"iso2":"US"},"carrier":{"mobile_country_code":"310","mobile_network_code":"150","name":"AT&T","type":"mobile","ported":"yes"}}`,
		"/v1/Number/+12125550124": `{"phone_number":"+12125550123"}`,
	})
	a, err := c.Account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Account{Name: "Bean & Leaf", Trial: true, BillingMode: "prepaid", AutoRecharge: true, CreditMicros: 20345000, HasCredit: true, Timezone: "America/New_York"}, a); diff != "" {
		t.Error(diff)
	}
	p, err := c.Price(t.Context(), "US")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Price{Country: "US", OutboundMicros: 5500, InboundMicros: 5500, Networks: []NetworkPrice{{"AT&T", 8500}}}, p); diff != "" {
		t.Error(diff)
	}
	if p.MaxOutboundMicros() != 8500 {
		t.Errorf("dearest network: %d", p.MaxOutboundMicros())
	}
	l, err := c.Lookup(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(LineInfo{Number: to, Country: "US", Kind: "mobile", Carrier: "AT&T", Network: "310-150", Ported: "yes"}, l); diff != "" {
		t.Error(diff)
	}
	if _, err := c.Lookup(t.Context(), "+12125550124"); err == nil {
		t.Error("took the answer about another number")
	}
	if _, err := c.Lookup(t.Context(), "2125550123/../x"); err == nil {
		t.Error("looked up a path")
	}
	if _, err := c.Price(t.Context(), "us"); err == nil {
		t.Error("asked for the price of nowhere")
	}
}

func TestNumbersReadsEveryPage(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("offset") == "0" {
			w.Write([]byte(`{"meta":{"next":"/more"},"objects":[{"number":"12125550100","number_type":"local","sms_enabled":true,"sms_rate":"0.0055","application":"/v1/Account/x/Application/1/"}]}`))
			return
		}
		w.Write([]byte(`{"meta":{"next":null},"objects":[{"number":"18005550101","type":"tollfree","sms_enabled":false}]}`))
	}))
	t.Cleanup(srv.Close)
	got, err := newClient(t, srv.URL).Numbers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []Number{
		{Number: "12125550100", Kind: "local", SMS: true, Application: "/v1/Account/x/Application/1/"},
		{Number: "18005550101", Kind: "tollfree"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheMessageURLIsThatOfTheNumbersApplication(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/Application/20000000000000001/") {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.Write([]byte(`{"app_id":"20000000000000001","message_url":"https://sms.example.com/in"}`))
	}))
	t.Cleanup(srv.Close)
	c := newClient(t, srv.URL)
	for application, want := range map[string]string{
		"/v1/Account/x/Application/20000000000000001/": "https://sms.example.com/in", "": "", "/v1/Account/x/": "", "/v1/Account/x/Application/": "",
	} {
		if got, err := c.MessageURL(t.Context(), Number{Application: application}); err != nil || got != want {
			t.Errorf("of %q: %q, want %q (%v)", application, got, want, err)
		}
	}
	if _, err := c.MessageURL(t.Context(), Number{Application: "/v1/Account/x/Application/../../Message/"}); err == nil {
		t.Error("asked for a path")
	}
}

func TestReadsNameTheirErrorsAndHideNumbers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"401":         {answering(401, "no"), ErrUnauthorized},
		"403":         {answering(403, ""), ErrForbidden},
		"404":         {answering(404, `{"error":"+12125550123 not found"}`), ErrNotFound},
		"429 empty":   {answering(429, "", "Retry-After", "3"), ErrThrottled},
		"500 empty":   {answering(500, ""), nil},
		"200 empty":   {answering(200, ""), nil},
		"200 garbage": {answering(200, "<html>"), nil},
		"cut":         {cut(""), nil},
		"redirect":    {answering(307, "", "Location", "/x"), nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(tt.handler)
			t.Cleanup(srv.Close)
			_, err := newClient(t, srv.URL).Lookup(t.Context(), to)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Fatalf("got %v, want %v", err, tt.want)
			}
			if strings.Contains(err.Error(), "5550123") || strings.Contains(err.Error(), testID) {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

func TestLookupGoesToItsOwnHostInProduction(t *testing.T) {
	t.Parallel()
	var host string
	c := newClient(t, "", func(cfg *Config) {
		cfg.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			host = r.URL.Scheme + "://" + r.URL.Host
			return nil, errors.New("offline")
		})
	})
	c.Lookup(t.Context(), to)
	if host != "https://lookup.plivo.com" {
		t.Errorf("asked %s", host)
	}
	c.Account(t.Context())
	if host != "https://api.plivo.com" {
		t.Errorf("asked %s", host)
	}
}
