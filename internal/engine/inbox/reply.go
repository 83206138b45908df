package inbox

import (
	"cmp"
	"context"
	"strings"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/rules/sms"
)

// Conversation is what is known of the exchange with one number.
type Conversation struct {
	Org         string
	Sender      string // whom the person wrote to last, else an enabled sender of the organisation
	Wrote       bool   // the person has written to us
	Status      string
	Timezone    string
	SendFrom    string
	SendUntil   string
	State       string
	Rules       *eligible.Book // those in force; nil: the built-in ones
	Suppression eligible.Suppression
}

// Outgoing is one text to be queued.
type Outgoing struct {
	ID     string
	Org    string
	Sender string
	Number string
	Body   string
	DueAt  time.Time
}

// Conversations keeps exchanges.
type Conversations interface {
	Conversation(ctx context.Context, org, number string) (Conversation, error)
	QueueReply(ctx context.Context, o Outgoing) error
}

// Refusal is an answer that a person can act on. Nothing was queued.
type Refusal struct{ Code, Message string }

func (r *Refusal) Error() string { return r.Message }

// Reply queues one answer of a person of the team. Writing to us is consent to
// an answer; somebody who never wrote needs consent on record. Hours and
// do-not-text hold as always.
func Reply(ctx context.Context, store Conversations, now time.Time, o Outgoing, seed string) (Outgoing, error) {
	o.Body = strings.TrimSpace(o.Body)
	if o.Body == "" {
		return o, &Refusal{"text_required", "write something first"}
	}
	if sms.TooLong(sms.Count(o.Body)) {
		return o, &Refusal{"text_too_long", "this is too long for one text; send it in parts"}
	}
	c, err := store.Conversation(ctx, o.Org, o.Number)
	if err != nil {
		return o, err
	}
	if c.Sender == "" {
		return o, &Refusal{"sender_required", "the organisation has no enabled sender"}
	}
	kind := message.Reply
	if !c.Wrote {
		kind = message.Campaign // nothing was asked: the rules of a campaign hold
	}
	v := eligible.Judge(eligible.Question{
		Kind: kind, Status: c.Status, Suppression: c.Suppression, At: now,
		Where: cmp.Or(c.Rules, eligible.Default()).Where(eligible.Person{Number: o.Number, Timezone: c.Timezone, State: c.State},
			eligible.Own{From: c.SendFrom, Until: c.SendUntil}),
	})
	if v.Reason != "" {
		return o, &Refusal{string(v.Reason), "this number may not be texted: " + string(v.Reason)}
	}
	o.ID, o.Sender, o.DueAt = message.SingleID("reply "+seed), c.Sender, v.Next
	return o, store.QueueReply(ctx, o)
}
