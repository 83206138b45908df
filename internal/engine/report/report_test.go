package report_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/report"
	"tidings/internal/rules/message"
	"tidings/internal/rules/quota"
)

var (
	now     = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)
	errDisk = errors.New("disk full")
)

// fakeStore has one run's counters.
type fakeStore struct {
	counters             []report.Counter
	outlook              report.Outlook
	noCounters, noFuture error
}

func (s fakeStore) Counters(context.Context, string) ([]report.Counter, error) {
	return s.counters, s.noCounters
}

func (s fakeStore) Outlook(context.Context, string) (report.Outlook, error) {
	return s.outlook, s.noFuture
}

func words(code string) (meaning, remedy string) { return "meaning of " + code, "remedy for " + code }

func TestCountersBecomeAReportInOrder(t *testing.T) {
	t.Parallel()
	got, err := report.Make(t.Context(), fakeStore{counters: []report.Counter{
		{"minute", "2026-03-03 15:02", 7}, {"minute", "2026-03-03 15:01", 60}, {"minute", "2026-03-03 15:03", 0},
		{"reason", "no_consent", 2}, {"reason", "opted_out", 9}, {"reason", "expired", 2}, {"reason", "landline", 0},
		{"error", "30", 1}, {"error", "200", 4}, {"error", "10", 1},
		{"weather", "sunny", 3},
	}}, words, "r", now)
	if err != nil {
		t.Fatal(err)
	}
	want := report.Report{
		Series: []report.Point{{"2026-03-03 15:01:00.000Z", 60}, {"2026-03-03 15:02:00.000Z", 7}},
		Skipped: []report.Skipped{
			{"opted_out", 9, "opted out"}, {"expired", 2, "the campaign expired first"}, {"no_consent", 2, "no consent is on record"},
		},
		Errors: []report.Failed{
			{"200", 4, "meaning of 200", "remedy for 200"}, {"10", 1, "meaning of 10", "remedy for 10"}, {"30", 1, "meaning of 30", "remedy for 30"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARunThatHasDoneNothingHasAnEmptyReport(t *testing.T) {
	t.Parallel()
	got, err := report.Make(t.Context(), fakeStore{}, words, "r", now)
	if err != nil {
		t.Fatal(err)
	}
	if got.Series == nil || got.Skipped == nil || got.Errors == nil || !got.Forecast.LastSendAt.IsZero() {
		t.Errorf("the report is %+v; its lists are to be empty and not null", got)
	}
}

func TestTheForecastKnowsPaceAndHours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		left report.Outlook
		want time.Time
	}{
		{"nothing left", report.Outlook{LastDue: now.Add(time.Hour), RatePerSecond: 1}, time.Time{}},
		{"the pace decides", report.Outlook{Queued: 600, LastDue: now, RatePerSecond: 5}, now.Add(2 * time.Minute)},
		{"the hours decide", report.Outlook{Queued: 600, LastDue: now.Add(9 * time.Hour), RatePerSecond: 5}, now.Add(9 * time.Hour)},
		{"the daily limit decides", report.Outlook{Queued: 5, LastDue: now, RatePerSecond: 5, Quota: quota.Quota{Cap: 2, Used: 1}}, time.Date(2026, 3, 5, 8, 0, 0, 0, time.UTC)},
		{"the daily limit is large", report.Outlook{Queued: 5, LastDue: now, RatePerSecond: 5, Quota: quota.Quota{Cap: 6, Used: 1}}, now.Add(time.Second)},
		{"no pace", report.Outlook{Queued: 600, LastDue: now.Add(-time.Hour)}, now},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := report.Make(t.Context(), fakeStore{outlook: c.left}, words, "r", now)
			if err != nil || !got.Forecast.LastSendAt.Equal(c.want) {
				t.Errorf("the last goes out at %v, %v; want %v", got.Forecast.LastSendAt, err, c.want)
			}
		})
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	t.Parallel()
	for _, reason := range []message.Reason{
		message.NoConsent, message.OptedOut, message.Suppressed, message.DoNotCall, message.ExpiredConsent, message.InvalidNumber,
		message.Landline, message.FrequencyCap, message.Duplicate, message.Canceled, message.Expired, message.Budget, message.NoWindow,
	} {
		got, err := report.Make(t.Context(), fakeStore{counters: []report.Counter{{"reason", string(reason), 1}}}, words, "r", now)
		if err != nil {
			t.Fatal(err)
		}
		if got.Skipped[0].Words == string(reason) {
			t.Errorf("%s is told to a shop owner as it stands in the database", reason)
		}
	}
}

func TestCountersThatCannotBeReadAreAnError(t *testing.T) {
	t.Parallel()
	for _, s := range []fakeStore{{noCounters: errDisk}, {noFuture: errDisk}} {
		if _, err := report.Make(t.Context(), s, words, "r", now); !errors.Is(err, errDisk) {
			t.Errorf("Make = %v, want %v", err, errDisk)
		}
	}
}

func TestAReportSaysThatTheDailyLimitIsUsedUp(t *testing.T) {
	t.Parallel()
	newYork := report.Outlook{Queued: 3, Due: true, LastDue: now, Quota: quota.Quota{Cap: 2, Used: 2}, Timezone: "America/New_York"}
	with := func(change func(*report.Outlook)) report.Outlook { o := newYork; change(&o); return o }
	for _, c := range []struct {
		name string
		at   time.Time
		left report.Outlook
		want string
	}{
		{"used up", now, newYork, "the sender's daily limit of 2 is used up; goes on tomorrow at 03:00 (America/New_York), or sooner with a higher limit"},
		{"before midnight Pacific", now.Add(-10 * time.Hour), newYork, "the sender's daily limit of 2 is used up; goes on today at 03:00 (America/New_York), or sooner with a higher limit"},
		{"without a zone", now, with(func(o *report.Outlook) { o.Timezone = "" }), "the sender's daily limit of 2 is used up; goes on tomorrow at 08:00 (UTC), or sooner with a higher limit"},
		{"one is left", now, with(func(o *report.Outlook) { o.Quota.Used = 1 }), ""},
		{"no limit", now, with(func(o *report.Outlook) { o.Quota.Cap = 0 }), ""},
		{"nothing is due", now, with(func(o *report.Outlook) { o.Due = false }), ""},
		{"it expires", now, with(func(o *report.Outlook) { o.Expires = now.Add(time.Hour) }), "the sender's daily limit of 2 is used up, and the campaign expires before the next day; raise the limit to reach the others"},
		{"it expires later", now, with(func(o *report.Outlook) { o.Expires = now.Add(48 * time.Hour) }), "the sender's daily limit of 2 is used up; goes on tomorrow at 03:00 (America/New_York), or sooner with a higher limit"},
	} {
		got, err := report.Make(t.Context(), fakeStore{outlook: c.left}, words, "r", c.at)
		if err != nil || got.Notice != c.want {
			t.Errorf("%s: %q (%v), want %q", c.name, got.Notice, err, c.want)
		}
	}
}
