package report

import (
	"fmt"
	"time"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
	"tidings/internal/rules/quota"
)

// rests says why a run has texts that are due and sends none: its sender's daily
// limit is used up. Empty where it is not.
func (o Outlook) rests(now time.Time) string {
	if !o.Due || o.Quota.Left() != 0 {
		return ""
	}
	at := o.opens(quota.Begin(now, 1))
	words := fmt.Sprintf("the sender's daily limit of %d is used up; goes on %s, or sooner with a higher limit", o.Quota.Cap, clock(now, at, o.Timezone))
	if !o.Expires.IsZero() && !at.Before(o.Expires) {
		words = fmt.Sprintf("the sender's daily limit of %d is used up, and the campaign expires before the next day; raise the limit to reach the others", o.Quota.Cap)
	}
	return words
}

// opens is when the hours of the one whose turn is next allow a text, at a moment
// or after it.
func (o Outlook) opens(at time.Time) time.Time {
	if o.Where == nil {
		return at
	}
	v := eligible.Judge(eligible.Question{Status: consent.StatusSubscribed, Where: o.Where, At: at})
	if v.Next.After(at) {
		return v.Next
	}
	return at
}

// clock says a moment that is not far off, as the clocks of a zone do. What is no
// zone is UTC.
func clock(now, at time.Time, name string) string {
	local := time.UTC
	if zone, err := hours.Zone(name); err == nil {
		local = zone
	} else {
		name = "UTC"
	}
	now, at = now.In(local), at.In(local)
	day := "on " + at.Format("Monday 2 January")
	switch at.Format(time.DateOnly) {
	case now.Format(time.DateOnly):
		day = "today"
	case now.AddDate(0, 0, 1).Format(time.DateOnly):
		day = "tomorrow"
	}
	return fmt.Sprintf("%s at %s (%s)", day, at.Format("15:04"), name)
}
