package e2e

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tidings/internal/test/apptest"
)

// A segment asks about lists by their fields as well as about the person. Each
// answers as the record API answers to the same filter.
func TestASegmentMeansWhatItsFilterMeansInTheAPI(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	fans := h.create("lists", object{"name": "Fans"})
	others := h.create("lists", object{"name": "Others"})
	h.person(mobile("646", 1), object{"lists": []string{fans}, "attributes": object{"city": "Rome"}})
	h.person(mobile("646", 2), object{"lists": []string{others}})
	h.person(mobile("646", 3), object{"lists": []string{fans, others}, "state": "CA"})
	h.person(mobile("646", 4))
	for _, c := range []struct {
		filter string
		want   float64
	}{
		{`lists.name ?= "Fans"`, 2},
		{`lists.name ?~ "fan"`, 2},
		{`lists.id ?= "` + fans + `"`, 2},
		{`lists ~ "` + others + `"`, 2},
		{`lists:length = 0`, 1},
		{`attributes.city = "Rome"`, 1},
		{`state = "CA" && lists.name ?= "Others"`, 1},
	} {
		segment := h.create("segments", object{"name": unique("Segment"), "filter": c.filter})
		campaign := h.campaign(object{"everyone": false, "segment": segment})
		res := h.must(h.viewer, "POST", "/api/sms/campaigns/"+campaign+"/estimate", nil, http.StatusOK)
		if got := res.JSON()["recipients"]; got != c.want {
			t.Errorf("%s: the estimate says %v, want %v", c.filter, got, c.want)
		}
	}
}

func TestASegmentWithoutAFilterIsNobodysWish(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	segment := h.create("segments", object{"name": "Blank"})
	if res := h.send(h.campaign(object{"everyone": false, "segment": segment}), nil); res.Status != http.StatusBadRequest || res.Code("segment") != "audience_required" {
		t.Errorf("%d %s", res.Status, res.Body)
	}
}

func TestARunSaysWhenItsSenderIsSwitchedOff(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.rate = 5 })
	numbers := h.people(30)
	run := h.launch(h.campaign(), nil)
	h.until("some are out", func() bool { return h.out() >= 2 })
	path := "/api/collections/senders/records/" + h.sender
	if res := h.call(h.owner, "DELETE", path, nil); res.Status != http.StatusBadRequest || res.Code("sender") != "sender_in_use" {
		t.Errorf("delete a sender that a run needs: %d %s", res.Status, res.Body)
	}
	h.must(h.owner, "PATCH", path, object{"enabled": false}, http.StatusOK)
	paused := h.becomes(run, "paused")
	if by, why := paused.GetString("pausedBy"), paused.GetString("pauseReason"); by != "system" || !strings.Contains(why, "switched off") {
		t.Errorf("paused by %q because %q", by, why)
	}
	h.must(h.owner, "PATCH", path, object{"enabled": true, "ratePerSecond": 1000}, http.StatusOK)
	h.steer(run, "resume")
	if n := h.finish(run).GetInt("delivered"); n != len(numbers) {
		t.Errorf("%d delivered, want %d", n, len(numbers))
	}
	h.reconcile()
}

func TestWhoIsDeletedWhileWaitingGetsNothing(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	gone := h.person("+18085550101")
	h.person("+18085550102")
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "waiting")
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+gone, nil, http.StatusNoContent)
	if err := h.sandbox.Clock.Advance(5 * time.Hour); err != nil {
		t.Fatal(err)
	}
	h.finish(run)
	if m := h.message(run, "+18085550101"); m.GetString("status") != "skipped" || m.GetString("reason") != "no_consent" {
		t.Errorf("the deleted person's text is %s %s", m.GetString("status"), m.GetString("reason"))
	}
	h.reconcile()
}

func TestWhatIsNoDateIsRefusedAndNotTakenForAtOnce(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for field, value := range map[string]any{"sendAt": "garbage", "expiresAt": "tomorrow"} {
		res := h.call(h.editor, "POST", "/api/collections/campaigns/records", object{
			"org": h.org, "name": "Dated", "messageBody": "Hi", "sender": h.sender, "everyone": true, field: value,
		})
		if res.Status != http.StatusBadRequest || res.Code(field) != "validation_invalid_date" {
			t.Errorf("%s %v: %d %s", field, value, res.Status, res.Body)
		}
	}
	for _, value := range []any{"", nil} {
		h.must(h.editor, "POST", "/api/collections/campaigns/records", object{
			"org": h.org, "name": unique("Undated"), "messageBody": "Hi", "sender": h.sender, "everyone": true, "sendAt": value,
		}, http.StatusOK)
	}
}

func TestASuperuserLiftsWhatHoldsForTheWholeInstallation(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := mobile("646", 1)
	h.person(number)
	root := h.app.Superuser()
	h.must(root, "POST", "/api/collections/suppressions/records", object{"phoneNumber": number, "reason": "opted_out"}, http.StatusOK)
	h.write(number, "START") // nor does the person lift it
	if res := h.consent(h.owner, number, "granted", "operator", "asked us in writing"); res.Status != http.StatusConflict || res.Code("phoneNumber") != "suppressed" {
		t.Errorf("an owner lifts it: %d %s", res.Status, res.Body)
	}
	if res := h.consent(apptest.Person{Token: root.Token, Org: h.org}, number, "granted", "operator", "asked us in writing"); res.Status != http.StatusOK || res.String("status") != "subscribed" {
		t.Errorf("a superuser lifts it: %d %s", res.Status, res.Body)
	}
	if n := h.count("SELECT COUNT(*) FROM suppressions"); n != 0 {
		t.Errorf("%d suppressions are left", n)
	}
}

func TestThePhonesOpenUnderThisMachinesNamesAlone(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for host, want := range map[string]int{"": http.StatusOK, "localhost:8090": http.StatusOK, "evil.example.com": http.StatusNotFound} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+"/simulator/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			req.Host = host
		}
		if res := h.do(req); res.Status != want {
			t.Errorf("host %q: %d, want %d", host, res.Status, want)
		}
	}
}

func TestAnEstimateForNewPeopleLeavesOutWhomARunHasReached(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(3)
	c := h.campaign()
	h.finish(h.launch(c, nil))
	h.person(mobile("718", 44))
	for body, want := range map[string]float64{`{}`: 4, `{"newOnly": true}`: 1} {
		if got := h.must(h.viewer, "POST", "/api/sms/campaigns/"+c+"/estimate", body, http.StatusOK).JSON()["recipients"]; got != want {
			t.Errorf("%s: %v recipients, want %v", body, got, want)
		}
	}
}

func TestANumberThatTheNetworkCallsInvalidGetsNoMoreTexts(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	landline := mobile("646", 50)
	id := h.person(landline)
	h.person(mobile("646", 1))
	h.finish(h.launch(h.campaign(), nil))
	h.until("she is invalid", func() bool { return h.status(landline) == "invalid" })
	if res := h.consent(h.owner, landline, "granted", "paper", "Yes"); res.String("status") != "invalid" {
		t.Errorf("a grant made the number work: %s", res.Body)
	}
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+id, nil, http.StatusNoContent)
	h.person(landline)
	if got := h.status(landline); got != "invalid" {
		t.Errorf("made anew she is %s", got)
	}
	run := h.launch(h.campaign(), nil)
	h.finish(run)
	if m := h.message(run, landline); m.GetString("status") != "skipped" || m.GetString("reason") != "invalid_number" {
		t.Errorf("the next campaign's text is %s %s", m.GetString("status"), m.GetString("reason"))
	}
	h.write(landline, "START") // whoever writes has a number that works
	h.until("she is back", func() bool { return h.status(landline) == "subscribed" })
	h.reconcile()
}
