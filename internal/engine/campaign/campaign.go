// Package campaign turns a press of Send into a run: it refuses what cannot be
// sent, takes an immutable snapshot, and plans the audience into one row per
// recipient, queued with its moment or skipped with its reason.
//
// A campaign reaches a number once. Planning a stretch twice changes nothing,
// as a row's id is its run and number; so a crash in the middle loses nobody
// and doubles nobody.
package campaign

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tidings/internal/rules/compose"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/hours"
	"tidings/internal/rules/message"
	"tidings/internal/rules/sms"
)

// ErrNotFound says that there is no such campaign or run.
var ErrNotFound = errors.New("campaign: not found")

// Campaigns is the use case. Make it with New.
type Campaigns struct {
	store   Store
	prices  Prices
	now     func() time.Time
	changed func() // told when runs or rows changed and work may be due
}

// New makes the use case; changed wakes the planner and the dispatcher.
func New(store Store, prices Prices, now func() time.Time, changed func()) *Campaigns {
	return &Campaigns{store: store, prices: prices, now: now, changed: changed}
}

// Order is a press of Send.
type Order struct {
	Campaign    string
	NewOnly     bool
	By          string
	Idempotency *Idempotency
}

// Send makes a run, or says with a *Refusal or *AlreadySent why not.
func (c *Campaigns) Send(ctx context.Context, o Order) (Launched, error) {
	campaign, err := c.store.Campaign(ctx, o.Campaign)
	if err != nil {
		return Launched{}, err
	}
	keys, newest, err := c.store.Keys(ctx, campaign.ID)
	if err != nil {
		return Launched{}, err
	}
	if len(keys) > 0 && !o.NewOnly {
		return Launched{}, &AlreadySent{RunID: newest}
	}
	if len(keys) > 0 && campaign.SendAt.Before(c.now()) {
		campaign.SendAt = time.Time{} // it was the first run's; those who are new are sent to at once
	}
	if err := c.ready(campaign); err != nil {
		return Launched{}, err
	}
	s := snapshot(campaign, keys)
	e, err := c.estimate(ctx, campaign, s)
	if err != nil {
		return Launched{}, err
	}
	if e.tooLong != nil {
		return Launched{}, tooLong(*e.tooLong)
	}
	if e.blank > 0 {
		return Launched{}, &Refusal{Code: "text_required", Field: "messageBody", Message: fmt.Sprintf(
			"for %d people nothing is left of the text once it is filled in; give its fields a fallback, as in {{firstName|there}}", e.blank)}
	}
	if e.Recipients == 0 {
		return Launched{}, nobody(e, o.NewOnly)
	}
	launched, err := c.store.Start(ctx, Launch{
		Campaign: campaign, Snapshot: s, NewOnly: o.NewOnly, SendAt: campaign.SendAt, By: o.By,
		Recipients: e.Recipients, Idempotency: o.Idempotency,
	}, c.now())
	if err == nil {
		c.changed()
	}
	return launched, err
}

// ready refuses a campaign that lacks something, before its audience is read.
func (c *Campaigns) ready(campaign Campaign) error {
	if campaign.Archived {
		return &Refusal{Code: "archived", Message: "this campaign is archived; take it out of the archive first"}
	}
	if strings.TrimSpace(campaign.Text) == "" {
		return &Refusal{Code: "text_required", Field: "messageBody", Message: "write the text first"}
	}
	if campaign.Sender == "" {
		return &Refusal{Code: "sender_required", Field: "sender", Message: "choose the number to send from"}
	}
	if !campaign.SenderEnabled {
		return &Refusal{Code: "sender_required", Field: "sender", Message: "the chosen sender is switched off; enable it or choose another"}
	}
	if err := audienceGiven(campaign); err != nil {
		return err
	}
	if now := c.now(); !campaign.SendAt.IsZero() && campaign.SendAt.Before(now) {
		return &Refusal{Code: "send_at_past", Field: "sendAt", Message: "the time to send is in the past; choose a later one, or clear it to send at once"}
	}
	return nil
}

func audienceGiven(campaign Campaign) error {
	if campaign.BlankSegment {
		// It would stand for everybody, and nobody has said that everybody is meant.
		return &Refusal{Code: "audience_required", Field: "segment", Message: "the chosen segment has no filter yet; write one, or take the segment out"}
	}
	if len(campaign.Lists) == 0 && campaign.Segment == "" && !campaign.Everyone {
		return &Refusal{Code: "audience_required", Field: "lists", Message: "choose lists or a segment, or say that everyone is meant"}
	}
	return nil
}

func tooLong(m sms.Measure) error {
	return &Refusal{Code: "text_too_long", Field: "messageBody", Message: fmt.Sprintf(
		"with its merge fields filled in the text has %d code units (%s); at most %d characters of the GSM alphabet or %d others fit",
		m.CodeUnits, m.Encoding, sms.MaxSeptets, sms.MaxUTF16)}
}

// Forgotten refuses a further run of a campaign of which messages were deleted:
// whom it has reached is told by them alone.
func Forgotten() *Refusal {
	return &Refusal{Code: "history_deleted", Message: "messages of an earlier run were deleted because they were older than the organisation keeps them, so it is not known any more whom it reached; make a new campaign, with a list of those who are new"}
}

func nobody(e Estimate, newOnly bool) error {
	why := "the audience is empty"
	switch {
	case e.Excluded[message.NoConsent] > 0:
		why = fmt.Sprintf("%d people are in the audience but none may be texted; %d have not consented yet", total(e), e.Excluded[message.NoConsent])
	case total(e) > 0:
		why = fmt.Sprintf("%d people are in the audience but none may be texted", total(e))
	case newOnly:
		why = "everybody in the audience has been reached"
	}
	return &Refusal{Code: "no_recipients", Field: "lists", Message: why}
}

func total(e Estimate) int {
	n := e.Recipients
	for _, excluded := range e.Excluded {
		n += excluded
	}
	return n
}

func snapshot(c Campaign, earlier []string) Snapshot {
	return Snapshot{
		Name: c.Name, Text: c.Text, Sender: c.Sender, Lists: c.Lists, Segment: c.Segment, Everyone: c.Everyone,
		NewOnly: len(earlier) > 0, ExpiresAt: c.ExpiresAt, Brand: c.Brand, SendFrom: c.SendFrom, SendUntil: c.SendUntil,
		FrequencyCap: c.FrequencyCap, RuleSet: cmp.Or(c.Rules, eligible.Default()).Rules().Version(),
		ZoneData: hours.Version(), EarlierKeys: earlier,
	}
}

// testMark stands before a test's text, so that nobody takes it for the real
// thing.
const testMark = "[TEST] "

// Tested is the answer to a test.
type Tested struct {
	MessageID string
	DueAt     time.Time
	Segments  int
}

// Trial is a test to be sent.
type Trial struct {
	Campaign string
	Number   string // E.164
	Seed     string // no other test has it
	// Keep makes the answer that is kept with the message; nil: none is.
	Keep func(Tested) *Kept
}

// Test sends the campaign's text to one number, marked as a test. It obeys
// do-not-text and hours, and needs no consent: it goes to one's own phone.
func (c *Campaigns) Test(ctx context.Context, trial Trial) (Tested, error) {
	number := trial.Number
	campaign, err := c.store.Campaign(ctx, trial.Campaign)
	if err != nil {
		return Tested{}, err
	}
	if campaign.Sender == "" || !campaign.SenderEnabled {
		return Tested{}, &Refusal{Code: "sender_required", Field: "sender", Message: "choose an enabled number to send from"}
	}
	text, err := compose.Parse(campaign.Text)
	if err != nil {
		return Tested{}, asRefusal(err)
	}
	p, err := c.store.Standing(ctx, campaign.Org, number)
	if err != nil {
		return Tested{}, err
	}
	p.Number = number
	body := testMark + text.Render(fields(p, campaign.Brand))
	if m := sms.Count(body); sms.TooLong(m) {
		return Tested{}, tooLong(m)
	}
	v := eligible.Judge(eligible.Question{
		Kind: message.Test, Status: p.Status, Suppression: p.Suppression, At: c.now(),
		Where: cmp.Or(campaign.Rules, eligible.Default()).Where(eligible.Person{Number: number, Timezone: p.Timezone, State: p.State},
			eligible.Own{From: campaign.SendFrom, Until: campaign.SendUntil, Cap: campaign.FrequencyCap}),
	})
	if v.Reason != "" {
		return Tested{}, &Refusal{Code: string(v.Reason), Field: "to", Message: "this number may not be texted: " + string(v.Reason)}
	}
	m := Single{
		ID: message.SingleID("test " + trial.Seed), Org: campaign.Org, Campaign: campaign.ID, Kind: message.Test,
		Number: number, Sender: campaign.Sender, Body: body, DueAt: v.Next,
	}
	tested := Tested{MessageID: m.ID, DueAt: m.DueAt, Segments: sms.Count(body).Segments}
	if trial.Keep != nil {
		m.Kept = trial.Keep(tested)
	}
	if err := c.store.Single(ctx, m); err != nil {
		return Tested{}, err
	}
	c.changed()
	return tested, nil
}
