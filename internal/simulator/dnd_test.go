package simulator_test

import (
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

func inject(t *testing.T, b *bench, from, to, text string) string {
	t.Helper()
	uuid, err := b.sim.Inject(from, to, text)
	if err != nil {
		t.Fatal(err)
	}
	b.idle()
	return uuid
}

// state sends one text and tells where it ended.
func ends(t *testing.T, b *bench, from, to string) string {
	t.Helper()
	b.send(map[string]any{"src": from, "dst": to, "text": "Hello"}).uuids(t)
	b.idle()
	all := b.sim.Ledger().Accepted()
	return all[len(all)-1].State
}

func TestKeywordsAsPlivoReadsThem(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"STOP": "optout", "stop": "optout", "Stop \n": "optout", "end": "optout", "QUIT": "optout", "Cancel": "optout",
		"unsubscribe": "optout", "UNSUB": "optout", "stop all": "optout",
		"START": "optin", "yes": "optin", "Resume": "optin", "UNSTOP": "optin", "go": "optin", "HELP": "help", "info": "help",
		"Stop it!": "", " STOP": "", "STOP.": "", "REVOKE": "", "hello": "",
	}
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.sim.SetInbound("", hookBase+"/in")
		for text, want := range cases {
			uuid := inject(t, b, reachable, sender, text)
			hooks := b.app.hooks("/in")
			form := hooks[len(hooks)-1].Form
			diff := cmp.Diff(url.Values{
				"MessageUUID": {uuid}, "From": {reachable}, "To": {sender}, "Text": {text}, "Type": {"sms"}, "Units": {"1"},
				"TotalRate": {"0.00000"}, "TotalAmount": {"0.00000"}, "PowerpackUUID": {""}, "MessageIntent": {want},
			}, form)
			if diff != "" {
				t.Errorf("%q: %s", text, diff)
			}
		}
	})
}

func TestStopBlocksThatPersonAndThatSenderOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		const other, otherPhone = "12125550101", "12125550124"
		inject(t, b, reachable, sender, "STOP")
		<-time.After(6 * time.Minute) // over the grace
		for name, c := range map[string]struct{ from, to, want string }{
			"the person": {sender, reachable, "failed"}, "another sender": {other, reachable, "delivered"}, "another person": {sender, otherPhone, "delivered"},
		} {
			if got := ends(t, b, c.from, c.to); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
		if diff := cmp.Diff(map[int]int64{200: 1}, b.sim.Ledger().Codes()); diff != "" {
			t.Error(diff)
		}
		inject(t, b, reachable, sender, "START")
		if got := ends(t, b, sender, reachable); got != "delivered" {
			t.Errorf("after START: %s", got)
		}
	})
}

func TestOneMessageWithinFiveMinutesOfAStopIsLetThrough(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		inject(t, b, reachable, sender, "STOP")
		<-time.After(4 * time.Minute)
		if got := ends(t, b, sender, reachable); got != "delivered" {
			t.Errorf("first: %s", got)
		}
		if got := ends(t, b, sender, reachable); got != "failed" {
			t.Errorf("second: %s", got)
		}
	})
}

func TestStopToOneNumberOfACampaignBlocksAllOfThem(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{Campaigns: map[string]string{sender: "C1", "12125550101": "C1"}})
		inject(t, b, reachable, sender, "STOP")
		<-time.After(6 * time.Minute)
		if got := ends(t, b, "12125550101", reachable); got != "failed" {
			t.Errorf("%s", got)
		}
	})
}

func TestPlivoAnswersKeywordsItselfOnLongCodesOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		b.sim.SetInbound("", hookBase+"/in")
		for _, text := range []string{"STOP", "HELP", "START", "hello"} {
			inject(t, b, reachable, sender, text)
			inject(t, b, reachable, "55555", text)
		}
		l := b.sim.Ledger()
		if got := l.AutoReplies(); len(got) != 3 || got[0].Src != sender || got[0].Dst != reachable {
			t.Errorf("%+v", got)
		}
		if len(l.Accepted()) != 0 || l.CostMicros() != 0 {
			t.Error("an automatic answer is booked as one of ours")
		}
		for _, h := range b.app.hooks("/in") {
			if h.Form.Get("To") == "55555" && h.Form.Get("MessageIntent") != "" {
				t.Error("a keyword to a short code was read")
			}
		}
	})
}

func TestLongAgoOptedOutPhoneNeedsStart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		if got := ends(t, b, sender, "14155550199"); got != "failed" {
			t.Errorf("before: %s", got)
		}
		inject(t, b, "14155550199", sender, "START")
		if got := ends(t, b, sender, "14155550199"); got != "delivered" {
			t.Errorf("after: %s", got)
		}
	})
}

func TestInboundGoesToTheNumbersOwnAddressElseTheDefault(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		b := start(t, simulator.Config{})
		inject(t, b, reachable, sender, "lost")
		b.sim.SetInbound("", hookBase+"/default")
		b.sim.SetInbound("+12125550101", hookBase+"/own")
		inject(t, b, reachable, sender, "a")
		inject(t, b, reachable, "12125550101", "b")
		if len(b.app.hooks("/default")) != 1 || len(b.app.hooks("/own")) != 1 {
			t.Error("not one each")
		}
		if b.app.hooks("/own")[0].Header.Get("X-Plivo-Signature-V2") == "" {
			t.Error("not signed")
		}
		got := b.sim.Ledger().Inbound()
		if !got[0].Acknowledged.IsZero() || got[1].Acknowledged.IsZero() {
			t.Error("acknowledgement times are wrong")
		}
	})
}

func TestInjectRefusesNonsense(t *testing.T) {
	t.Parallel()
	b := start(t, simulator.Config{})
	for _, c := range [][3]string{{"123", sender, "x"}, {"phone", sender, "x"}, {reachable, "TIDINGS", "x"}, {reachable, sender, ""}} {
		if _, err := b.sim.Inject(c[0], c[1], c[2]); err == nil {
			t.Errorf("%v was taken", c)
		}
	}
}
