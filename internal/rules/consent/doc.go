// Package consent decides what a reply means for consent, what a person's consent
// is after a list of events, and who may lift an opt-out. It also seals the events
// into a chain of hashes, so that a changed, lost or moved row shows.
//
//	consent.Read("S.T.O.P!").Intent // OptOut
//	consent.Read("stop by today")   // None: not the whole message
//
// Replies are matched as a whole after folding, never by a word inside them:
// "cancel my order" is no opt-out. YES means nothing by itself; it is an answer
// only where a question is open (ReadPending).
package consent
