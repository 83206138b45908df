package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"
	"pgregory.net/rapid"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/receipt"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// numbers are the few that a random history is about, so that things meet.
var numbers = []string{"+12125550101", "+12125550102", "+16465550103", "+16465550104", "+17185550105"}

// history does random things to the rows, as the engine might in any order.
type history struct {
	f      fixture
	run    string
	key    string
	uuids  int
	steps  int
	before map[string]string // status by row
}

func (h *history) id(t *rapid.T) (id, number string) {
	number = rapid.SampledFrom(numbers).Draw(t, "number")
	id, err := message.RunID(h.key, number)
	if err != nil {
		t.Fatal(err)
	}
	return id, number
}

func (h *history) attempt(t *rapid.T, id string) int {
	var n int
	if err := h.f.app.NonconcurrentDB().NewQuery("SELECT attempt FROM messages WHERE id = {:id}").Bind(dbx.Params{"id": id}).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (h *history) uuid(t *rapid.T, id string) string {
	return h.f.text(t, "SELECT plivoUuid FROM messages WHERE id = {:id}", dbx.Params{"id": id})
}

func (h *history) mark(t *rapid.T) {
	d := rapid.SampledFrom([]dispatch.Decision{
		{Action: dispatch.Go}, {Action: dispatch.Go}, {Action: dispatch.Leave},
		{Action: dispatch.Skip, Reason: message.NoConsent}, {Action: dispatch.Skip, Reason: message.Expired},
		{Action: dispatch.Defer, Next: morning.Add(-time.Minute)},
	}).Draw(t, "decision")
	id, number := h.id(t)
	// A mark may come late: the row can be anywhere by now.
	_, err := h.f.Mark(context.Background(), dispatch.MarkRequest{
		At: morning, Judge: func(dispatch.Facts) dispatch.Decision { return d },
		Candidates: []dispatch.Candidate{{
			ID: id, Run: h.run, Org: org, Sender: sender, Number: number, Segments: 1,
			Attempts: max(0, h.attempt(t, id)-rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "stale")),
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *history) settle(t *rapid.T) {
	id, _ := h.id(t)
	h.uuids++
	reply := rapid.SampledFrom([]dispatch.Reply{
		{Outcome: dispatch.Accepted, UUID: fmt.Sprint("uuid", h.uuids)}, {Outcome: dispatch.Accepted, UUID: fmt.Sprint("uuid", h.uuids)},
		{Outcome: dispatch.Rejected, Code: "http_400"}, {Outcome: dispatch.Rejected, Code: "dead"},
		{Outcome: dispatch.Throttled}, {Outcome: dispatch.NotSent}, {Outcome: dispatch.Unknown},
	}).Draw(t, "reply")
	attempt := h.attempt(t, id)
	if attempt == 0 {
		return // nothing was tried
	}
	err := h.f.Settle(dispatch.Settlement{
		ID: id, Run: h.run, Attempt: attempt - rapid.IntRange(0, 1).Draw(t, "late"), Reply: reply, At: morning, RetryAt: morning,
		Segments: rapid.Int64Range(1, 2).Draw(t, "segments read"),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *history) report(t *rapid.T) {
	id, _ := h.id(t)
	status := rapid.SampledFrom([]message.Status{message.Accepted, message.Sent, message.Delivered, message.Undelivered, message.Failed, ""}).Draw(t, "status")
	r := message.Receipt{
		Status: status, Sequence: rapid.Int64Range(0, 4).Draw(t, "sequence"), Segments: rapid.Int64Range(0, 3).Draw(t, "segments"),
		CostMicros: rapid.Int64Range(0, 3).Draw(t, "cost") * 5500, HasCost: rapid.Bool().Draw(t, "has cost"),
	}
	if rapid.Bool().Draw(t, "says who") {
		r.UUID, r.Network = h.uuid(t, id), rapid.SampledFrom([]string{"", "310-260"}).Draw(t, "network")
	}
	if status == message.Failed || status == message.Undelivered {
		r.ErrorCode = rapid.SampledFrom([]string{"30", "dead", "stopped", ""}).Draw(t, "code")
	}
	attempt := h.attempt(t, id)
	if attempt == 0 {
		return // nobody has a token of an attempt that was not made
	}
	if err := h.f.Apply(context.Background(), receipt.Attempt{ID: id, Number: attempt}, receipt.Report{Receipt: r}); err != nil {
		t.Fatal(err)
	}
}

func (h *history) text(t *rapid.T) {
	_, number := h.id(t)
	h.uuids++
	a := inbox.Arrival{
		Message: inbox.Message{UUID: fmt.Sprint("in", h.uuids), From: number, Text: "STOP", Segments: 1},
		Route:   inbox.Route{Org: org, Sender: sender}, Number: number, At: morning,
	}
	a.Act = rapid.SampledFrom([]*ledger.Act{
		nil,
		{Org: org, Number: number, Action: consent.ActionRevoked, Method: consent.MethodReply, Text: "STOP"},
		{Org: org, Number: number, Action: consent.ActionGranted, Method: consent.MethodKeyword, Text: "START", Create: true},
	}).Draw(t, "act")
	if err := h.f.Receive(context.Background(), a); err != nil {
		t.Fatal(err)
	}
}

func (h *history) steer(t *rapid.T) {
	to := rapid.SampledFrom([]message.RunStatus{message.RunPaused, message.RunSending, message.RunSending, message.RunCanceled}).Draw(t, "to")
	if _, err := h.f.Steer(context.Background(), h.run, to, morning); err != nil {
		t.Fatal(err)
	}
}

func (h *history) engine(t *rapid.T) {
	var err error
	switch rapid.SampledFrom([]string{"sweep", "recover", "rest", "pause"}).Draw(t, "what") {
	case "sweep":
		_, err = h.f.Sweep(context.Background())
	case "recover":
		_, err = h.f.Recover(context.Background())
	case "rest":
		err = h.f.Rest(context.Background(), []string{h.run}, morning)
	case "pause":
		err = h.f.Pause(context.Background(), h.run, "no credit")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// books are what a run counts.
type books struct {
	Rows, Counters             map[string]int64
	Recipients, Segments, Cost int64
}

// check recounts the rows and looks at how they moved, at every fourth step: it costs more than a step.
func (h *history) check(t *rapid.T) {
	if h.steps++; h.steps%4 != 0 {
		return
	}
	// Settlements are handed over without waiting; this one waits for all before it.
	if err := h.f.writer.do(context.Background(), 1, func(*txn) error { return nil }); err != nil {
		t.Fatal(err)
	}
	db := h.f.app.NonconcurrentDB()
	want := books{Rows: map[string]int64{}, Counters: map[string]int64{}}
	var rows []struct {
		ID, Status, Reason string
		ErrorCode          string `db:"errorCode"`
		Segments           int64
		CostMicros         int64 `db:"costMicros"`
	}
	if err := db.NewQuery("SELECT id, status, reason, errorCode, segments, costMicros FROM messages WHERE run = {:run}").
		Bind(dbx.Params{"run": h.run}).All(&rows); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		want.Rows[r.Status]++
		want.Recipients++
		status := message.Status(r.Status)
		want.Cost += r.CostMicros
		if status.Billed() {
			want.Segments += r.Segments
		}
		switch {
		case status == message.Skipped:
			want.Counters["reason "+r.Reason]++
		case (status == message.Failed || status == message.Undelivered) && r.ErrorCode != "":
			want.Counters["error "+r.ErrorCode]++
		}
		if was := h.before[r.ID]; !mayMove(was, r.Status) {
			t.Errorf("row %s went from %s to %s", r.ID, was, r.Status)
		}
		h.before[r.ID] = r.Status
	}
	got := books{Rows: map[string]int64{}, Counters: map[string]int64{}}
	record, err := h.f.app.FindRecordById("runs", h.run)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range message.Outbound {
		if n := int64(record.GetInt(string(s))); n != 0 {
			got.Rows[string(s)] = n
		}
	}
	got.Recipients, got.Segments, got.Cost = int64(record.GetInt("recipients")), int64(record.GetInt("segments")), int64(record.GetInt("costMicros"))
	counters, err := h.f.Counters(context.Background(), h.run)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range counters {
		if c.Kind != countMinute && c.N != 0 {
			got.Counters[c.Kind+" "+c.Key] = c.N
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the run's counters (-rows +counters):\n%s", diff)
	}
	open := want.Rows["queued"] + want.Rows["sending"]
	switch status := record.GetString("status"); {
	case status == "finished" && open > 0:
		t.Fatalf("finished with %d open rows", open)
	case (status == "sending" || status == "waiting") && open == 0:
		t.Fatalf("%s with nothing left to do", status)
	}
}

// mayMove says which ways a row may go in a few steps; "" is its beginning.
func mayMove(from, to string) bool {
	final := []string{"accepted", "sent", "delivered", "undelivered", "failed"}
	switch from {
	case to, "", "queued", "sending":
		return true
	case "unknown":
		return slices.Contains(final, to)
	case "accepted":
		return slices.Contains(final, to)
	case "sent":
		return to == "delivered" || to == "undelivered" || to == "failed"
	case "undelivered", "failed":
		return to == "delivered" || to == "undelivered" || to == "failed"
	default: // delivered and skipped are the end
		return false
	}
}

func TestCountersEqualTheirRowsWhateverHappens(t *testing.T) {
	t.Parallel()
	f := open(t)
	rapid.Check(t, func(t *rapid.T) {
		// An unfinished run of the round before would refuse this one.
		f.exec(t, "UPDATE runs SET status = 'canceled', queued = 0 WHERE status NOT IN ('finished', 'canceled')")
		f.exec(t, "UPDATE messages SET status = 'unknown' WHERE status = 'sending'")
		f.exec(t, "DELETE FROM suppressions")
		run := f.run(t, numbers...)
		h := &history{f: f, run: run.ID, key: run.Key, before: map[string]string{}}
		t.Repeat(map[string]func(*rapid.T){
			"mark": h.mark, "mark more": h.mark, "settle": h.settle, "report": h.report, "text": h.text, "steer": h.steer, "engine": h.engine,
			"": h.check,
		})
	})
}
