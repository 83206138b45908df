// Package lint looks at the text of a campaign as carriers and their filters do,
// before it is sent: is the sender named, is there a way out, do links look like
// those of cheats, is it about what carriers do not carry, what does it cost. It
// advises and refuses nothing.
//
//	lint.Check(lint.Text{Body: "SALE!!! bit.ly/x", Brand: "Acme"})
//	// brand_missing, stop_missing, url_shortener, shouting
package lint

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"tidings/internal/rules/sms"
)

// Severity says how much a finding matters.
type Severity string

// The severities, gravest first.
const (
	Risk    Severity = "risk"    // carriers filter such texts, or fine their senders
	Warning Severity = "warning" // it should be there, or not be there
	Hint    Severity = "hint"    // it costs, or could be nicer
)

// Finding is one thing that could be better.
type Finding struct {
	Code     string   `json:"code"` // lower_snake_case, stable
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // for a person: what is wrong, and what to do
	// Index and Length tell the place in code points; both are 0 for the whole text.
	Index  int `json:"index"`
	Length int `json:"length"`
}

// Text is what is looked at.
type Text struct {
	Body  string // as written, with merge fields
	Brand string // the name that people know the sender by; empty if nobody said
	// Later says that the people have had a text of this sender before, which told
	// them the way out.
	Later bool
}

// mostSegments is where a text becomes a letter: carriers deliver long ones later
// and people read them less (CTIA Messaging Principles 5.3.1 asks for concise ones).
const mostSegments = 3

// Check gives what could be better, gravest first.
func Check(t Text) []Finding {
	found := []Finding{}
	if t.Body == "" {
		return found
	}
	for _, look := range []func(Text) []Finding{brand, wayOut, links, topics, shouting, cost} {
		found = append(found, look(t)...)
	}
	rank := map[Severity]int{Risk: 0, Warning: 1, Hint: 2}
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(rank[a.Severity], rank[b.Severity]) })
	return found
}

// at is the place of bytes in code points.
func at(text string, from, to int) (index, length int) {
	return utf8.RuneCountInString(text[:from]), utf8.RuneCountInString(text[from:to])
}

// cost tells what makes a text dearer than it looks.
func cost(t Text) []Finding {
	m := sms.Count(t.Body)
	var found []Finding
	if clean := sms.Count(sms.Clean(t.Body)); m.Encoding == sms.UCS2 && clean.Encoding != sms.UCS2 {
		o := m.Offending[0]
		found = append(found, Finding{
			Code: "unicode_surprise", Severity: Warning, Index: o.Index, Length: 1,
			Message: "“" + o.Char + "” makes the whole text Unicode, with 70 characters a segment instead of 160; plain characters say the same",
		})
	} else if m.Encoding == sms.UCS2 && m.Segments > 1 {
		o := m.Offending[0]
		found = append(found, Finding{
			Code: "unicode_cost", Severity: Hint, Index: o.Index, Length: 1,
			Message: "“" + o.Char + "” makes the whole text Unicode, with 70 characters a segment instead of 160",
		})
	}
	if m.Segments > mostSegments {
		found = append(found, Finding{
			Code: "many_segments", Severity: Hint,
			Message: "Each of these texts is billed as more than three; say it shorter, or put the rest behind a link",
		})
	}
	return found
}
