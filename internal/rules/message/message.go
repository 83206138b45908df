// Package message decides what may happen to one message row: which states
// there are, which of them are settled, what a receipt changes, what a row adds
// to its run's counters, and how a row is named.
//
// It refuses to move a row backwards: a receipt that ranks no higher than what
// is known changes nothing, so receipts may come late, twice and in any order.
//
//	next, changed := message.Merge(row, message.Receipt{Status: message.Delivered})
package message

// Status is the state of one message row.
type Status string

// The states of an outbound message, in the order in which it meets them, and
// the one state of an inbound message.
const (
	Queued      Status = "queued"      // waits for its moment
	Sending     Status = "sending"     // on disk before the first byte leaves
	Accepted    Status = "accepted"    // the provider named it
	Sent        Status = "sent"        // handed to the carrier
	Delivered   Status = "delivered"   // the carrier says that the phone has it
	Undelivered Status = "undelivered" // the carrier gave up
	Failed      Status = "failed"      // a definite refusal
	Skipped     Status = "skipped"     // never tried, with a Reason
	Unknown     Status = "unknown"     // it cannot be proven that it did not leave
	Received    Status = "received"    // an inbound message
)

// Outbound lists the states of an outbound message; each has a counter of the
// same name on the run.
var Outbound = [...]Status{Queued, Sending, Accepted, Sent, Delivered, Undelivered, Failed, Skipped, Unknown}

// Settled reports whether the engine is done with a row: everything but queued
// and sending.
func (s Status) Settled() bool { return s != Queued && s != Sending }

// Reason says why a row was skipped.
type Reason string

// The reasons for which a recipient is skipped.
const (
	NoConsent      Reason = "no_consent"
	OptedOut       Reason = "opted_out"
	Suppressed     Reason = "suppressed"
	DoNotCall      Reason = "dnc"
	ExpiredConsent Reason = "expired_consent"
	InvalidNumber  Reason = "invalid_number"
	Landline       Reason = "landline"
	FrequencyCap   Reason = "frequency_cap"
	Duplicate      Reason = "duplicate"
	Canceled       Reason = "canceled"
	Expired        Reason = "expired"
	Budget         Reason = "budget"
	NoWindow       Reason = "no_window"
)

// Kind says what an outbound message is for.
type Kind string

// The kinds of outbound messages. Confirmations answer what a person has just
// written; the law lets them pass at any hour and, for Stop and Help, after an
// opt-out.
const (
	Campaign Kind = ""
	Test     Kind = "test"
	Reply    Kind = "reply" // a person of the team answers
	Stop     Kind = "stop"  // confirmation of an opt-out
	Help     Kind = "help"
	Start    Kind = "start" // confirmation of an opt-in
	AskYes   Kind = "ask"   // asks whoever filled in a form to answer YES
)

// Transactional reports whether the kind answers what a person has just done, by
// keyword or form, and so passes quiet hours, caps and consent.
func (k Kind) Transactional() bool { return k == Stop || k == Help || k == Start || k == AskYes }
