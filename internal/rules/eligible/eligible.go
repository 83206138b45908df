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

	"tidings/internal/rules/hours"
	"tidings/internal/rules/message"
)

// Suppression says who asked that a number gets nothing.
type Suppression string

// The kinds of suppression, weakest first.
const (
	NotSuppressed Suppression = ""
	Manual        Suppression = "manual"    // somebody of the organisation put it on "Do not text"
	OptedOut      Suppression = "opted_out" // the person said STOP
	Invalid       Suppression = "invalid"   // the network says that the number does not exist
	Installation  Suppression = "installation"
)

// Question is everything that a verdict depends on. Zones are all the places
// where the person may be; the hours must hold in each.
type Question struct {
	Kind        message.Kind
	Status      string // the subscriber's derived status; empty when there is no subscriber
	Suppression Suppression
	Zones       []string
	Hours       hours.Rules
	At          time.Time
	Expires     time.Time // zero: never
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

// Answer is what one rule says, in words for a person.
type Answer struct {
	Rule    string
	Allowed bool
	Detail  string
}

// Explain gives every rule's answer to the same question.
func Explain(q Question) []Answer {
	answers := make([]Answer, 0, len(rules))
	for _, r := range rules {
		v := r.ask(&q)
		answers = append(answers, Answer{Rule: r.name, Allowed: v.Allowed(), Detail: r.detail(&q, v)})
	}
	return answers
}

func pass(q *Question) Verdict { return Verdict{Next: q.At, now: true} }

func refuse(reason message.Reason) Verdict { return Verdict{Reason: reason} }

func later(at time.Time) Verdict { return Verdict{Next: at} }
