package store

import (
	"context"
	"testing"
	"time"

	"tidings/internal/engine/dispatch"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

// What counts is what was sent or may have been, to that number, by that organisation,
// in the 24 hours before, and is neither an answer to a keyword nor a test.
func TestOnlyTextsThatMayHaveLeftLatelyCount(t *testing.T) {
	t.Parallel()
	f := open(t)
	const number, other = "+13055550101", "+13055550102"
	run := f.run(t, number, other)
	f.exec(t, "UPDATE organizations SET frequencyCap = 50")
	id, err := message.RunID("00000", number) // of an earlier run
	if err != nil {
		t.Fatal(err)
	}
	text := func(id, run, kind, status string, ago time.Duration) {
		f.exec(t, "INSERT INTO messages (id, org, run, direction, kind, phoneNumber, status, sentAt) VALUES ('"+id+"', '"+org+"', '"+run+
			"', 'outbound', '"+kind+"', '"+number+"', '"+status+"', '"+stamp(morning.Add(-ago))+"')")
	}
	recent := func() int {
		t.Helper()
		got := -1
		if _, err := f.Mark(context.Background(), dispatch.MarkRequest{
			At: morning, Candidates: []dispatch.Candidate{{ID: "none", Run: run.ID, Org: org, Sender: sender, Number: number}},
			Judge: func(facts dispatch.Facts) dispatch.Decision { got = facts.Recent; return dispatch.Decision{} },
		}); err != nil {
			t.Fatal(err)
		}
		all, err := f.Recent(t.Context(), org, []string{number, other}, morning)
		if err != nil || len(all[number]) != got || len(all[other]) != 0 {
			t.Errorf("the estimate counts %d, the mark %d (%v)", len(all[number]), got, err)
		}
		return got
	}
	if n := recent(); n != 0 {
		t.Fatalf("at first %d texts count", n)
	}
	f.exec(t, "INSERT INTO runs (id, key, org, campaign, status, finishedAt) VALUES ('earlier00000001', '00000', '"+org+"', 'c', 'finished', '"+stamp(morning.Add(-time.Hour))+"')")
	for i, c := range []struct {
		kind, status string
		ago          time.Duration
		counts       bool
	}{
		{"", "sending", time.Minute, true}, {"", "accepted", time.Hour, true}, {"", "sent", time.Hour, true}, {"", "delivered", 23 * time.Hour, true},
		{"", "unknown", time.Hour, true}, {"reply", "delivered", time.Hour, true},
		{"", "failed", time.Hour, false}, {"", "skipped", time.Hour, false}, {"", "queued", time.Hour, false}, {"", "undelivered", time.Hour, false},
		{"", "delivered", 24 * time.Hour, false}, {"", "delivered", 24*time.Hour - time.Millisecond, true},
		{"stop", "delivered", time.Hour, false}, {"help", "delivered", time.Hour, false}, {"start", "sent", time.Hour, false},
		{"ask", "sent", time.Hour, false}, {"test", "sent", time.Hour, false},
	} {
		for _, of := range []struct{ id, run string }{{id, "earlier00000001"}, {"qsingle00000001", ""}} {
			text(of.id, of.run, c.kind, c.status, c.ago)
			if n := recent(); n == 1 != c.counts || n > 1 {
				t.Errorf("case %d (run %q): %s %s of %v ago counts %d", i, of.run, c.kind, c.status, c.ago, n)
			}
			f.exec(t, "DELETE FROM messages WHERE id = '"+of.id+"'")
		}
	}
	// Of a run that ended before, nothing is looked for.
	f.exec(t, "UPDATE runs SET finishedAt = '"+stamp(morning.Add(-25*time.Hour))+"' WHERE key = '00000'")
	text(id, "earlier00000001", "", "delivered", time.Hour)
	if n := recent(); n != 0 {
		t.Errorf("a run that ended more than a day ago counts %d", n)
	}
}

func TestWithoutALimitNothingIsCounted(t *testing.T) {
	t.Parallel()
	f := open(t)
	const newYork = "+12125550101"
	run := f.run(t, newYork)
	f.exec(t, "INSERT INTO messages (id, org, run, direction, kind, phoneNumber, status, sentAt) VALUES ('qsingle00000001', '"+org+
		"', '', 'outbound', 'reply', '"+newYork+"', 'sent', '"+stamp(morning.Add(-time.Hour))+"')")
	facts, _ := f.look(t, run.ID, run.Key, newYork, dispatch.Decision{Action: dispatch.Leave})
	if limit := f.Rules().Where(eligible.Person{Number: newYork}, eligible.Own{}).Limit(); limit != 0 || facts.Recent != 0 {
		t.Errorf("limit %d, counted %d", limit, facts.Recent)
	}
}
