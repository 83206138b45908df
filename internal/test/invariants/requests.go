package invariants

import (
	"path"
	"slices"
	"strings"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/simulator"
)

// ours gives our word for the provider's states.
var ours = map[string]message.Status{
	"queued": message.Accepted, "sent": message.Sent, "delivered": message.Delivered,
	"undelivered": message.Undelivered, "failed": message.Failed,
}

// rowOf is the row that a callback address names: the message's id stands first in its token. It is
// there even if the row never learnt the provider's id.
func rowOf(callbackURL string) string {
	id, _, _ := strings.Cut(path.Base(callbackURL), "-")
	return id
}

// checkRequests holds each accepted request against the row that it was made for: I1, I4, I5, I6, I7.
func (c *checker) checkRequests() {
	byRow := make(map[string]int)
	byCampaign := make(map[[2]string]int)
	resent := make(map[[2]string]int)
	uuids := make(map[string]bool)
	var spent, told int64
	places := c.places()
	for _, r := range c.requests {
		uuids[r.UUID] = true
		m := c.byID[rowOf(r.CallbackURL)]
		if m == nil {
			c.fail("I1: the provider accepted a text to %s that no row stands for (%s, fault %q)", r.Dst, r.State, r.Fault)
			continue
		}
		byRow[m.ID]++
		if m.Run != "" {
			key := [2]string{m.Campaign, m.Number}
			byCampaign[key]++
			if byRow[m.ID] == 1 && c.Resent != nil {
				resent[key] += c.Resent(m.ID)
			}
		}
		c.checkHours(r, m, places)
		c.checkState(r, m)
		if c.settled(r) {
			spent += m.Cost
			told += r.CostMicros
		}
	}
	for key, n := range byCampaign {
		if allowed := 1 + resent[key]; n > allowed {
			c.fail("I1: texted %d times for one campaign: %s by campaign %s", n, key[1], key[0])
		}
	}
	claimed := make(map[string]string)
	for _, m := range c.messages {
		if m.Direction == "inbound" {
			continue
		}
		if m.Run == "" && byRow[m.ID] > 1 {
			c.fail("I1: the single message %s was texted %d times", m.ID, byRow[m.ID])
		}
		if m.UUID != "" {
			if other := claimed[m.UUID]; other != "" {
				c.fail("I1: rows %s and %s claim one text, %s", other, m.ID, m.UUID)
			}
			claimed[m.UUID] = m.ID
			if c.Moment >= AtRest && !uuids[m.UUID] {
				c.fail("I1: row %s claims the text %s, which the provider never accepted", m.ID, m.UUID)
			}
		}
		if c.Moment >= AtRest && m.Cost != 0 && byRow[m.ID] == 0 {
			c.fail("I7: row %s cost %d micros and was never texted", m.ID, m.Cost)
		}
	}
	if c.Moment >= AtRest && spent != told {
		c.fail("I7: we count %d micros where the provider told us of %d", spent, told)
	}
}

// settled reports whether the provider has told us all that there is to a text.
func (c *checker) settled(r simulator.Request) bool {
	return c.Moment == AllTold || c.Moment == AtRest && slices.Contains(r.Told, r.State) && r.State != "queued"
}

// checkState compares a row with the provider's record.
func (c *checker) checkState(r simulator.Request, m *row) {
	status := message.Status(m.Status)
	switch {
	case m.Number != "+"+r.Dst:
		c.fail("I1: row %s is for %s, its text went to %s", m.ID, m.Number, r.Dst)
	case status == message.Queued:
		c.fail("I1: row %s is queued and would be sent again: the provider accepted it (fault %q)", m.ID, r.Fault)
		return
	case status == message.Skipped:
		c.fail("I2: row %s is skipped (%s), but the provider accepted it (fault %q)", m.ID, m.Reason, r.Fault)
		return
	}
	if m.UUID != "" && m.UUID != r.UUID {
		if m.Attempt <= 1 { // else an earlier attempt's
			c.fail("I1: row %s names the text %s, the provider %s", m.ID, m.UUID, r.UUID)
		}
		return
	}
	for _, state := range r.Told {
		if rank(status) < rank(ours[state]) && !c.spooled(r.UUID) {
			c.fail("I5: the callback %q of row %s was answered 2xx, the row is %s", state, m.ID, m.Status)
		}
	}
	if !c.settled(r) {
		return
	}
	if want := ours[r.State]; status != want {
		c.fail("I6: row %s is %s, at the provider it is %s", m.ID, status, want)
	}
	if m.Cost != r.CostMicros {
		c.fail("I7: row %s cost %d micros, at the provider %d", m.ID, m.Cost, r.CostMicros)
	}
	if m.Segments != int64(r.Units) {
		c.fail("I7: row %s has %d segments, at the provider %d", m.ID, m.Segments, r.Units)
	}
}

// rank is written a second time, so that a mistake in the rules shows here.
func rank(s message.Status) int {
	return slices.Index([]message.Status{message.Accepted, message.Sent, message.Failed, message.Delivered}, cmpStatus(s)) + 1
}

func cmpStatus(s message.Status) message.Status {
	if s == message.Undelivered {
		return message.Failed
	}
	return s
}

// places are the zone and the state that a subscriber was given, by organisation and
// number.
func (c *checker) places() map[[2]string]eligible.Person {
	places := make(map[[2]string]eligible.Person, len(c.people))
	for _, p := range c.people {
		places[[2]string{p.Org, p.Number}] = eligible.Person{Number: p.Number, Timezone: p.Timezone, State: p.State}
	}
	return places
}

// checkHours is I4. Answers to a keyword may go at any hour.
func (c *checker) checkHours(r simulator.Request, m *row, places map[[2]string]eligible.Person) {
	if message.Kind(m.Kind).Transactional() {
		return
	}
	o := c.orgs[m.Org]
	person, known := places[[2]string{m.Org, m.Number}]
	if !known {
		person.Number = m.Number
	}
	where := eligible.Default().Where(person, eligible.Own{From: o.From, Until: o.Until})
	// The ledger has the legal time of the acceptance; the request began a little before. Only one that
	// was outside at both counts: the hours open and close in between for others.
	began := r.Clock.Add(-r.Accepted.Sub(r.Began) - c.Slack)
	if !where.Open(began) && !where.Open(r.Clock) {
		c.fail("I4: a text to %s (row %s) began at %s, outside the hours of %s", m.Number, m.ID, r.Clock.Format(time.RFC3339), strings.Join(where.Zones, ", "))
	}
}
