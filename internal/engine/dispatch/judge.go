package dispatch

import (
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
)

// confirmWithin is how long the confirmation of an opt-out is presumed to be
// covered by the consent that was just withdrawn (47 CFR 64.1200(a)(12)). The
// other answers to keywords, which pass the hours, are of no use later either.
const confirmWithin = 5 * time.Minute

// judge is the last look before the first byte. It is used by the dispatcher's
// goroutine alone.
type judge struct {
	rules map[[2]string]hours.Rules // by the organisation's own hours
}

func (j judge) decide(f Facts, at time.Time) Decision {
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
		Zones:       eligible.Zones(c.Number, f.Timezone),
		Hours:       j.hours(f.SendFrom, f.SendUntil),
		At:          at,
		Expires:     expires,
	}
	v := eligible.Judge(q)
	switch {
	case v.Allowed():
		d := Decision{Action: Go, Due: f.DueAt, Until: expires}
		if !c.Kind.Transactional() {
			d.Until = earlier(expires, hours.WindowEnd(at, q.Zones, q.Hours))
		}
		return d
	case v.Reason != "":
		return Decision{Action: Skip, Reason: v.Reason}
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

func (j judge) hours(from, until string) hours.Rules {
	key := [2]string{from, until}
	r, ok := j.rules[key]
	if !ok {
		r = eligible.Hours(from, until)
		j.rules[key] = r
	}
	return r
}
