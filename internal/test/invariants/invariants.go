// Package invariants holds what must be true of our database whatever crashed, got lost or came twice,
// and checks it: against the rows themselves, and against the simulator's ledger, which knows the truth.
//
//	I1  at most one request that the provider accepted for each campaign and number, but for those
//	    that an operator asked to be sent again
//	I2  each recipient of a run in exactly one row; an ended run has no open row; the counters on the
//	    run and in run_counters are the counts of its rows; the recipients are the audience
//	I3  no request begins after a STOP was acknowledged, from any sender of that organisation
//	I4  no request begins outside the hours of the person's places
//	I5  what a webhook answered 2xx is in the database, or waits in the spool folder
//	I6  whatever the order and number of receipts, the row ends as the provider's record
//	I7  we know what was spent: our sum is the provider's without what it has not told us yet
//
// and besides that the file is whole and the consent ledger unbroken, with each opt-out in force.
//
//	for _, v := range invariants.Check(db, invariants.Options{Ledger: sim.Ledger(), Moment: invariants.AtRest}) {
//		t.Error(v)
//	}
//
// Every violation is one line that names its invariant and the row. Numbers are not masked: they are
// those of tests.
package invariants

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/simulator"
)

// Moment says how much can be asked.
type Moment int

const (
	// Anytime: sending, receipts and retries are under way, or the process was just killed. The
	// database may be ahead of the ledger, which is read first.
	Anytime Moment = iota
	// AtRest: nothing is under way. Receipts may have been lost on their way to us, and what they would
	// have told is not asked for.
	AtRest
	// AllTold: nothing is under way and every receipt has come, so each row is as the provider's record.
	AllTold
)

// Options say what is known beside the database.
type Options struct {
	Moment Moment
	// Ledger is the provider's truth. Nil: only what our rows say of each other is checked.
	Ledger *simulator.Ledger
	// Slack allows for the way through the loopback: a request that was written just before a STOP was
	// answered may be seen just after. 0 means DefaultSlack.
	Slack time.Duration
	// Audience lists the numbers that a run must have exactly one row for, by the run's id.
	Audience map[string][]string
	// Resent says how many further requests for a row an operator asked for. Nil: none.
	Resent func(messageID string) int
	// Spool is a folder where events wait that were answered 2xx and are not yet in the database; an
	// event is found by the provider's id of its message. Empty: there is none.
	Spool string
}

// DefaultSlack is enough on two busy cores.
const DefaultSlack = 5 * time.Millisecond

// Check returns the violations, none if all is well. An error to read the database is one of them.
func Check(db dbx.Builder, o Options) []string {
	if o.Slack == 0 {
		o.Slack = DefaultSlack
	}
	c := &checker{Options: o, db: db}
	if o.Ledger != nil { // first: what it says now must be in the database later
		c.requests, c.inbound = o.Ledger.Accepted(), o.Ledger.Inbound()
	}
	if err := c.read(); err != nil {
		return []string{"the database cannot be read: " + err.Error()}
	}
	c.checkFile()
	c.checkRuns()
	c.checkConsent()
	if o.Ledger != nil {
		c.checkRequests()
		c.checkInbound()
	}
	return c.bad
}

// checker is one check.
type checker struct {
	Options
	db       dbx.Builder
	requests []simulator.Request
	inbound  []simulator.Inbound
	books
	bad []string
}

func (c *checker) fail(format string, args ...any) {
	c.bad = append(c.bad, fmt.Sprintf(format, args...))
}
