package e2e

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnEstimateIsNotBelowTheBillWhereACountryHasNoPrice(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	// Guam's number comes first, and the simulator's price list does not have it.
	for _, number := range []string{"+16715550101", "+12125550101", "+447400123456", "+4915112345678", "+33612345678"} {
		h.person(number)
	}
	campaign := h.campaign()
	estimate := h.must(h.viewer, "POST", "/api/sms/campaigns/"+campaign+"/estimate", nil, http.StatusOK).JSON()
	if diff := cmp.Diff([]any{"GU"}, estimate["unpricedCountries"]); diff != "" {
		t.Errorf("countries without a price (-want +got):\n%s", diff)
	}
	// As the simulator charges them.
	const likely, bill = 2*5_500 + 3*40_000, 2*(5_500+3_000) + 3*40_000
	if estimate["recipients"] != 5.0 || estimate["costMicros"] != float64(likely) {
		t.Errorf("%v people for %v, want 5 for %d", estimate["recipients"], estimate["costMicros"], likely)
	}
	if worst, _ := estimate["costWorstMicros"].(float64); worst < bill {
		t.Errorf("at most %v, and the bill is %d", worst, bill)
	}
}
