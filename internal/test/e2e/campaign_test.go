package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/simulator"
)

// fates are numbers with a fate of their own and what their rows end as.
var fates = map[string]string{
	mobile("646", 20): "undelivered 20",
	mobile("646", 30): "undelivered 30",
	mobile("646", 42): "failed 420",
	mobile("646", 45): "failed 450",
	mobile("646", 50): "undelivered 50",
	mobile("646", 55): "delivered ",
	mobile("646", 60): "sent ",
	mobile("646", 70): "undelivered 70",
	mobile("646", 80): "undelivered 80",
	mobile("646", 91): "delivered ",
	mobile("646", 92): "delivered ",
	mobile("646", 93): "delivered ",
	mobile("646", 94): "delivered ",
	mobile("646", 99): "failed 200",
	mobile("646", 1):  "delivered ",
}

func TestACampaignEndsWithEveryRecipientInTheStateThatTheProviderKnows(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*setup){
		"quiet network": func(*setup) {},
		"receipts doubled, disordered, badly signed": func(s *setup) {
			s.simulator.Faults = simulator.Faults{
				DuplicateCallback: 0.4, ReorderCallback: 0.4, WrongSignature: 0.1, DoubleSignature: 0.1,
			}
		},
		"only the older signature": func(s *setup) {
			s.simulator.NoV3 = true
			s.simulator.Faults = simulator.Faults{DuplicateCallback: 0.3, WrongSignature: 0.1}
		},
		"receipts before the answer": func(s *setup) {
			s.simulator.Faults = simulator.Faults{CallbackBeforeResponse: 0.6}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openHouse(t, change)
			for number := range fates {
				h.person(number, object{"firstName": "Ann"})
			}
			h.create("subscribers", object{"phoneNumber": mobile("917", 1)}) // no consent
			c := h.campaign(object{"messageBody": "Hi {{firstName}}, coffee is half price."})
			run := h.finish(h.launch(c, nil))

			got := map[string]string{}
			for number := range fates {
				m := h.message(run.Id, number)
				got[number] = m.GetString("status") + " " + m.GetString("errorCode")
			}
			if diff := cmp.Diff(fates, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if m := h.message(run.Id, mobile("917", 1)); m.GetString("reason") != "no_consent" {
				t.Errorf("somebody without consent: %s %s", m.GetString("status"), m.GetString("reason"))
			}
			if n := run.GetInt("recipients"); n != len(fates)+1 {
				t.Errorf("%d recipients, want %d", n, len(fates)+1)
			}
			for _, r := range h.sandbox.Ledger().Accepted() {
				if r.Text != "Hi Ann, coffee is half price." {
					t.Fatalf("the phone got %q", r.Text)
				}
			}
			// One STOP, one HELP, one START and one text in her own words came back.
			if run.GetInt("optedOut") != 1 || run.GetInt("replies") != 4 {
				t.Errorf("optedOut %d, replies %d, want 1 and 4", run.GetInt("optedOut"), run.GetInt("replies"))
			}
			// The provider's word that somebody opted out, or that a number is dead, stays.
			for number, status := range map[string]string{
				mobile("646", 91): "unsubscribed", mobile("646", 99): "unsubscribed", mobile("646", 93): "subscribed",
			} {
				if s, err := h.app.FindFirstRecordByData("subscribers", "phoneNumber", number); err != nil || s.GetString("status") != status {
					t.Errorf("subscriber %s is %v (%v), want %s", number, s.GetString("status"), err, status)
				}
			}
		})
	}
}

func TestTheReportTellsWhatTheRowsSay(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for number := range fates {
		h.person(number)
	}
	h.create("subscribers", object{"phoneNumber": mobile("917", 1)})
	run := h.finish(h.launch(h.campaign(), nil))
	res := h.must(h.viewer, "GET", "/api/sms/runs/"+run.Id+"/report", nil, http.StatusOK)
	body := res.JSON()
	codes := map[string]bool{}
	for _, e := range body["errors"].([]any) {
		one := e.(map[string]any)
		codes[one["code"].(string)] = true
		if strings.TrimSpace(one["meaning"].(string)) == "" || strings.TrimSpace(one["remedy"].(string)) == "" {
			t.Errorf("error %v has no plain words", one["code"])
		}
	}
	for _, want := range []string{"20", "30", "420", "450", "50", "70", "80", "200"} {
		if !codes[want] {
			t.Errorf("the report leaves code %s out", want)
		}
	}
	skipped := body["skipped"].([]any)
	if len(skipped) != 1 || skipped[0].(map[string]any)["reason"] != "no_consent" {
		t.Errorf("skipped: %v", skipped)
	}
	sum := 0.0
	for _, p := range body["series"].([]any) {
		sum += p.(map[string]any)["n"].(float64)
	}
	if sum != float64(len(fates)) {
		t.Errorf("the series adds up to %v requests, want %d", sum, len(fates))
	}
	if got := body["run"].(map[string]any)["id"]; got != run.Id {
		t.Errorf("the report is of run %v", got)
	}
}
