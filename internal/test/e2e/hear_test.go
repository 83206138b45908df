package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// listens waits until the engine has asked, for the first time, what people wrote.
func (h *house) listens() {
	h.t.Helper()
	h.until("it listens", func() bool { return h.count("SELECT COUNT(*) FROM hearing") == 1 })
}

// The server is down for six hours of the night; the provider gave up the webhook of a STOP long before
// the texts of that run may leave.
func TestASTOPThatNobodyWasThereToHearIsHeardBeforeAnythingLeaves(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.at = noon.Add(-8 * time.Hour) }) // three in the morning
	h.listens()
	numbers := h.people(20)
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "waiting")
	h.app.Stop()
	first := numbers[0]
	h.write(first, "STOP")
	if got := h.sandbox.Ledger().Callbacks().GaveUp; got != 1 {
		t.Fatalf("%d webhooks were given up", got)
	}
	if err := h.sandbox.Clock.Advance(6 * time.Hour); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	h.finish(run)
	if m := h.message(run, first); m.GetString("reason") != "opted_out" || h.texted(first) != 0 || h.status(first) != "unsubscribed" {
		t.Errorf("who said STOP while the server was down: her row is %s %s, %d texts went to her, she is %s",
			m.GetString("status"), m.GetString("reason"), h.texted(first), h.status(first))
	}
	if got := h.settled(run); got["delivered"] != len(numbers)-1 {
		t.Errorf("the run is %v", got)
	}
}

// The server ends when its texts are accepted; the provider gives up their receipts.
func TestWhatBecameOfTextsWhileTheServerWasDownIsAskedFor(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.simulator.DeliverDelay = 5 * time.Second })
	h.listens()
	numbers := append(h.people(20), mobile("646", 30)) // the last is never delivered
	h.person(numbers[20])
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.app.Stop()
	h.idle()
	if err := h.sandbox.Clock.Advance(20 * time.Minute); err != nil {
		t.Fatal(err)
	}
	h.reopen()
	h.until("the list has told of all", func() bool {
		got := h.settled(run)
		return got["delivered"] == len(numbers)-1 && got["undelivered"] == 1
	})
	h.finish(run)
}

// The provider calls an address that is not ours.
func TestWhatNoWebhookBringsIsReadFromTheList(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.listens()
	ann, bob := mobile("646", 1), mobile("646", 2)
	h.person(ann)
	h.person(bob)
	h.sandbox.SetInbound("", "http://127.0.0.1:9/webhooks/plivo/inbound")
	h.write(ann, "STOP")
	h.write(bob, "HELP me, where are you?")
	if h.status(ann) != "subscribed" {
		t.Fatal("a webhook came")
	}
	if err := h.sandbox.Clock.Advance(16 * time.Minute); err != nil {
		t.Fatal(err)
	}
	h.until("the STOP is heard", func() bool { return h.status(ann) == "unsubscribed" })
	h.until("what else was written is there", func() bool {
		_, err := h.app.FindFirstRecordByFilter("messages", "direction = 'inbound' && phoneNumber = {:n}", dbx.Params{"n": bob})
		return err == nil
	})
	if h.status(bob) != "subscribed" {
		t.Errorf("who asked something is %s", h.status(bob))
	}
	h.until("a person is told", func() bool {
		a := h.must(h.viewer, "GET", "/readyz", nil, http.StatusOK)
		return strings.Contains(string(a.Body), "2 texts that people wrote did not come by webhook") &&
			strings.Contains(string(a.Body), "/webhooks/plivo/inbound")
	})
	if n := h.count("SELECT COUNT(*) FROM messages WHERE direction = 'outbound'"); n != 0 {
		t.Errorf("%d answers were sent to what was written sixteen minutes ago", n)
	}
	h.sandbox.SetInbound("", h.url+"/webhooks/plivo/inbound")
	h.write(ann, "START")
	if h.status(ann) != "subscribed" {
		t.Errorf("after START she is %s", h.status(ann))
	}
	if err := h.sandbox.Clock.Advance(16 * time.Minute); err != nil {
		t.Fatal(err)
	}
	h.until("it listens again", func() bool {
		return h.count("SELECT COUNT(*) FROM hearing WHERE until > missedAt") == 1
	})
	if h.status(ann) != "subscribed" {
		t.Errorf("after the old STOP was read again she is %s", h.status(ann))
	}
	h.reconcile()
}
