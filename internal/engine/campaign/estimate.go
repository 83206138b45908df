package campaign

import (
	"context"
	"errors"
	"slices"
	"time"

	"tidings/internal/engine/stride"
	"tidings/internal/rules/compose"
	"tidings/internal/rules/message"
	"tidings/internal/rules/phone"
	"tidings/internal/rules/price"
	"tidings/internal/rules/sms"
)

// Estimate says who would get the campaign, who not and why, when and for how
// much, if Send were pressed now. It changes nothing.
type Estimate struct {
	Recipients      int                    `json:"recipients"`
	Excluded        map[message.Reason]int `json:"excluded"`
	Segments        int64                  `json:"segments"`
	CostMicros      int64                  `json:"costMicros"`
	CostWorstMicros int64                  `json:"costWorstMicros"`
	Currency        string                 `json:"currency"`
	// UnpricedCountries are those that the provider tells no price of, in order; what
	// they cost is a guess.
	UnpricedCountries []string  `json:"unpricedCountries,omitempty"`
	FirstSendAt       time.Time `json:"-"`
	LastSendAt        time.Time `json:"-"`
	Samples           []Sample  `json:"samples"`
	// Notice says in words what a person would not expect of it.
	Notice  string       `json:"notice,omitempty"`
	days    days         // on which texts would be due
	tooLong *sms.Measure // of a recipient whose text the provider would refuse
	blank   int          // recipients whose text is empty once filled in
}

// Sample is one text as a recipient would see it.
type Sample struct {
	PhoneNumber string `json:"phoneNumber"`
	Text        string `json:"text"`
	Encoding    string `json:"encoding"`
	Segments    int    `json:"segments"`
}

// samples is how many texts an estimate shows.
const samples = 3

// Estimate judges the audience of an order: all of it, or with NewOnly those
// whom no earlier run has reached.
func (c *Campaigns) Estimate(ctx context.Context, o Order) (Estimate, error) {
	campaign, err := c.store.Campaign(ctx, o.Campaign)
	if err != nil {
		return Estimate{}, err
	}
	if refusal := audienceGiven(campaign); refusal != nil {
		return Estimate{}, refusal
	}
	var earlier []string
	if o.NewOnly {
		if earlier, _, err = c.store.Keys(ctx, campaign.ID); err != nil {
			return Estimate{}, err
		}
	}
	return c.estimate(ctx, campaign, snapshot(campaign, earlier))
}

func (c *Campaigns) estimate(ctx context.Context, campaign Campaign, s Snapshot) (e Estimate, err error) {
	now := c.now()
	start := now
	if campaign.SendAt.After(now) {
		start = campaign.SendAt
	}
	t, err := newTarget(s, campaign.Org, campaign.Rules, start)
	if err != nil {
		return Estimate{}, asRefusal(err)
	}
	audience := c.store.People(t.audience)
	defer func() { err = errors.Join(err, audience.Close()) }()
	e = Estimate{Excluded: make(map[message.Reason]int), Samples: []Sample{}, days: days{from: start}}
	rates := make(map[string]price.Rate)
	var cost price.Cost
	for pace := stride.New(stretch); ; pace.Rest(ctx) {
		people, _, last, err := t.next(ctx, c.store, audience)
		if err != nil {
			return Estimate{}, err
		}
		if err := t.capped(ctx, c.store, people); err != nil {
			return Estimate{}, err
		}
		for _, v := range people {
			if v.Reason != "" {
				e.Excluded[v.Reason]++
				continue
			}
			e.add(v)
			country := phone.Locate(v.person.Number).Country
			rate, ok := rates[country]
			if !ok {
				rate = c.prices.Rate(ctx, country)
				rates[country] = rate
				if rate.Guessed {
					e.UnpricedCountries = append(e.UnpricedCountries, country)
				}
			}
			cost = cost.Add(rate.Cost(int64(v.measure.Segments)))
			e.Currency = rate.Currency
		}
		if last {
			break
		}
	}
	slices.Sort(e.UnpricedCountries)
	e.CostMicros, e.CostWorstMicros = cost.Micros, cost.Worst
	if e.Currency == "" {
		e.Currency = "USD"
	}
	if paced := start.Add(queueing(e.Recipients, campaign.RatePerSecond)); e.Recipients > 0 && paced.After(e.LastSendAt) {
		e.LastSendAt = paced
	}
	e.ration(campaign, now)
	return e, nil
}

func (e *Estimate) add(v verdict) {
	e.Recipients++
	if v.blank() {
		e.blank++
	}
	if sms.TooLong(v.measure) && (e.tooLong == nil || v.measure.CodeUnits > e.tooLong.CodeUnits) {
		e.tooLong = &v.measure
	}
	e.Segments += int64(v.measure.Segments)
	e.days.add(v)
	if e.FirstSendAt.IsZero() || v.Next.Before(e.FirstSendAt) {
		e.FirstSendAt = v.Next
	}
	if v.Next.After(e.LastSendAt) {
		e.LastSendAt = v.Next
	}
	if len(e.Samples) < samples {
		e.Samples = append(e.Samples, Sample{
			PhoneNumber: v.person.Number, Text: v.text, Encoding: v.measure.Encoding, Segments: v.measure.Segments,
		})
	}
}

// queueing is how long a sender needs for so many texts.
func queueing(texts int, perSecond float64) time.Duration {
	if texts < 2 || perSecond <= 0 {
		return 0
	}
	return time.Duration(float64(texts-1) / perSecond * float64(time.Second))
}

// asRefusal gives a template's fault to the person who wrote it.
func asRefusal(err error) error {
	var bad *compose.Error
	if errors.As(err, &bad) {
		return &Refusal{Code: bad.Code, Field: "messageBody", Message: bad.Message}
	}
	return err
}
