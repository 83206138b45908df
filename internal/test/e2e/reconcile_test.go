package e2e

import (
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/simulator"
)

// words gives our word for the simulator's states.
var words = map[string]string{
	"queued": "accepted", "sent": "sent", "delivered": "delivered", "undelivered": "undelivered", "failed": "failed",
}

// slack allows for the way through the loopback: a request that was written just before a STOP was
// answered may be seen just after.
const slack = 5 * time.Millisecond

// billed are the states whose segments count.
var billed = map[string]bool{"accepted": true, "sent": true, "delivered": true, "undelivered": true}

// reconcile holds all our rows against the simulator's ledger, which knows the truth. It is asked when
// nothing is under way.
func (h *house) reconcile() {
	h.t.Helper()
	var rows, runs []*core.Record
	if err := h.app.RecordQuery("messages").All(&rows); err != nil {
		h.t.Fatal(err)
	}
	if err := h.app.RecordQuery("runs").All(&runs); err != nil {
		h.t.Fatal(err)
	}
	byUUID := h.match(rows)
	for _, run := range runs {
		h.recount(run, rows)
	}
	ledger := h.sandbox.Ledger()
	twice := ledger.TextedTwice(func(r simulator.Request) string {
		if m := byUUID[r.UUID]; m != nil && m.GetString("run") != "" {
			return m.GetString("campaign") + " " + r.Dst
		}
		return ""
	})
	for _, w := range twice {
		h.t.Errorf("texted %d times for one campaign: %s", len(w.Requests), w.Key)
	}
	for _, r := range ledger.StartedAfterStopBy(slack) {
		h.t.Errorf("a text to %s began after its STOP was acknowledged", r.Dst)
	}
}

// match pairs accepted requests with outbound rows, one to one.
func (h *house) match(rows []*core.Record) map[string]*core.Record {
	h.t.Helper()
	byUUID := make(map[string]*core.Record)
	for _, m := range rows {
		uuid := m.GetString("plivoUuid")
		if uuid == "" || m.GetString("direction") == "inbound" {
			continue
		}
		if byUUID[uuid] != nil {
			h.t.Errorf("two rows claim the text %s", uuid)
		}
		byUUID[uuid] = m
	}
	seen := 0
	for _, r := range h.sandbox.Ledger().Accepted() {
		m := byUUID[r.UUID]
		if m == nil {
			h.t.Errorf("the simulator accepted a text to %s that no row stands for (%s, fault %q)", r.Dst, r.State, r.Fault)
			continue
		}
		seen++
		got := []any{m.GetString("status"), m.GetString("phoneNumber"), int64(m.GetInt("segments")), int64(m.GetInt("costMicros"))}
		want := []any{words[r.State], "+" + r.Dst, int64(r.Units), r.CostMicros}
		if diff := cmp.Diff(want, got); diff != "" {
			h.t.Errorf("row %s differs from the simulator's text (-theirs +ours):\n%s", m.Id, diff)
		}
	}
	if seen != len(byUUID) {
		h.t.Errorf("%d rows claim a text, the simulator accepted %d of them", len(byUUID), seen)
	}
	return byUUID
}

// books are a run's counters.
type books struct {
	States               map[string]int
	Recipients           int
	Segments, CostMicros int
	Reasons, Errors      map[string]int
}

// recount compares a run's counters with its rows.
func (h *house) recount(run *core.Record, rows []*core.Record) {
	h.t.Helper()
	want := books{States: map[string]int{}, Reasons: map[string]int{}, Errors: map[string]int{}}
	numbers := make(map[string]bool)
	for _, m := range rows {
		if m.GetString("run") != run.Id {
			continue
		}
		status := m.GetString("status")
		want.States[status]++
		want.Recipients++
		want.CostMicros += m.GetInt("costMicros")
		if billed[status] {
			want.Segments += m.GetInt("segments")
		}
		switch {
		case status == "skipped":
			want.Reasons[m.GetString("reason")]++
		case (status == "failed" || status == "undelivered") && m.GetString("errorCode") != "":
			want.Errors[m.GetString("errorCode")]++
		}
		if numbers[m.GetString("phoneNumber")] {
			h.t.Errorf("run %s has two rows of one number", run.Id)
		}
		numbers[m.GetString("phoneNumber")] = true
	}
	got := books{
		States: map[string]int{}, Recipients: run.GetInt("recipients"), Segments: run.GetInt("segments"),
		CostMicros: run.GetInt("costMicros"), Reasons: map[string]int{}, Errors: map[string]int{},
	}
	for _, s := range []string{"queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed", "skipped", "unknown"} {
		if n := run.GetInt(s); n != 0 {
			got.States[s] = n
		}
	}
	var counters []struct {
		Kind string `db:"kind"`
		Key  string `db:"key"`
		N    int    `db:"n"`
	}
	if err := h.app.DB().NewQuery("SELECT kind, key, n FROM run_counters WHERE n != 0 AND run = {:run}").
		Bind(map[string]any{"run": run.Id}).All(&counters); err != nil {
		h.t.Fatal(err)
	}
	for _, c := range counters {
		switch c.Kind {
		case "reason":
			got.Reasons[c.Key] = c.N
		case "error":
			got.Errors[c.Key] = c.N
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		h.t.Errorf("the counters of run %s differ from its rows (-rows +counters):\n%s", run.Id, diff)
	}
	if ended := run.GetString("status"); ended == "finished" || ended == "canceled" {
		if open := got.States["queued"] + got.States["sending"]; open > 0 {
			h.t.Errorf("run %s is %s with %d open rows", run.Id, ended, open)
		}
	}
}
