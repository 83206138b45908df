package simulator_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

func TestEveryFateEndsWhereTheTableSays(t *testing.T) {
	t.Parallel()
	for _, fate := range append(simulator.Fates(), simulator.Fate{Suffix: "00", State: "delivered", Line: "mobile"}) {
		t.Run(fate.Suffix, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				b := start(t, simulator.Config{})
				number := "141555501" + fate.Suffix
				uuid := b.text("+"+number, "Hello", "/s/1").uuids(t)[0]
				b.idle()
				r := b.sim.Ledger().Accepted()[0]
				if r.State != fate.State || r.Code != fate.Code {
					t.Errorf("ended %s %d, want %s %d", r.State, r.Code, fate.State, fate.Code)
				}
				failed := fate.State == "failed"
				if (r.CostMicros == 0) != failed || r.HandedOver.IsZero() != failed {
					t.Errorf("charged %d, handed over %v", r.CostMicros, r.HandedOver)
				}
				want := []string{"queued", "sent", fate.State}
				switch fate.State {
				case "failed":
					want = []string{"queued", "failed"}
				case "sent":
					want = want[:2]
				}
				if diff := cmp.Diff(want, b.app.statuses("/s/1")); diff != "" {
					t.Error(diff)
				}
				if hooks := b.app.hooks("/s/1"); fate.Code != 0 {
					if code, _ := strconv.Atoi(hooks[len(hooks)-1].Form.Get("ErrorCode")); code != fate.Code {
						t.Errorf("callback says %d", code)
					}
				}
				if record := b.call("GET", account("Message/"+uuid+"/"), ""); record.body["message_state"] != fate.State {
					t.Errorf("record: %s", record.raw)
				}
				look := b.call("GET", "/v1/Number/+"+number+"?type=carrier", "")
				if line := look.body["carrier"].(map[string]any)["type"]; line != fate.Line {
					t.Errorf("lookup says %v", line)
				}
				replies := b.sim.Ledger().Inbound()
				if (fate.Reply == "") != (len(replies) == 0) || len(replies) == 1 && replies[0].Text != fate.Reply {
					t.Errorf("replies: %+v", replies)
				}
			})
		})
	}
}

func TestFatesNeedAFictionalNumber(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"+1 415 555 0150": "landline", "(1) 212-555-0150": "landline", "+1 212 556 0150": "reached", "+44 7700 900150": "reached", "14155550250": "reached",
	} {
		if got := simulator.FateOf(number).Name; got != want {
			t.Errorf("%s: %s, want %s", number, got, want)
		}
	}
}

func TestAwayPhoneIsBackForTheSecondText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		for range 2 {
			b.text("14155550180", "Hello", "/s/1").uuids(t)
			b.idle()
		}
		got := b.sim.Ledger().Accepted()
		if got[0].State != "undelivered" || got[1].State != "delivered" {
			t.Errorf("%s, %s", got[0].State, got[1].State)
		}
	})
}

func TestScriptedPhoneDoesNotAnswerTheAnswerToItsAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		for range 5 {
			b.text("14155550192", "Hello", "/s/1").uuids(t)
			b.idle()
		}
		if got := b.sim.Ledger().Inbound(); len(got) != 1 {
			t.Errorf("answered %d times within a minute", len(got))
		}
	})
}

func TestOwnRepliesComeBeforeTheTable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.sim.NextReply(func(h simulator.Handed) (string, bool) { return "re: " + h.Text, h.Dst == "14155550191" })
		b.text("14155550191", "one", "/s/1").uuids(t)
		b.text("14155550192", "two", "/s/2").uuids(t)
		b.idle()
		got := map[string]string{}
		for _, in := range b.sim.Ledger().Inbound() {
			got[in.From] = in.Text
		}
		if diff := cmp.Diff(map[string]string{"14155550191": "re: one", "14155550192": "HELP"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestReadmeHasTheFateTable(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range simulator.Fates() {
		if !strings.Contains(string(readme), "| "+f.Suffix+" | "+f.Name) {
			t.Errorf("README.md lacks %s, %s", f.Suffix, f.Name)
		}
	}
}
