package store

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

const eve = "+16465550113"

// copied makes a run with two people planned, of a folder that is found to be a copy.
func copied(t *testing.T, numbers ...string) (fixture, campaign.Run) {
	t.Helper()
	f := open(t)
	run := f.run(t, numbers...)
	f.step(t)
	f.put(t, nil)
	if _, err := f.Guard(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f, run
}

func of(uuid, to string) reconcile.Text {
	return reconcile.Text{UUID: uuid, From: "12125550100", To: to, Segments: 1, At: morning.Add(time.Second),
		Receipt: message.Receipt{Status: message.Delivered, UUID: uuid, Segments: 1, CostMicros: 5500, HasCost: true}}
}

func TestTheListIsWrittenToTheRowsOfACopy(t *testing.T) {
	t.Parallel()
	f, run := copied(t, ann, bob, eve)
	id := func(n string) string { id, _ := message.RunID(run.Key, n); return id }
	held, err := f.Held(t.Context(), ann, morning)
	if err != nil || len(held) != 1 || held[0].ID != id(ann) || !held[0].Queued || !held[0].Open || held[0].Source.SenderNumber != "+12125550100" {
		t.Fatalf("held for ann: %+v, %v", held, err)
	}
	for _, c := range []reconcile.Claim{
		{Number: ann, Bind: []reconcile.Bound{{ID: id(ann), Text: of("text-of-ann", ann)}}},
		{Number: bob, Doubt: []string{id(bob)}},
		{Number: ann, Known: []reconcile.Bound{{ID: id(ann), Text: of("text-of-ann", ann)}}},
		{Number: eve, Bind: []reconcile.Bound{{ID: "gone00000000001", Text: of("text-of-eve", eve)}}},
	} {
		if err := f.Claim(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for n, want := range map[string]string{ann: "delivered text-of-ann", bob: "unknown ", eve: "queued "} {
		if got := f.status(t, id(n)); got != want {
			t.Errorf("the row of %s is %q, want %q", n, got, want)
		}
	}
	if got, want := f.counts(t, run.ID), "paused queued 1 sending 0 delivered 1 failed 0 skipped 0 unknown 1 cost 5500"; got != want {
		t.Errorf("the run counts %q, want %q", got, want)
	}
	if err := f.Replayed(t.Context(), reconcile.Replay{Bound: 1, Doubted: 1}); err != nil {
		t.Fatal(err)
	}
	if _, pending, err := f.Restored(t.Context()); pending || err != nil {
		t.Errorf("it is still to be asked: %v, %v", pending, err)
	}
	if s, err := f.Fenced(t.Context()); err != nil || !s.Raised() || s.Pending() || s.Paused != 1 || s.Bound != 1 {
		t.Errorf("people are told %+v, %v", s, err)
	}
	if ok, err := f.Steer(t.Context(), run.ID, message.RunSending, morning); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if s, err := f.Fenced(t.Context()); err != nil || s.Raised() {
		t.Errorf("after the run was resumed people are told %+v, %v", s, err)
	}
}

// TestAReceiptOfWhatTheCopyDoesNotKnow settles the row without the list: its path names an attempt that
// the copy has not made.
func TestAReceiptOfWhatTheCopyDoesNotKnow(t *testing.T) {
	t.Parallel()
	f, run := copied(t, ann)
	id, _ := message.RunID(run.Key, ann)
	f.hear(t, id, 1, message.Sent, "text-of-ann", 5500)
	f.hear(t, id, 1, message.Delivered, "text-of-ann", 5500)
	f.hear(t, id, 2, message.Failed, "text-of-another", 0)
	if got := f.status(t, id); got != "delivered text-of-ann" {
		t.Errorf("the row is %q", got)
	}
}

func TestARunThatWasBeingPlannedPlansNobodyTwice(t *testing.T) {
	t.Parallel()
	f := open(t)
	launched, err := f.Start(t.Context(), campaign.Launch{
		Campaign: campaign.Campaign{ID: campaign1, Org: org}, Snapshot: campaign.Snapshot{Text: "Hello", Sender: sender},
	}, morning)
	if err != nil {
		t.Fatal(err)
	}
	f.step(t)
	f.put(t, nil)
	if _, err := f.Guard(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.Claim(t.Context(), reconcile.Claim{Number: ann, Strangers: []reconcile.Text{of("text-of-ann", ann)}}); err != nil {
		t.Fatal(err)
	}
	if ok, err := f.Steer(t.Context(), launched.RunID, message.RunSending, morning); !ok || err != nil {
		t.Fatal(ok, err)
	}
	runs, err := f.Plannable(t.Context(), morning)
	if err != nil || len(runs) != 1 {
		t.Fatal(runs, err)
	}
	chunk := campaign.Chunk{Run: runs[0], Cursor: "all", Last: true}
	for _, n := range []string{ann, bob} {
		id, _ := message.RunID(runs[0].Key, n)
		chunk.Rows = append(chunk.Rows, campaign.Row{ID: id, Number: n, Segments: 1, Status: message.Queued, DueAt: morning})
	}
	if ok, err := f.Plan(t.Context(), chunk); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if got, want := f.counts(t, launched.RunID), "sending queued 1 sending 0 delivered 0 failed 0 skipped 0 unknown 1 cost 0"; got != want {
		t.Errorf("the run counts %q, want %q", got, want)
	}
	got := f.text(t, "SELECT status FROM messages WHERE phoneNumber = {:n}", dbx.Params{"n": ann})
	if got != "unknown" {
		t.Errorf("who has a text already is %s", got)
	}
	due, err := f.Due(t.Context(), dispatch.DueQuery{Run: launched.RunID, Sender: sender, Until: morning, Limit: 10})
	if err != nil || len(due) != 1 || due[0].Number != bob {
		t.Errorf("due are %+v, %v", due, err)
	}
}
