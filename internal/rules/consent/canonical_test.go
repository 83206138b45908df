package consent

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

// Evidence that is written at once has the form that it has when it is read back and written again.
func TestPlainEvidenceHasTheCanonicalForm(t *testing.T) {
	t.Parallel()
	short := 0
	rapid.Check(t, func(t *rapid.T) {
		m := map[string]any{}
		for range rapid.IntRange(0, 5).Draw(t, "fields") {
			key := rapid.SampledFrom([]string{"row", "file", "a<b", "ü", "\u2028", "\"quoted\"", "bad\xff"}).Draw(t, "key")
			switch rapid.IntRange(0, 4).Draw(t, "kind") {
			case 0:
				m[key] = rapid.Int().Draw(t, "number")
			case 1:
				m[key] = rapid.SampledFrom([]any{1.5, nil, true, []string{"a"}, map[string]any{"z": 1, "a": "<"}}).Draw(t, "other")
			default:
				m[key] = rapid.SampledFrom([]string{"list.csv", "<script>&", "\u2028\u2029", "line\nend", "bad\xff", "\"", ""}).Draw(t, "text")
			}
		}
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		want, err := CanonicalJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		got, err := CanonicalJSON(m)
		if err != nil || string(got) != string(want) {
			t.Fatalf("%#v\n got %s (%v)\nwant %s", m, got, err, want)
		}
		if plain(m) {
			short++
		}
	})
	if short == 0 {
		t.Error("nothing took the short way")
	}
}
