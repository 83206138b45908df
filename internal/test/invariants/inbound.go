package invariants

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// ban is the time in which a person wants no texts.
type ban struct {
	acknowledged time.Time // real
	lifted       time.Time // legal; zero: never
}

// checkInbound is I5 for what people wrote, and I3.
func (c *checker) checkInbound() {
	bans := make(map[[2]string][]ban) // by organisation and number
	for _, in := range c.inbound {
		if in.Acknowledged.IsZero() {
			continue
		}
		m := c.byID[message.InboundID(in.UUID)]
		if m == nil {
			if !c.spooled(in.UUID) {
				c.fail("I5: the text %q of %s was answered 2xx and is not in the database", in.Text, in.From)
			}
			continue
		}
		if !in.Revokes {
			continue
		}
		b := ban{acknowledged: in.Acknowledged}
		seq := c.revoked(in.UUID)
		if seq == 0 {
			c.fail("I5: the STOP of %s was answered 2xx and is not in the ledger", in.From)
		}
		for _, e := range c.events {
			if seq > 0 && e.Org == m.Org && e.Number == m.Number && e.Seq > seq && e.Action != consent.ActionRevoked {
				b.lifted = moment(e.At)
				break
			}
		}
		key := [2]string{m.Org, m.Number}
		bans[key] = append(bans[key], b)
	}
	for _, r := range c.requests {
		m := c.byID[rowOf(r.CallbackURL)]
		if m == nil || m.Kind == string(message.Stop) || m.Kind == string(message.Help) {
			continue // these two may follow an opt-out
		}
		for _, b := range bans[[2]string{m.Org, m.Number}] {
			if r.Began.After(b.acknowledged.Add(c.Slack)) && (b.lifted.IsZero() || r.Clock.Before(b.lifted)) {
				c.fail("I3: a text to %s (row %s) began %s after its STOP was acknowledged", m.Number, m.ID, r.Began.Sub(b.acknowledged))
			}
		}
	}
}

// revoked is the number of the ledger's row that came of an inbound text; 0 if there is none.
func (c *checker) revoked(uuid string) int64 {
	for _, e := range c.events {
		if e.Action == consent.ActionRevoked && strings.Contains(e.Evidence, uuid) {
			return e.Seq
		}
	}
	return 0
}

// spooled reports whether an event of that text waits in the spool folder.
func (c *checker) spooled(uuid string) bool {
	if c.Spool == "" {
		return false
	}
	found := false
	err := filepath.WalkDir(c.Spool, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || found {
			return err
		}
		raw, err := os.ReadFile(path)
		found = strings.Contains(string(raw), uuid)
		return err
	})
	return err == nil && found
}
