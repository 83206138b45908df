package hooks_test

import "testing"

func TestSendersAreStoredInTheOneFormOfTheirKind(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for _, tc := range []struct {
		name         string
		data         map[string]any
		status       int
		number       string
		field, code_ string
	}{
		{"a long code", map[string]any{"kind": "long_code", "number": "(212) 555-0123"}, 200, "+12125550123", "", ""},
		{"the same otherwise written", map[string]any{"kind": "long_code", "number": "+1 212-555-0123"}, 400, "", "number", "validation_not_unique"},
		{"no number", map[string]any{"kind": "long_code", "number": ""}, 400, "", "number", "validation_required"},
		{"toll free", map[string]any{"kind": "toll_free", "number": "1-800-555-0123"}, 200, "+18005550123", "", ""},
		{"a short code", map[string]any{"kind": "short_code", "number": "555 01"}, 200, "55501", "", ""},
		{"letters in a short code", map[string]any{"kind": "short_code", "number": "5A501"}, 400, "", "number", "bad_short_code"},
		{"a name", map[string]any{"kind": "alphanumeric", "number": "ACME1"}, 200, "ACME1", "", ""},
		{"a long name", map[string]any{"kind": "alphanumeric", "number": "ACMEACMEACME"}, 400, "", "number", "bad_alphanumeric"},
		{"a name of digits", map[string]any{"kind": "alphanumeric", "number": "12345"}, 400, "", "number", "bad_alphanumeric"},
		{"a powerpack", map[string]any{"kind": "powerpack", "powerpackUuid": " 5ec4c8c9-cd74-42b5-9e41-0d7670d6bb46 "}, 200, "", "", ""},
		{"a second powerpack", map[string]any{"kind": "powerpack", "powerpackUuid": "other"}, 200, "", "", ""},
		{"a powerpack without its id", map[string]any{"kind": "powerpack"}, 400, "", "powerpackUuid", "validation_required"},
		{"too fast", map[string]any{"kind": "short_code", "number": "55502", "ratePerSecond": 1001}, 400, "", "ratePerSecond", "validation_max_number_constraint"},
		{"no kind", map[string]any{"number": "55503"}, 400, "", "kind", "validation_required"},
	} {
		tc.data["name"] = "N"
		got := m.make("senders", tc.data)
		want(t, tc.name, got, tc.status, tc.field, tc.code_)
		if tc.status == 200 && got.String("number") != tc.number {
			t.Errorf("%s: stored as %q, want %q", tc.name, got.String("number"), tc.number)
		}
	}
}

func TestANewSenderIsEnabledUnlessSaidOtherwise(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for number, tc := range map[string]struct {
		data map[string]any
		want bool
	}{
		"55501": {map[string]any{}, true},
		"55502": {map[string]any{"enabled": false}, false},
		"55503": {map[string]any{"enabled": true}, true},
	} {
		tc.data["name"], tc.data["kind"], tc.data["number"] = "N", "short_code", number
		if got := m.make("senders", tc.data).JSON()["enabled"]; got != tc.want {
			t.Errorf("%v: enabled is %v", tc.data, got)
		}
	}
}

func TestListsOptInInOneStepUnlessSaidOtherwise(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	if got := m.make("lists", map[string]any{"name": " Spring "}); got.String("optIn") != "single" || got.String("name") != "Spring" {
		t.Errorf("%s", got.Body)
	}
	if got := m.make("lists", map[string]any{"name": "Summer", "optIn": "double"}); got.String("optIn") != "double" {
		t.Errorf("%s", got.Body)
	}
	want(t, "twice", m.make("lists", map[string]any{"name": "Spring"}), 400, "name", "validation_not_unique")
}
