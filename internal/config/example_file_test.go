package config

import (
	"os"
	"strings"
	"testing"
)

// The example file is what a shop owner copies, so it has to load.
func TestExampleFileNamesEveryVariableAndLoads(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.Contains(strings.TrimPrefix(name, "#"), " ") {
			values[name] = value
		}
	}
	for _, v := range Variables() {
		if _, ok := values[v.Name]; !ok {
			if _, commented := values["#"+v.Name]; !commented {
				t.Errorf("%s is missing", v.Name)
			}
		}
	}
	if _, err := Load(func(name string) string { return values[name] }); err != nil {
		t.Error(err)
	}
	if len(values) != len(Variables()) {
		t.Errorf("%d variables for %d known ones", len(values), len(Variables()))
	}
}
