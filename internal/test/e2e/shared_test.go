package e2e

import (
	"net/http"
	"strings"
	"testing"

	"tidings/hooks"
	"tidings/internal/test/apptest"
)

// Two servers on one data folder: the second serves, says that it does not
// send, and sends nothing.
func TestASecondServerOnTheFolderDoesNotSend(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(2)
	c := h.campaign()
	second := apptest.New(t, apptest.WithFolder(h.app.DataDir()), apptest.WithHooks(hooks.Options{}))
	res := second.Do("POST", "/api/sms/campaigns/"+c+"/send", h.editor.Token, h.org, map[string]any{})
	if res.Status != http.StatusServiceUnavailable || res.Code("server") != "another_process" {
		t.Errorf("the second server's answer to Send: %d %s", res.Status, res.Body)
	}
	if ready := second.Do("GET", "/readyz", "", "", nil); ready.Status != http.StatusServiceUnavailable {
		t.Errorf("the second server is ready: %s", ready.Body)
	}
	if n := h.finish(h.launch(c, nil)).GetInt("delivered"); n != 2 {
		t.Errorf("the first server delivered %d of 2", n)
	}
	h.reconcile()
}

// The second server's caches are from before the first ended: it does not take over by itself, and
// says what to do instead of what was.
func TestASecondServerSaysThatTheFirstHasEnded(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	c := h.campaign()
	folder := h.app.DataDir()
	second := apptest.New(t, apptest.WithFolder(folder), apptest.WithHooks(hooks.Options{}))
	says := func(words string) {
		t.Helper()
		ready := second.Do("GET", "/readyz", "", "", nil)
		send := second.Do("POST", "/api/sms/campaigns/"+c+"/send", h.editor.Token, h.org, map[string]any{})
		for _, res := range []apptest.Response{ready, send} {
			if res.Status != http.StatusServiceUnavailable || !strings.Contains(string(res.Body), words) {
				t.Errorf("%d %s, want it to say %q", res.Status, res.Body, words)
			}
		}
		if send.Code("server") != "another_process" {
			t.Errorf("Send is refused with %s", send.Body)
		}
	}
	says("stop one of them")
	h.app.Stop()
	says("restart this one")
	third := apptest.New(t, apptest.WithFolder(folder), apptest.WithHooks(hooks.Options{}))
	says("stop one of them")
	if ready := third.Do("GET", "/readyz", "", "", nil); strings.Contains(string(ready.Body), "another tidings process") {
		t.Errorf("a server that came after the first: %s", ready.Body)
	}
}

// A person says START, an editor only says that she did.
func TestNobodyElseTakesASTOPBack(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := mobile("646", 1)
	h.person(number)
	h.write(number, "STOP")
	h.until("she is out", func() bool { return h.status(number) == "unsubscribed" })
	for _, method := range []string{"keyword", "reply", "web_form", "paper"} {
		if res := h.consent(h.owner, number, "granted", method, "START"); res.Status != http.StatusConflict || res.Code("phoneNumber") != "opted_out" {
			t.Errorf("%s: %d %s", method, res.Status, res.Body)
		}
	}
	h.write(number, "START")
	h.until("she is back", func() bool { return h.status(number) == "subscribed" })
}

func TestASecondSendIsTheSameAnswerWhateverHappenedSince(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(2)
	c := h.campaign()
	run := h.launch(c, nil)
	h.finish(run)
	h.must(h.owner, "PATCH", "/api/collections/senders/records/"+h.sender, object{"enabled": false}, http.StatusOK)
	h.must(h.editor, "PATCH", "/api/collections/campaigns/records/"+c, object{"archived": true}, http.StatusOK)
	if res := h.send(c, nil); res.Status != http.StatusConflict || alreadySent(res) != run {
		t.Errorf("%d %s", res.Status, res.Body)
	}
}
