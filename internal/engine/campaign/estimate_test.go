package campaign_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
	"tidings/internal/rules/quota"
)

func TestAnEstimateAddsUpPeopleSegmentsMoneyAndTime(t *testing.T) {
	t.Parallel()
	s := newStore(
		person("a", ana, "subscribed"),
		person("b", "+14165550123", "subscribed"), // Toronto: dearer
		person("c", ben, "new"),
		person("d", "+18085550123", "subscribed"), // Honolulu, 06:00: at 08:00
		person("e", "+14155550123", "subscribed"),
	)
	s.people[1].FirstName = "Zoë ❤"
	s.edit(func(c *campaign.Campaign) {
		c.Text, c.RatePerSecond = "{{firstName|Hello}}, our sale is on, and everything has to go by Sunday evening!", 1
	})
	use, changed := use(t, s)
	got, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Estimate{
		Recipients: 4, Excluded: map[message.Reason]int{message.NoConsent: 1},
		Segments: 3 + 1, CostMicros: 3*5000 + 40_000, CostWorstMicros: 3*8000 + 40_000, Currency: "USD",
		FirstSendAt: now, LastSendAt: now.Add(2 * time.Hour),
		Samples: []campaign.Sample{
			{ana, "Hello, our sale is on, and everything has to go by Sunday evening!", "GSM_7", 1},
			{"+14155550123", "Hello, our sale is on, and everything has to go by Sunday evening!", "GSM_7", 1},
			{"+14165550123", "Zoë ❤, our sale is on, and everything has to go by Sunday evening!", "UCS_2", 1},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(campaign.Estimate{})); diff != "" {
		t.Error(diff)
	}
	if len(s.runs)+len(s.rows)+*changed != 0 {
		t.Error("an estimate changed something")
	}
}

func TestAnEstimateCountsTheSendersPace(t *testing.T) {
	t.Parallel()
	s := newStore(many(61)...)
	s.edit(func(c *campaign.Campaign) { c.SendAt, c.RatePerSecond = now.Add(time.Hour), 0.5 })
	use, _ := use(t, s)
	got, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	if from, until := now.Add(time.Hour), now.Add(time.Hour+2*time.Minute); !got.FirstSendAt.Equal(from) || !got.LastSendAt.Equal(until) {
		t.Errorf("61 texts at one in two seconds go from %v to %v, want %v to %v", got.FirstSendAt, got.LastSendAt, from, until)
	}
}

func TestAnEstimateNeedsAnAudience(t *testing.T) {
	t.Parallel()
	s := newStore()
	s.edit(func(c *campaign.Campaign) { c.Everyone = false })
	use, _ := use(t, s)
	var refusal *campaign.Refusal
	if _, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"}); !errors.As(err, &refusal) || refusal.Code != "audience_required" {
		t.Errorf("Estimate = %v, want audience_required", err)
	}
}

func TestAnEstimateOfNobodyIsEmptyAndNotAbsent(t *testing.T) {
	t.Parallel()
	use, _ := use(t, newStore())
	got, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Currency != "USD" || got.Samples == nil || got.Excluded == nil || !got.FirstSendAt.IsZero() || !got.LastSendAt.IsZero() {
		t.Errorf("the estimate of nobody is %+v", got)
	}
}

func TestAnEstimateLeavesOutWhoHadTheTextsOfTheDay(t *testing.T) {
	t.Parallel()
	hoursAgo := func(n ...int) (at []time.Time) {
		for _, h := range n {
			at = append(at, now.Add(-time.Duration(h)*time.Hour))
		}
		return at
	}
	s := newStore(
		campaign.Person{ID: "a", Number: "+13055550101", Status: "subscribed"},                                  // Florida: three a day
		campaign.Person{ID: "b", Number: "+13055550102", Status: "subscribed"},                                  // two so far
		campaign.Person{ID: "c", Number: "+13055550103", Status: "subscribed"},                                  // the third is older than a day
		campaign.Person{ID: "d", Number: "+12125550104", Status: "subscribed"},                                  // New York has no limit
		campaign.Person{ID: "e", Number: "+13055550105", Status: "new"},                                         // has not consented
		campaign.Person{ID: "f", Number: "+13055550106", Status: "subscribed", Timezone: "Pacific/Auckland"},    // asleep: by its morning they are old
		campaign.Person{ID: "g", Number: "+13055550107", Status: "subscribed", Timezone: "America/Los_Angeles"}, // asleep: they are not
	)
	s.texts = map[string][]time.Time{
		"+13055550101": hoursAgo(23, 5, 1), "+13055550102": hoursAgo(5, 1), "+13055550103": hoursAgo(24, 5, 1),
		"+12125550104": hoursAgo(5, 4, 3, 2, 1), "+13055550105": hoursAgo(3, 2, 1),
		"+13055550106": hoursAgo(23, 22, 21), "+13055550107": hoursAgo(3, 2, 1),
	}
	e, err := campaign.New(s, prices{}, func() time.Time { return now }, func() {}).Estimate(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[message.Reason]int{message.FrequencyCap: 2, message.NoConsent: 1}
	if diff := cmp.Diff(want, e.Excluded); diff != "" || e.Recipients != 4 {
		t.Errorf("%d would get it; left out: %s", e.Recipients, diff)
	}
	s.edit(func(c *campaign.Campaign) { c.FrequencyCap = 2 })
	if e, err = campaign.New(s, prices{}, func() time.Time { return now }, func() {}).Estimate(t.Context(), campaign.Order{Campaign: "c"}); err != nil {
		t.Fatal(err)
	}
	if e.Excluded[message.FrequencyCap] != 5 { // all but the sleeper whose texts are old by then
		t.Errorf("with the organisation's own limit of two: %v", e.Excluded)
	}
}

func TestAnEstimateCountsTheSendersDailyLimit(t *testing.T) {
	t.Parallel()
	morning := func(day int) time.Time { return time.Date(2026, 3, day, 13, 0, 0, 0, time.UTC) } // 08:00 in New York
	for _, c := range []struct {
		name        string
		people      int
		q           quota.Quota
		sendAt      time.Time
		expires     time.Time
		first, last time.Time
		notice      string
	}{
		{"no limit", 5, quota.Quota{Used: 9}, time.Time{}, time.Time{}, now, now.Add(4 * time.Second), ""},
		{"it fits", 5, quota.Quota{Cap: 6, Used: 1}, time.Time{}, time.Time{}, now, now.Add(4 * time.Second), ""},
		{"five by two", 5, quota.Quota{Cap: 2}, time.Time{}, time.Time{}, now, morning(5), "the sender's daily limit of 2 spreads it over 3 days"},
		{"two on the last day", 4, quota.Quota{Cap: 2}, time.Time{}, time.Time{}, now, morning(4).Add(time.Second), "the sender's daily limit of 2 spreads it over 2 days"},
		{"some are used", 4, quota.Quota{Cap: 2, Used: 1}, time.Time{}, time.Time{}, now, morning(5), "the sender's daily limit of 2 spreads it over 3 days"},
		{"used up", 2, quota.Quota{Cap: 2, Used: 2}, time.Time{}, time.Time{}, morning(4), morning(4).Add(time.Second), "the sender's daily limit of 2 is used up, so that it goes out a day later"},
		{"used up today, sent tomorrow", 2, quota.Quota{Cap: 2, Used: 2}, now.Add(24 * time.Hour), time.Time{}, now.Add(24 * time.Hour), now.Add(24*time.Hour + time.Second), ""},
		{"it expires before", 3, quota.Quota{Cap: 2}, time.Time{}, now.Add(time.Hour), now, morning(4), "the sender's daily limit of 2 spreads it over 2 days; the campaign expires before everybody has got it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(many(c.people)...)
			s.edit(func(e *campaign.Campaign) { e.Quota, e.SendAt, e.ExpiresAt = c.q, c.sendAt, c.expires })
			use, _ := use(t, s)
			got, err := use.Estimate(t.Context(), campaign.Order{Campaign: "c"})
			if err != nil {
				t.Fatal(err)
			}
			if got.Recipients != c.people || !got.FirstSendAt.Equal(c.first) || !got.LastSendAt.Equal(c.last) || got.Notice != c.notice {
				t.Errorf("%d from %v to %v, %q\nwant %v to %v, %q", got.Recipients, got.FirstSendAt, got.LastSendAt, got.Notice, c.first, c.last, c.notice)
			}
		})
	}
}
