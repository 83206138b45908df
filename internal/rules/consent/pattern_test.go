package consent

import "testing"

// tiny is a language of a few words, to try the notation of patterns with.
var tiny = []language{
	{code: "xx", filler: "please", typos: "texting", classes: "doing: *ing\ntexting: texting calling", guards: "other: stop @doing!@texting\nrefused: leave ? never", phrases: "stop: stop\nleave: leave\nlent: @yy.lent"},
	{code: "yy", classes: "lent: borrowed"},
}

func TestNotationOfPatterns(t *testing.T) {
	t.Parallel()
	g := newGrammar(tiny...)
	for text, want := range map[string]Intent{
		"stop":                  OptOut,
		"stop texting":          OptOut, // of the first class, but of the second too
		"stop smoking":          None,
		"leave":                 OptOut,
		"leave please? never":   None,
		"leave! never":          OptOut, // no question
		"borrowed":              OptOut, // a class of another language
		"smoking is forbidden?": None,
	} {
		if got := g.phrase(g.understand(text)).Intent; got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
	}
}

func TestAMistakeInAPatternPanics(t *testing.T) {
	t.Parallel()
	for _, row := range []string{"id: @missing", "id: @xx.missing", "id: a!b|c!d", "id: ..x a", "no id"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("the row %q is accepted", row)
				}
			}()
			newGrammar(language{code: "xx", phrases: row})
		}()
	}
}

func TestAnEndingDoesNotHideASlip(t *testing.T) {
	t.Parallel()
	g := newGrammar(tiny...)
	if got := g.phrase(g.understand("stop textting")).Intent; got != OptOut {
		t.Errorf("a slip in a word in -ing is read as %s", got)
	}
}
