package e2e

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"tidings/internal/test/apptest"
)

// ledgerOf is what the ledger says of a number, oldest first.
func (h *house) ledgerOf(number string) []string {
	h.t.Helper()
	var actions []string
	if err := h.app.DB().NewQuery("SELECT action FROM consent_events WHERE org = {:org} AND phoneNumber = {:n} ORDER BY seq").
		Bind(dbx.Params{"org": h.org, "n": number}).Column(&actions); err != nil {
		h.t.Fatal(err)
	}
	return actions
}

func (h *house) forget(subscriber string) {
	h.t.Helper()
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+subscriber, nil, http.StatusNoContent)
}

func (h *house) page200(path, number string) string {
	h.t.Helper()
	res := h.page(path)
	body := string(res.Body)
	if res.Status != http.StatusOK || !strings.Contains(body, number[len(number)-4:]) || strings.Contains(body, number) {
		h.t.Fatalf("the page of %s: %d %s", number, res.Status, body)
	}
	return body
}

var stop = url.Values{"do": {"stop"}}

func wantDone(t *testing.T, what string, res apptest.Response) {
	t.Helper()
	if res.Status != http.StatusOK || !strings.Contains(string(res.Body), "You will get no more texts") {
		t.Errorf("%s: %d %s", what, res.Status, res.Body)
	}
}

// The shop deletes her record; the link in her texts still opts her out.
func TestTheWayOutOutlivesTheRecord(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	list := h.create("lists", object{"name": "n1", "publicName": "Newsletter"})
	number := mobile("646", 1)
	id := h.person(number, object{"lists": []string{list}})
	path := h.ownPage(number)
	h.forget(id)
	if body := h.page200(path, number); !strings.Contains(body, "Stop all texts") || strings.Contains(body, "Newsletter") {
		t.Errorf("without a record the page shows %s", body)
	}
	if res := h.fill(path, url.Values{"do": {"choose"}, "list": {list}}); res.Status != http.StatusOK || !strings.Contains(string(res.Body), "Nothing was changed") {
		t.Errorf("a choice without a record: %d %s", res.Status, res.Body)
	}
	wantDone(t, "the opt-out", h.fill(path, stop))
	if got := h.ledgerOf(number); len(got) != 2 || got[1] != "revoked" {
		t.Errorf("the ledger says %v", got)
	}
	s, err := h.app.FindFirstRecordByData("suppressions", "phoneNumber", number)
	if err != nil || s.GetString("reason") != "opted_out" || s.GetString("org") != h.org {
		t.Fatalf("the suppression is %v (%v)", s, err)
	}
	if body := h.page200(path, number); strings.Contains(body, "Stop all texts") {
		t.Error("after the opt-out the page offers it again")
	}
	// Whoever makes her anew finds her out.
	h.create("subscribers", object{"phoneNumber": number})
	if got := h.status(number); got != "unsubscribed" {
		t.Errorf("made anew she is %q", got)
	}
}

// The number was imported again, under another id: the old link is about who is there now.
func TestTheOldLinkIsAboutTheNewRecord(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	list := h.create("lists", object{"name": "n1", "publicName": "Newsletter"})
	number := mobile("646", 1)
	path := h.ownPageOf(number)
	fresh := h.person(number)
	if body := h.page200(path, number); !strings.Contains(body, "Newsletter") {
		t.Errorf("the page shows %s", body)
	}
	h.fill(path, url.Values{"do": {"choose"}, "list": {list}})
	if got := h.app.Record("subscribers", fresh).GetStringSlice("lists"); len(got) != 1 {
		t.Errorf("the new record is on %v", got)
	}
	wantDone(t, "the opt-out", h.fill(path, stop))
	if got := h.status(number); got != "unsubscribed" {
		t.Errorf("the new record is %q", got)
	}
	for _, forged := range []string{path[:len(path)-2] + "xx", "/p/" + fresh + ".", "/p/nobody000000001.AAAAAAAAAAAAAAAAAAAAAA"} {
		if res := h.fill(forged, stop); res.Status != http.StatusNotFound || !strings.Contains(string(res.Body), "There is no such page") {
			t.Errorf("%s: %d %s", forged, res.Status, res.Body)
		}
	}
}

// ownPageOf is the link of somebody whose record is gone.
func (h *house) ownPageOf(number string) string {
	h.t.Helper()
	id := h.person(number)
	path := h.ownPage(number)
	h.forget(id)
	return path
}

func TestTheWayOutIsWrittenOnce(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := mobile("646", 1)
	id := h.person(number)
	path := h.ownPage(number)
	for range 3 {
		wantDone(t, "pressed", h.fill(path, stop))
	}
	h.forget(id)
	wantDone(t, "pressed without a record", h.fill(path, stop))
	if got := h.ledgerOf(number); len(got) != 2 {
		t.Errorf("the ledger says %v", got)
	}
	h.write(number, "START")
	h.until("she is back", func() bool { return len(h.ledgerOf(number)) == 3 })
	wantDone(t, "pressed after START", h.fill(path, stop))
	if got := h.ledgerOf(number); len(got) != 4 || got[3] != "revoked" {
		t.Errorf("the ledger says %v", got)
	}
}
