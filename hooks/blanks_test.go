package hooks_test

import (
	"net/http"
	"strings"
	"testing"
)

// blanks show nothing: ASCII, no-break, em and ideographic spaces, and such as have no width.
var blanks = []string{"", " ", "\t", "\n ", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", " \u00a0\u2003\u3000 "}

func TestWhatShowsNothingIsNothing(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon)
	good := map[string]map[string]any{
		"subscribers":  {"phoneNumber": "+12125550123", "consentMethod": "paper", "consentText": "signed"},
		"suppressions": {"phoneNumber": "+12125550124"},
		"senders":      {"name": "Shop", "kind": "toll_free", "number": "+18005550101"},
		"lists":        {"name": "Regulars"},
		"segments":     {"name": "Gold", "filter": "state = 'NY'"},
		"campaigns":    {"name": "Spring", "messageBody": "Hello", "sender": sender, "everyone": true},
		"forms":        {"slug": "join-us", "sender": sender},
	}
	for collection, fields := range map[string][]string{
		"subscribers": {"phoneNumber"}, "suppressions": {"phoneNumber"}, "senders": {"name", "number"},
		"lists": {"name"}, "segments": {"name"}, "campaigns": {"name", "messageBody"}, "forms": {"slug"},
	} {
		for _, field := range fields {
			for _, nothing := range blanks {
				data := map[string]any{field: nothing}
				for k, v := range good[collection] {
					if k != field {
						data[k] = v
					}
				}
				got := m.make(collection, data)
				if got.Status != http.StatusBadRequest || got.Code(field) != "validation_required" {
					t.Errorf("%s of %s is %q: %d %s, want 400 validation_required", field, collection, nothing, got.Status, got.Body)
				}
			}
		}
	}
	for _, table := range []string{"subscribers", "suppressions", "consent_events", "campaigns"} {
		if n, err := m.CountRecords(table); err != nil || n != 0 {
			t.Errorf("%d rows of %s are left (%v)", n, table, err)
		}
	}
	list := m.make("lists", good["lists"])
	want(t, "a name", list, http.StatusOK, "", "")
	for _, nothing := range blanks {
		want(t, "rename to "+nothing, m.change("lists", list.String("id"), map[string]any{"name": nothing}), 400, "name", "validation_required")
	}
	// Such a name may be there from before.
	segment := m.make("segments", good["segments"]).String("id")
	m.Exec("UPDATE segments SET name = ' '", nil)
	want(t, "mend an old one", m.change("segments", segment, map[string]any{"filter": "state = 'NJ'"}), http.StatusOK, "", "")
	want(t, "an organisation", m.change("organizations", m.org, map[string]any{"name": "\u3000"}), 400, "name", "validation_required")
	want(t, "a superuser's", m.Do("POST", "/api/collections/suppressions/records", m.root_.Token, "", map[string]any{"phoneNumber": "\u00a0"}),
		400, "phoneNumber", "validation_required")
}

func TestRoutesTakeNoBlankNumber(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon)
	c := m.make("campaigns", map[string]any{"name": "x", "messageBody": "Hello", "sender": sender}).String("id")
	for _, nothing := range blanks {
		for path, body := range map[string]map[string]any{
			"consents":                 {"phoneNumber": nothing, "action": "granted", "method": "paper", "text": "signed"},
			"campaigns/" + c + "/test": {"to": nothing},
		} {
			got := m.Do("POST", "/api/sms/"+path, m.editor.Token, m.org, body)
			if field := map[bool]string{true: "to", false: "phoneNumber"}[strings.HasSuffix(path, "test")]; got.Status != 400 || got.Code(field) == "" {
				t.Errorf("%s with %q: %d %s", path, nothing, got.Status, got.Body)
			}
		}
	}
	if n, err := m.CountRecords("consent_events"); err != nil || n != 0 {
		t.Errorf("%d events (%v)", n, err)
	}
}
