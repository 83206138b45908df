// Package eligible gives the one verdict: may this person get this message at
// this moment, and if not, why, and when again. The estimate, the gate before
// the first byte, the run's report and the contact page all ask it, so "why did
// she not get it?" has one answer.
//
// It refuses for good (consent, suppression, an expired campaign: Reason is
// set) or for now (hours: Next is set). Rules are rows of one table; a later
// rule is a further row.
//
//	v := eligible.Judge(q)
//	if v.Allowed() { … } else if v.Reason == "" { try again at v.Next }
package eligible

import (
	"time"

	"tidings/internal/rules/message"
)

// Suppression says who asked that a number gets nothing.
type Suppression string

// The kinds of suppression, weakest first.
const (
	NotSuppressed Suppression = ""
	Doubtful      Suppression = "doubtful"  // a reply may have been an opt-out; a person has to decide
	Manual        Suppression = "manual"    // somebody of the organisation put it on "Do not text"
	OptedOut      Suppression = "opted_out" // the person said STOP
	Invalid       Suppression = "invalid"   // the network says that the number does not exist
	Installation  Suppression = "installation"
)

// Question is everything that a verdict depends on.
type Question struct {
	Kind        message.Kind
	Status      string // the subscriber's derived status; empty when there is no subscriber
	Suppression Suppression
	Where       *Where // all the places where the person may be; the rules must hold in each
	At          time.Time
	Expires     time.Time // zero: never
	Recent      int       // texts to the number in the 24 hours before At, where Where.Limit is not 0
}

// Verdict is the overall answer.
type Verdict struct {
	Reason message.Reason // why it will never go; empty when it may go, now or later
	Next   time.Time      // when it may go: the moment asked for, or the next opening; zero with a Reason
	now    bool
}

// Allowed reports whether the message may go at the moment asked for.
func (v Verdict) Allowed() bool { return v.now }

// rule is one row of the table. It answers for one concern and knows nothing of
// the others.
type rule struct {
	name   string
	ask    func(*Question) Verdict
	detail func(*Question, Verdict) string
}

var rules = [...]rule{
	{"number", number, numberDetail},
	{"suppression", suppression, suppressionDetail},
	{"consent", consent, consentDetail},
	{"expiry", expiry, expiryDetail},
	{"frequency", frequency, frequencyDetail},
	{"hours", open, openDetail},
}

// Judge gives the overall verdict: the first refusal for good in the order of
// the table, else the latest of the next moments.
func Judge(q Question) Verdict {
	overall := pass(&q)
	for i := range rules {
		v := rules[i].ask(&q)
		if v.Reason != "" {
			return v
		}
		if v.Next.After(overall.Next) {
			overall = v
		}
	}
	return overall
}

// NextAllowed is the next moment at which the message may go, or the zero time if
// that is not in sight. A refusal for too many texts ends when the oldest of them is
// a day old, which is at frees.
func NextAllowed(q Question, frees time.Time) time.Time {
	v := Judge(q)
	if v.Reason == message.FrequencyCap && !frees.IsZero() {
		q.At, q.Recent = frees, q.Where.Limit()-1
		v = Judge(q)
	}
	return v.Next
}

func pass(q *Question) Verdict { return Verdict{Next: q.At, now: true} }

func refuse(reason message.Reason) Verdict { return Verdict{Reason: reason} }

func later(at time.Time) Verdict { return Verdict{Next: at} }
