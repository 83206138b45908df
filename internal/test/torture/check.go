package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/engine/dispatch"
	"tidings/internal/spool"
	"tidings/internal/store"
	"tidings/internal/test/invariants"
)

// workers is how many texts the server has marked at most: so many rows may be in doubt after a kill.
var workers = dispatch.Workers(dispatch.DefaultInFlight)

// slack is wide because the provider runs in this process, beside the rounds that kill: it may see a
// request long after it was written. A text of a later life comes later than that.
const slack = 150 * time.Millisecond

// spooled is the folder beside a round's with a copy of its spool.
const spooled = ".spool"

// checkLife looks at what one life left behind, on a copy: the next life is to find the files as they are. It says at which
// failpoint the life ended, if at one.
func (o *round) checkLife(c *child, l life, ready, asked bool) (met string) {
	met, killed := c.killed()
	at := met
	printed := c.log.String()
	switch {
	case killed:
		if at == "" {
			at = "a moment"
		}
		o.kills[at]++
	case asked && (c.err == nil || !ready):
		o.terms++
	default:
		o.fail("the server ended by itself (%s): %v\n%s", l, c.err, lastLines(printed, 20))
	}
	if i := strings.Index(printed, "panic: "); i >= 0 {
		o.fail("the server panicked (%s): %.600s", l, printed[i:])
	}
	if strings.Contains(printed, "restored or copied") {
		o.fail("the server took its own folder for a copy (%s):\n%s", l, lastLines(printed, 20))
	}
	o.onCopy(func(db *dbx.DB) {
		sending, unknown := ids(db, "sending"), ids(db, "unknown")
		for _, id := range sending {
			o.doubt[id] = true
		}
		if killed {
			o.inDoubt += len(sending)
			o.mostInDoubt = max(o.mostInDoubt, len(sending))
		}
		if len(sending) > workers {
			o.fail("%d rows are in doubt after %s, with %d workers", len(sending), l, workers)
		}
		if !killed && len(sending) > 0 {
			o.fail("%d rows are sending after the server ended well (%s; it had answered: %v)", len(sending), l, ready)
		}
		for _, id := range unknown {
			if !o.unsure && !o.doubt[id] {
				o.fail("row %s is unknown, and no kill explains it (%s)", id, l)
			}
		}
		o.report(invariants.Check(db, invariants.Options{Ledger: o.sim.Ledger(), Slack: slack, Spool: o.folder + spooled}), l)
	})
	return met
}

// checkEnd is the whole examination, when all campaigns are done.
func (o *round) checkEnd() {
	o.onCopy(func(db *dbx.DB) {
		audience := make(map[string][]string)
		for id := range o.runs {
			audience[id] = o.guide.numbers
		}
		o.report(invariants.Check(db, invariants.Options{
			Ledger: o.sim.Ledger(), Slack: slack, Moment: invariants.AtRest, Audience: audience,
		}), life{})
		var open, runs, people, amiss int
		for query, into := range map[string]*int{
			`SELECT COUNT(*) FROM runs WHERE status != 'finished'`:                                            &open,
			`SELECT COUNT(*) FROM runs`:                                                                       &runs,
			`SELECT COUNT(*) FROM subscribers WHERE lists LIKE '%` + o.guide.imported + `%'`:                  &people,
			`SELECT COUNT(*) FROM imports WHERE status != 'finished' OR created + updated + rejected != rows`: &amiss,
			`SELECT COUNT(*) FROM messages WHERE status = 'unknown'`:                                          &o.unknown,
		} {
			if err := db.NewQuery(query).Row(into); err != nil {
				o.fail("%s: %v", query, err)
			}
		}
		if open > 0 || runs != senders || len(o.runs) != senders {
			o.fail("Send was pressed in every life: %d runs (%d told of) with %d unfinished, want %d finished", runs, len(o.runs), open, senders)
		}
		if people != importing || amiss > 0 {
			o.fail("the import left %d people, want %d; %d imports do not add up", people, importing, amiss)
		}
	})
	counts := o.sim.Ledger().Counts()
	o.texted, o.callbacks = int(counts.Accepted), int(o.sim.Ledger().Callbacks().Acknowledged)
}

func (o *round) report(found []string, l life) {
	for _, v := range found {
		o.fail("%s (after life %d: %s)", v, o.lives, l)
	}
}

// onCopy opens a copy of the database.
func (o *round) onCopy(look func(*dbx.DB)) {
	dir := o.folder + ".copy"
	defer os.RemoveAll(dir)
	err := copyFolder(o.folder, dir, "data.db", "data.db-wal")
	if err == nil {
		err = copyFolder(o.folder, o.folder+spooled, spool.File)
	}
	defer os.RemoveAll(o.folder + spooled)
	if err != nil {
		o.fail("copy the database: %v", err)
		return
	}
	db, err := store.Connect(filepath.Join(dir, "data.db"))
	if err != nil {
		o.fail("open the copy: %v", err)
		return
	}
	defer db.Close()
	db.DB().SetMaxOpenConns(1)
	look(db)
}

// ids lists the rows in a state.
func ids(db *dbx.DB, status string) []string {
	var found []string
	if err := db.NewQuery("SELECT id FROM messages WHERE status = {:s}").Bind(dbx.Params{"s": status}).Column(&found); err != nil {
		return []string{fmt.Sprintf("(%v)", err)}
	}
	return found
}
