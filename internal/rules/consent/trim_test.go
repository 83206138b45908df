package consent

import "testing"

func TestWhatThePhoneAddedIsNotRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"STOP\n\nSent from my iPhone":                        "STOP",
		"> 20% off! Reply STOP to opt out\ngreat, see you":   "great, see you",
		"Abmelden\n-- \nErika Muster\nMuster GmbH":           "Abmelden",
		"arr\u00eat\nEnvoy\u00e9 de mon iPhone":              "arr\u00eat",
		"one line":                                           "one line",
		"> Reply STOP to opt out":                            "> Reply STOP to opt out",
		"> Reply STOP to opt out\n\n":                        "> Reply STOP to opt out\n\n",
		"when do you open?\nwe sent from here yesterday too": "when do you open?\nwe sent from here yesterday too",
	} {
		if got := trim(text); got != want {
			t.Errorf("trim(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAKeywordOnALineOfItsOwnIsRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Reading{
		"Boa tarde\nSAIR\nMaria Silva": {OptOut, "sair", "pt.line", "pt", TierPhrase},
		"STOP\nMark Davis\nManager":    {OptOut, "stop", "en.line", "en", TierPhrase},
		"two loaves\nHELP":             {},
		"two loaves\nSTART":            {},
	} {
		if got := Read(text); got != want {
			t.Errorf("Read(%q) = %+v, want %+v", text, got, want)
		}
	}
}
