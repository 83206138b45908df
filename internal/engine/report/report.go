// Package report tells what became of a run: how many of what, when they went
// out, who was left out and why, what failed and what to do about it, and when
// the rest will have gone. It reads counters that are written with the rows,
// so it costs the same for a hundred recipients and for a million.
package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/rules/quota"
)

// Counter is one count of a run.
type Counter struct {
	Kind string // "reason", "error" or "minute"
	Key  string
	N    int64
}

// Outlook is what is left to send.
type Outlook struct {
	Queued        int64
	LastDue       time.Time // of the queued rows; zero without any
	RatePerSecond float64
	Quota         quota.Quota     // of the sender, today
	Due           bool            // the run sends, and a row is due
	Where         *eligible.Where // with a quota that is too small for them: where the first of them is
	Expires       time.Time       // the campaign; zero: never
	Timezone      string          // of the organisation
}

// Store reads counters.
type Store interface {
	Counters(ctx context.Context, run string) ([]Counter, error)
	Outlook(ctx context.Context, run string) (Outlook, error)
}

// Words gives an error code of the provider in plain words.
type Words func(code string) (meaning, remedy string)

// Report is the answer, beside the run's own record.
type Report struct {
	Series   []Point   `json:"series"`
	Skipped  []Skipped `json:"skipped"`
	Errors   []Failed  `json:"errors"`
	Forecast Forecast  `json:"forecast"`
	// Notice says why a run that sends has nothing to do at the moment; else empty.
	Notice string `json:"notice"`
}

// Point is how many requests began in one minute of UTC.
type Point struct {
	At string `json:"at"`
	N  int64  `json:"n"`
}

// Skipped counts people who were left out for one reason.
type Skipped struct {
	Reason string `json:"reason"`
	N      int64  `json:"n"`
	Words  string `json:"words"`
}

// Failed counts messages that failed with one code.
type Failed struct {
	Code    string `json:"code"`
	N       int64  `json:"n"`
	Meaning string `json:"meaning"`
	Remedy  string `json:"remedy"`
}

// Forecast says when the rest will have been sent; zero when nothing is left.
type Forecast struct {
	LastSendAt time.Time `json:"-"`
}

// Make reads a run's report.
func Make(ctx context.Context, store Store, words Words, run string, now time.Time) (Report, error) {
	r := Report{Series: []Point{}, Skipped: []Skipped{}, Errors: []Failed{}}
	counters, err := store.Counters(ctx, run)
	if err != nil {
		return r, err
	}
	for _, c := range counters {
		switch {
		case c.N == 0:
		case c.Kind == "minute":
			r.Series = append(r.Series, Point{At: c.Key + ":00.000Z", N: c.N})
		case c.Kind == "reason":
			r.Skipped = append(r.Skipped, Skipped{Reason: c.Key, N: c.N, Words: reasonWords(message.Reason(c.Key))})
		case c.Kind == "error":
			meaning, remedy := words(c.Key)
			r.Errors = append(r.Errors, Failed{Code: c.Key, N: c.N, Meaning: meaning, Remedy: remedy})
		}
	}
	slices.SortFunc(r.Series, func(a, b Point) int { return cmp.Compare(a.At, b.At) })
	slices.SortFunc(r.Skipped, func(a, b Skipped) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Reason, b.Reason)) })
	slices.SortFunc(r.Errors, func(a, b Failed) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Code, b.Code)) })
	left, err := store.Outlook(ctx, run)
	if err != nil {
		return r, err
	}
	r.Forecast.LastSendAt = left.end(now)
	r.Notice = left.rests(now)
	return r, nil
}

// end is when the last queued text can have gone out: when it is due, but no
// sooner than the sender's pace and daily limit allow.
func (o Outlook) end(now time.Time) time.Time {
	if o.Queued == 0 {
		return time.Time{}
	}
	end := now
	if o.RatePerSecond > 0 {
		end = now.Add(time.Duration(float64(o.Queued) / o.RatePerSecond * float64(time.Second)))
	}
	if s := o.Quota.Spread([]int{int(o.Queued)}); s.Last > 0 {
		if day := o.opens(quota.Begin(now, s.Last)); day.After(end) {
			end = day
		}
	}
	if o.LastDue.After(end) {
		return o.LastDue
	}
	return end
}

// reasonWords says a reason to a shop owner.
func reasonWords(r message.Reason) string {
	switch r {
	case message.NoConsent:
		return "no consent is on record"
	case message.OptedOut:
		return "opted out"
	case message.Suppressed:
		return "on the do-not-text list"
	case message.DoNotCall:
		return "on a do-not-call registry"
	case message.ExpiredConsent:
		return "the consent has expired"
	case message.InvalidNumber:
		return "the number cannot receive texts"
	case message.Landline:
		return "the number is a landline"
	case message.FrequencyCap:
		return "got enough texts lately"
	case message.Duplicate:
		return "the number came twice"
	case message.Canceled:
		return "the run was canceled first"
	case message.Expired:
		return "the campaign expired first"
	case message.Budget:
		return "the budget was used up"
	case message.NoWindow:
		return "no moment in the next eight days is allowed"
	default:
		return string(r)
	}
}
