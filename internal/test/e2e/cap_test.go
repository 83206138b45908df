package e2e

import (
	"net/http"
	"testing"
	"time"
)

// Florida allows three marketing texts in 24 hours, New York any number.
func TestTheTextsOfADayAreCounted(t *testing.T) {
	t.Parallel()
	h := openHouse(t, func(s *setup) { s.at = time.Date(2026, 8, 18, 16, 0, 0, 0, time.UTC) })
	florida, newYork := mobile("305", 1), mobile("212", 1)
	id := h.person(florida)
	h.person(newYork)
	for range 3 {
		h.finish(h.launch(h.campaign(), nil))
		if err := h.sandbox.Clock.AdvanceTo(h.sandbox.Clock.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	// What she asks for is answered all the same, and does not count.
	h.write(florida, "HELP")
	campaign := h.campaign()
	estimate := h.must(h.viewer, "POST", "/api/sms/campaigns/"+campaign+"/estimate", nil, http.StatusOK).JSON()
	if excluded, _ := estimate["excluded"].(map[string]any); estimate["recipients"] != 1.0 || excluded["frequency_cap"] != 1.0 {
		t.Errorf("the estimate: %v", estimate)
	}
	answer := h.must(h.viewer, "GET", "/api/sms/subscribers/"+id+"/eligibility", nil, http.StatusOK).JSON()
	if answer["allowed"] != false || answer["reason"] != "frequency_cap" {
		t.Errorf("eligibility: %v", answer)
	}
	// The first of the three left at 16:00; a day later there is room again, inside the hours.
	next, err := time.Parse("2006-01-02 15:04:05.000Z", answer["nextAllowedAt"].(string))
	first := time.Date(2026, 8, 19, 16, 0, 0, 0, time.UTC)
	if err != nil || next.Before(first) || next.After(first.Add(time.Minute)) {
		t.Errorf("the next moment is %v", answer["nextAllowedAt"])
	}
	run := h.finish(h.launch(campaign, nil))
	if m := h.message(run.Id, florida); m.GetString("status") != "skipped" || m.GetString("reason") != "frequency_cap" {
		t.Errorf("the fourth text to Florida: %s %s", m.GetString("status"), m.GetString("reason"))
	}
	if m := h.message(run.Id, newYork); m.GetString("status") != "delivered" {
		t.Errorf("the fourth text to New York: %s", m.GetString("status"))
	}
	// Asked again from what the row kept, the answer is the same.
	d := h.must(h.viewer, "GET", "/api/sms/messages/"+h.message(run.Id, florida).Id+"/decision", nil, http.StatusOK).JSON()
	if d["decided"] != true || d["reason"] != "frequency_cap" {
		t.Errorf("asked again: %v", d)
	}
	if err := h.sandbox.Clock.AdvanceTo(next); err != nil {
		t.Fatal(err)
	}
	run = h.finish(h.launch(h.campaign(), nil))
	if m := h.message(run.Id, florida); m.GetString("status") != "delivered" {
		t.Errorf("a day later: %s %s", m.GetString("status"), m.GetString("reason"))
	}
}

// The organisation's own limit holds everywhere, and over runs that overlap.
func TestTheOrganisationsOwnLimitHoldsAcrossRuns(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.must(h.owner, "PATCH", "/api/collections/organizations/records/"+h.org, object{"frequencyCap": 2}, http.StatusOK)
	number := mobile("212", 1)
	h.person(number)
	// The last two count on the same two: planned together, judged one after the other.
	var runs []string
	for range 4 {
		c := h.campaign(object{"sendAt": wire(noon.Add(time.Hour))})
		runs = append(runs, h.launch(c, nil))
	}
	if err := h.sandbox.Clock.AdvanceTo(noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	delivered, capped := 0, 0
	for _, run := range runs {
		h.finish(run)
		switch m := h.message(run, number); {
		case m.GetString("status") == "delivered":
			delivered++
		case m.GetString("reason") == "frequency_cap":
			capped++
		}
	}
	if delivered != 2 || capped != 2 || h.texted(number) != 2 {
		t.Errorf("%d delivered, %d over the limit, %d texts", delivered, capped, h.texted(number))
	}
}
