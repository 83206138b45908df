package importer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestColumnsAreFoundUnderManyNames(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		header  string
		mapping map[string]string
		want    columns
	}{
		"our own names":       {"phoneNumber,firstName,lastName,language,timezone,state", nil, columns{"phoneNumber", "firstName", "lastName", "language", "timezone", "state"}},
		"any writing":         {"PHONE NUMBER, First Name ,SURNAME,Time-Zone", nil, columns{"phoneNumber", "firstName", "lastName", "timezone"}},
		"mobile":              {"Mobile", nil, columns{"phoneNumber"}},
		"cell":                {"Cell Phone", nil, columns{"phoneNumber"}},
		"number":              {"number", nil, columns{"phoneNumber"}},
		"the best of several": {"number,mobile,phone", nil, columns{"attributes.number", "attributes.mobile", "phoneNumber"}},
		"the rest":            {"phone,City,attributes.Shoe size", nil, columns{"phoneNumber", "attributes.City", "attributes.Shoe size"}},
		"nameless and twice":  {"phone,,City,City", nil, columns{"phoneNumber", "attributes.column 2", "attributes.City", "attributes.City 2"}},
		"harmful names":       {"phone,{{a|b}}", nil, columns{"phoneNumber", "attributes.a b"}},
		"mapping wins":        {"phone,work", map[string]string{"work": "phoneNumber"}, columns{"attributes.phone", "phoneNumber"}},
		"mapping is forgiving": {"Handy-Nr.,Vorname", map[string]string{"handy nr": "phoneNumber", "Vorname": "firstName"},
			columns{"phoneNumber", "firstName"}},
		"left out":          {"phone,notes", map[string]string{"notes": ""}, columns{"phoneNumber", ""}},
		"a named attribute": {"phone,c", map[string]string{"c": "attributes.city"}, columns{"phoneNumber", "attributes.city"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, refusal := resolve(strings.Split(c.header, ","), c.mapping)
			if refusal != nil {
				t.Fatal(refusal)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMappingsThatCannotBeMeantAreRefused(t *testing.T) {
	t.Parallel()
	for name, mapping := range map[string]map[string]string{
		"no such column":    {"email": "attributes.email"},
		"no such field":     {"a": "status"},
		"no attribute name": {"a": "attributes."},
		"two of one field":  {"a": "firstName", "b": "firstName"},
		"one column twice":  {"a": "firstName", "A": "lastName"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, refusal := resolve([]string{"phone", "a", "b"}, mapping)
			if refusal == nil || refusal.Code != CodeBadMapping || refusal.Field != "mapping" {
				t.Errorf("got %v", refusal)
			}
		})
	}
	if _, refusal := resolve([]string{"phone"}, map[string]string{"phone": ""}); refusal == nil || refusal.Code != CodeHeaderMissing {
		t.Errorf("a file whose number was left out: %v", refusal)
	}
}
