package invariants

import (
	"fmt"

	"github.com/pocketbase/dbx"
)

// books are the rows that are checked, all of them in memory: tests have few.
type books struct {
	messages []*row
	byID     map[string]*row
	runs     []run
	counters map[string][]counter // by run
	events   []event              // by organisation and number in it
	people   []person
	orgs     map[string]org
	stops    []suppression
}

type row struct {
	ID        string `db:"id"`
	Org       string `db:"org"`
	Run       string `db:"run"`
	Campaign  string `db:"campaign"`
	Direction string `db:"direction"`
	Kind      string `db:"kind"`
	Number    string `db:"phoneNumber"`
	Status    string `db:"status"`
	Reason    string `db:"reason"`
	UUID      string `db:"plivoUuid"`
	ErrorCode string `db:"errorCode"`
	Segments  int64  `db:"segments"`
	Cost      int64  `db:"costMicros"`
	Attempt   int64  `db:"attempt"`
}

type run struct {
	ID          string `db:"id"`
	Status      string `db:"status"`
	Recipients  int64  `db:"recipients"`
	Queued      int64  `db:"queued"`
	Sending     int64  `db:"sending"`
	Accepted    int64  `db:"accepted"`
	Sent        int64  `db:"sent"`
	Delivered   int64  `db:"delivered"`
	Undelivered int64  `db:"undelivered"`
	Failed      int64  `db:"failed"`
	Skipped     int64  `db:"skipped"`
	Unknown     int64  `db:"unknown"`
	Segments    int64  `db:"segments"`
	Cost        int64  `db:"costMicros"`
}

type counter struct {
	Run  string `db:"run"`
	Kind string `db:"kind"`
	Key  string `db:"key"`
	N    int64  `db:"n"`
}

type person struct {
	Org      string `db:"org"`
	Number   string `db:"phoneNumber"`
	Status   string `db:"status"`
	Timezone string `db:"timezone"`
	State    string `db:"state"`
}

type org struct {
	ID    string `db:"id"`
	From  string `db:"sendFrom"`
	Until string `db:"sendUntil"`
}

type suppression struct {
	Org    string `db:"org"`
	Number string `db:"phoneNumber"`
}

type event struct {
	ID       string `db:"id"`
	Org      string `db:"org"`
	Seq      int64  `db:"seq"`
	Number   string `db:"phoneNumber"`
	Action   string `db:"action"`
	Method   string `db:"method"`
	Text     string `db:"text"`
	Evidence string `db:"evidence"`
	At       string `db:"at"`
	PrevHash string `db:"prevHash"`
	Hash     string `db:"hash"`
}

// read takes everything from the database. Without a transaction the reads see different moments, so
// where something is under way the caller gives a copy.
func (c *checker) read() error {
	var counters []counter
	var orgs []org
	for _, q := range []struct {
		query string
		into  any
	}{
		// rowid order: the order in which they were written.
		{`SELECT id, org, run, campaign, direction, kind, phoneNumber, status, reason, plivoUuid, errorCode, segments, costMicros, attempt
			FROM messages ORDER BY rowid`, &c.messages},
		{`SELECT id, status, recipients, queued, sending, accepted, sent, delivered, undelivered, failed, skipped, unknown, segments, costMicros
			FROM runs ORDER BY key`, &c.runs},
		{`SELECT run, kind, key, n FROM run_counters WHERE n != 0`, &counters},
		{`SELECT id, org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash FROM consent_events ORDER BY org, seq`, &c.events},
		{`SELECT org, phoneNumber, status, timezone, state FROM subscribers`, &c.people},
		{`SELECT id, sendFrom, sendUntil FROM organizations`, &orgs},
		{`SELECT org, phoneNumber FROM suppressions`, &c.stops},
	} {
		if err := all(c.db, q.query, q.into); err != nil {
			return err
		}
	}
	c.byID = make(map[string]*row, len(c.messages))
	for _, m := range c.messages {
		c.byID[m.ID] = m
	}
	c.counters = make(map[string][]counter)
	for _, n := range counters {
		c.counters[n.Run] = append(c.counters[n.Run], n)
	}
	c.orgs = make(map[string]org, len(orgs))
	for _, o := range orgs {
		c.orgs[o.ID] = o
	}
	return nil
}

func all(db dbx.Builder, query string, into any) error {
	if err := db.NewQuery(query).All(into); err != nil {
		return fmt.Errorf("%.40s…: %w", query, err)
	}
	return nil
}
