package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"

	"tidings/internal/engine/campaign"
	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/ledger"
	"tidings/internal/engine/receipt"
	"tidings/internal/engine/reconcile"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// order has a run's unknown messages sent again.
func (f fixture) order(t *testing.T, run string, confirm int64) reconcile.Verdict {
	t.Helper()
	v, err := f.Resend(t.Context(), reconcile.Order{Org: org, Run: run, Confirm: confirm, Actor: "editor", Name: "ed@example.com", At: morning})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// hear takes a receipt of an attempt in.
func (f fixture) hear(t *testing.T, id string, attempt int, status message.Status, uuid string, cost int64) {
	t.Helper()
	err := f.Apply(t.Context(), receipt.Attempt{ID: id, Number: attempt}, receipt.Report{Receipt: message.Receipt{
		Status: status, UUID: uuid, Segments: 1, CostMicros: cost, HasCost: true,
	}})
	if err != nil {
		t.Fatal(err)
	}
}

func (f fixture) counts(t *testing.T, run string) string {
	t.Helper()
	return f.text(t, `SELECT status || ' queued ' || queued || ' sending ' || sending || ' delivered ' || delivered || ' failed ' || failed ||
		' skipped ' || skipped || ' unknown ' || unknown || ' cost ' || costMicros FROM runs WHERE id = {:run}`, dbx.Params{"run": run})
}

func (f fixture) outstanding(t *testing.T, run string) reconcile.Outstanding {
	t.Helper()
	o, err := f.Outstanding(t.Context(), run)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAResendIsCountedLoggedAndConfirmed(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, ann, bob)
	f.begin(t, run, dispatch.Unknown, "", ann, bob)
	o := f.outstanding(t, run.ID)
	if o.Count != 2 || len(o.Rows) != 2 || o.Rows[0].PhoneNumber != ann || !o.NewestAt.Equal(morning) || len(o.Resends) != 0 {
		t.Errorf("before: %+v", o)
	}
	if v := f.order(t, run.ID, 3); v.State != reconcile.Changed || v.Unknown != 2 {
		t.Errorf("with a wrong count: %+v", v)
	}
	if got, want := f.counts(t, run.ID), "finished queued 0 sending 0 delivered 0 failed 0 skipped 0 unknown 2 cost 0"; got != want {
		t.Errorf("after a refusal: %s", got)
	}
	if v := f.order(t, run.ID, 2); v.State != reconcile.Fine || v.Resent != 2 {
		t.Errorf("with the right count: %+v", v)
	}
	if got, want := f.counts(t, run.ID), "sending queued 2 sending 0 delivered 0 failed 0 skipped 0 unknown 0 cost 0"; got != want {
		t.Errorf("after the order: %s", got)
	}
	if v := f.order(t, run.ID, 2); v.State != reconcile.Changed || v.Unknown != 0 {
		t.Errorf("the same order again: %+v", v)
	}
	want := []reconcile.Resent{{At: "2026-03-03 16:00:00.000Z", Actor: "editor", Name: "ed@example.com", N: 2}}
	if diff := cmp.Diff(want, f.outstanding(t, run.ID).Resends); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
	if _, err := f.app.NonconcurrentDB().NewQuery("DELETE FROM resend_orders").Execute(); err == nil {
		t.Error("the log can be emptied")
	}
}

func TestAResendIsRefusedWhereTheRunIsOver(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, ann)
	f.begin(t, run, dispatch.Unknown, "", ann)
	f.run(t, bob) // another run of the campaign, under way
	if v := f.order(t, run.ID, 1); v.State != reconcile.Busy {
		t.Errorf("while another run is under way: %+v", v)
	}
	f.exec(t, "UPDATE runs SET status = 'canceled'")
	if v := f.order(t, run.ID, 1); v.State != reconcile.Canceled {
		t.Errorf("of a canceled run: %+v", v)
	}
}

func TestWhatKeepsAResentMessageBackMakesItUnknownAgain(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(f fixture, t *testing.T, run, id string){
		"a STOP": func(f fixture, t *testing.T, _, _ string) {
			_, err := f.Record(t.Context(), ledger.Act{Org: org, Number: ann, Action: consent.ActionRevoked, Method: consent.MethodReply, Text: "STOP"},
				morning, func(ledger.Standing) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
		},
		"the last look": func(f fixture, t *testing.T, run, id string) {
			_, err := f.Mark(t.Context(), dispatch.MarkRequest{
				Candidates: []dispatch.Candidate{{ID: id, Run: run, Org: org, Sender: sender, Number: ann}}, At: morning,
				Judge: func(dispatch.Facts) dispatch.Decision {
					return dispatch.Decision{Action: dispatch.Skip, Reason: message.Expired}
				},
			})
			if err != nil {
				t.Fatal(err)
			}
		},
		"the end of the run": func(f fixture, t *testing.T, run, _ string) {
			if _, err := f.Steer(t.Context(), run, message.RunCanceled, morning); err != nil {
				t.Fatal(err)
			}
			if reached, err := f.Reached(t.Context(), []string{f.text(t, "SELECT id FROM messages WHERE status = 'queued'", nil)}); err != nil || len(reached) != 1 {
				t.Errorf("before the sweep nobody seems to have been reached: %v, %v", reached, err)
			}
			if more, err := f.Sweep(t.Context()); err != nil || !more {
				t.Fatal(more, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			run := f.run(t, ann)
			id := f.begin(t, run, dispatch.Unknown, "", ann)[0]
			f.order(t, run.ID, 1)
			stop(f, t, run.ID, id)
			if got := f.status(t, id); got != "unknown " {
				t.Errorf("the row is %q", got)
			}
			f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			if got := f.status(t, id); got != "delivered text-1" {
				t.Errorf("after its receipt the row is %q", got)
			}
			if o := f.outstanding(t, run.ID); o.Doubles != 0 {
				t.Errorf("%d people seem to have got two texts", o.Doubles)
			}
		})
	}
}

func TestALateReceiptOfTheFirstAttempt(t *testing.T) {
	t.Parallel()
	second := func(f fixture, t *testing.T, run campaign.Run, outcome dispatch.Outcome, uuid string) {
		f.begin(t, run, outcome, uuid, ann)
	}
	tests := map[string]struct {
		steps   func(f fixture, t *testing.T, run campaign.Run, id string)
		row     string
		counts  string
		doubles int64
		cost    int64
	}{
		"while it waits: nothing leaves again": {
			steps: func(f fixture, t *testing.T, _ campaign.Run, id string) {
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			},
			row: "delivered text-1", counts: "finished queued 0 sending 0 delivered 1 failed 0 skipped 0 unknown 0 cost 5500",
		},
		"after the second left: a double, told beside the row": {
			steps: func(f fixture, t *testing.T, run campaign.Run, id string) {
				second(f, t, run, dispatch.Accepted, "text-2")
				f.hear(t, id, 1, message.Sent, "text-1", 5500)
				f.hear(t, id, 2, message.Delivered, "text-2", 5600)
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			},
			row: "delivered text-2", counts: "finished queued 0 sending 0 delivered 1 failed 0 skipped 0 unknown 0 cost 5600", doubles: 1, cost: 5500,
		},
		"while the second is under way, which then proves not to have left": {
			steps: func(f fixture, t *testing.T, run campaign.Run, id string) {
				f.mark(t, run.ID, id, ann)
				f.hear(t, id, 1, message.Sent, "text-1", 5500)
				if err := f.Settle(dispatch.Settlement{ID: id, Run: run.ID, Attempt: 2, At: morning, RetryAt: morning, Reply: dispatch.Reply{Outcome: dispatch.NotSent}}); err != nil {
					t.Fatal(err)
				}
				f.settled(t)
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			},
			row: "delivered text-1", counts: "finished queued 0 sending 0 delivered 1 failed 0 skipped 0 unknown 0 cost 5500",
		},
		"after the second was refused": {
			steps: func(f fixture, t *testing.T, run campaign.Run, id string) {
				second(f, t, run, dispatch.Rejected, "")
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			},
			row: "delivered text-1", counts: "finished queued 0 sending 0 delivered 1 failed 0 skipped 0 unknown 0 cost 5500",
		},
		"before the second was refused": {
			steps: func(f fixture, t *testing.T, run campaign.Run, id string) {
				f.mark(t, run.ID, id, ann)
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
				if err := f.Settle(dispatch.Settlement{ID: id, Run: run.ID, Attempt: 2, At: morning, Reply: dispatch.Reply{Outcome: dispatch.Rejected, Code: "40"}}); err != nil {
					t.Fatal(err)
				}
				f.settled(t)
			},
			row: "delivered text-1", counts: "finished queued 0 sending 0 delivered 1 failed 0 skipped 0 unknown 0 cost 5500",
		},
		"while the second is unknown as well": {
			steps: func(f fixture, t *testing.T, run campaign.Run, id string) {
				second(f, t, run, dispatch.Unknown, "")
				f.hear(t, id, 1, message.Delivered, "text-1", 5500)
			},
			row: "unknown ", counts: "finished queued 0 sending 0 delivered 0 failed 0 skipped 0 unknown 1 cost 0",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := open(t)
			run := f.run(t, ann)
			id := f.begin(t, run, dispatch.Unknown, "", ann)[0]
			if v := f.order(t, run.ID, 1); v.Resent != 1 {
				t.Fatalf("the order: %+v", v)
			}
			tt.steps(f, t, run, id)
			if got := f.status(t, id); got != tt.row {
				t.Errorf("the row is %q, want %q", got, tt.row)
			}
			if got := f.counts(t, run.ID); got != tt.counts {
				t.Errorf("the run counts %q, want %q", got, tt.counts)
			}
			if o := f.outstanding(t, run.ID); o.Doubles != tt.doubles || o.DoubleCostMicros != tt.cost {
				t.Errorf("%d doubles for %d micros, want %d for %d", o.Doubles, o.DoubleCostMicros, tt.doubles, tt.cost)
			}
		})
	}
}

func TestASingleMessageIsSentAgainUnlessItAnswered(t *testing.T) {
	t.Parallel()
	f := open(t)
	const id = "qsingle00000001"
	for _, kind := range []string{"reply", "stop"} {
		f.exec(t, "DELETE FROM messages")
		f.exec(t, "INSERT INTO messages (id, org, direction, kind, phoneNumber, sender, body, segments, status, sentAt, attempt) "+
			"VALUES ('"+id+"', '"+org+"', 'outbound', '"+kind+"', '"+ann+"', '"+sender+"', 'Hello', 1, 'unknown', '2026-03-03 15:00:00.000Z', 1)")
		v, err := f.Resend(t.Context(), reconcile.Order{Org: org, Message: id, Confirm: 1, At: morning})
		if err != nil {
			t.Fatal(err)
		}
		want, row := reconcile.Verdict{Resent: 1, Unknown: 1}, "queued "
		if kind == "stop" {
			want, row = reconcile.Verdict{Unknown: 1, State: reconcile.Answer}, "unknown "
		}
		if v != want || f.status(t, id) != row {
			t.Errorf("%s: %+v, row %q; want %+v, %q", kind, v, f.status(t, id), want, row)
		}
	}
	due, err := f.Due(t.Context(), dispatch.DueQuery{Sender: sender, Until: morning.Add(time.Second), Limit: 10})
	if err != nil || len(due) != 0 {
		t.Errorf("the confirmation is due again: %v, %v", due, err)
	}
}
