package store

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/engine/campaign"
)

// later is a store of the same rows, so many days on.
func (f fixture) later(t *testing.T, days int) *Store {
	t.Helper()
	s, err := Open(Options{
		App: f.app, Now: func() time.Time { return morning.AddDate(0, 0, days) }, Key: []byte("a secret of thirty-two characters"),
		Means: func(string) Consequence { return Nothing }, Log: f.log,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestMessagesGoWhenTheirDaysAreOverAndCountersStay(t *testing.T) {
	t.Parallel()
	f := open(t)
	numbers := make([]string, 1200) // three commits
	for i := range numbers {
		numbers[i] = number(i)
	}
	run := f.run(t, numbers...)
	f.exec(t, `UPDATE messages SET status = 'delivered'`)
	f.exec(t, `UPDATE runs SET status = 'finished', queued = 0, delivered = 1200, finishedAt = '`+stamp(morning)+`'`)
	for i, at := range []time.Time{morning, morning.AddDate(0, 0, 39)} {
		f.exec(t, fmt.Sprintf(`INSERT INTO messages (id, org, direction, phoneNumber, status, sentAt) VALUES ('iinbound%07d', '%s', 'inbound', '%s', 'received', '%s')`,
			i, org, number(7), stamp(at)))
	}
	f.exec(t, fmt.Sprintf(`INSERT INTO messages (id, org, direction, phoneNumber, status, dueAt) VALUES ('qwaiting0000001', '%s', 'outbound', '%s', 'queued', '%s')`,
		org, number(8), stamp(morning)))
	left := func() string { return f.text(t, `SELECT COUNT(*) FROM messages`, nil) }

	keep := func(days int) { f.exec(t, fmt.Sprintf(`UPDATE organizations SET keepMessagesDays = %d`, days)) }
	for _, c := range []struct {
		days, keep int
		want       string
	}{
		{4000, 0, "1203"}, // for good
		{29, 30, "1203"},
		{40, 30, "2"}, // one that came yesterday, and one that waits to be sent
		{41, 30, "2"},
	} {
		keep(c.keep)
		if err := f.later(t, c.days).Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := left(); got != c.want {
			t.Errorf("kept for %d days, %s messages are left on day %d; want %s", c.keep, got, c.days, c.want)
		}
	}
	if got := f.text(t, `SELECT recipients || ' ' || delivered FROM runs`, nil); got != "1200 1200" {
		t.Errorf("the run counts %s", got)
	}

	// Whom the campaign reached is not known any more.
	_, err := f.Start(t.Context(), campaign.Launch{Campaign: campaign.Campaign{ID: campaign1, Org: org}, NewOnly: true}, morning)
	if refusal := (*campaign.Refusal)(nil); !errors.As(err, &refusal) || refusal.Code != "history_deleted" {
		t.Errorf("a further run of %s: %v", run.ID, err)
	}
}

func TestMessagesStayWhileARunOfTheirCampaignIsUnderWay(t *testing.T) {
	t.Parallel()
	f := open(t)
	f.run(t, number(1), number(2))
	f.exec(t, `UPDATE messages SET status = 'delivered'`)
	f.exec(t, `UPDATE runs SET status = 'finished', queued = 0, finishedAt = '`+stamp(morning)+`'`)
	f.exec(t, `UPDATE organizations SET keepMessagesDays = 30`)
	second, err := f.Start(t.Context(), campaign.Launch{Campaign: campaign.Campaign{ID: campaign1, Org: org}, NewOnly: true}, morning)
	if err != nil {
		t.Fatal(err)
	}
	s := f.later(t, 100)
	if err := s.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := f.text(t, `SELECT COUNT(*) FROM messages`, nil); got != "2" {
		t.Errorf("%s messages are left, want 2", got)
	}
	f.exec(t, `UPDATE runs SET status = 'canceled' WHERE id = '`+second.RunID+`'`)
	if err := s.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := f.text(t, `SELECT COUNT(*) FROM messages`, dbx.Params{}); got != "0" {
		t.Errorf("%s messages are left once it has ended", got)
	}
}
