package eligible_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
	"tidings/internal/rules/message"
)

// noon and night are the same Tuesday in New York, 12:00 and 23:00; morning is
// the next opening.
var (
	noon    = time.Date(2026, 3, 3, 17, 0, 0, 0, time.UTC)
	night   = time.Date(2026, 3, 4, 4, 0, 0, 0, time.UTC)
	morning = time.Date(2026, 3, 4, 13, 0, 0, 0, time.UTC)
)

// may is a question that every rule says yes to.
func may(kind message.Kind) eligible.Question {
	return eligible.Question{Kind: kind, Status: "subscribed", Where: eligible.In(hours.Federal(), "America/New_York"), At: noon}
}

var kinds = []message.Kind{message.Campaign, message.Test, message.Reply, message.Stop, message.Help, message.Start}

func TestEveryRuleForEveryKind(t *testing.T) {
	t.Parallel()
	const yes = ""
	for _, c := range []struct {
		name   string
		change func(*eligible.Question)
		want   [6]message.Reason // campaign, test, reply, stop, help, start
		next   time.Time         // of those that are not refused; zero: now
		always bool              // next is for confirmations too
	}{
		{name: "all is well", change: func(*eligible.Question) {}},
		{name: "no subscriber", change: func(q *eligible.Question) { q.Status = "" }, want: [6]message.Reason{message.NoConsent, yes, yes, yes, yes, yes}},
		{name: "no consent yet", change: func(q *eligible.Question) { q.Status = "new" }, want: [6]message.Reason{message.NoConsent, yes, yes, yes, yes, yes}},
		{name: "asked for YES", change: func(q *eligible.Question) { q.Status = "pending" }, want: [6]message.Reason{message.NoConsent, yes, yes, yes, yes, yes}},
		{name: "a status that nobody knows", change: func(q *eligible.Question) { q.Status = "Subscribed" }, want: [6]message.Reason{message.NoConsent, yes, yes, yes, yes, yes}},
		{name: "revoked", change: func(q *eligible.Question) { q.Status = "unsubscribed" }, want: [6]message.Reason{message.OptedOut, yes, yes, yes, yes, yes}},
		{name: "invalid", change: func(q *eligible.Question) { q.Status = "invalid" }, want: [6]message.Reason{message.InvalidNumber, message.InvalidNumber, message.InvalidNumber, yes, yes, yes}},
		{name: "said STOP", change: func(q *eligible.Question) { q.Suppression = eligible.OptedOut }, want: [6]message.Reason{message.OptedOut, message.OptedOut, message.OptedOut, yes, yes, message.OptedOut}},
		{name: "do not text", change: func(q *eligible.Question) { q.Suppression = eligible.Manual }, want: [6]message.Reason{message.Suppressed, message.Suppressed, message.Suppressed, yes, yes, message.Suppressed}},
		{name: "blocked for all", change: func(q *eligible.Question) { q.Suppression = eligible.Installation }, want: [6]message.Reason{message.Suppressed, message.Suppressed, message.Suppressed, yes, yes, message.Suppressed}},
		{name: "suppressed as invalid", change: func(q *eligible.Question) { q.Suppression = eligible.Invalid }, want: [6]message.Reason{message.InvalidNumber, message.InvalidNumber, message.InvalidNumber, yes, yes, yes}},
		{name: "a suppression that nobody knows", change: func(q *eligible.Question) { q.Suppression = "moon" }, want: [6]message.Reason{message.Suppressed, message.Suppressed, message.Suppressed, yes, yes, message.Suppressed}},
		{name: "expired this moment", change: func(q *eligible.Question) { q.Expires = q.At }, want: [6]message.Reason{message.Expired, message.Expired, message.Expired, message.Expired, message.Expired, message.Expired}},
		{name: "expires in a second", change: func(q *eligible.Question) { q.Expires = q.At.Add(time.Second) }},
		{name: "at night", change: func(q *eligible.Question) { q.At = night }, next: morning},
		{name: "at night, over before the morning", change: func(q *eligible.Question) { q.At, q.Expires = night, morning }, want: [6]message.Reason{message.Expired, message.Expired, message.Expired, yes, yes, yes}, next: morning},
		{name: "at night, over after the morning", change: func(q *eligible.Question) { q.At, q.Expires = night, morning.Add(time.Second) }, next: morning},
		{name: "no zone", change: func(q *eligible.Question) { q.Where = eligible.In(hours.Federal()) }, want: [6]message.Reason{message.NoWindow, message.NoWindow, message.NoWindow, yes, yes, yes}},
		{name: "a zone that does not exist", change: func(q *eligible.Question) { q.Where = eligible.In(hours.Federal(), "Nowhere/Land") }, want: [6]message.Reason{message.NoWindow, message.NoWindow, message.NoWindow, yes, yes, yes}},
		{name: "never open", change: func(q *eligible.Question) { q.Where = eligible.In(hours.Rules{}, "America/New_York") }, want: [6]message.Reason{message.NoWindow, message.NoWindow, message.NoWindow, yes, yes, yes}},
		{name: "nobody knows where", change: func(q *eligible.Question) { q.Where = nil }, want: [6]message.Reason{message.NoWindow, message.NoWindow, message.NoWindow, yes, yes, yes}},
		{name: "two texts of three today", change: func(q *eligible.Question) { q.Where, q.Recent = florida(), 2 }},
		{name: "three texts of three today", change: func(q *eligible.Question) { q.Where, q.Recent = florida(), 3 }, want: [6]message.Reason{message.FrequencyCap, yes, yes, yes, yes, yes}},
		{name: "many texts and no limit", change: func(q *eligible.Question) { q.Recent = 50 }},
		{name: "closed in one of two places", change: func(q *eligible.Question) {
			q.Where = eligible.In(hours.Federal(), "America/New_York", "Pacific/Honolulu")
		}, next: noon.Add(time.Hour)},
		{name: "number before suppression before consent", change: func(q *eligible.Question) {
			q.Status, q.Suppression, q.Expires = "invalid", eligible.OptedOut, q.At
		}, want: [6]message.Reason{message.InvalidNumber, message.InvalidNumber, message.InvalidNumber, message.Expired, message.Expired, message.OptedOut}},
		{name: "suppression before consent and hours", change: func(q *eligible.Question) {
			q.Status, q.Suppression, q.At = "new", eligible.Manual, night
		}, want: [6]message.Reason{message.Suppressed, message.Suppressed, message.Suppressed, yes, yes, message.Suppressed}},
	} {
		for i, kind := range kinds {
			t.Run(c.name+"/"+string(kind), func(t *testing.T) {
				t.Parallel()
				q := may(kind)
				c.change(&q)
				v := eligible.Judge(q)
				next := q.At
				if !c.next.IsZero() && !kind.Transactional() {
					next = c.next
				}
				if c.want[i] != "" {
					next = time.Time{}
				}
				if v.Reason != c.want[i] || !v.Next.Equal(next) || v.Allowed() != (c.want[i] == "" && next.Equal(q.At)) {
					t.Errorf("got %q, next %v, allowed %v; want %q, next %v", v.Reason, v.Next, v.Allowed(), c.want[i], next)
				}
			})
		}
	}
}

func anyQuestion(t *rapid.T) eligible.Question {
	from := rapid.SampledFrom([]string{"", "10:00", "19:30"}).Draw(t, "from")
	q := eligible.Question{
		Kind:        rapid.SampledFrom(kinds).Draw(t, "kind"),
		Status:      rapid.SampledFrom([]string{"", "new", "pending", "subscribed", "subscribed", "unsubscribed", "invalid"}).Draw(t, "status"),
		Suppression: rapid.SampledFrom([]eligible.Suppression{"", "", "", eligible.Manual, eligible.OptedOut, eligible.Invalid, eligible.Installation}).Draw(t, "suppression"),
		Where: eligible.Default().Where(eligible.Person{
			Number:   rapid.SampledFrom([]string{"+12125550123", "+13055550123", "+18085550123", "+18005550123", "+911234567890", "+999"}).Draw(t, "number"),
			Timezone: rapid.SampledFrom([]string{"", "", "Asia/Kolkata", "Nowhere/Land"}).Draw(t, "timezone"),
			State:    rapid.SampledFrom([]string{"", "FL", "CA", "ZZ"}).Draw(t, "state"),
		}, eligible.Own{From: from, Cap: rapid.IntRange(0, 4).Draw(t, "cap")}),
		Recent: rapid.IntRange(0, 4).Draw(t, "recent"),
		At:     noon.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(t, "minutes")) * time.Minute),
	}
	if rapid.Bool().Draw(t, "expires") {
		q.Expires = noon.Add(time.Duration(rapid.IntRange(0, 10*24).Draw(t, "hours")) * time.Hour)
	}
	return q
}

func TestAllowedIsWhenEveryAnswerIsYes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestion(t)
		all := true
		for _, a := range eligible.Explain(q) {
			all = all && a.Allowed
			if a.Detail == "" {
				t.Fatalf("the rule %s says nothing", a.Rule)
			}
		}
		if v := eligible.Judge(q); v.Allowed() != all {
			t.Fatalf("Judge says %v, the answers together %v", v.Allowed(), all)
		}
	})
}

// A verdict of later is a promise: at that moment it is allowed.
func TestWhatMayGoLaterMayGoThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := anyQuestion(t)
		v := eligible.Judge(q)
		switch {
		case v.Reason != "":
			if v.Allowed() || !v.Next.IsZero() {
				t.Fatalf("a refusal for good is %+v", v)
			}
			return
		case v.Allowed() != v.Next.Equal(q.At) || v.Next.Before(q.At):
			t.Fatalf("asked at %v, the verdict is %+v", q.At, v)
		}
		q.At = v.Next
		if !eligible.Judge(q).Allowed() {
			t.Fatalf("at %v, which was named as the next moment, it is refused", v.Next)
		}
	})
}

func TestExplainNamesTheRuleAtFault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*eligible.Question)
		want   []eligible.Answer
	}{
		{"all is well", func(*eligible.Question) {}, []eligible.Answer{
			{"number", true, "the number can receive texts as far as we know"},
			{"suppression", true, "not on the do-not-text list"},
			{"consent", true, "consent is on record"},
			{"expiry", true, "the message does not expire"},
			{"frequency", true, "no limit of texts a day"},
			{"hours", true, "inside the sending hours of America/New_York"},
		}},
		{"all at once", func(q *eligible.Question) {
			q.Status, q.Suppression, q.At, q.Expires = "unsubscribed", eligible.OptedOut, night, noon
		}, []eligible.Answer{
			{"number", true, "the number can receive texts as far as we know"},
			{"suppression", false, "this person opted out; only she can opt in again, by texting START"},
			{"consent", false, "consent was revoked"},
			{"expiry", false, "the message expired before it could be sent"},
			{"frequency", true, "no limit of texts a day"},
			{"hours", false, "the message expires before the next opening in America/New_York"},
		}},
		{"somebody unknown, somewhere unknown", func(q *eligible.Question) {
			q.Status, q.Suppression, q.Where, q.Expires = "", eligible.Installation, nil, q.At.Add(time.Hour)
		}, []eligible.Answer{
			{"number", true, "the number can receive texts as far as we know"},
			{"suppression", false, "blocked for the whole installation"},
			{"consent", false, "no subscriber has this number"},
			{"expiry", true, "the message has not expired"},
			{"frequency", true, "no limit of texts a day"},
			{"hours", false, "it is not known where this number is; set a timezone"},
		}},
		{"an invalid number at night", func(q *eligible.Question) {
			q.Status, q.Suppression, q.At = "new", eligible.Manual, night
		}, []eligible.Answer{
			{"number", true, "the number can receive texts as far as we know"},
			{"suppression", false, "on the do-not-text list of the organisation"},
			{"consent", false, "no consent is on record; record it before texting"},
			{"expiry", true, "the message does not expire"},
			{"frequency", true, "no limit of texts a day"},
			{"hours", false, "outside the sending hours of America/New_York"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q := may(message.Campaign)
			c.change(&q)
			if diff := cmp.Diff(c.want, eligible.Explain(q)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func florida() *eligible.Where {
	return eligible.Default().Where(eligible.Person{Number: "+13055550123"}, eligible.Own{})
}

func TestOwnHoursNarrowTheLawAndNeverWidenIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, until  string
		hour, minute int // in New York
		want         bool
	}{
		{"", "", 8, 0, true}, {"", "", 7, 59, false}, {"", "", 20, 49, true}, {"", "", 20, 50, false}, {"", "", 21, 0, false},
		{"10:00", "", 9, 59, false}, {"10:00", "", 10, 0, true}, {"", "18:00", 17, 59, true}, {"", "18:00", 18, 0, false},
		{"06:00", "23:00", 7, 59, false}, {"06:00", "23:00", 21, 0, false},
		{"22:00", "23:00", 22, 0, false}, {"nine", "", 12, 0, false}, {"12:00", "10:00", 11, 0, false},
	} {
		q := may(message.Campaign)
		q.Where = eligible.Default().Where(eligible.Person{Number: "+12125550123"}, eligible.Own{From: c.from, Until: c.until})
		q.At = time.Date(2026, 3, 3, c.hour+5, c.minute, 0, 0, time.UTC)
		if got := eligible.Judge(q).Allowed(); got != c.want {
			t.Errorf("hours %q to %q at %02d:%02d: %v, want %v", c.from, c.until, c.hour, c.minute, got, c.want)
		}
	}
}

// The goal is below five microseconds a person, as a million people are judged
// for one estimate.
func BenchmarkJudge(b *testing.B) {
	for name, p := range map[string]eligible.Person{
		"one zone":   {Number: "+12125550123", State: "NY"},
		"two states": {Number: "+12125550123", State: "FL"},
		"toll-free":  {Number: "+18005550123"},
	} {
		b.Run(name, func(b *testing.B) {
			q := may(message.Campaign)
			b.ReportAllocs()
			for b.Loop() {
				q.Where = eligible.Default().Where(p, eligible.Own{Cap: 5})
				if eligible.Judge(q).Reason != "" {
					b.Fatal("refused")
				}
			}
		})
	}
}
