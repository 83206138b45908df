package hooks_test

import "testing"

func TestOrganisationsAreChecked(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, tc := range []struct {
		name        string
		data        map[string]any
		status      int
		field, code string
	}{
		{"a country", map[string]any{"defaultCountry": "CA"}, 200, "", ""},
		{"a country in small letters", map[string]any{"defaultCountry": "ca"}, 200, "", ""},
		{"no country", map[string]any{"defaultCountry": "XX"}, 400, "defaultCountry", "unknown_country"},
		{"a zone", map[string]any{"timezone": "America/Chicago"}, 200, "", ""},
		{"no zone", map[string]any{"timezone": "Mars/Olympus"}, 400, "timezone", "unknown_timezone"},
		{"the server's zone", map[string]any{"timezone": "Local"}, 400, "timezone", "unknown_timezone"},
		{"a path for a zone", map[string]any{"timezone": "../etc/passwd"}, 400, "timezone", "unknown_timezone"},
		{"hours", map[string]any{"sendFrom": "09:00", "sendUntil": "20:30"}, 200, "", ""},
		{"no hours", map[string]any{"sendFrom": "", "sendUntil": ""}, 200, "", ""},
		{"hours that do not exist", map[string]any{"sendFrom": "24:00"}, 400, "sendFrom", "validation_invalid_format"},
		{"hours backwards", map[string]any{"sendFrom": "20:00", "sendUntil": "09:00"}, 400, "sendUntil", "bad_hours"},
		{"hours that leave no time", map[string]any{"sendFrom": "05:00", "sendUntil": "07:00"}, 400, "sendUntil", "bad_hours"},
		{"a slug", map[string]any{"slug": "acme-2"}, 200, "", ""},
		{"a slug with a space", map[string]any{"slug": "acme 2"}, 400, "slug", "validation_invalid_format"},
		{"a slug that is taken", map[string]any{"slug": "default"}, 400, "slug", "validation_not_unique"},
		{"a long help text", map[string]any{"helpText": string(make([]byte, 301))}, 400, "helpText", "validation_max_text_constraint"},
		{"a negative cap", map[string]any{"frequencyCap": -1}, 400, "frequencyCap", "validation_min_number_constraint"},
	} {
		want(t, tc.name, m.change("organizations", m.org, tc.data), tc.status, tc.field, tc.code)
	}
	if got := m.Record("organizations", m.org).GetString("defaultCountry"); got != "CA" {
		t.Errorf("the country is stored as %q", got)
	}
}
