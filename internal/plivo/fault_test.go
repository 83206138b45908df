package plivo

import (
	"testing"
)

func TestEveryFaultIsWholeAndKnown(t *testing.T) {
	t.Parallel()
	classes := map[string]bool{ClassOK: true, ClassRetry: true, ClassRecipient: true, ClassContent: true, ClassSender: true, ClassCountry: true, ClassAccount: true, ClassUnknown: true}
	suppress := map[string]bool{SuppressNone: true, SuppressAtOnce: true, SuppressSecond: true, SuppressOptOut: true}
	seen := map[string]bool{}
	for _, f := range Faults() {
		if seen[f.Code] {
			t.Errorf("code %q stands twice", f.Code)
		}
		seen[f.Code] = true
		if f.Code == "" || f.Meaning == "" || f.Remedy == "" || !classes[f.Class] || !suppress[f.Suppress] {
			t.Errorf("incomplete: %+v", f)
		}
		if f.Suppress != SuppressNone && f.Class != ClassRecipient {
			t.Errorf("%s suppresses a number that is not at fault", f.Code)
		}
	}
	for _, code := range []string{"10", "20", "30", "40", "50", "60", "70", "80", "90", "100", "110", "200", "201", "300", "420", "450", "900", "910", "1000", "401", "403", "http_400", "http_404"} {
		if !seen[code] {
			t.Errorf("code %s is missing", code)
		}
	}
}

func TestExplainKnowsWhoIsAtFault(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ class, suppress string }{
		"":         {ClassOK, SuppressNone},
		"000":      {ClassOK, SuppressNone},
		"0":        {ClassOK, SuppressNone},
		"50":       {ClassRecipient, SuppressAtOnce},
		" 50 ":     {ClassRecipient, SuppressAtOnce},
		"70":       {ClassRecipient, SuppressSecond},
		"200":      {ClassRecipient, SuppressOptOut},
		"450":      {ClassCountry, SuppressNone},
		"900":      {ClassAccount, SuppressNone},
		"401":      {ClassAccount, SuppressNone},
		"http_422": {ClassUnknown, SuppressNone},
		"31337":    {ClassUnknown, SuppressNone},
		"other":    {ClassUnknown, SuppressNone},
	}
	for code, want := range tests {
		f := Explain(code)
		if f.Class != want.class || f.Suppress != want.suppress || f.Meaning == "" || f.Remedy == "" {
			t.Errorf("Explain(%q) = %+v", code, f)
		}
	}
	if f := Explain("31337"); f.Code != "31337" {
		t.Errorf("an unknown code is shown as %q", f.Code)
	}
}
