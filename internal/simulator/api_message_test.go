package simulator_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

func TestAcceptedTextGoesThroughItsStates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		r := b.text("+1 (212) 555-0123", "Hello", "/s/1")
		uuid := r.uuids(t)[0]
		if r.body["message"] != "message(s) queued" || r.body["api_id"] == "" {
			t.Errorf("answer: %s", r.raw)
		}
		b.idle()
		if diff := cmp.Diff([]string{"queued", "sent", "delivered"}, b.app.statuses("/s/1")); diff != "" {
			t.Error(diff)
		}
		got := b.sim.Ledger().Accepted()
		if len(got) != 1 || got[0].UUID != uuid || got[0].Dst != reachable || got[0].State != "delivered" || got[0].CostMicros != 5500 {
			t.Errorf("ledger: %+v", got)
		}
	})
}

func TestSendRefusesWhatPlivoRefuses(t *testing.T) {
	t.Parallel()
	ok := map[string]any{"src": sender, "dst": reachable, "text": "Hello"}
	with := func(kv ...any) map[string]any {
		m := map[string]any{}
		for k, v := range ok {
			m[k] = v
		}
		for i := 0; i < len(kv); i += 2 {
			if kv[i+1] == nil {
				delete(m, kv[i].(string))
			} else {
				m[kv[i].(string)] = kv[i+1]
			}
		}
		return m
	}
	many := make([]string, 1001)
	for i := range many {
		many[i] = "1212555" + string([]byte{'0' + byte(i/1000), '0' + byte(i/100%10), '0' + byte(i/10%10), '0' + byte(i%10)})
	}
	cases := []struct {
		name   string
		fields map[string]any
		status int
		says   string
	}{
		{"nothing", ok, 202, ""},
		{"no sender", with("src", nil), 400, "src and powerpack_uuid"},
		{"two senders", with("powerpack_uuid", "x"), 400, "src and powerpack_uuid"},
		{"an unknown powerpack", with("src", nil, "powerpack_uuid", "x"), 400, "powerpack x"},
		{"a name to the United States", with("src", "TIDINGS"), 400, "caller ID"},
		{"a long name", with("src", "TIDINGSNEWSPAPER", "dst", "447700900123"), 400, "src"},
		{"a name elsewhere", with("src", "TIDINGS", "dst", "447700900123"), 202, ""},
		{"no destination", with("dst", nil), 400, "dst"},
		{"eight digits", with("dst", "12345678"), 400, "12345678 is not a valid phone number"},
		{"sixteen digits", with("dst", "4412345678901234"), 400, "not a valid phone number"},
		{"letters", with("dst", "1212555CALL"), 400, "not a valid phone number"},
		{"an impossible area code", with("dst", "11125550123"), 400, "not a valid phone number"},
		{"a thousand and one", with("dst", strings.Join(many, "<")), 400, "1000"},
		{"a thousand", with("dst", strings.Join(many[:1000], "<")), 202, ""},
		{"no text", with("text", nil), 400, "text"},
		{"1600 GSM", with("text", strings.Repeat("a", 1600)), 202, ""},
		{"1601 GSM", with("text", strings.Repeat("a", 1601)), 400, "too long"},
		{"737 unicode", with("text", strings.Repeat("ж", 737)), 202, ""},
		{"738 unicode", with("text", strings.Repeat("ж", 738)), 400, "too long"},
		{"expiry 4", with("message_expiry", 4), 400, "message_expiry"},
		{"expiry 5", with("message_expiry", 5), 202, ""},
		{"expiry 10799", with("message_expiry", 10799), 202, ""},
		{"expiry 10800", with("message_expiry", 10800), 400, "message_expiry"},
		{"ftp callbacks", with("url", "ftp://app.test/x"), 400, "url"},
		{"relative callbacks", with("url", "/x"), 400, "url"},
		{"PUT callbacks", with("url", "http://app.test/x", "method", "PUT"), 400, "method"},
		{"another channel", with("type", "whatsapp"), 400, "type"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := start(t, simulator.Config{})
			r := b.send(c.fields)
			text, _ := r.body["error"].(string)
			if r.status != c.status || !strings.Contains(text, c.says) {
				t.Fatalf("%d %s", r.status, r.raw)
			}
			accepted, refused := len(b.sim.Ledger().Accepted()), len(b.sim.Ledger().Refusals())
			if (c.status == 202) != (accepted > 0) || (c.status == 202) == (refused > 0) {
				t.Errorf("ledger: %d accepted, %d refused", accepted, refused)
			}
		})
	}
}

func TestCallsThatAreNoCalls(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{})
	post := func(path, contentType, id, token string) reply {
		req, err := http.NewRequest(http.MethodPost, "http://api.plivo.test"+path, strings.NewReader(`{}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", contentType)
		if id != "" {
			req.SetBasicAuth(id, token)
		}
		return do(b.api, req)
	}
	const js = "application/json"
	for name, c := range map[string]struct {
		got  reply
		want int
	}{
		"wrong token":          {post(account("Message/"), js, authID, "no"), 401},
		"wrong id":             {post(account("Message/"), js, "MAOTHER", authToken), 401},
		"no credentials":       {post(account("Message/"), js, "", ""), 401},
		"form instead of JSON": {post(account("Message/"), "application/x-www-form-urlencoded", authID, authToken), 400},
		"no trailing slash":    {post(account("Message"), js, authID, authToken), 404},
		"another account":      {post("/v1/Account/MAOTHER/Message/", js, authID, authToken), 404},
		"unknown resource":     {post(account("Call/"), js, authID, authToken), 404},
		"wrong method":         {post(account("Pricing/"), js, authID, authToken), 405},
		"doubled slashes":      {b.call(http.MethodGet, "/v1/Account/"+authID+"//", ""), 200},
	} {
		if c.got.status != c.want {
			t.Errorf("%s: %d, want %d (%s)", name, c.got.status, c.want, c.got.raw)
		}
		if c.want == 401 && (c.got.body != nil || !strings.HasPrefix(c.got.header.Get("Content-Type"), "text/plain")) {
			t.Errorf("%s: not plain text: %s", name, c.got.raw)
		}
	}
}

func TestBulkDropsDoublesAndInvalidNumbersAndShufflesTheIDs(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{})
	var dst []string
	for i := range 60 {
		dst = append(dst, "+1212555"+string([]byte{'0', '1', '0' + byte(i/10), '0' + byte(i%10)}))
	}
	r := b.send(map[string]any{"src": sender, "text": "Hi", "dst": strings.Join(dst, "<") + "<" + dst[3] + "<123"})
	uuids := r.uuids(t)
	if len(uuids) != 60 {
		t.Fatalf("%d ids", len(uuids))
	}
	if diff := cmp.Diff([]any{"123"}, r.body["invalid_number"]); diff != "" {
		t.Error(diff)
	}
	inOrder := true
	for i, req := range b.sim.Ledger().Accepted() {
		inOrder = inOrder && req.UUID == uuids[i]
	}
	if inOrder {
		t.Error("the ids come in the order of the numbers")
	}
}

func FuzzSend(f *testing.F) {
	for _, body := range []string{
		`{"src":"12125550100","dst":"12125550123","text":"x"}`, `{"src":"a","dst":"<<<","text":"x"}`, `{}`, `[]`, `null`, `{"log":1,"message_expiry":"x"}`,
		`{"src":"12125550100","dst":"12125550123<12125550123<1","text":"x","url":"http://%zz","message_expiry":5}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		b := start(t, simulator.Config{Workers: 1, RetryDelays: []time.Duration{}})
		r := b.call(http.MethodPost, account("Message/"), body)
		accepted := len(b.sim.Ledger().Accepted())
		if r.err != nil || (r.status == 202) != (accepted > 0) || r.status != 202 && r.status != 400 {
			t.Fatalf("%d %s: %d accepted", r.status, r.raw, accepted)
		}
	})
}
