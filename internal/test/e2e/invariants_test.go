package e2e

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/simulator"
	"tidings/internal/store"
	"tidings/internal/test/invariants"
)

// broken is one way in which the books can be wrong.
type broken struct {
	name string
	sql  []string     // done to a copy of the database
	post func(*wreck) // done to the simulator, behind the app's back
	want string       // in the one line that matters
	all  bool         // every receipt is taken to have come
	more invariants.Options
}

// wreck is a house after a run, with a copy of its database.
type wreck struct {
	*house
	db       *dbx.DB
	requests []simulator.Request
}

// copied copies the database, so that each case breaks a fresh one.
func (h *house) copied() *wreck {
	h.t.Helper()
	file := filepath.Join(h.t.TempDir(), "copy.db")
	if _, err := h.app.ConcurrentDB().NewQuery("VACUUM INTO {:file}").Bind(dbx.Params{"file": file}).Execute(); err != nil {
		h.t.Fatal(err)
	}
	db, err := store.Connect(file)
	if err != nil {
		h.t.Fatal(err)
	}
	db.DB().SetMaxOpenConns(1) // some pragmas are the connection's own
	h.t.Cleanup(func() { db.Close() })
	return &wreck{house: h, db: db, requests: h.sandbox.Ledger().Accepted()}
}

func (w *wreck) exec(statements ...string) {
	w.t.Helper()
	for _, s := range statements {
		if _, err := w.db.NewQuery(s).Execute(); err != nil {
			w.t.Fatalf("%s: %v", s, err)
		}
	}
}

// text posts a message to the provider's API that no engine marked, in the name of the row of r.
func (w *wreck) text(r simulator.Request) {
	w.t.Helper()
	raw, err := json.Marshal(map[string]any{"src": r.Src, "dst": r.Dst, "text": r.Text, "url": r.CallbackURL})
	if err != nil {
		w.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.sandbox.URL+"/v1/Account/"+w.sandbox.AuthID+"/Message/", bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	req.SetBasicAuth(w.sandbox.AuthID, w.sandbox.AuthToken)
	req.Header.Set("Content-Type", "application/json")
	if a := w.do(req); a.Status != http.StatusAccepted {
		w.t.Fatalf("post a text: %d %s", a.Status, a.Body)
	}
	w.idle()
}

func (w *wreck) textTo(number string) {
	w.t.Helper()
	for _, r := range w.requests {
		if "+"+r.Dst == number {
			w.text(r)
			return
		}
	}
	w.t.Fatalf("nothing was sent to %s", number)
}

const aDelivered = `(SELECT id FROM messages WHERE status = 'delivered' AND run != '' LIMIT 1)`

func TestTheCheckerNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	stopper, quiet, landline := mobile("646", 91), mobile("646", 1), mobile("646", 50)
	for _, b := range []broken{
		{name: "nothing", want: ""},
		{name: "nothing, and every receipt came", want: "", all: true},
		{name: "a second text", want: "I1: texted 2 times for one campaign: " + quiet,
			post: func(w *wreck) { w.textTo(quiet) }},
		{name: "a row that is gone", want: "that no row stands for", sql: []string{`DELETE FROM messages WHERE id = ` + aDelivered}},
		{name: "a mark that was forgotten", want: "is queued and would be sent again",
			sql: []string{`UPDATE messages SET status = 'queued', plivoUuid = '' WHERE id = ` + aDelivered}},
		{name: "two rows of one text", want: "claim one text",
			sql: []string{`UPDATE messages SET plivoUuid = (SELECT plivoUuid FROM messages WHERE status = 'undelivered') WHERE id = ` + aDelivered}},
		{name: "a text that never was", want: "which the provider never accepted",
			sql: []string{`UPDATE messages SET plivoUuid = 'x' WHERE status = 'skipped'`}},
		{name: "skipped, but texted", want: "but the provider accepted it",
			sql: []string{`UPDATE messages SET status = 'skipped' WHERE id = ` + aDelivered}},
		{name: "another person", want: "its text went to", sql: []string{`UPDATE messages SET phoneNumber = '+19175550119' WHERE id = ` + aDelivered}},
		{name: "still sending", want: "is still sending", sql: []string{`UPDATE messages SET status = 'sending' WHERE id = ` + aDelivered}},
		{name: "a counter", want: "counts 1 undelivered, its rows make 0",
			sql: []string{`UPDATE messages SET status = 'delivered' WHERE status = 'undelivered'`}},
		{name: "too many recipients", want: "recipients, its rows make", sql: []string{`UPDATE runs SET recipients = recipients + 1`}},
		{name: "a run that is not there", want: "which is not there", sql: []string{`UPDATE messages SET run = 'nowhere' WHERE id = ` + aDelivered}},
		{name: "a counter by reason", want: `of reason "no_consent" in run_counters`,
			sql: []string{`UPDATE run_counters SET n = 7 WHERE kind = 'reason' AND key = 'no_consent'`}},
		{name: "a counter by code is missing", want: `counts nothing of error "50"`, sql: []string{`DELETE FROM run_counters WHERE kind = 'error'`}},
		{name: "a counter by minute", want: "requests by the minute", sql: []string{`UPDATE run_counters SET n = n + 1 WHERE kind = 'minute'`}},
		{name: "an open row", want: "is finished with 1 open rows", sql: []string{
			`UPDATE messages SET status = 'queued' WHERE status = 'skipped'`, `UPDATE runs SET queued = 1, skipped = 0`, `DELETE FROM run_counters WHERE kind = 'reason'`}},
		{name: "two rows of one number", want: "has two rows of " + quiet,
			sql: []string{`UPDATE messages SET phoneNumber = '` + quiet + `' WHERE phoneNumber = '` + landline + `'`}},
		{name: "somebody of the audience", want: "lost: +19175550119", more: invariants.Options{
			Audience: map[string][]string{"": {quiet, landline, stopper, mobile("646", 2), "+19175550119"}}}},
		{name: "nobody of the audience", want: mobile("646", 2) + " has a row", more: invariants.Options{
			Audience: map[string][]string{"": {quiet, landline, stopper}}}},
		{name: "a text after a STOP", want: "after its STOP was acknowledged", post: func(w *wreck) { w.textTo(stopper) }},
		{name: "a text at night", want: "outside the hours of America/New_York", post: func(w *wreck) {
			if err := w.sandbox.Clock.Advance(12 * time.Hour); err != nil {
				w.t.Fatal(err)
			}
			w.textTo(quiet)
		}},
		{name: "a receipt", want: `I5: the callback "delivered" of row`,
			sql: []string{`UPDATE messages SET status = 'sent' WHERE id = ` + aDelivered}},
		{name: "what a person wrote", want: `I5: the text "STOP" of`, sql: []string{`DELETE FROM messages WHERE direction = 'inbound'`}},
		{name: "what a receipt said", want: "at the provider it is delivered", all: true,
			sql: []string{`UPDATE messages SET status = 'undelivered' WHERE id = ` + aDelivered}},
		{name: "a price", want: "I7: we count", sql: []string{`UPDATE messages SET costMicros = 1 WHERE id = ` + aDelivered}},
		{name: "a price of nothing", want: "and was never texted", sql: []string{`UPDATE messages SET costMicros = 9 WHERE status = 'skipped'`}},
		{name: "segments", want: "has 9 segments", sql: []string{`UPDATE messages SET segments = 9 WHERE id = ` + aDelivered}},
		{name: "a changed ledger", want: "was changed after it was written", sql: []string{
			`DROP TRIGGER consent_events_no_update`, `UPDATE consent_events SET text = 'No' WHERE seq = 2`}},
		{name: "a ledger without its end", want: "its head says", sql: []string{
			`DROP TRIGGER consent_events_no_delete`, `DELETE FROM consent_events WHERE seq = (SELECT MAX(seq) FROM consent_events)`}},
		{name: "a ledger without its head", want: "has events and no head", sql: []string{`DELETE FROM consent_heads`}},
		{name: "a STOP without its event", want: "is not in the ledger", sql: []string{
			`DROP TRIGGER consent_events_no_update`, `UPDATE consent_events SET evidence = '{}' WHERE action = 'revoked'`}},
		{name: "a suppression", want: "is not suppressed", sql: []string{`DELETE FROM suppressions WHERE reason = 'opted_out'`}},
		{name: "an opt-out that does not show", want: "is shown as subscribed", sql: []string{`UPDATE subscribers SET status = 'subscribed'`}},
		{name: "an index", want: "integrity_check says", sql: []string{
			`PRAGMA writable_schema = ON`, `UPDATE sqlite_schema SET sql = replace(sql, 'phoneNumber', 'firstName')
				WHERE type = 'index' AND tbl_name = 'subscribers' AND sql LIKE '%phoneNumber%'`, `PRAGMA schema_version = 99999`}},
	} {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			h := openHouse(t)
			for _, n := range []string{stopper, quiet, landline} {
				h.person(n)
			}
			h.create("subscribers", object{"phoneNumber": mobile("646", 2)}) // without consent
			run := h.launch(h.campaign(), nil)
			h.becomes(run, "finished")
			h.idle()
			w := h.copied()
			w.exec(b.sql...)
			if b.post != nil {
				b.post(w)
			}
			o := b.more
			o.Ledger, o.Moment = h.sandbox.Ledger(), invariants.AtRest
			if b.all {
				o.Moment = invariants.AllTold
			}
			if numbers, ok := o.Audience[""]; ok {
				o.Audience = map[string][]string{run: numbers}
			}
			found := invariants.Check(w.db, o)
			if b.want == "" && len(found) > 0 || b.want != "" && !strings.Contains(strings.Join(found, "\n"), b.want) {
				t.Errorf("the checker says %q, want a line with %q", found, b.want)
			}
		})
	}
}

// What was answered 2xx may wait in the spool, and what an operator asked for again is no mistake.
func TestTheCheckerKnowsSpoolAndResends(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := mobile("646", 1)
	h.person(number)
	run := h.launch(h.campaign(), nil)
	h.finish(run)
	w := h.copied()
	w.exec(`UPDATE messages SET status = 'sent', attempt = 2`, `UPDATE runs SET sent = 1, delivered = 0`, `UPDATE run_counters SET n = 2 WHERE kind = 'minute'`)
	o := invariants.Options{Ledger: h.sandbox.Ledger(), Spool: t.TempDir()}
	if found := invariants.Check(w.db, o); len(found) == 0 {
		t.Fatal("a receipt that is nowhere was not missed")
	}
	if err := os.WriteFile(filepath.Join(o.Spool, "events"), []byte("MessageUUID="+w.requests[0].UUID+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if found := invariants.Check(w.db, o); len(found) > 0 {
		t.Errorf("with the spool: %q", found)
	}
	w.textTo(number)
	if found := invariants.Check(w.db, o); len(found) != 1 {
		t.Errorf("texted twice: %q", found)
	}
	row := h.message(run, number).Id
	o.Resent = func(id string) int { return map[string]int{row: 1}[id] }
	if found := invariants.Check(w.db, o); len(found) > 0 {
		t.Errorf("texted again because somebody asked: %q", found)
	}
}
