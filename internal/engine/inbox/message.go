package inbox

import "time"

// Message is one inbound text, translated from the provider's words.
type Message struct {
	UUID          string
	At            time.Time // when it came in, by the legal clock; zero means now
	From          string    // as the provider wrote it; digits with or without "+"
	To            string
	PowerpackUUID string
	Text          string
	Intent        string // the provider's own verdict: optout, optin, help or empty
	Segments      int64
	CostMicros    int64
	Media         []string // addresses of attached pictures
	BodySigned    bool     // whether the signature covered the text
	Nonce         string   // of the signature, for the replay memory
	// Late says that it was written long ago and was not heard then. Of it only an
	// opt-out has consequences, or what has no words that are told and may be one;
	// nothing is answered.
	Late bool
	// Overtaken says that the person has taken it back since.
	Overtaken bool
}
