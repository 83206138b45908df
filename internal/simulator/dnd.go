package simulator

import (
	"strings"
	"time"
)

// intent is Plivo's own reading of an inbound text (MessageIntent).
type intent uint8

const (
	intentNone intent = iota
	intentOptOut
	intentOptIn
	intentHelp
)

var intentNames = [...]string{"", "optout", "optin", "help"}

func (i intent) String() string { return intentNames[i] }

// keywords of Plivo's opt-out service: the whole text, any case, blanks and line
// ends after it tolerated. "Stop it!" is not one.
var keywords = map[string]intent{
	"STOP": intentOptOut, "END": intentOptOut, "QUIT": intentOptOut, "CANCEL": intentOptOut,
	"UNSUBSCRIBE": intentOptOut, "UNSUB": intentOptOut, "STOP ALL": intentOptOut, "STOPALL": intentOptOut,
	"START": intentOptIn, "YES": intentOptIn, "RESUME": intentOptIn, "UNSTOP": intentOptIn, "GO": intentOptIn,
	"HELP": intentHelp, "INFO": intentHelp,
}

func intentOf(text string) intent {
	return keywords[strings.ToUpper(strings.TrimRight(text, " \t\r\n"))]
}

// revocations are words that end a consent in the United States beside those
// Plivo handles (47 CFR 64.1200(a)(10)).
var revocations = map[string]bool{"REVOKE": true, "OPT OUT": true, "OPTOUT": true, "OPT-OUT": true}

// revokes is what the ledger counts as a STOP, on every kind of number.
func revokes(text string) bool {
	word := strings.ToUpper(strings.Trim(text, " \t\r\n.!"))
	return keywords[word] == intentOptOut || revocations[word]
}

// The answers Plivo gives by itself; the sender's application never sees them.
var autoReplies = [...]string{
	intentOptOut: "You will get no more texts from this number. Reply START to get them again.",
	intentOptIn:  "You will get texts from this number again. Reply STOP to end them, HELP for help.",
	intentHelp:   "Reply STOP to end texts from this number, START to get them again. Msg&data rates may apply.",
}

// graceAfterStop: one message within this time after a STOP is let through.
const graceAfterStop = 5 * time.Minute

type blockKey struct{ scope, phone string }

// block is one person's STOP to one sender or 10DLC campaign.
type block struct {
	lifted  bool
	since   int64 // shown time
	graceAt int64 // when the one message went
}

// keywordsHandled says whether Plivo handles keywords for a sender: long codes
// and toll-free numbers of the United States and Canada. Short codes are left
// to the customer.
func keywordsHandled(source string) bool {
	return len(source) == 11 && source[0] == '1' && numeric(source)
}

func numeric(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// blocked says whether a person has stopped a sender. The lock is held.
func (s *Simulator) blocked(src *source, phone string) bool {
	if !src.dnd {
		return false
	}
	if b, ok := s.blocks[blockKey{src.scope, phone}]; ok {
		return !b.lifted
	}
	return fateOf(phone).Code == 200
}

// letThrough is the carrier-side check of one message. It spends the grace.
func (s *Simulator) letThrough(src *source, phone string) bool {
	if !s.blocked(src, phone) {
		return true
	}
	b, ok := s.blocks[blockKey{src.scope, phone}]
	if !ok || b.graceAt != 0 || s.shown()-b.since > graceAfterStop.Microseconds() {
		return false
	}
	b.graceAt = s.shown()
	return true
}

// handleKeyword does what Plivo does with a keyword and records its answer.
func (s *Simulator) handleKeyword(src *source, phone string, i intent) {
	switch i {
	case intentOptOut:
		s.blocks[blockKey{src.scope, phone}] = &block{since: s.shown()}
	case intentOptIn:
		s.blocks[blockKey{src.scope, phone}] = &block{lifted: true, since: s.shown()}
	case intentNone:
		return
	}
	now := s.elapsed()
	reply := &message{
		uuid: s.newUUID(), kind: automatic, state: stateDelivered, src: src.name, dst: phone,
		text: autoReplies[i], units: uint8(measure(autoReplies[i]).Units), source: src,
		began: now, accepted: now, handed: now, shownAt: s.shown(), shownHanded: s.shown(), shownFinal: s.shown(),
	}
	s.messages = append(s.messages, reply)
	s.counts.AutoReplies++
	s.phones.show(s.phones.get(phone), reply)
}
