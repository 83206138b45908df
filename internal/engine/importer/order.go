package importer

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/phone"
)

// Order is what somebody asks of a file.
type Order struct {
	Org, List string
	FileName  string
	// ConsentMethod and ConsentText attest consent for every row; both or neither.
	ConsentMethod, ConsentText string
	Mapping                    map[string]string // column's name -> field
	DefaultCountry             string            // of numbers without country code
	DryRun                     bool              // check and count, write nobody
	By                         string            // who: a user's id, or "shell"
}

// Methods are the ways to consent that can be attested for a whole file. An
// answer from the phone, an owner's own decision and what a carrier reports are
// about one person each.
func Methods() []string {
	return []string{
		consent.MethodWebForm, consent.MethodPaper, consent.MethodVerbal, consent.MethodImport,
		consent.MethodAPI, consent.MethodQR, consent.MethodKeyword,
	}
}

// Check refuses what cannot be carried out, whatever the file holds. The error
// is a *Refusal.
func (o Order) Check() error {
	o = o.tidy()
	switch {
	case o.ConsentMethod == "" && o.ConsentText != "":
		return &Refusal{"consentMethod", CodeConsentPartial, "say how the consent was given, or leave consentText out"}
	case o.ConsentMethod != "" && o.ConsentText == "":
		return &Refusal{"consentText", CodeConsentPartial, "give the words that these people agreed to, or leave consentMethod out"}
	case o.ConsentMethod != "" && !slices.Contains(Methods(), o.ConsentMethod):
		return &Refusal{"consentMethod", CodeConsentMethod, "use one of " + strings.Join(Methods(), ", ")}
	case utf8.RuneCountInString(o.ConsentText) > maxText:
		return &Refusal{"consentText", CodeConsentTooLong, "use at most 20000 characters"}
	case !phone.KnownCountry(o.DefaultCountry):
		return &Refusal{"defaultCountry", CodeBadCountry, "write the country in two letters, such as US"}
	}
	return nil
}

func (o Order) tidy() Order {
	o.ConsentMethod, o.ConsentText = strings.TrimSpace(o.ConsentMethod), strings.TrimSpace(o.ConsentText)
	o.DefaultCountry = strings.ToUpper(strings.TrimSpace(o.DefaultCountry))
	o.FileName = fileName(o.FileName)
	return o
}

// fileName keeps the last part of a name, without what a terminal or a page
// could stumble over.
func fileName(name string) string {
	name = clean(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if r := []rune(name); len(r) > maxFileName {
		name = string(r[:maxFileName])
	}
	if name == "." || name == "/" {
		return ""
	}
	return name
}
