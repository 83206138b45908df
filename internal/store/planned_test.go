package store

import (
	"testing"
	"time"

	"tidings/internal/engine/campaign"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

// TestAStretchThatIsPlannedAgainAddsOnlyWhatIsMissing plans two people, then four of whom two are there, with rows of
// every kind, and compares with a run that was planned at once.
func TestAStretchThatIsPlannedAgainAddsOnlyWhatIsMissing(t *testing.T) {
	t.Parallel()
	where := eligible.Default().Where(eligible.Person{Number: "+12125550103"}, eligible.Own{})
	asked := eligible.Question{Status: "new", Where: where, At: morning}
	rows := func(t *testing.T, key string, from, to int) []campaign.Row {
		all := []campaign.Row{
			{Number: "+12125550101", Subscriber: "ann", Segments: 1, Encoding: "GSM_7", Status: message.Queued, DueAt: morning},
			{Number: "+12125550102", Subscriber: "bo", Segments: 2, Encoding: "UCS_2", Status: message.Queued, Body: "Hello Bo", DueAt: morning.Add(time.Hour)},
			{Number: "+12125550103", Subscriber: "cy", Encoding: "GSM_7", Status: message.Skipped, Reason: message.NoConsent, DueAt: morning,
				Basis: asked.Basis()},
			// Shorter, so it stands before the others by its id and behind them in the audience.
			{Number: "+4970012345", Subscriber: "di", Encoding: "GSM_7", Status: message.Failed, ErrorCode: "10", DueAt: morning},
		}[from:to]
		for i := range all {
			id, err := message.RunID(key, all[i].Number)
			if err != nil {
				t.Fatal(err)
			}
			all[i].ID = id
		}
		return all
	}
	const figures = `SELECT recipients || ' ' || queued || ' ' || skipped || ' ' || failed FROM runs`
	const table = `SELECT group_concat(subscriber || '|' || org || '|' || campaign || '|' || direction || '|' || phoneNumber || '|' || sender || '|' || body || '|' ||
		encoding || '|' || segments || '|' || status || '|' || reason || '|' || errorCode || '|' || dueAt || '|' || (basis > 0), char(10) ORDER BY subscriber) FROM messages`
	plan := func(f fixture, run campaign.Run, from, to int, last bool) campaign.Run {
		t.Helper()
		c := campaign.Chunk{Run: run, Rows: rows(t, run.Key, from, to), Cursor: "+1" + string(rune('0'+to)), Last: last}
		if ok, err := f.Plan(t.Context(), c); err != nil || !ok {
			t.Fatalf("%v %v", ok, err)
		}
		run.Cursor = c.Cursor
		return run
	}
	start := func(f fixture) campaign.Run {
		t.Helper()
		_, err := f.Start(t.Context(), campaign.Launch{
			Campaign: campaign.Campaign{ID: campaign1, Org: org}, Snapshot: campaign.Snapshot{Text: "Hello", Sender: sender},
		}, morning)
		if err != nil {
			t.Fatal(err)
		}
		runs, err := f.Plannable(t.Context(), morning)
		if err != nil || len(runs) != 1 {
			t.Fatalf("%v %v", runs, err)
		}
		return runs[0]
	}
	once, again := open(t), open(t)
	plan(once, start(once), 0, 4, true)
	run := plan(again, start(again), 2, 4, false)
	plan(again, run, 0, 4, true)
	for name, query := range map[string]string{"counters": figures, "rows": table} {
		if got, want := again.text(t, query, nil), once.text(t, query, nil); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	if got := once.text(t, figures, nil); got != "4 2 1 1" {
		t.Errorf("counters %s", got)
	}
}
