package inbox_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tidings/internal/engine/inbox"
	"tidings/internal/rules/eligible"
)

// fakeTalk knows one conversation.
type fakeTalk struct {
	known  inbox.Conversation
	queued []inbox.Outgoing
}

func (f *fakeTalk) Conversation(context.Context, string, string) (inbox.Conversation, error) {
	return f.known, nil
}

func (f *fakeTalk) QueueReply(_ context.Context, o inbox.Outgoing) error {
	f.queued = append(f.queued, o)
	return nil
}

func TestAReplyOfTheTeamGoesToWhoeverMayGetOne(t *testing.T) {
	t.Parallel()
	wrote := inbox.Conversation{Org: "o", Sender: "s", Wrote: true}
	with := func(change func(*inbox.Conversation)) inbox.Conversation { c := wrote; change(&c); return c }
	for _, c := range []struct {
		name string
		talk inbox.Conversation
		text string
		code string
		due  time.Time
	}{
		{"she wrote, no consent needed", wrote, " On Sunday from ten. ", "", now},
		{"she never wrote and consented", with(func(c *inbox.Conversation) { c.Wrote, c.Status = false, "subscribed" }), "Hi", "", now},
		{"she never wrote and did not consent", with(func(c *inbox.Conversation) { c.Wrote, c.Status = false, "new" }), "Hi", "no_consent", time.Time{}},
		{"she said STOP", with(func(c *inbox.Conversation) { c.Suppression = eligible.OptedOut }), "Hi", "opted_out", time.Time{}},
		{"do not text", with(func(c *inbox.Conversation) { c.Suppression = eligible.Manual }), "Hi", "suppressed", time.Time{}},
		{"at the wrong hour it waits", with(func(c *inbox.Conversation) { c.SendFrom = "12:00" }), "Hi", "", now.Add(time.Hour)},
		{"in her own zone", with(func(c *inbox.Conversation) { c.Timezone = "Pacific/Honolulu" }), "Hi", "", now.Add(2 * time.Hour)},
		{"nothing written", wrote, " \n", "text_required", time.Time{}},
		{"too much written", wrote, strings.Repeat("x", 1601), "text_too_long", time.Time{}},
		{"no sender", with(func(c *inbox.Conversation) { c.Sender = "" }), "Hi", "sender_required", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			talk := &fakeTalk{known: c.talk}
			o, err := inbox.Reply(t.Context(), talk, now, inbox.Outgoing{Org: "o", Number: ana, Body: c.text}, "seed")
			var refusal *inbox.Refusal
			if errors.As(err, &refusal); c.code != "" {
				if refusal == nil || refusal.Code != c.code || len(talk.queued) != 0 {
					t.Errorf("Reply = %v with %d queued, want %s and none", err, len(talk.queued), c.code)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if q := talk.queued[0]; q != o || q.Body != strings.TrimSpace(c.text) || q.Sender != "s" || q.Number != ana || !q.DueAt.Equal(c.due) || len(q.ID) != 15 {
				t.Errorf("queued %+v, want it due at %v", q, c.due)
			}
		})
	}
}
