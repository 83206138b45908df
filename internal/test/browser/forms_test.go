package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tidings/internal/command/demo"
)

// A new shop makes everything that its first campaign needs on our own pages, typing into every form.
func TestFirstStepsAreMadeOnThePages(t *testing.T) {
	w, b := start(t), open(t)
	var senders struct{ Items []struct{ ID string } }
	w.call("GET", "/api/collections/senders/records", nil, &senders)
	for _, s := range senders.Items { // the sandbox brings one along
		w.call("PATCH", "/api/collections/senders/records/"+s.ID, map[string]any{"enabled": false}, nil)
	}
	w.make("subscribers", map[string]any{"phoneNumber": "+16465550123", "consentMethod": "paper", "consentText": "Yes, text me."})
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts")
	next := ".tx-step.next .btn"
	save := ".tx-dialog-foot .btn:last-child"
	done := func(n int) {
		t.Helper()
		b.until("the step is done", fmt.Sprintf(`!document.querySelector(".tx-dialog") && document.querySelectorAll(".tx-step.done").length === %d`, n))
	}
	b.see(".tx-steps")
	done(1)
	b.click(next)
	b.write(".tx-dialog input[name=name]", "Shop number")
	b.write(".tx-dialog input[name=number]", "+1 646 555 0100")
	b.click(save)
	done(2)
	b.click(next)
	b.write(".tx-dialog input[name=name]", "Regulars")
	b.click(save)
	done(3)
	b.click(next)
	b.write(".tx-dialog input[name=name]", "Autumn reading")
	b.write(".tx-dialog textarea[name=messageBody]", "Our autumn picks are in. Reply STOP to end.")
	b.until("the text is measured", `document.querySelector(".tx-dialog .tx-measure strong")?.textContent === "1 segment"`)
	b.click(save)
	done(4)
	var made struct {
		Items []struct {
			Name, MessageBody, Sender string
			Lists                     []string
		}
	}
	w.call("GET", "/api/collections/campaigns/records", nil, &made)
	if len(made.Items) != 1 || made.Items[0].Name != "Autumn reading" ||
		made.Items[0].MessageBody != "Our autumn picks are in. Reply STOP to end." || made.Items[0].Sender == "" || len(made.Items[0].Lists) != 1 {
		t.Errorf("the campaign is %+v", made.Items)
	}
	b.calm()
}

// Somebody else presses Send while the form is open: what it says then is read where it was chosen. After
// the end the plan is open again, and the text is not.
func TestAPlanIsNotChangedUnderItsRun(t *testing.T) {
	w, b := start(t), open(t)
	shop := w.fill(5, 5)
	w.call("PATCH", "/api/collections/campaigns/records/"+shop.campaign, map[string]any{"sendAt": demo.Opens.Add(time.Hour)}, nil)
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts/campaigns")
	edit, save := ".tx-campaign .tx-edit", ".tx-dialog-foot .btn:last-child"
	b.click(edit)
	b.see(".tx-dialog .tx-choice-many input")
	var sent struct{ RunID string }
	w.call("POST", "/api/sms/campaigns/"+shop.campaign+"/send", nil, &sent)
	b.click(".tx-dialog .tx-choice-many input")
	b.click(save)
	if got := b.text(".tx-dialog .tx-choice-many .txt-danger"); !strings.Contains(got, "Cancel the run") {
		t.Errorf("the refusal says %q", got)
	}
	b.click(".tx-dialog-foot .tx-first")
	b.until("the run can not be edited away", `!document.querySelector(".tx-edit")`)
	w.call("POST", "/api/sms/runs/"+sent.RunID+"/cancel", nil, nil)
	b.click(edit)
	if !ask[bool](b, `document.querySelector(".tx-dialog textarea[name=messageBody]").readOnly`) {
		t.Error("the text of a campaign that was sent can be written over")
	}
	b.click(".tx-dialog .tx-choice-many input")
	b.click(save)
	b.until("it is saved", `!document.querySelector(".tx-dialog")`)
	var c struct{ Lists []string }
	if w.call("GET", "/api/collections/campaigns/records/"+shop.campaign, nil, &c); len(c.Lists) != 0 {
		t.Errorf("the lists are %v", c.Lists)
	}
	b.calm()
}
