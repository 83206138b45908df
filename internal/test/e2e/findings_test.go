package e2e

import (
	"net/http"
	"strings"
	"testing"
)

func TestAnEstimateSaysWhatCouldBeBetterAboutTheText(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.people(1)
	h.must(h.owner, "PATCH", "/api/collections/organizations/records/"+h.org, object{"brand": "Bean"}, http.StatusOK)
	for text, want := range map[string]string{
		"Bean: half price today. Reply STOP to opt out": `"findings":[]`,
		"Half price today, tinyurl.com/x":               `"code":"url_shortener"`,
	} {
		c := h.campaign(object{"messageBody": text})
		if res := h.must(h.viewer, "POST", "/api/sms/campaigns/"+c+"/estimate", object{}, http.StatusOK); !strings.Contains(string(res.Body), want) {
			t.Errorf("%q: %s, want %s", text, res.Body, want)
		}
	}
}
