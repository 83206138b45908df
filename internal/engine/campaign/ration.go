package campaign

import (
	"fmt"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/quota"
)

// days are the sender's days on which the texts of an estimate are due.
type days struct {
	from            time.Time
	due             []int // by the day after that of from
	earliest, later verdict
}

func (d *days) add(v verdict) {
	day := quota.Between(d.from, v.Next)
	for len(d.due) <= day {
		d.due = append(d.due, 0)
	}
	d.due[day]++
	if d.earliest.Next.IsZero() || v.Next.Before(d.earliest.Next) {
		d.earliest = v
	}
	if v.Next.After(d.later.Next) {
		d.later = v
	}
}

// ration counts the sender's daily limit into when an estimate's texts leave. What
// other campaigns take of the limit later is not known.
func (e *Estimate) ration(c Campaign, now time.Time) {
	q := c.Quota
	if q.Cap <= 0 || e.Recipients == 0 {
		return
	}
	if quota.Day(e.days.from) != quota.Day(now) {
		q.Used = 0
	}
	s := q.Spread(e.days.due)
	first, last := quota.Begin(e.days.from, s.First), quota.Begin(e.days.from, s.Last)
	late := false
	if first.After(e.FirstSendAt) {
		e.FirstSendAt, late = e.days.earliest.opens(first), true
	}
	if last.After(e.days.later.Next) {
		late = true
		if at := e.days.later.opens(last).Add(queueing(s.OnLast, c.RatePerSecond)); at.After(e.LastSendAt) {
			e.LastSendAt = at
		}
	}
	if !late {
		return
	}
	if s.First > 0 && s.First == s.Last {
		e.Notice = fmt.Sprintf("the sender's daily limit of %d is used up, so that it goes out a day later", q.Cap)
	} else {
		e.Notice = fmt.Sprintf("the sender's daily limit of %d spreads it over %d days", q.Cap, s.Last-s.First+1)
	}
	if !c.ExpiresAt.IsZero() && e.LastSendAt.After(c.ExpiresAt) {
		e.Notice += "; the campaign expires before everybody has got it"
	}
}

// opens is when the person's hours allow a text at a moment or after it.
func (v verdict) opens(at time.Time) time.Time {
	q := v.asked
	q.At, q.Expires, q.Recent = at, time.Time{}, 0
	if next := eligible.Judge(q).Next; next.After(at) {
		return next
	}
	return at
}
