package optin

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
)

// ErrNoForm says that no form has that address, or that its organisation is
// archived.
var ErrNoForm = errors.New("optin: there is no form of that name")

// Form is one public form with what its organisation says about itself.
type Form struct {
	ID      string // empty where the form is made of defaults
	Slug    string
	Org     string
	Country string // the organisation's own, ISO alpha-2
	Brand   string

	Closed     bool
	Title      string
	Intro      string
	Disclosure string // the organisation's own sentence; empty: one is made of the brand
	Frequency  string // such as "Up to 4 texts a month"
	TermsURL   string
	PrivacyURL string
	Keyword    string // to be texted instead of the form
	Accent     string // "#rrggbb"
	Countries  []string
	Caps       Caps

	List   string // joined with the consent; may be empty
	Double bool   // consent counts when the phone has answered
	Sender string // who asks; empty: nobody can
	Number string // of the sender, as a person texts it; empty where nobody can
	OneWay bool   // nobody can answer the sender: it has a name and no number
}

// DefaultKeyword is texted where a form has no keyword of its own.
const DefaultKeyword = "JOIN"

// Complete fills in what the organisation left open.
func (f Form) Complete() Form {
	if f.Title == "" {
		f.Title = "Texts from " + f.Brand
	}
	if f.Intro == "" {
		f.Intro = "Offers and news, straight to your phone."
	}
	if f.Frequency == "" {
		f.Frequency = "Msg frequency varies"
	}
	if f.Keyword == "" {
		f.Keyword = DefaultKeyword
	}
	f.Keyword = strings.ToUpper(f.Keyword)
	if len(f.Countries) == 0 {
		f.Countries = []string{f.Country}
	}
	if f.Disclosure == "" {
		// What carriers and 47 CFR 64.1200(f)(9) want to be said beside the box.
		f.Disclosure = "I agree to get recurring marketing texts from " + f.Brand + " at this number. Consent is not a condition of purchase. " +
			f.Frequency + ". Msg & data rates may apply. Reply HELP for help, STOP to opt out."
	}
	f.Caps = f.Caps.orDefault()
	return f
}

// Shown is the disclosure word for word as the page shows it, which is what the
// ledger keeps.
func (f Form) Shown() string {
	text := f.Disclosure
	if f.TermsURL != "" {
		text += " Terms: " + f.TermsURL
	}
	if f.PrivacyURL != "" {
		text += " Privacy: " + f.PrivacyURL
	}
	return text
}

// Version names the wording: the beginning of its SHA-256.
func (f Form) Version() string {
	sum := sha256.Sum256([]byte(f.Shown()))
	return hex.EncodeToString(sum[:6])
}

// open reports whether the form can take anybody now. To a name nobody can answer YES.
func (f Form) open() bool { return !f.Closed && f.Sender != "" && !(f.Double && f.OneWay) }
