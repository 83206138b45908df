package hooks_test

import (
	"net/http"
	"testing"
)

func TestFormsAreChecked(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	other := m.Record("organizations", m.other).GetString("slug")
	own := m.Record("organizations", m.org).GetString("slug")
	for _, c := range []struct {
		name string
		form map[string]any
		code string // of the field, empty: it is taken
		at   string
	}{
		{"one's own slug", map[string]any{"slug": own}, "", ""},
		{"another's slug", map[string]any{"slug": other}, "validation_not_unique", "slug"},
		{"the same again", map[string]any{"slug": own}, "validation_not_unique", "slug"},
		{"a word of our own", map[string]any{"slug": "a", "keyword": "bread"}, "", ""},
		{"STOP as keyword", map[string]any{"slug": "b", "keyword": "Stop"}, "keyword_reserved", "keyword"},
		{"YES as keyword", map[string]any{"slug": "c", "keyword": "YES"}, "keyword_reserved", "keyword"},
		{"a country that is none", map[string]any{"slug": "d", "countries": "US XX"}, "bad_country", "countries"},
		{"a script for a colour", map[string]any{"slug": "e", "accent": "red;}"}, "validation_invalid_format", "accent"},
		{"a script for terms", map[string]any{"slug": "f", "termsUrl": "javascript:alert(1)"}, "validation_invalid_url", "termsUrl"},
	} {
		res := m.make("forms", c.form)
		switch {
		case c.code == "" && res.Status != http.StatusOK:
			t.Errorf("%s: %d %s", c.name, res.Status, res.Body)
		case c.code != "" && (res.Status != http.StatusBadRequest || res.Code(c.at) != c.code):
			t.Errorf("%s: %d %s, want %s", c.name, res.Status, res.Body, c.code)
		}
	}
}

func TestAFormWhoseSenderIsAName(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	made := func(collection string, data map[string]any) string {
		t.Helper()
		res := m.make(collection, data)
		want(t, collection, res, http.StatusOK, "", "")
		return res.String("id")
	}
	named := made("senders", map[string]any{"name": "Named", "kind": "alphanumeric", "number": "ACME"})
	other := made("senders", map[string]any{"name": "Other", "kind": "alphanumeric", "number": "ACME2"})
	list := made("lists", map[string]any{"name": "Spring"})
	double := made("lists", map[string]any{"name": "Summer", "optIn": "double"})
	want(t, "a form that asks for YES", m.make("forms", map[string]any{"slug": "deaf", "list": double, "sender": named}), http.StatusBadRequest, "sender", "sender_one_way")
	form := made("forms", map[string]any{"slug": "spring", "list": list, "sender": named})
	want(t, "another list", m.change("forms", form, map[string]any{"list": double}), http.StatusBadRequest, "sender", "sender_one_way")
	// From here on the form would be refused as a new one.
	want(t, "the list", m.change("lists", list, map[string]any{"optIn": "double"}), http.StatusOK, "", "")
	want(t, "another colour", m.change("forms", form, map[string]any{"accent": "#336699", "sender": named, "list": list}), http.StatusOK, "", "")
	want(t, "another name", m.change("forms", form, map[string]any{"sender": other}), http.StatusBadRequest, "sender", "sender_one_way")
}
