package browser

import (
	"fmt"
	"testing"
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
