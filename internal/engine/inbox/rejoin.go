package inbox

import (
	"encoding/json"
	"strings"
	"time"

	"tidings/internal/engine/optin"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/phone"
)

// Rejoin is what the keyword of a form leads to, instead of consent, while the
// provider blocks texts to the person.
//
// Plivo keeps an opt-out of its own for numbers of the US and Canada and lifts it
// when the person texts START, UNSTOP or YES (plivo.com/docs, DND service); to a
// shop's own word it is deaf. A consent by that word would be worth nothing: the next
// text is refused with error 200, and she is out again. So the wish is kept, and
// becomes the consent that the form is about when START comes.
type Rejoin struct {
	Form     optin.Form
	Evidence map[string]any
	// Answer says what brings her back. Plivo lets one text through within five
	// minutes of a STOP; later it arrives only where the block does not stand after all.
	Answer Answer
}

// rejoinText says what brings somebody back whom the provider blocks.
func rejoinText(r Route) string {
	return sign(r, "To get our texts again, reply START. Until then you get none. Reply HELP for help.")
}

// providerReturns are the words that lift Plivo's block.
var providerReturns = map[string]bool{"start": true, "unstop": true, "yes": true}

// ProviderBlocks reports whether the provider most likely still blocks a number,
// from what the ledger has of it, newest first. What a person said to us in other
// words, on a page or to a clerk, the provider has not heard.
func ProviderBlocks(events []consent.Event) bool {
	for _, e := range events {
		said := readSaid(e)
		switch {
		case said.lifts(e):
			return false
		case e.Action != consent.ActionRevoked:
		case e.Method == consent.MethodCarrier, said.Intent == "optout":
			return true
		case e.Method == consent.MethodReply && isProviderWord(e.Text) && handles(phone.Locate(canonical(said.To)).Country):
			return true
		}
	}
	return false
}

// Returned is when the person last said a word that lifts the provider's block, from
// what the ledger has of her, newest first; zero if she never did.
func Returned(events []consent.Event) time.Time {
	for _, e := range events {
		if readSaid(e).lifts(e) {
			return e.At
		}
	}
	return time.Time{}
}

// said is what the evidence of an event tells of the words that led to it.
type said struct {
	UUID   string `json:"messageUuid"` // of the text that the person wrote
	To     string `json:"to"`
	Intent string `json:"providerIntent"`
	Answer string `json:"answer"`
}

func readSaid(e consent.Event) said {
	var s said
	if len(e.Evidence) > 0 && json.Unmarshal(e.Evidence, &s) != nil {
		return said{}
	}
	return s
}

// lifts reports whether an event is of words to the provider's number that lift its
// block. The same words on paper or in a file do not.
func (s said) lifts(e consent.Event) bool {
	return e.Action != consent.ActionRevoked &&
		(s.UUID != "" && (s.Intent == "optin" || providerReturns[plain(e.Text)]) || providerReturns[plain(s.Answer)])
}

// handles reports whether the provider handles keywords on long codes and toll-free
// numbers of a country.
func handles(country string) bool { return country == "US" || country == "CA" }

// plain is a text as the provider compares it.
func plain(text string) string { return strings.ToLower(strings.TrimRight(text, " \t\r\n")) }
