package browser

import (
	"fmt"
	"strings"
	"testing"
)

// stands are the names of PocketBase's dashboard that our pages use. It calls its extensions
// experimental: what moves in a release is to be found here.
var stands = []string{
	"t", "store", "watch", "uPlot", "uPlot.paths.bars", "app.pb", "app.pb.realtime.subscribe", "app.pb.send", "app.pb.buildURL",
	"app.store.headerLinks", "app.store.activeColorScheme", "app.store.superuser", "app.routes.superuserOnly",
	"app.routes.fallbackPath", "app.modals.openRecordUpsert", "app.modals.close", "app.fieldTypes.text.input",
	"app.toasts.success", "app.toasts.error", "app.checkApiError",
}

func TestCampaignIsSentFromTheDashboard(t *testing.T) {
	w, b := start(t), open(t)
	shop := w.fill(160, 40)
	w.signIn(b)

	b.goTo(w.url + "/_/")
	b.see(".tx-steps") // our page is where one lands
	for _, name := range stands {
		if got := ask[string](b, "typeof "+name); got == "undefined" {
			t.Errorf("PocketBase's dashboard no longer has %s", name)
		}
	}

	b.goTo(w.url + "/_/#/collections?collection=campaigns&record=" + shop.campaign)
	b.see(".record-upsert-modal .modal-footer .tx-send")
	b.until("the text is measured", `document.querySelector(".tx-measure strong")?.textContent === "1 segment"`)
	b.click(".tx-send")
	b.see(".tx-send-now")
	if got, want := b.text(".tx-send-now"), fmt.Sprintf("Send to %d people", shop.agreeing); got != want {
		t.Errorf("the button says %q, want %q", got, want)
	}
	if got, want := b.text(".tx-dialog .tx-reasons"), fmt.Sprint(shop.people-shop.agreeing); !strings.HasPrefix(got, want) || !strings.Contains(got, "have not agreed") {
		t.Errorf("left out: %q, want %s who have not agreed", got, want)
	}
	if got := b.text(".tx-dialog .tx-bubble"); !strings.HasPrefix(got, "Hi Ana,") {
		t.Errorf("the first sample is %q, want it filled in", got)
	}
	b.until("the dialog has come in", `document.querySelector(".tx-dialog").getAnimations().length === 0`)
	b.picture("estimate.png")

	b.click(".tx-send-now")
	b.until("the run's page opens", `location.hash.startsWith("#/texts/runs/")`)
	id := strings.TrimPrefix(ask[string](b, "location.hash"), "#/texts/runs/")
	b.see(".tx-pause")
	settled := `Number(document.querySelector(".tx-settled").textContent.replaceAll(",", ""))`
	b.until("the counters move", settled+fmt.Sprintf(" > %d", shop.people/2))
	b.until("the chart is drawn", `document.querySelector(".tx-chart canvas")?.width > 0`)
	b.picture("run.png")
	b.until("the run ends", `document.querySelector(".tx-status .tx-tag")?.classList.contains("success")`)
	var r run
	b.eventually("page and record agree", func() bool {
		r = w.run(id)
		return b.text(".tx-settled") == fmt.Sprint(r.settled()) &&
			ask[string](b, `document.querySelector("[data-state=delivered] strong").textContent`) == fmt.Sprint(r.Delivered)
	})
	if r.Recipients != shop.people || r.Skipped != shop.people-shop.agreeing || r.settled() != r.Recipients || r.Delivered == 0 {
		t.Errorf("the run ended as %+v, want %d recipients, %d of them skipped, all settled", r, shop.people, shop.people-shop.agreeing)
	}
	if left := ask[int](b, `document.querySelectorAll(".tx-pause, .tx-resume, .tx-cancel").length`); left != 0 {
		t.Errorf("a finished run still shows %d buttons", left)
	}

	phones := b.beside()
	phones.goTo(w.url + "/simulator/")
	phones.see("#grid .card")
	if got := phones.text("#grid"); !strings.Contains(got, "autumn picks are in") {
		t.Errorf("the phones show %.200q, want the campaign's text", got)
	}
	phones.picture("phones.png")

	// Nobody gets it twice.
	b.goTo(w.url + "/_/#/texts/campaigns")
	b.click(".tx-campaign .tx-send")
	b.see(".tx-send-rest")
	if text := b.text(".tx-dialog .tx-notice"); !strings.Contains(text, "was sent before") {
		t.Errorf("the second Send says %q", text)
	}
	b.calm()
	phones.calm()
}

func TestRunIsPausedResumedAndCanceled(t *testing.T) {
	w, b := start(t), open(t)
	w.fill(60, 2) // half a minute: the test ends it before
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts/campaigns")
	b.click(".tx-campaign .tx-send")
	b.click(".tx-send-now")
	b.click(".tx-pause")
	b.see(".tx-resume")
	id := strings.TrimPrefix(ask[string](b, "location.hash"), "#/texts/runs/")
	if got := w.run(id).Status; got != "paused" {
		t.Errorf("the run is %q, want paused", got)
	}
	b.click(".tx-resume")
	b.see(".tx-pause")
	b.click(".tx-cancel")
	b.click(".tx-dialog .tx-yes")
	b.until("the run is canceled", `document.querySelector(".tx-status .tx-tag")?.classList.contains("danger")`)
	b.eventually("nothing waits any more", func() bool {
		r := w.run(id)
		return r.Status == "canceled" && r.settled() == r.Recipients
	})
	b.until("the reason is shown", `!!document.querySelector("[data-reason=canceled]")`)
	b.calm()
}

// A run that rests says why, before it is sent and while it does.
func TestTheDailyLimitIsToldBeforeAndAfterSend(t *testing.T) {
	w, b := start(t), open(t)
	w.fill(5, 10)
	var senders struct{ Items []struct{ ID string } }
	w.call("GET", "/api/collections/senders/records", nil, &senders)
	w.call("PATCH", "/api/collections/senders/records/"+senders.Items[0].ID, map[string]any{"dailyCap": 2}, nil)
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts/campaigns")
	b.click(".tx-campaign .tx-send")
	if got := b.text(".tx-dialog .tx-notice"); got != "The sender's daily limit of 2 spreads it over 3 days." {
		t.Errorf("the last look says %q", got)
	}
	b.click(".tx-send-now")
	b.until("the page says why nothing goes out",
		`document.querySelector(".tx-sentence")?.textContent.startsWith("Nothing goes out at the moment: the sender's daily limit of 2 is used up; goes on tomorrow")`)
	b.calm()
}

func TestConsentIsRecordedFromTheDashboard(t *testing.T) {
	w, b := start(t), open(t)
	id := w.make("subscribers", map[string]any{"phoneNumber": "+12125550123", "firstName": "Ana"})
	w.signIn(b)
	b.goTo(w.url + "/_/#/collections?collection=subscribers&record=" + id)
	b.click(".tx-why")
	b.see(".tx-verdicts .no")
	if got := b.text(".tx-verdicts .no"); !strings.Contains(got, "Consent") {
		t.Errorf("refused by %q, want the consent", got)
	}
	b.click(".tx-dialog-foot .btn")
	b.click(".tx-consent")
	b.write(".tx-dialog textarea", "Yes, text me. Reply STOP to end.")
	b.click(".tx-dialog-foot .btn:last-child")
	b.until("the dialog closes", `!document.querySelector(".tx-dialog")`)
	var s struct{ Status string }
	w.call("GET", "/api/collections/subscribers/records/"+id, nil, &s)
	if s.Status != "subscribed" {
		t.Errorf("the subscriber is %q, want subscribed", s.Status)
	}
	b.calm()
}
