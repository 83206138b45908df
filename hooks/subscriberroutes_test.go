package hooks_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPreviewMeasuresAsTheCarrierWill(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, c := range []struct {
		name, text string
		want       map[string]any
	}{
		{"plain", "Hello", map[string]any{"encoding": "GSM_7", "codeUnits": 5.0, "segments": 1.0, "characters": 5.0,
			"offending": []any{}, "cleaned": "Hello", "cleanedSegments": 1.0}},
		{"a curly quote", "It\u2019s \U0001F600", map[string]any{"encoding": "UCS_2", "codeUnits": 7.0, "segments": 1.0, "characters": 6.0,
			"offending": []any{
				map[string]any{"char": "\u2019", "index": 2.0, "suggestion": "'"},
				map[string]any{"char": "\U0001F600", "index": 5.0, "suggestion": ""},
			}, "cleaned": "It\u2019s \U0001F600", "cleanedSegments": 1.0}}, // one that stays makes cleaning useless
		{"what can be cleaned", "It\u2019s", map[string]any{"encoding": "UCS_2", "codeUnits": 4.0, "segments": 1.0, "characters": 4.0,
			"offending": []any{map[string]any{"char": "\u2019", "index": 2.0, "suggestion": "'"}}, "cleaned": "It's", "cleanedSegments": 1.0}},
		{"nothing", "", map[string]any{"encoding": "GSM_7", "codeUnits": 0.0, "segments": 0.0, "characters": 0.0,
			"offending": []any{}, "cleaned": "", "cleanedSegments": 0.0}},
	} {
		res := m.Do("POST", "/api/sms/preview", m.viewer.Token, m.org, map[string]any{"text": c.text})
		got := res.JSON()
		delete(got, "findings")
		if diff := cmp.Diff(c.want, got); res.Status != http.StatusOK || diff != "" {
			t.Errorf("%s: %d (-want +got):\n%s", c.name, res.Status, diff)
		}
	}
}

func TestPreviewSaysWhatCouldBeBetter(t *testing.T) {
	t.Parallel()
	m, _, _ := sendingTeam(t, noon)
	codes := func(body map[string]any) string {
		res := m.Do("POST", "/api/sms/preview", m.viewer.Token, m.org, body)
		var found []string
		for _, f := range res.JSON()["findings"].([]any) {
			found = append(found, f.(map[string]any)["code"].(string))
		}
		return strings.Join(found, " ")
	}
	for _, c := range []struct {
		want string
		body map[string]any
	}{
		{"brand_missing stop_missing", map[string]any{"text": "Coffee is half price"}},
		{"stop_missing", map[string]any{"text": "Coffee is half price", "brand": ""}},
		{"", map[string]any{"text": "Bean: half price", "brand": "bean", "later": true}},
		{"", map[string]any{"text": ""}},
		{"url_shortener brand_missing", map[string]any{"text": "Look: bit.ly/x. Reply STOP to end"}},
	} {
		if got := codes(c.body); got != c.want {
			t.Errorf("%v: %q, want %q", c.body, got, c.want)
		}
	}
}

func TestEligibilityGivesEveryRulesAnswer(t *testing.T) {
	t.Parallel()
	m, _, _ := sendingTeam(t, noon)
	yes := m.subscriber(t, "+12125550101", nil)
	asleep := m.subscriber(t, "+18085550102", nil)
	fresh := m.make("subscribers", map[string]any{"phoneNumber": "+12125550103"}).String("id")
	gone := m.subscriber(t, "+12125550104", nil)
	m.Do("POST", "/api/sms/consents", m.editor.Token, m.org, map[string]any{"phoneNumber": "+12125550104", "action": "revoked", "method": "verbal"})
	blocked := m.subscriber(t, "+12125550105", nil)
	m.make("suppressions", map[string]any{"phoneNumber": "+12125550105"})
	for _, c := range []struct {
		name, id string
		allowed  bool
		refusing string // the rule that says no
		next     string
	}{
		{"who may be texted", yes, true, "", "2026-03-10 16:00:00.000Z"},
		{"a sleeper", asleep, false, "hours", "2026-03-10 18:00:00.000Z"},
		{"who has not consented", fresh, false, "consent", ""},
		{"who opted out", gone, false, "suppression", ""},
		{"who is on the list", blocked, false, "suppression", ""},
	} {
		res := m.Do("GET", "/api/sms/subscribers/"+c.id+"/eligibility", m.viewer.Token, m.org, nil)
		body := res.JSON()
		if res.Status != http.StatusOK || body["allowed"] != c.allowed || res.String("nextAllowedAt") != c.next {
			t.Errorf("%s: %d %s", c.name, res.Status, res.Body)
		}
		rules, _ := body["reasons"].([]any)
		refusing := ""
		for _, r := range rules {
			one := r.(map[string]any)
			if one["detail"] == "" {
				t.Errorf("%s: the rule %v has no words", c.name, one["rule"])
			}
			if one["allowed"] == false && refusing == "" {
				refusing = one["rule"].(string)
			}
		}
		if refusing != c.refusing || len(rules) < 7 { // six of ours, and the rows of the law
			t.Errorf("%s: %q of %d rules refuses, want %q", c.name, refusing, len(rules), c.refusing)
		}
	}
}

func TestAReplyGoesToWhoeverMayBeAnswered(t *testing.T) {
	t.Parallel()
	m, box, _ := sendingTeam(t, noon)
	m.subscriber(t, "+12125550101", nil)
	reply := func(number, text string) (status int, code string) {
		t.Helper()
		res := m.Do("POST", "/api/sms/conversations/"+number+"/reply", m.editor.Token, m.org, map[string]any{"text": text})
		return res.Status, res.Code("text")
	}
	if status, code := reply("212-555-0101", "  We open at nine. "); status != http.StatusAccepted {
		t.Fatalf("%d %s", status, code)
	}
	if text := box.next(t); text.Body != "We open at nine." || text.To != "+12125550101" {
		t.Errorf("sent %+v", text)
	}
	if status, code := reply("+12125550102", "Hello stranger"); status != http.StatusConflict || code != "no_consent" {
		t.Errorf("to somebody who never wrote: %d %s", status, code)
	}
	m.Do("POST", "/api/sms/consents", m.editor.Token, m.org, map[string]any{"phoneNumber": "+12125550101", "action": "revoked", "method": "verbal"})
	if status, code := reply("+12125550101", "One more thing"); status != http.StatusConflict || code != "opted_out" {
		t.Errorf("after an opt-out: %d %s", status, code)
	}
	// What was queued while the phones sleep is not sent after an opt-out.
	night, _, _ := sendingTeam(t, noon.Add(12*time.Hour))
	night.subscriber(t, "+12125550101", nil)
	res := night.Do("POST", "/api/sms/conversations/+12125550101/reply", night.editor.Token, night.org, map[string]any{"text": "Good night"})
	if res.Status != http.StatusAccepted {
		t.Fatalf("%d %s", res.Status, res.Body)
	}
	night.Do("POST", "/api/sms/consents", night.editor.Token, night.org, map[string]any{"phoneNumber": "+12125550101", "action": "revoked", "method": "verbal"})
	if r := night.Record("messages", res.String("messageId")); r.GetString("status") != "skipped" || r.GetString("reason") != "opted_out" {
		t.Errorf("the queued reply is %s %s", r.GetString("status"), r.GetString("reason"))
	}
}
