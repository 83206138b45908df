package eligible

import (
	"fmt"
	"strings"

	"tidings/internal/rules/message"
)

// The statuses of a subscriber that rules look at.
const (
	statusSubscribed   = "subscribed"
	statusUnsubscribed = "unsubscribed"
	statusInvalid      = "invalid"
)

// number: a text to a number that the network calls invalid only costs money
// and reputation. Somebody who has just written to us has a valid number.
func number(q *Question) Verdict {
	if !q.Kind.Transactional() && (q.Status == statusInvalid || q.Suppression == Invalid) {
		return refuse(message.InvalidNumber)
	}
	return pass(q)
}

func numberDetail(_ *Question, v Verdict) string {
	if v.Allowed() {
		return "the number can receive texts as far as we know"
	}
	return "the network said that this number cannot receive texts"
}

// suppression: nobody is texted after a STOP. Only the confirmation of that
// very STOP, and help that was asked for, may pass (47 CFR 64.1200(a)(12)).
func suppression(q *Question) Verdict {
	switch {
	case q.Suppression == NotSuppressed, q.Suppression == Invalid, q.Kind == message.Stop, q.Kind == message.Help:
		return pass(q)
	case q.Suppression == Doubtful && q.Kind == message.Reply: // a person may ask what was meant
		return pass(q)
	case q.Suppression == OptedOut:
		return refuse(message.OptedOut)
	default:
		return refuse(message.Suppressed)
	}
}

func suppressionDetail(q *Question, v Verdict) string {
	switch {
	case v.Allowed():
		return "not on the do-not-text list"
	case q.Suppression == OptedOut:
		return "this person opted out; only she can opt in again, by texting START"
	case q.Suppression == Doubtful:
		return "a reply of this person may be an opt-out; decide it under Reviews"
	case q.Suppression == Installation:
		return "blocked for the whole installation"
	default:
		return "on the do-not-text list of the organisation"
	}
}

// consent: a campaign goes to people who said yes. An answer to what somebody
// wrote, and a test to one's own phone, do not need it.
func consent(q *Question) Verdict {
	switch {
	case q.Kind != message.Campaign, q.Status == statusSubscribed:
		return pass(q)
	case q.Status == statusUnsubscribed:
		return refuse(message.OptedOut)
	default:
		return refuse(message.NoConsent)
	}
}

func consentDetail(q *Question, v Verdict) string {
	switch {
	case v.Allowed():
		return "consent is on record"
	case q.Status == statusUnsubscribed:
		return "consent was revoked"
	case q.Status == "":
		return "no subscriber has this number"
	default:
		return "no consent is on record; record it before texting"
	}
}

// expiry: an offer that is over is not sent.
func expiry(q *Question) Verdict {
	if !q.Expires.IsZero() && !q.At.Before(q.Expires) {
		return refuse(message.Expired)
	}
	return pass(q)
}

func expiryDetail(q *Question, v Verdict) string {
	switch {
	case q.Expires.IsZero():
		return "the message does not expire"
	case v.Allowed():
		return "the message has not expired"
	default:
		return "the message expired before it could be sent"
	}
}

// frequency: nobody gets more marketing texts in any 24 hours than the places where
// she may be, or the organisation itself, allow. Answers to what she wrote, and a
// test to one's own phone, are no marketing.
func frequency(q *Question) Verdict {
	if q.Kind == message.Campaign && q.Where != nil {
		if limit := q.Where.Limit(); limit > 0 && q.Recent >= limit {
			return refuse(message.FrequencyCap)
		}
	}
	return pass(q)
}

func frequencyDetail(q *Question, v Verdict) string {
	limit := 0
	if q.Where != nil {
		limit = q.Where.Limit()
	}
	switch {
	case q.Kind != message.Campaign:
		return "only marketing texts are counted"
	case limit == 0:
		return "no limit of texts a day"
	case v.Allowed():
		return fmt.Sprintf("%d of %d texts in 24 hours (%s)", q.Recent, limit, q.Where.limitSource())
	default:
		return fmt.Sprintf("already %d texts in 24 hours; at most %d are allowed (%s)", q.Recent, limit, q.Where.limitSource())
	}
}

func (w *Where) limitSource() string {
	if w.capRow != nil && w.Limit() == w.lawCap {
		return w.capRow.Name + ", " + w.capRow.Source
	}
	return "the organisation's own limit"
}

// open: inside the hours in every zone where the person may be
// (47 CFR 64.1200(c)(1) asks for the called party's local time).
func open(q *Question) Verdict {
	if q.Kind.Transactional() {
		return pass(q)
	}
	if q.Where == nil {
		return refuse(message.NoWindow)
	}
	s, ok := q.Where.on(q.At)
	switch {
	case !ok:
		return refuse(message.NoWindow)
	case s.open:
		return pass(q)
	case !q.Expires.IsZero() && !s.until.Before(q.Expires):
		return refuse(message.Expired)
	default:
		return later(s.until)
	}
}

func openDetail(q *Question, v Verdict) string {
	if v.Allowed() && q.Kind.Transactional() {
		return "answers to a keyword may go at any hour"
	}
	if q.Where == nil || len(q.Where.Zones) == 0 {
		return "it is not known where this number is; set a timezone"
	}
	zones := strings.Join(q.Where.Zones, ", ")
	switch {
	case v.Allowed():
		return "inside the sending hours of " + zones
	case v.Reason == message.NoWindow:
		return "no moment of the next eight days is inside the hours of all of " + zones
	case v.Reason == message.Expired:
		return "the message expires before the next opening in " + zones
	default:
		return "outside the sending hours of " + zones
	}
}
