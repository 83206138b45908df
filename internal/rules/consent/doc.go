// Package consent decides what a reply means for consent, what a person's consent
// is after a list of events, and who may lift an opt-out. It also seals the events
// into a chain of hashes, so that a changed, lost or moved row shows.
//
//	consent.Read("S.T.O.P!").Intent              // OptOut
//	consent.Read("take me off your list").Intent // OptOut
//	consent.Read("this is spam").Intent          // Doubtful: a person decides
//	consent.Read("stop by today").Intent         // None
//
// A reply is read in three tiers: a keyword that is the whole message; a phrase
// of one of five languages, or a keyword with a slip or in politeness; and what
// may be meant as an opt-out. Phrases that only look like one are set aside
// first, so "cancel my order" is none. YES means nothing by itself; it is an
// answer only where a question is open (ReadPending). What a phone quotes or signs
// is not read, and languages of which a message has no word are not listened to.
package consent
