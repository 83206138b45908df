package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/importer"
	"tidings/internal/rules/consent"
)

// TestAFewRowsAmongManyPeople imports three rows whose numbers lie far apart: between them is more than is read in one go,
// of people, of what is suppressed, and of what the first of them said before.
func TestAFewRowsAmongManyPeople(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := 1; i < 40; i++ {
		number := fmt.Sprintf("+121255501%02d", i)
		d.Create("subscribers", map[string]any{"org": d.org, "phoneNumber": number})
		d.suppress(d.org, number, "opted_out")
		d.suppress("", number, "our own staff")
	}
	for range 5 {
		d.say("+12125550100", consent.ActionRevoked)
		d.say("+12125550100", consent.ActionGranted) // the last word
	}
	d.Create("subscribers", map[string]any{"org": d.org, "phoneNumber": "+12125550160", "firstName": "Bo"})
	d.say("+12125550198", consent.ActionGranted)
	d.say("+12125550198", consent.ActionRevoked)
	d.suppress(d.org, "+12125550199", "asked by mail")
	im := d.do("phone,firstName\n2125550199,Di\n2125550100,Ann\n2125550198,Cy\n2125550160,Bob\n", d.order(func(o *importer.Order) {
		o.ConsentMethod, o.ConsentText = "keyword", "said so"
	}))
	if diff := cmp.Diff(importer.Progress{Rows: 4, Done: 4, Created: 1, Updated: 1, Rejected: 2}, im.Progress); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"2 2125550199 suppressed", "4 2125550198 opted_out"}, d.rejects(im.ID)); diff != "" {
		t.Error(diff)
	}
	got := d.statuses()
	if got["+12125550100"] != "subscribed" || got["+12125550160"] != "subscribed" || got["+12125550120"] == "subscribed" || len(got) != 41 {
		t.Errorf("%d people; %v", len(got), got)
	}
	// 0100 said the same words before, so only 0160 has an event more.
	if n := d.count("consent_events"); n != 10+2+1 {
		t.Errorf("%d events, want 13", n)
	}
	bo, err := d.FindFirstRecordByData("subscribers", "phoneNumber", "+12125550160")
	if err != nil || bo.GetString("firstName") != "Bo" {
		t.Errorf("%v %v", bo, err)
	}
}
