package hooks_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestANumberThatIsNoneLeavesTheCap(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon)
	rule := m.Do("POST", "/api/collections/rule_rows/records", m.root_.Token, "", map[string]any{"place": "US-NY", "cap": 2, "source": "test"})
	want(t, "a rule", rule, http.StatusOK, "", "")
	for _, c := range []struct{ collection, id, field, token string }{
		{"organizations", m.org, "frequencyCap", m.owner.Token},
		{"organizations", m.org, "frequencyCap", m.root_.Token},
		{"organizations", m.org, "keepMessagesDays", m.owner.Token},
		{"senders", sender, "ratePerSecond", m.owner.Token},
		{"senders", sender, "dailyCap", m.owner.Token},
		{"rule_rows", rule.String("id"), "cap", m.root_.Token},
	} {
		patch := func(key string, value any) (int, string, float64) {
			got := m.Do("PATCH", "/api/collections/"+c.collection+"/records/"+c.id, c.token, m.org, map[string]any{key: value})
			return got.Status, got.Code(c.field), m.Record(c.collection, c.id).GetFloat(c.field)
		}
		if status, _, now := patch(c.field, 30); status != http.StatusOK || now != 30 {
			t.Fatalf("%s of %s: %d, it is %v", c.field, c.collection, status, now)
		}
		for _, wrong := range []any{"x", " ", "30 a day", "NaN", "Infinity", "1e999", true, false, []any{}, []any{5}, map[string]any{"n": 5}} {
			for _, key := range []string{c.field, c.field + "+", c.field + "-"} {
				if status, code, now := patch(key, wrong); status != http.StatusBadRequest || code != "validation_not_a_number" || now != 30 {
					t.Errorf("%s of %s is %#v: %d %s, it is %v", key, c.collection, wrong, status, code, now)
				}
			}
		}
		for _, right := range []struct {
			value any
			is    float64
		}{{"31", 31}, {nil, 0}, {"", 0}, {"3.2e1", 32}, {33, 33}} {
			if status, code, now := patch(c.field, right.value); status != http.StatusOK || now != right.is {
				t.Errorf("%s of %s is %#v: %d %s, it is %v", c.field, c.collection, right.value, status, code, now)
			}
		}
	}
	want(t, "create", m.make("senders", map[string]any{"name": "x", "kind": "toll_free", "number": "+18005550101", "dailyCap": "many"}),
		400, "dailyCap", "validation_not_a_number")
	want(t, "what the schema says of a number", m.change("senders", sender, map[string]any{"dailyCap": -1}), 400, "dailyCap", "validation_min_number_constraint")
}

func TestAFormMayLeaveANumberEmpty(t *testing.T) {
	t.Parallel()
	m, _, sender := sendingTeam(t, noon)
	patch := func(form string) int {
		req := httptest.NewRequest(http.MethodPatch, "/api/collections/senders/records/"+sender, strings.NewReader(form))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Authorization", m.owner.Token)
		req.Header.Set("X-Org", m.org)
		return m.Serve(req).Status
	}
	for _, c := range []struct {
		form   string
		status int
		is     float64
	}{{"dailyCap=25", 200, 25}, {"dailyCap=x", 400, 25}, {"dailyCap=025", 200, 25}, {"dailyCap=", 200, 0}} {
		if status := patch(c.form); status != c.status || m.Record("senders", sender).GetFloat("dailyCap") != c.is {
			t.Errorf("%s: %d, it is %v", c.form, status, m.Record("senders", sender).GetFloat("dailyCap"))
		}
	}
}
