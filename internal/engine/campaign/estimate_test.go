package campaign_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/message"
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
