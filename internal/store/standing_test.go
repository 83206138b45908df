package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

func TestStandingFollowsTheNewestEventAndTheSuppressions(t *testing.T) {
	t.Parallel()
	db, err := Connect(filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	exec := func(sql string) {
		t.Helper()
		if _, err := db.NewQuery(sql).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE TABLE consent_events (org TEXT, seq INTEGER, phoneNumber TEXT, action TEXT, at TEXT)")
	exec("CREATE TABLE suppressions (org TEXT, phoneNumber TEXT, reason TEXT)")
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	check := func(what, status string, consented time.Time) {
		t.Helper()
		got, when, err := Standing(db, "acme", "+12125550123")
		if err != nil || got != status || !when.Equal(consented) {
			t.Errorf("%s: %s since %v (%v), want %s", what, got, when, err, status)
		}
	}
	seq := 0
	event := func(action string) {
		seq++
		_, err := db.Insert("consent_events", dbx.Params{
			"org": "acme", "seq": seq, "phoneNumber": "+12125550123", "action": action, "at": "2026-03-01 10:00:00.000Z",
		}).Execute()
		if err != nil {
			t.Fatal(err)
		}
	}
	check("nothing known", "new", time.Time{})
	event("granted")
	check("granted", "subscribed", at)
	event("revoked")
	check("revoked", "unsubscribed", time.Time{})
	event("confirmed")
	check("confirmed", "subscribed", at)
	event("expired")
	check("expired", "new", time.Time{})
	event("granted")
	exec("INSERT INTO suppressions VALUES ('other', '+12125550123', 'opted_out')")
	check("suppressed elsewhere", "subscribed", at)
	exec("INSERT INTO suppressions VALUES ('acme', '+12125550123', 'invalid_number')")
	check("called invalid by the network", "invalid", time.Time{})
	event("revoked")
	check("revoked while invalid", "unsubscribed", time.Time{})
	event("granted")
	exec("INSERT INTO suppressions VALUES ('', '+12125550123', '')")
	check("invalid, and suppressed everywhere", "unsubscribed", time.Time{})
	exec("DELETE FROM suppressions WHERE org = 'acme'")
	check("suppressed everywhere", "unsubscribed", time.Time{})
}
