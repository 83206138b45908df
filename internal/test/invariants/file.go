package invariants

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/consent"
)

// checkFile asks SQLite whether tables and indexes are whole.
func (c *checker) checkFile() {
	var found []string
	if err := c.db.NewQuery("PRAGMA integrity_check").Column(&found); err != nil {
		c.fail("file: integrity_check: %v", err)
		return
	}
	if len(found) != 1 || found[0] != "ok" {
		c.fail("file: integrity_check says %s", strings.Join(found, "; "))
	}
}

// checkConsent walks each organisation's ledger to its end and looks whether what it says is in force.
func (c *checker) checkConsent() {
	heads := make(map[string]consent.Link)
	var rows []struct {
		Org  string `db:"org"`
		Seq  int64  `db:"seq"`
		Hash string `db:"hash"`
	}
	if err := all(c.db, "SELECT org, seq, hash FROM consent_heads", &rows); err != nil {
		c.fail("ledger: %v", err)
		return
	}
	for _, r := range rows {
		heads[r.Org] = consent.Link{Seq: r.Seq, Hash: r.Hash}
	}
	chains := make(map[string][]consent.Event)
	for _, e := range c.events {
		chains[e.Org] = append(chains[e.Org], consent.Event{
			ID: e.ID, Org: e.Org, Seq: e.Seq, PhoneNumber: e.Number, Action: e.Action, Method: e.Method, Text: e.Text,
			Evidence: []byte(e.Evidence), At: moment(e.At), PrevHash: e.PrevHash, Hash: e.Hash,
		})
	}
	for org, head := range heads {
		end, err := consent.Walk(slices.Values(chains[org]), consent.Link{})
		var broken *consent.BrokenError
		switch {
		case errors.As(err, &broken):
			c.fail("ledger: organisation %s: %v", org, broken)
		case end != head:
			c.fail("ledger: organisation %s: it ends at row %d, its head says %d", org, end.Seq, head.Seq)
		}
		delete(chains, org)
	}
	for org := range chains {
		c.fail("ledger: organisation %s has events and no head", org)
	}
	c.checkOptOuts()
}

// checkOptOuts: who said STOP last is suppressed, and shown so.
func (c *checker) checkOptOuts() {
	type key struct{ org, number string }
	last := make(map[key]string)
	for _, e := range c.events {
		last[key{e.Org, e.Number}] = e.Action
	}
	suppressed := make(map[key]bool)
	for _, s := range c.stops {
		suppressed[key{s.Org, s.Number}] = true
	}
	for k, action := range last {
		if action == consent.ActionRevoked && !suppressed[k] && !suppressed[key{"", k.number}] {
			c.fail("ledger: %s opted out of organisation %s and is not suppressed", k.number, k.org)
		}
	}
	for _, p := range c.people {
		if last[key{p.Org, p.Number}] == consent.ActionRevoked && p.Status == consent.StatusSubscribed {
			c.fail("ledger: %s opted out of organisation %s and is shown as %s", p.Number, p.Org, p.Status)
		}
	}
}

// moment reads a date column; the empty text is the zero time.
func moment(text string) time.Time {
	t, err := time.Parse(types.DefaultDateLayout, text)
	if err != nil {
		return time.Time{}
	}
	return t
}
