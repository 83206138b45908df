package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/rules/consent"
)

const neighbour = "org000000000002"

var secret = []byte("a secret of thirty-two characters")

// told makes two ledgers of six events each.
func (f fixture) told(t *testing.T) {
	t.Helper()
	f.exec(t, "INSERT INTO organizations (id, name, slug, defaultCountry, timezone) VALUES ('"+neighbour+"', 'Borealis', 'borealis', 'US', 'America/New_York')")
	for i, action := range []string{"granted", "granted", "granted", "confirmed", "revoked", "revoked"} {
		f.say(t, org, numbers[i%3], action, fmt.Sprintf("words %d of the form", i))
		f.say(t, neighbour, numbers[i%3], action, fmt.Sprintf("their words %d", i))
	}
}

// defenceless takes the triggers and indexes away, as somebody with the file can.
func (f fixture) defenceless(t *testing.T) {
	t.Helper()
	for _, sql := range []string{
		"DROP TRIGGER consent_events_no_update", "DROP TRIGGER consent_events_no_delete", "DROP INDEX idx_consent_events_org_seq",
	} {
		f.exec(t, sql)
	}
}

func (f fixture) verify(t *testing.T) LedgerReport {
	t.Helper()
	r, err := VerifyLedgers(t.Context(), f.app, secret)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestASoundLedgerVerifies(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.told(t)
	if r := f.verify(t); len(r.Faults) > 0 || r.Orgs != 2 || r.Events != 12 || r.Subscribers != 6 || r.Unsealed {
		t.Errorf("%+v", r)
	}
	r, err := VerifyLedgers(t.Context(), f.app, nil)
	if err != nil || len(r.Faults) > 0 || !r.Unsealed {
		t.Errorf("without the secret: %+v (%v)", r, err)
	}
}

func TestVerifyNamesThePlaceOfEveryChange(t *testing.T) {
	t.Parallel()
	at := func(seq int) string { return fmt.Sprintf(" WHERE org = '%s' AND seq = %d", org, seq) }
	for name, c := range map[string]struct {
		sql  string // statements
		want string // how the first fault begins
		says string
	}{
		"a row is deleted":              {"DELETE FROM consent_events" + at(3), "acme, row 3", "missing; the next row is 4"},
		"the first row is deleted":      {"DELETE FROM consent_events" + at(1), "acme, row 1", "missing"},
		"the last row is deleted":       {"DELETE FROM consent_events" + at(6), "acme, row 6", "missing, with all up to row 6"},
		"the tail is deleted":           {"DELETE FROM consent_events WHERE org = '" + org + "' AND seq > 2", "acme, row 3", "up to row 6"},
		"the whole ledger is deleted":   {"DELETE FROM consent_events WHERE org = '" + org + "'", "acme, row 1", "up to row 6"},
		"the tail and its seal go":      {"DELETE FROM consent_events" + at(6) + "; UPDATE consent_heads SET seq = 5, hash = (SELECT hash FROM consent_events" + at(5) + ") WHERE org = '" + org + "'", "acme, row 5", "seal of this ledger is not ours"},
		"the seal is deleted":           {"DELETE FROM consent_heads WHERE org = '" + org + "'", "acme, row 6", "seal of this ledger is missing"},
		"the seal is a neighbour's":     {"UPDATE consent_heads SET mac = (SELECT mac FROM consent_heads WHERE org = '" + neighbour + "') WHERE org = '" + org + "'", "acme, row 6", "not ours"},
		"the seal points back":          {"UPDATE consent_heads SET seq = 4 WHERE org = '" + org + "'", "acme, row 4", "not ours"},
		"two rows change places":        {"UPDATE consent_events SET seq = -1" + at(2) + "; UPDATE consent_events SET seq = 2" + at(3) + "; UPDATE consent_events SET seq = 3 WHERE seq = -1", "acme, row 2", "does not continue the row before it"},
		"a row is doubled":              {"INSERT INTO consent_events (id, org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash) SELECT 'copy00000000001', org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash FROM consent_events" + at(2), "acme, row 2", "stands where row 3 should"},
		"a row gets a half number":      {"UPDATE consent_events SET seq = 3.5" + at(3), "acme, row -1", "stands where row 3 should"},
		"a row moves elsewhere":         {"UPDATE consent_events SET org = '" + neighbour + "', seq = 7" + at(6), "acme, row 6", "missing"},
		"a row is forged at the end":    {"INSERT INTO consent_events (id, org, seq, phoneNumber, action, method, text, evidence, at, prevHash, hash) SELECT 'forged000000001', org, 7, phoneNumber, 'granted', method, text, evidence, at, hash, hash FROM consent_events" + at(6), "acme, row 7", "does not give its hash"},
		"a ledger without organisation": {"UPDATE consent_events SET org = 'elsewhere' WHERE org = '" + org + "'; UPDATE consent_heads SET org = 'elsewhere' WHERE org = '" + org + "'", "elsewhere, row 1", "does not give its hash"},
		"a value is taken away":         {"UPDATE consent_events SET evidence = NULL" + at(2), "acme, row 2", "does not give its hash"},
		"a time says the same":          {"UPDATE consent_events SET at = replace(at, 'Z', '+00:00')" + at(2), "acme, row 2", "no time of ours"},
		"a revocation becomes consent":  {"UPDATE consent_events SET action = 'granted'" + at(5), "acme, row 5", "does not give its hash"},
		"a subscriber is brought back":  {"UPDATE subscribers SET status = 'subscribed' WHERE org = '" + org + "' AND phoneNumber = '" + numbers[1] + "'", "acme, row 5", `"subscribed", and the ledger says "unsubscribed"`},
		"consent that nobody gave":      {"INSERT INTO subscribers (id, org, phoneNumber, status) VALUES ('nobody000000001', '" + org + "', '+12125559999', 'subscribed')", "acme: ", `ledger says "new"`},
		"a suppression is taken away":   {"DELETE FROM suppressions WHERE org = '" + org + "' AND phoneNumber = '" + numbers[1] + "'", "acme, row 5", "suppression that followed from it is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			f.told(t)
			f.defenceless(t)
			for _, sql := range strings.Split(c.sql, "; ") {
				f.exec(t, sql)
			}
			r := f.verify(t)
			if len(r.Faults) == 0 {
				t.Fatal("nothing was noticed")
			}
			if got := r.Faults[0].String(); !strings.HasPrefix(got, c.want) || !strings.Contains(got, c.says) {
				t.Errorf("the first fault is %q, want %q … %q", got, c.want, c.says)
			}
			for _, fault := range r.Faults {
				if fault.Slug == "borealis" && !strings.Contains(c.sql, neighbour) {
					t.Errorf("the neighbour is accused: %s", fault)
				}
			}
		})
	}
}

func TestVerifyNoticesEverySingleByte(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.told(t)
	f.defenceless(t)
	for _, column := range []string{"id", "phoneNumber", "action", "method", "text", "evidence", "at", "prevHash", "hash"} {
		for seq := 1; seq <= 6; seq++ {
			key := dbx.Params{"org": org, "seq": seq}
			was := f.text(t, "SELECT "+column+" FROM consent_events WHERE org = {:org} AND seq = {:seq}", key)
			for _, place := range []int{0, len(was) / 2, len(was) - 1} {
				changed := []byte(was + "0")[:max(len(was), 1)]
				changed[max(place, 0)] ^= 1
				set := func(value string) {
					_, err := f.app.NonconcurrentDB().NewQuery("UPDATE consent_events SET " + column + " = {:value} WHERE org = {:org} AND seq = {:seq}").
						Bind(dbx.Params{"org": org, "seq": seq, "value": value}).Execute()
					if err != nil {
						t.Fatal(err)
					}
				}
				set(string(changed))
				r := f.verify(t)
				if len(r.Faults) == 0 || r.Faults[0].Org != org || r.Faults[0].Seq != int64(seq) {
					t.Errorf("%s of row %d, byte %d: %v", column, seq, place, r.Faults)
				}
				set(was)
			}
		}
	}
	if r := f.verify(t); len(r.Faults) > 0 {
		t.Errorf("put back as it was: %v", r.Faults)
	}
}

func TestTheChainOfTheStoreIsTheChainOfTheRules(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.told(t)
	events := f.events(t, org)
	for i, e := range events {
		if e.Hash != e.ComputeHash() || i > 0 && e.PrevHash != events[i-1].Hash || consent.Status(&e) == "" {
			t.Errorf("row %d", e.Seq)
		}
	}
}
