package store

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/receipt"
	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/message"
)

// begin marks rows of a run as sending and settles them with an outcome.
func (f fixture) begin(t *testing.T, run campaign.Run, outcome dispatch.Outcome, uuid string, numbers ...string) (ids []string) {
	t.Helper()
	for _, n := range numbers {
		id, err := message.RunID(run.Key, n)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
		attempt := f.mark(t, run.ID, id, n)
		if err := f.Settle(dispatch.Settlement{ID: id, Run: run.ID, Attempt: attempt, At: morning, RetryAt: morning,
			Reply: dispatch.Reply{Outcome: outcome, UUID: uuid}}); err != nil {
			t.Fatal(err)
		}
	}
	f.settled(t)
	return ids
}

// mark marks one row as sending and tells its attempt.
func (f fixture) mark(t *testing.T, run, id, number string) int {
	t.Helper()
	attempts, err := strconv.Atoi(f.text(t, "SELECT attempt FROM messages WHERE id = {:id}", dbx.Params{"id": id}))
	if err != nil {
		t.Fatal(err)
	}
	marked, err := f.Mark(context.Background(), dispatch.MarkRequest{
		Candidates: []dispatch.Candidate{{ID: id, Run: run, Org: org, Sender: sender, Number: number, Attempts: attempts}}, At: morning,
		Judge: func(dispatch.Facts) dispatch.Decision { return dispatch.Decision{Action: dispatch.Go} },
	})
	if err != nil || marked[0].Action != dispatch.Go {
		t.Fatalf("mark %s: %+v, %v", id, marked, err)
	}
	return marked[0].Attempt
}

// settled waits for what was handed over.
func (f fixture) settled(t *testing.T) {
	t.Helper()
	if err := f.writer.do(context.Background(), 1, func(*txn) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func (f fixture) status(t *testing.T, id string) string {
	t.Helper()
	return f.text(t, "SELECT status || ' ' || plivoUuid FROM messages WHERE id = {:id}", dbx.Params{"id": id})
}

const ann, bob = "+16465550111", "+16465550112"

func TestDoubtsAreAskedAboutWhenTheyAreDue(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, ann, bob)
	ids := f.begin(t, run, dispatch.Unknown, "", ann)
	f.begin(t, run, dispatch.Accepted, "uuid-of-bob", bob)
	due := func(at time.Time) []reconcile.Doubt {
		t.Helper()
		doubts, err := f.Doubts(t.Context(), reconcile.DoubtQuery{Since: at.Add(-90 * 24 * time.Hour), Until: at.Add(-2 * time.Minute), Due: at, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		return doubts
	}
	if got := due(morning.Add(time.Minute)); len(got) != 0 {
		t.Errorf("asked too early: %+v", got)
	}
	want := []reconcile.Doubt{{ID: ids[0], Attempt: 1, Org: org, Number: ann, Source: reconcile.Source{SenderNumber: "+12125550100"}, Segments: 1, At: morning}}
	if diff := cmp.Diff(want, due(morning.Add(2*time.Minute))); diff != "" {
		t.Errorf("after two minutes (-want +got):\n%s", diff)
	}
	ask := reconcile.Asked{ID: ids[0], Attempt: 1, At: morning.Add(2 * time.Minute), Next: morning.Add(4 * time.Minute), Found: 2}
	if err := f.Asked(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	if got := due(morning.Add(3 * time.Minute)); len(got) != 0 {
		t.Errorf("asked again too early: %+v", got)
	}
	want[0].Asks = 1
	if diff := cmp.Diff(want, due(morning.Add(4*time.Minute))); diff != "" {
		t.Errorf("after four minutes (-want +got):\n%s", diff)
	}
	ask.Next = time.Time{}
	if err := f.Asked(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	if got := due(morning.Add(80 * 24 * time.Hour)); len(got) != 0 {
		t.Errorf("asked after the last time: %+v", got)
	}
	if got := f.status(t, ids[0]); got != "unknown " {
		t.Errorf("asking made the row %q", got)
	}
	if err := f.Apply(t.Context(), receipt.Attempt{ID: ids[0], Number: 1}, receipt.Report{Receipt: message.Receipt{Status: message.Delivered, UUID: "uuid-of-ann"}}); err != nil {
		t.Fatal(err)
	}
	if err := f.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := f.text(t, "SELECT COUNT(*) FROM lookups", nil); n != "0" {
		t.Errorf("%s questions are remembered of rows that are settled", n)
	}
}

func TestATextIsBoundOnceAndCounted(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, ann, bob)
	ids := f.begin(t, run, dispatch.Unknown, "", ann, bob)
	f.exec(t, "INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, body, segments, status, sentAt, plivoUuid, attempt) "+
		"VALUES ('qtest0000000001', '"+org+"', 'outbound', 'test', '"+bob+"', '"+sender+"', 'Hello', 1, 'delivered', '2026-03-03 16:00:30.000Z', 'text-of-bob', 1)")
	bind := func(id, number, uuid string) bool {
		t.Helper()
		bound, err := f.Bind(t.Context(), reconcile.Binding{ID: id, Attempt: 1, Org: org, Number: number, Text: reconcile.Text{
			UUID: uuid, At: morning.Add(time.Second),
			Receipt: message.Receipt{Status: message.Delivered, UUID: uuid, Segments: 1, CostMicros: 5500, HasCost: true},
		}})
		if err != nil {
			t.Fatal(err)
		}
		return bound
	}
	if bind(ids[1], bob, "text-of-bob") {
		t.Error("a text that another row has was bound again")
	}
	if !bind(ids[0], ann, "text-of-ann") {
		t.Error("a text that is nobody's was not bound")
	}
	if bind(ids[0], ann, "text-of-nobody") {
		t.Error("a row that is settled was bound again")
	}
	if got := f.status(t, ids[0]); got != "delivered text-of-ann" {
		t.Errorf("the row is %q", got)
	}
	got := f.text(t, "SELECT unknown || ' ' || delivered || ' ' || costMicros || ' ' || status FROM runs WHERE id = {:run}", dbx.Params{"run": run.ID})
	if want := "1 1 5500 finished"; got != want {
		t.Errorf("the run counts %q, want %q", got, want)
	}
}

func TestSiblingsAreAllAttemptsToANumber(t *testing.T) {
	t.Parallel()
	f := open(t)
	first := f.run(t, ann)
	f.begin(t, first, dispatch.Unknown, "", ann)
	second := f.run(t, ann, bob)
	f.begin(t, second, dispatch.Accepted, "uuid-2", ann)
	f.exec(t, "INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, body, segments, status, sentAt, plivoUuid, attempt) "+
		"VALUES ('qtest0000000002', '"+org+"', 'outbound', 'test', '"+ann+"', 'gone', 'Hello', 1, 'unknown', '2026-03-03 16:00:30.000Z', '', 1)")
	got, err := f.Siblings(t.Context(), reconcile.Reach{Org: org, Number: ann, Since: morning.Add(-time.Minute), Until: morning.Add(time.Minute)})
	if err != nil {
		t.Fatal(err)
	}
	id := func(run campaign.Run) string { id, _ := message.RunID(run.Key, ann); return id }
	ours := reconcile.Source{SenderNumber: "+12125550100"}
	want := []reconcile.Sibling{
		{ID: id(first), Attempt: 1, Source: ours, At: morning, Open: true},
		{ID: id(second), Attempt: 1, Source: ours, At: morning, UUID: "uuid-2"},
		{ID: "qtest0000000002", Attempt: 1, At: morning.Add(30 * time.Second), Open: true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
