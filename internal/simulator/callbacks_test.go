package simulator_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/clock"
	"tidings/internal/simulator"
)

// expected computes a signature by the letter of Plivo's pages, for one header.
func expected(base, token string) string {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte(base))
	return base64.StdEncoding.EncodeToString(h.Sum(nil))
}

func v3Base(address string, form url.Values) string {
	keys := make([]string, 0, len(form))
	for k := range form {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	base := address + "?"
	for _, k := range keys {
		base += k + form.Get(k)
	}
	return base
}

func TestCallbackIsSignedFourTimesWithFreshNonces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{MainAuthToken: "main-token"})
		b.text(reachable, "Hello", "/s/1").uuids(t)
		b.idle()
		nonces := map[string]bool{}
		const address = hookBase + "/s/1"
		hooks := b.app.hooks("/s/1")
		for _, h := range hooks {
			get := h.Header.Get
			n2, n3 := get("X-Plivo-Signature-V2-Nonce"), get("X-Plivo-Signature-V3-Nonce")
			for header, want := range map[string]string{
				"X-Plivo-Signature-V2":    expected(address+n2, authToken),
				"X-Plivo-Signature-Ma-V2": expected(address+n2, "main-token"),
				"X-Plivo-Signature-V3":    expected(v3Base(address, h.Form)+"."+n3, authToken),
				"X-Plivo-Signature-Ma-V3": expected(v3Base(address, h.Form)+"."+n3, "main-token"),
			} {
				if get(header) != want {
					t.Errorf("%s: %s, want %s", header, get(header), want)
				}
			}
			nonces[n2], nonces[n3] = true, true
			if get("Content-Type") != "application/x-www-form-urlencoded" {
				t.Error(get("Content-Type"))
			}
		}
		if len(hooks) != 3 || len(nonces) != 6 {
			t.Errorf("%d callbacks with %d nonces", len(hooks), len(nonces))
		}
	})
}

func TestCallbackCarriesEveryDocumentedField(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{
			Clock: clock.StartingAt(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)), CallbackDelay: time.Second, DeliverDelay: 2 * time.Second,
		})
		uuid := b.text(reachable, strings.Repeat("a", 161), "/s/1").uuids(t)[0]
		b.idle()
		hooks := b.app.hooks("/s/1")
		if len(hooks) != 3 {
			t.Fatalf("%d callbacks", len(hooks))
		}
		want := url.Values{
			"MessageUUID": {uuid}, "ParentMessageUUID": {uuid}, "PartInfo": {"1 of 1"}, "Status": {"delivered"}, "Sequence": {"3"},
			"From": {sender}, "To": {reachable}, "Type": {"sms"}, "Units": {"2"}, "TotalRate": {"0.00550"}, "TotalAmount": {"0.01100"},
			"MCC": {"310"}, "MNC": {"410"}, "ErrorCode": {"000"}, "requester_ip": {"127.0.0.1"}, "PowerpackUUID": {""},
			"MessageTime": {"2026-03-03 16:00:00.000000"}, "QueuedTime": {"2026-03-03 16:00:00.000000"},
			"SentTime": {"2026-03-03 16:00:01.000000"}, "DeliveryReportTime": {"2026-03-03 16:00:03.000000"},
			"ConversationID": {""}, "ConversationOrigin": {""}, "ConversationExpirationTimestamp": {""},
		}
		if diff := cmp.Diff(want, hooks[2].Form); diff != "" {
			t.Error(diff)
		}
		for i, h := range hooks {
			if len(h.Form) != len(want) || h.Form.Get("Sequence") != strconv.Itoa(i+1) {
				t.Errorf("callback %d: %v", i, h.Form)
			}
		}
		if hooks[0].Form.Get("SentTime") != "" || hooks[1].Form.Get("DeliveryReportTime") != "" || hooks[1].Form.Get("SentTime") == "" {
			t.Error("a callback tells what had not happened yet")
		}
	})
}

func TestCallbackByGetPutsTheFieldsIntoTheQuery(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.send(map[string]any{"src": sender, "dst": reachable, "text": "Hi", "url": hookBase + "/g", "method": "GET"}).uuids(t)
		b.idle()
		hooks := b.app.hooks("/g")
		if len(hooks) != 3 {
			t.Fatalf("%d callbacks", len(hooks))
		}
		query, err := url.ParseQuery(hooks[2].Query)
		if err != nil || query.Get("Status") != "delivered" || hooks[2].Method != http.MethodGet || len(hooks[2].Form) != 0 {
			t.Errorf("%+v", hooks[2])
		}
		n := hooks[2].Header.Get("X-Plivo-Signature-V2-Nonce")
		if hooks[2].Header.Get("X-Plivo-Signature-V2") != expected(hookBase+"/g"+n, authToken) {
			t.Error("V2 covers the query")
		}
	})
}

func TestUnansweredCallbackIsTriedFourTimesThenGivenUp(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"an error": 500, "a refusal": 403, "a redirect": 307} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := start(t, simulator.Config{})
				b.app.answer = func(h hook) int {
					if h.Form.Get("Status") == "queued" {
						return status
					}
					return 200
				}
				b.text(reachable, "Hello", "/s/1").uuids(t)
				b.idle()
				var at []time.Duration
				var first time.Time
				nonces := map[string]bool{}
				for _, h := range b.app.hooks("/s/1") {
					if h.Form.Get("Status") != "queued" {
						continue
					}
					if first.IsZero() {
						first = h.At
					}
					at = append(at, h.At.Sub(first))
					nonces[h.Header.Get("X-Plivo-Signature-V2-Nonce")] = true
				}
				want := []time.Duration{0, time.Minute, 3 * time.Minute, 7 * time.Minute}
				if diff := cmp.Diff(want, at); diff != "" {
					t.Error(diff)
				}
				if len(nonces) != 4 {
					t.Errorf("%d nonces", len(nonces))
				}
				if got := b.sim.Ledger().Callbacks(); got.GaveUp != 1 || got.Sent != 6 || got.Acknowledged != 2 {
					t.Errorf("%+v", got)
				}
			})
		})
	}
}

func TestCallbackIsGivenUpAfterEightSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		var calls atomic.Int32
		b.app.answer = func(hook) int {
			if calls.Add(1) == 1 {
				<-time.After(8100 * time.Millisecond)
			}
			return 200
		}
		b.text(reachable, "Hello", "/s/1").uuids(t)
		b.idle()
		if got := b.app.statuses("/s/1"); !slices.Contains(got[1:], "queued") {
			t.Errorf("a callback that took too long was not sent again: %v", got)
		}
	})
}

func TestMessageWithoutURLHasNoCallbacks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.send(map[string]any{"src": sender, "dst": reachable, "text": "Hi"}).uuids(t)
		b.idle()
		if got := b.sim.Ledger(); got.Callbacks().Sent != 0 || got.States()["delivered"] != 1 {
			t.Errorf("%+v %v", got.Callbacks(), got.States())
		}
	})
}
