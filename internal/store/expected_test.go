package store

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"
	"pgregory.net/rapid"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/receipt"
	"tidings/internal/rules/message"
)

// accepted makes a run with one message that the provider has taken, and gives
// the message's id.
func (f fixture) accepted(t rapid.TB, uuid string) string {
	t.Helper()
	f.exec(t, "UPDATE runs SET status = 'canceled', queued = 0 WHERE status NOT IN ('finished', 'canceled')")
	run := f.run(t, numbers[0])
	id, err := message.RunID(run.Key, numbers[0])
	if err != nil {
		t.Fatal(err)
	}
	marked, err := f.Mark(context.Background(), dispatch.MarkRequest{
		At: morning, Judge: func(dispatch.Facts) dispatch.Decision { return dispatch.Decision{Action: dispatch.Go} },
		Candidates: []dispatch.Candidate{{ID: id, Run: run.ID, Org: org, Sender: sender, Number: numbers[0], Segments: 1}},
	})
	if err != nil || marked[0].Attempt != 1 {
		t.Fatalf("mark: %+v %v", marked, err)
	}
	err = f.Settle(dispatch.Settlement{
		ID: id, Run: run.ID, Attempt: 1, Segments: 1, Reply: dispatch.Reply{Outcome: dispatch.Accepted, UUID: uuid}, At: morning,
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// deliver is what a provider says of a text that arrives.
func deliver(uuid string) []message.Receipt {
	return []message.Receipt{
		{Status: message.Accepted, Sequence: 1, UUID: uuid, Segments: 1, CostMicros: 5500, HasCost: true},
		{Status: message.Sent, Sequence: 2, UUID: uuid, Segments: 1, CostMicros: 5500, HasCost: true, Network: "310-260"},
		{Status: message.Delivered, Sequence: 3, UUID: uuid, Segments: 1, CostMicros: 5500, HasCost: true, Network: "310-260"},
	}
}

func TestReceiptsInOrderNeedNoLookAtTheirRow(t *testing.T) {
	t.Parallel()
	f := open(t)
	id := f.accepted(t, "uuid-1")
	for _, r := range deliver("uuid-1") {
		var swapped bool
		err := f.writer.do(t.Context(), 1, func(t *txn) (err error) {
			swapped, err = t.swap(receipt.Attempt{ID: id, Number: 1}, r)
			return err
		})
		if err != nil || !swapped {
			t.Errorf("%s: %v %v", r.Status, swapped, err)
		}
	}
}

// Whether a row is read or guessed, what a receipt makes of it is the same.
func TestAGuessChangesNothingOfWhatReceiptsDo(t *testing.T) {
	t.Parallel()
	f := open(t)
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		uuid := fmt.Sprint("uuid-", round)
		id := f.accepted(t, uuid)
		want := message.State{Status: message.Accepted, UUID: uuid, Segments: 1}
		receipts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) message.Receipt {
			r := rapid.SampledFrom(deliver(uuid)).Draw(t, "receipt")
			switch rapid.IntRange(0, 5).Draw(t, "odd") {
			case 0:
				r.Sequence = rapid.Int64Range(0, 5).Draw(t, "sequence")
			case 1:
				r.Segments = rapid.Int64Range(0, 3).Draw(t, "segments")
			case 2:
				r.Network = ""
			case 3:
				r.CostMicros, r.HasCost = 0, rapid.Bool().Draw(t, "has cost")
			case 4:
				r.UUID = rapid.SampledFrom([]string{"", "uuid-of-another"}).Draw(t, "uuid")
			}
			return r
		}), 1, 5).Draw(t, "receipts")
		for _, r := range receipts {
			if err := f.Apply(context.Background(), receipt.Attempt{ID: id, Number: 1}, receipt.Report{Receipt: r}); err != nil {
				t.Fatal(err)
			}
			want, _ = message.Merge(want, r)
		}
		var got row
		err := f.writer.do(context.Background(), 1, func(t *txn) (err error) { got, err = t.find(id); return err })
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got.State); diff != "" {
			t.Fatalf("-merged +row\n%s", diff)
		}
		billed := f.text(t, "SELECT segments || ' ' || costMicros FROM runs WHERE id = {:run}", dbx.Params{"run": got.run})
		if want := fmt.Sprint(got.Segments, " ", got.CostMicros); billed != want {
			t.Fatalf("the run counts %s, its row %s", billed, want)
		}
	})
}
