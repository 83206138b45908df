package consent

import "strings"

// The states that the ledger alone decides.
const (
	StatusNew          = "new" // no consent
	StatusSubscribed   = "subscribed"
	StatusUnsubscribed = "unsubscribed"
)

// Status is a person's state after the last event of that number; nil if there
// is none. What is not understood is no consent.
func Status(last *Event) string {
	if last == nil {
		return StatusNew
	}
	switch last.Action {
	case ActionGranted, ActionConfirmed:
		return StatusSubscribed
	case ActionRevoked:
		return StatusUnsubscribed
	}
	return StatusNew
}

// Grant is an attempt to give consent.
type Grant struct {
	Method    string
	Text      string // what was said or signed
	Confirmed bool   // the person has answered from that number
	Owner     bool   // an owner of the organisation does it by hand
}

// MayLift decides whether a grant lifts an opt-out. After a STOP the person alone
// can: by a keyword, a reply, or a form confirmed from the number. An owner can
// record that the person asked for it, and must write down how. All other grants,
// however sincere, are refused with CodeOptedOut: they may be older than the STOP
// or somebody else's.
func MayLift(g Grant) error {
	switch g.Method {
	case MethodKeyword, MethodReply, MethodWebForm:
		if g.Confirmed {
			return nil
		}
		return &Error{CodeOptedOut, "this person opted out; it counts once they say it from their phone"}
	case MethodOperator:
		if g.Owner && strings.TrimSpace(g.Text) != "" {
			return nil
		}
		return &Error{CodeOptedOut, "this person opted out; only an owner may record that they asked to return, with a text that says when and how"}
	}
	return &Error{CodeOptedOut, "this person opted out; they can return by texting START"}
}
