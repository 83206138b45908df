package inbox

import (
	"context"
	"errors"
	"strings"

	"tidings/internal/engine/ledger"
	"tidings/internal/engine/optin"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// join takes the keyword of a form for the consent that the form is about. The
// text came from that phone, so there is nothing to confirm. It reports whether it
// was one.
func (b *Inbox) join(ctx context.Context, a *Arrival) (bool, error) {
	word := keyword(a.Text)
	if word == "" || a.Number == "" || consent.Classify(word) != consent.None && consent.Read(word).Tier == consent.TierExact {
		return false, nil
	}
	form, err := b.store.JoinForm(ctx, a.Org, word)
	if errors.Is(err, optin.ErrNoForm) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	form = form.Complete()
	evidence := map[string]any{
		"messageUuid": a.UUID, "to": a.To, "keyword": word, "text": a.Text, "form": form.Slug, "disclosureVersion": form.Version(),
	}
	a.Act = &ledger.Act{
		Org: a.Org, Number: a.Number, Action: consent.ActionGranted, Method: consent.MethodKeyword, Text: form.Shown(),
		Create: true, Confirmed: true, List: form.List, Evidence: evidence,
	}
	if a.answersItself() && a.Intent != "optin" {
		a.Rejoin = &Rejoin{Form: form, Evidence: evidence, Answer: Answer{message.Help, rejoinText(a.Route)}}
	}
	// Providers answer START by themselves, and not a shop's own word.
	a.Answer = &Answer{message.Start, optin.Welcome(a.Brand, form.Frequency)}
	return true, nil
}

// Keywords of forms are as long as their field allows.
const (
	leastKeyword = 2
	mostKeyword  = 20
)

// keyword gives the one word of a text in capitals, without the dots and quotes
// that people copy along; empty where there are more words.
func keyword(text string) string {
	word := strings.ToUpper(strings.Trim(strings.TrimSpace(text), `.,!?"'“”‘’ `))
	if len(word) < leastKeyword || len(word) > mostKeyword {
		return ""
	}
	for _, c := range []byte(word) {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return ""
		}
	}
	return word
}
