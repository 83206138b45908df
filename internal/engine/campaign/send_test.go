package campaign_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

const ana, ben = "+12125550123", "+13125550147"

func TestSendRefusesWhatCannotBeSent(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 320)
	for _, c := range []struct {
		name   string
		change func(*fakeStore)
		code   string
		field  string
		words  string // that the person who reads it needs
	}{
		{"archived", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Archived = true }) }, "archived", "", "out of the archive"},
		{"no text", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Text = " \n" }) }, "text_required", "messageBody", "write"},
		{"no sender", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Sender = "" }) }, "sender_required", "sender", "choose"},
		{"sender is off", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.SenderEnabled = false }) }, "sender_required", "sender", "switched off"},
		{"no audience", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Everyone = false }) }, "audience_required", "lists", "everyone"},
		{"too late", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.SendAt = now.Add(-time.Second) }) }, "send_at_past", "sendAt", "past"},
		{"a field that does not exist", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Text = "Hi {{surname}}" }) }, "unknown_merge_field", "messageBody", "surname"},
		{"too long", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.Text = long + "!" }) }, "text_too_long", "messageBody", "1601 code units"},
		{"too long for one of two, the other longer in letters", func(s *fakeStore) {
			s.people[0].FirstName = "Zoë ❤" // UTF-16: 737 fit
			s.people[1].FirstName = strings.Repeat("a", 100)
			s.edit(func(c *campaign.Campaign) { c.Text = "{{firstName}} " + strings.Repeat("x", 760) })
		}, "text_too_long", "messageBody", "766 code units (UCS_2)"},
		{"nothing left of the text for one", func(s *fakeStore) {
			s.people[1].FirstName = "Ben"
			s.edit(func(c *campaign.Campaign) { c.Text = "{{firstName}}" })
		}, "text_required", "messageBody", "for 1 people"},
		{"nobody there", func(s *fakeStore) { s.people = nil }, "no_recipients", "lists", "empty"},
		{"nobody consented", func(s *fakeStore) { s.people[0].Status, s.people[1].Status = "new", "pending" }, "no_recipients", "lists", "2 have not consented"},
		{"all opted out", func(s *fakeStore) {
			s.people[0].Suppression, s.people[1].Suppression = eligible.OptedOut, eligible.Manual
		}, "no_recipients", "lists", "none may be texted"},
		{"an offer that is over", func(s *fakeStore) { s.edit(func(c *campaign.Campaign) { c.ExpiresAt = now }) }, "no_recipients", "lists", "none may be texted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(person("a", ana, "subscribed"), person("b", ben, "subscribed"))
			c.change(s)
			use, changed := use(t, s)
			_, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
			var refusal *campaign.Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("Send = %v, want a refusal", err)
			}
			if refusal.Code != c.code || refusal.Field != c.field || !strings.Contains(refusal.Message, c.words) {
				t.Errorf("refused with %+v, want %s for %q saying %q", *refusal, c.code, c.field, c.words)
			}
			if len(s.runs) != 0 || *changed != 0 {
				t.Error("a refused Send left something behind")
			}
		})
	}
}

func TestSomebodyWhoGetsNothingDoesNotMakeTheTextTooLong(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"), person("b", ben, "new"))
	s.people[0].FirstName, s.people[1].FirstName = "Ana", strings.Repeat("b", 100)
	s.edit(func(c *campaign.Campaign) { c.Text = "{{firstName}} " + strings.Repeat("x", 1590) })
	use, _ := use(t, s)
	if launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"}); err != nil || launched.EstimatedRecipients != 1 {
		t.Errorf("Send = %+v, %v; want one recipient", launched, err)
	}
}

func TestSendKeepsWhatWasThereAndSaysWhatItMade(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		sendAt time.Time
		want   message.RunStatus
	}{{"at once", time.Time{}, message.RunQueued}, {"at this very moment", now, message.RunQueued}, {"later", now.Add(time.Hour), message.RunScheduled}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(person("a", ana, "subscribed"), person("b", ben, "new"))
			s.edit(func(x *campaign.Campaign) { x.SendAt, x.Lists, x.Everyone = c.sendAt, []string{"vip"}, false })
			s.lists["a"] = []string{"vip"}
			use, changed := use(t, s)
			launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c", By: "u"})
			if err != nil {
				t.Fatal(err)
			}
			if launched.Status != c.want || launched.EstimatedRecipients != 1 || launched.CampaignID != "c" || *changed != 1 {
				t.Errorf("launched %+v and woke others %d times", launched, *changed)
			}
			snap := s.run(launched.RunID).Snapshot
			s.edit(func(x *campaign.Campaign) { x.Text, x.Lists = "Something else", nil })
			if snap.Text != "Sale today" || snap.Sender != "s" || len(snap.Lists) != 1 || snap.Brand != "Acme" || snap.ZoneData == "" {
				t.Errorf("the snapshot is %+v", snap)
			}
		})
	}
}

func TestACampaignIsSentOnce(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"))
	use, _ := use(t, s)
	first, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.people[0].Status = "unsubscribed" // "nobody left" would be the wrong answer
	for _, state := range []message.RunStatus{message.RunQueued, message.RunSending, message.RunPaused, message.RunFinished, message.RunCanceled} {
		s.run(first.RunID).status = state
		var already *campaign.AlreadySent
		if _, err := use.Send(t.Context(), campaign.Order{Campaign: "c"}); !errors.As(err, &already) || already.RunID != first.RunID {
			t.Errorf("Send while the run is %s = %v, want already sent", state, err)
		}
	}
}

func TestNewOnlyWhileARunIsUnderWayIsRefused(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"))
	use, _ := use(t, s)
	if _, err := use.Send(t.Context(), campaign.Order{Campaign: "c"}); err != nil {
		t.Fatal(err)
	}
	var already *campaign.AlreadySent
	if _, err := use.Send(t.Context(), campaign.Order{Campaign: "c", NewOnly: true}); !errors.As(err, &already) {
		t.Errorf("a second Send = %v, want already sent", err)
	}
}

func TestNewOnlyWithNobodyNewSaysSo(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"))
	use, _ := use(t, s)
	first, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	s.plan(t, 1)
	s.run(first.RunID).status = message.RunFinished
	var refusal *campaign.Refusal
	if _, err := use.Send(t.Context(), campaign.Order{Campaign: "c", NewOnly: true}); !errors.As(err, &refusal) ||
		refusal.Code != "no_recipients" || !strings.Contains(refusal.Message, "has been reached") {
		t.Errorf("Send = %v, want that everybody has been reached", err)
	}
}

func TestAnUnknownCampaignIsNotFound(t *testing.T) {
	t.Parallel()
	use, _ := use(t, newStore())
	_, sent := use.Send(t.Context(), campaign.Order{Campaign: "x"})
	_, estimated := use.Estimate(t.Context(), campaign.Order{Campaign: "x"})
	_, tested := use.Test(t.Context(), campaign.Trial{Campaign: "x", Number: ana, Seed: "1"})
	for _, err := range []error{sent, estimated, tested} {
		if !errors.Is(err, campaign.ErrNotFound) {
			t.Errorf("got %v, want not found", err)
		}
	}
}

func TestSteeringARunFollowsItsState(t *testing.T) {
	t.Parallel()
	s := newStore(person("a", ana, "subscribed"))
	use, changed := use(t, s)
	launched, err := use.Send(t.Context(), campaign.Order{Campaign: "c"})
	if err != nil {
		t.Fatal(err)
	}
	id := launched.RunID
	steps := []struct {
		name    string
		do      func() error
		refused bool
	}{
		{"resume what is not paused", func() error { return use.Resume(t.Context(), id) }, true},
		{"pause", func() error { return use.Pause(t.Context(), id) }, false},
		{"resume", func() error { return use.Resume(t.Context(), id) }, false},
		{"cancel", func() error { return use.Cancel(t.Context(), id) }, false},
		{"cancel again", func() error { return use.Cancel(t.Context(), id) }, true},
		{"pause what has ended", func() error { return use.Pause(t.Context(), id) }, true},
	}
	for _, step := range steps {
		before := *changed
		err := step.do()
		var refusal *campaign.Refusal
		if errors.As(err, &refusal) != step.refused || refusal != nil && refusal.Code != "wrong_state" {
			t.Errorf("%s: %v", step.name, err)
		}
		if (*changed > before) == step.refused {
			t.Errorf("%s: others were woken %d times", step.name, *changed-before)
		}
	}
	s.failing["Steer"] = 1
	if err := use.Pause(t.Context(), id); !errors.Is(err, errDisk) {
		t.Errorf("with a full disk Pause = %v", err)
	}
}

func TestATestTextIsMarkedAndObeysDoNotTextAndHours(t *testing.T) {
	t.Parallel()
	night := func(c *campaign.Campaign) { c.SendFrom = "12:00" } // it is 11:00
	for _, c := range []struct {
		name   string
		person campaign.Person
		change func(*campaign.Campaign)
		code   string
		body   string
		due    time.Time
	}{
		{"a stranger's phone needs no consent", campaign.Person{}, nil, "", "[TEST] Sale today", now},
		{"the fields of whoever it is", campaign.Person{FirstName: "Ana", Status: "new"}, func(c *campaign.Campaign) { c.Text = "Hi {{firstName|you}}" }, "", "[TEST] Hi Ana", now},
		{"the fallback of a stranger", campaign.Person{}, func(c *campaign.Campaign) { c.Text = "Hi {{firstName|you}}" }, "", "[TEST] Hi you", now},
		{"outside the hours it waits", campaign.Person{}, night, "", "[TEST] Sale today", now.Add(time.Hour)},
		{"opted out", campaign.Person{Suppression: eligible.OptedOut}, nil, "opted_out", "", time.Time{}},
		{"blocked", campaign.Person{Suppression: eligible.Installation}, nil, "suppressed", "", time.Time{}},
		{"invalid", campaign.Person{Status: "invalid"}, nil, "invalid_number", "", time.Time{}},
		{"no sender", campaign.Person{}, func(c *campaign.Campaign) { c.Sender = "" }, "sender_required", "", time.Time{}},
		{"the sender is off", campaign.Person{}, func(c *campaign.Campaign) { c.SenderEnabled = false }, "sender_required", "", time.Time{}},
		{"a field that does not exist", campaign.Person{}, func(c *campaign.Campaign) { c.Text = "{{x}}" }, "unknown_merge_field", "", time.Time{}},
		{"too long with the mark", campaign.Person{}, func(c *campaign.Campaign) { c.Text = strings.Repeat("x", 1594) }, "text_too_long", "", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.person.ID, c.person.Number = "a", ana
			s := newStore(c.person)
			if c.change != nil {
				s.edit(c.change)
			}
			use, changed := use(t, s)
			tested, err := use.Test(t.Context(), campaign.Trial{Campaign: "c", Number: ana, Seed: "seed"})
			var refusal *campaign.Refusal
			if errors.As(err, &refusal); c.code != "" {
				if refusal == nil || refusal.Code != c.code || len(s.singles) != 0 || *changed != 0 {
					t.Errorf("Test = %v with %d texts queued, want %s and none", err, len(s.singles), c.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			got := s.singles[0]
			if got.Body != c.body || !got.DueAt.Equal(c.due) || got.Kind != message.Test || got.Number != ana || got.Sender != "s" || got.Campaign != "c" {
				t.Errorf("queued %+v, want %q at %v", got, c.body, c.due)
			}
			if tested.MessageID != got.ID || tested.Segments != 1 || *changed != 1 {
				t.Errorf("answered %+v, woke others %d times", tested, *changed)
			}
		})
	}
}
