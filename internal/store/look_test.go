package store

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/dbx"

	"tidings/internal/engine/dispatch"
	"tidings/internal/engine/inbox"
	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

// look marks the text to a number and gives the facts that the judge was shown.
func (f fixture) look(t *testing.T, run, key, number string, d dispatch.Decision) (facts dispatch.Facts, marked dispatch.Marked) {
	t.Helper()
	id, err := message.RunID(key, number)
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.Mark(context.Background(), dispatch.MarkRequest{
		At: morning, Candidates: []dispatch.Candidate{{ID: id, Run: run, Org: org, Sender: sender, Number: number}},
		Judge: func(got dispatch.Facts) dispatch.Decision { facts = got; return d },
	})
	if err != nil {
		t.Fatal(err)
	}
	return facts, all[0]
}

func TestTheLastLookSeesHowThingsStandNow(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, numbers...)
	n := numbers[0]
	suppress := func(of, reason string) func() {
		return func() {
			f.exec(t, "INSERT INTO suppressions (id, org, phoneNumber, reason) VALUES ('"+NewID(morning)+"', '"+of+"', '"+n+"', '"+reason+"')")
		}
	}
	steer := func(to message.RunStatus) func() {
		return func() {
			if ok, err := f.Steer(t.Context(), run.ID, to, morning); err != nil || !ok {
				t.Fatalf("move the run to %s: %v %v", to, ok, err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		happen func()
		feeds  bool
		status string
		kind   eligible.Suppression
	}{
		{"nobody of that number", func() {}, true, "", ""},
		{"a subscriber", func() { f.say(t, org, n, consent.ActionGranted, "yes") }, true, "subscribed", ""},
		{"on the organisation's list", suppress(org, "a competitor"), true, "subscribed", eligible.Manual},
		{"the installation's row comes second", suppress("", "court order"), true, "subscribed", eligible.Manual},
		{"the installation's alone", func() { f.exec(t, "DELETE FROM suppressions WHERE org != ''") }, true, "subscribed", eligible.Installation},
		{"a number called invalid", func() { f.exec(t, "DELETE FROM suppressions"); suppress(org, reasonInvalid)() }, true, "subscribed", eligible.Invalid},
		{"an opt-out", func() { f.exec(t, "DELETE FROM suppressions"); suppress(org, reasonOptedOut)() }, true, "subscribed", eligible.OptedOut},
		{"a paused run", steer(message.RunPaused), false, "subscribed", eligible.OptedOut},
		{"a resumed run", steer(message.RunSending), true, "subscribed", eligible.OptedOut},
		{"a canceled run", steer(message.RunCanceled), false, "subscribed", eligible.OptedOut},
	} {
		c.happen()
		facts, _ := f.look(t, run.ID, run.Key, n, dispatch.Decision{Action: dispatch.Leave})
		got := []any{facts.RunFeeds, facts.Status, facts.Suppression}
		if diff := cmp.Diff([]any{c.feeds, c.status, c.kind}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestARowIsMarkedOnceHoweverOftenItIsFed(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, numbers[0])
	_, first := f.look(t, run.ID, run.Key, numbers[0], dispatch.Decision{Action: dispatch.Go})
	_, second := f.look(t, run.ID, run.Key, numbers[0], dispatch.Decision{Action: dispatch.Go})
	if first.Action != dispatch.Go || first.Attempt != 1 || second.Action != dispatch.Leave {
		t.Errorf("first %+v, second %+v", first, second)
	}
	if got := f.text(t, "SELECT n FROM sender_usage WHERE sender = {:sender}", dbx.Params{"sender": sender}); got != "1" {
		t.Errorf("the sender's day counts %s texts", got)
	}
}

func TestWhoSaysStopTwiceIsOnePerson(t *testing.T) {
	t.Parallel()
	f := open(t)
	run := f.run(t, numbers[0])
	f.look(t, run.ID, run.Key, numbers[0], dispatch.Decision{Action: dispatch.Go})
	stop := func(uuid string) {
		t.Helper()
		err := f.Receive(t.Context(), inbox.Arrival{
			Message: inbox.Message{UUID: uuid, From: numbers[0], Text: "STOP"}, Route: inbox.Route{Org: org, Sender: sender},
			Number: numbers[0], At: morning,
			Act: &ledger.Act{Org: org, Number: numbers[0], Action: consent.ActionRevoked, Method: consent.MethodReply, Text: "STOP"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		stop(fmt.Sprint("text ", i))
	}
	stop("text 0") // the webhook came again
	if got := f.text(t, "SELECT optedOut || ' ' || replies FROM runs", nil); got != "1 3" {
		t.Errorf("opted out and replies: %s, want 1 3", got)
	}
	if n := len(f.events(t, org)); n != 3 {
		t.Errorf("%d events in the ledger, want one a text", n)
	}
}
