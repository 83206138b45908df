package dispatch

import (
	"cmp"
	"time"

	"tidings/internal/rules/eligible"
)

// confirmWithin is how long the confirmation of an opt-out is presumed to be
// covered by the consent that was just withdrawn (47 CFR 64.1200(a)(12)). The
// other answers to keywords, which pass the hours, are of no use later either.
const confirmWithin = 5 * time.Minute

// decide is the last look before the first byte.
func decide(f Facts, at time.Time) Decision {
	c := f.Candidate
	if !f.RunFeeds {
		return Decision{Action: Leave}
	}
	expires := c.Expires
	if c.Kind.Transactional() {
		expires = f.DueAt.Add(confirmWithin)
	}
	q := eligible.Question{
		Kind:        c.Kind,
		Status:      f.Status,
		Suppression: f.Suppression,
		Where: cmp.Or(f.Rules, eligible.Default()).Where(
			eligible.Person{Number: c.Number, Timezone: f.Timezone, State: f.State},
			eligible.Own{From: f.SendFrom, Until: f.SendUntil, Cap: f.Cap}),
		At:      at,
		Expires: expires,
		Recent:  f.Recent,
	}
	v := eligible.Judge(q)
	switch {
	case v.Allowed():
		d := Decision{Action: Go, Due: f.DueAt, Until: expires, Arrive: expires, Basis: q.Basis()}
		if !c.Kind.Transactional() {
			begin, arrive := q.Where.Ends(at)
			d.Until, d.Arrive = earlier(expires, begin), earlier(expires, arrive)
		}
		return d
	case v.Reason != "":
		return Decision{Action: Skip, Reason: v.Reason, Basis: q.Basis()}
	default:
		return Decision{Action: Defer, Next: v.Next}
	}
}

// earlier is the first of two limits, where the first may be zero for none.
func earlier(limit, other time.Time) time.Time {
	if limit.IsZero() || other.Before(limit) {
		return other
	}
	return limit
}
