package hooks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Grant is consent that came with a new subscriber, to be written into the ledger.
type Grant struct {
	// App is the transaction that makes the subscriber: write through it alone, a write past it would
	// wait for the transaction for ever.
	App core.App
	// Request is the request, for the evidence.
	Request *core.RequestEvent
	// Subscriber is the record's id, PhoneNumber its number in E.164.
	Org, Subscriber, PhoneNumber string
	// Method and Text are as given; both are set.
	Method, Text string
	// Role is what the caller is in the organisation: an owner may do what an editor may not.
	Role string
}

// consentMethods are the ways to consent that a caller may state. What a carrier reports comes from
// the carrier.
var consentMethods = []string{
	"web_form", "keyword", "paper", "verbal", "import", "api", "qr", "reply", "operator",
}

// maxConsentText is the ledger's limit of a text, in characters.
const maxConsentText = 20000

// createWithConsent takes consentMethod and consentText off a create. They are no fields: they become
// a ledger event in the same transaction, so that there is neither a subscriber without the consent
// that was stated nor the other way round.
func createWithConsent(e *core.RecordRequestEvent, o Options) error {
	info, err := e.RequestInfo()
	if err != nil {
		return badBody(err)
	}
	method, text := bodyString(info.Body, "consentMethod"), bodyString(info.Body, "consentText")
	if method == "" && text == "" {
		return e.Next()
	}
	if err := checkConsent(method, text); err != nil {
		return err
	}
	role, err := roleIn(e.RequestEvent, e.Record.GetString("org"))
	if err != nil {
		return err
	}
	return inTransaction(e, func() error {
		if err := e.Next(); err != nil {
			return err
		}
		err := o.Grant(Grant{
			App: e.App, Request: e.RequestEvent,
			Org: e.Record.GetString("org"), Subscriber: e.Record.Id, PhoneNumber: e.Record.GetString("phoneNumber"),
			Method: method, Text: text, Role: role,
		})
		if err != nil {
			return err
		}
		// The answer is written after the commit, from this record.
		now, err := e.App.FindRecordById("subscribers", e.Record.Id)
		if err != nil {
			return fmt.Errorf("read the subscriber after the consent: %w", err)
		}
		for _, field := range engineFields {
			e.Record.SetRaw(field, now.GetRaw(field))
		}
		return nil
	})
}

func checkConsent(method, text string) error {
	switch {
	case method == "":
		return fault("consentMethod", "consent_incomplete", "Say how the consent was given, or leave consentText out")
	case len([]rune(text)) > maxConsentText:
		return fault("consentText", "consent_text_too_long", fmt.Sprintf("Use at most %d characters", maxConsentText))
	case blank(text):
		return fault("consentText", "consent_incomplete",
			"Give the words that the person agreed to, or leave consentMethod out")
	case !slices.Contains(consentMethods, method):
		return fault("consentMethod", "bad_consent_method", "Use one of "+strings.Join(consentMethods, ", "))
	}
	return nil
}

func bodyString(body map[string]any, key string) string {
	s, _ := body[key].(string)
	return strings.TrimSpace(s)
}
