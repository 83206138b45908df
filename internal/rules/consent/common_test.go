package consent

import "testing"

func TestALanguageThatNobodySpeaksIsNotHeard(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"stop":                        "en es fr de pt", // too short to tell
		"ya no ha llegado el pedido":  "es pt",          // "no" and "pedido" are Portuguese too
		"ich habe heute schon etwas":  "de",
		"je ne sais pas o\u00f9 vous": "fr",
		"el otro":                     "es",
	} {
		got := ""
		for _, tongue := range spoken.heard(spoken.understand(text)) {
			got += " " + tongue.code
		}
		if got != " "+want {
			t.Errorf("heard in %q: %s, want %s", text, got, want)
		}
	}
}

func TestEveryLanguageHasItsSmallWords(t *testing.T) {
	t.Parallel()
	for _, tongue := range spoken.tongues {
		if len(tongue.common) < 50 {
			t.Errorf("%s has %d small words", tongue.code, len(tongue.common))
		}
	}
}
