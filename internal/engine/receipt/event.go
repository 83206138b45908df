package receipt

import "time"

// Event is one status callback, translated from the provider's words.
type Event struct {
	Token      string // the attempt token of the callback path
	UUID       string
	Status     string // accepted, sent, delivered, undelivered, failed; empty when the provider's word is not known
	Raw        string // the provider's own word
	ErrorCode  string // empty when there is none
	Sequence   int64  // order in which the provider made the callbacks of this message; 0 unknown
	Segments   int64  // what the provider bills; 0 unknown
	CostMicros int64  // total for the message; 0 unknown
	HasCost    bool
	Network    string // MCC and MNC of the recipient's network, "310-260"
	At         time.Time
	Nonce      string // of the signature
	BodyHash   string // set where the signature did not cover the body
}
