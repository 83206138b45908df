package consent

import (
	"strings"
	"testing"
)

func TestUnglueNeedsEveryLetter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"stoptextingme":         "stop texting me",
		"takemeoffthelist":      "take me off the list",
		"removemynumber":        "remove my number",
		"nomemandenmasmensajes": "no me manden mas mensajes",
		"demandar":              "", // a word, not "de mandar"
		"removemyx":             "",
		"stopme":                "", // too short to be sure
		"unsubscribe":           "",
	} {
		if got := strings.Join(spoken.unglue(text), " "); got != want {
			t.Errorf("unglue(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestDialledDigitsAreANumber(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"remove 555-0134", "remove (212) 555-0134 please", "Remove 12125550134"} {
		if got := Read(text); got.Intent != OptOut {
			t.Errorf("Read(%q) = %+v", text, got)
		}
	}
	if got := Read("can you remove 2 of the 4"); got.Intent != None {
		t.Errorf("small numbers are read as %+v", got)
	}
}

func TestGluedWordsStayBounded(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("notmenotmenotmenotmenotme ", 2*mostWords)
	if n := len(spoken.understand(text)); n > mostWords+1 {
		t.Errorf("%d words are looked at, want at most %d", n, mostWords+1)
	}
}
