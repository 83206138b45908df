package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"
	"pgregory.net/rapid"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/receipt"
	"tidings/internal/rules/message"
)

// news is one thing that is said of an attempt: a receipt, or (nil) the answer to the request itself.
type news struct{ receipt *message.Receipt }

func anyNews(t *rapid.T) []news {
	all := []news{{}}
	for range rapid.IntRange(1, 7).Draw(t, "receipts") {
		r := message.Receipt{
			Status:     rapid.SampledFrom([]message.Status{message.Accepted, message.Sent, message.Delivered, message.Undelivered, message.Failed, ""}).Draw(t, "status"),
			Sequence:   rapid.Int64Range(0, 4).Draw(t, "sequence"),
			Segments:   rapid.Int64Range(0, 3).Draw(t, "segments"),
			HasCost:    rapid.Bool().Draw(t, "has cost"),
			CostMicros: rapid.Int64Range(0, 3).Draw(t, "cost") * 5500,
			Network:    rapid.SampledFrom([]string{"", "310-260"}).Draw(t, "network"),
		}
		if r.Status == message.Failed || r.Status == message.Undelivered {
			r.ErrorCode = rapid.SampledFrom([]string{"", "20", "30"}).Draw(t, "code")
		}
		all = append(all, news{&r})
	}
	return all
}

// ending is what a run and its one row are in the end. What names them is left out.
type ending struct {
	Row, Run dbx.NullStringMap
	Counters []string
}

// tell makes a run with one row, sends it, and tells the news in their order.
func tell(t *rapid.T, f fixture, uuid string, all []news) ending {
	ctx := context.Background()
	run := f.run(t, numbers[0])
	id, err := message.RunID(run.Key, numbers[0])
	if err != nil {
		t.Fatal(err)
	}
	marked, err := f.Mark(ctx, dispatch.MarkRequest{
		At: morning, Judge: func(dispatch.Facts) dispatch.Decision { return dispatch.Decision{Action: dispatch.Go} },
		Candidates: []dispatch.Candidate{{ID: id, Run: run.ID, Org: org, Sender: sender, Number: numbers[0]}},
	})
	if err != nil || len(marked) != 1 || marked[0].Action != dispatch.Go {
		t.Fatalf("mark: %v %v", marked, err)
	}
	for _, n := range all {
		if n.receipt == nil {
			err = f.Settle(dispatch.Settlement{
				ID: id, Run: run.ID, Attempt: marked[0].Attempt, At: morning, Reply: dispatch.Reply{Outcome: dispatch.Accepted, UUID: uuid},
			})
		} else {
			r := *n.receipt
			r.UUID = uuid
			err = f.Apply(ctx, receipt.Attempt{ID: id, Number: marked[0].Attempt}, receipt.Report{Receipt: r})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	// Settlements are handed over without waiting; this one waits for all before it.
	if err := f.writer.do(ctx, 1, func(*txn) error { return nil }); err != nil {
		t.Fatal(err)
	}
	e := ending{Row: dbx.NullStringMap{}, Run: dbx.NullStringMap{}}
	one := func(table, id string, into dbx.NullStringMap, names ...string) {
		if err := f.app.NonconcurrentDB().Select().From(table).Where(dbx.HashExp{"id": id}).One(into); err != nil {
			t.Fatal(err)
		}
		for _, name := range append(names, "id", "run", "key") {
			delete(into, name)
		}
	}
	one("messages", id, e.Row, "plivoUuid")
	one("runs", run.ID, e.Run, "created", "updated")
	counters, err := f.Counters(ctx, run.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counters {
		if c.N != 0 {
			e.Counters = append(e.Counters, fmt.Sprint(c.Kind, " ", c.Key, " ", c.N))
		}
	}
	return e
}

func TestNewsInAnyOrderAnyNumberOfTimesLeaveTheSameRowAndCounters(t *testing.T) {
	t.Parallel()
	f := open(t)
	told := 0
	rapid.Check(t, func(t *rapid.T) {
		// An unfinished run of a round that failed would refuse this one.
		f.exec(t, "UPDATE runs SET status = 'canceled', queued = 0 WHERE status NOT IN ('finished', 'canceled')")
		all := anyNews(t)
		shuffled := append([]news{}, all...)
		for _, n := range all { // any may come again
			for range rapid.IntRange(0, 2).Draw(t, "times more") {
				shuffled = append(shuffled, n)
			}
		}
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		told += 2
		want := tell(t, f, fmt.Sprint("uuid", told), all)
		if diff := cmp.Diff(want, tell(t, f, fmt.Sprint("uuid", told+1), shuffled)); diff != "" {
			t.Fatalf("in order and shuffled (-want +got):\n%s", diff)
		}
	})
}
