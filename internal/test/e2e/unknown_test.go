package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tidings/internal/simulator"
	"tidings/internal/test/invariants"
)

// lose makes the simulator take the next text, cut the answer off, and never call back.
func (h *house) lose() {
	h.sandbox.ScriptAPI(simulator.APIResetAfter)
	h.sandbox.ScriptCallbacks(simulator.CallbackDrop, simulator.CallbackDrop, simulator.CallbackDrop)
}

func TestTheListSettlesWhatNoReceiptSettled(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	number := h.people(1)[0]
	h.lose()
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	if got := h.message(run, number).GetString("status"); got != "unknown" {
		t.Fatalf("the row is %s before anybody asks", got)
	}
	if err := h.sandbox.Clock.Advance(3 * time.Minute); err != nil {
		t.Fatal(err)
	}
	h.until("the list settles the row", func() bool { return h.message(run, number).GetString("status") == "delivered" })
	if n := h.texted(number); n != 1 {
		t.Errorf("%d texts went to one person", n)
	}
	h.finish(run)
}

func TestAnOperatorResendsWhatNobodyKnows(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	numbers := h.people(3)
	for range numbers {
		h.lose()
	}
	run := h.launch(h.campaign(), nil)
	h.becomes(run, "finished")
	h.idle()
	path := "/api/sms/runs/" + run + "/resend-unknown"
	var report struct {
		Unknown struct {
			Count    int
			NewestAt string
			Rows     []struct{ PhoneNumber string }
			Resends  []struct {
				Name string
				N    int
			}
			Doubles, DoubleCostMicros int
		}
	}
	read := func() {
		t.Helper()
		body := h.must(h.viewer, "GET", "/api/sms/runs/"+run+"/report", nil, http.StatusOK).Body
		if err := json.Unmarshal(body, &report); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if u := report.Unknown; u.Count != 3 || len(u.Rows) != 3 || !slices.Contains(numbers, u.Rows[0].PhoneNumber) || u.NewestAt == "" {
		t.Fatalf("the report says %+v", u)
	}
	if res := h.call(h.viewer, "POST", path, object{"confirm": 3}); res.Status != http.StatusForbidden {
		t.Errorf("a viewer: %d %s", res.Status, res.Body)
	}
	if res := h.call(h.editor, "POST", path, object{}); res.Status != http.StatusBadRequest || res.Code("confirm") != "confirm_required" {
		t.Errorf("without a count: %d %s", res.Status, res.Body)
	}
	res := h.call(h.editor, "POST", path, object{"confirm": 2})
	if res.Status != http.StatusConflict || res.Code("confirm") != "count_changed" || !strings.Contains(string(res.Body), `"params":{"count":3}`) {
		t.Errorf("with a wrong count: %d %s", res.Status, res.Body)
	}
	h.write(numbers[0], "STOP")
	if res := h.must(h.editor, "POST", path, object{"confirm": 3}, http.StatusOK); !strings.Contains(string(res.Body), `"resent":3`) {
		t.Errorf("with the right one: %s", res.Body)
	}
	h.becomes(run, "finished")
	h.idle()
	for i, n := range numbers {
		want, texts := "delivered", 2
		if i == 0 {
			want, texts = "unknown", 1 // the STOP came between
		}
		if got := h.message(run, n).GetString("status"); got != want || h.texted(n) != texts {
			t.Errorf("%s is %s after %d texts, want %s after %d", n, got, h.texted(n), want, texts)
		}
	}
	// The receipts of the first attempts come after all.
	for _, r := range h.sandbox.Ledger().Accepted()[:3] {
		if res := h.webhook(r.CallbackURL, statusForm(r.UUID, "delivered", 3), signed(v3)); res.Status != http.StatusOK {
			t.Fatalf("a late receipt: %d %s", res.Status, res.Body)
		}
	}
	read()
	if u := report.Unknown; u.Count != 0 || u.Doubles != 2 || u.DoubleCostMicros != 2*5500 || len(u.Resends) != 1 || u.Resends[0].N != 3 || !strings.Contains(u.Resends[0].Name, "@") {
		t.Errorf("in the end the report says %+v", u)
	}
	if res := h.call(h.editor, "POST", path, object{"confirm": 3}); res.Status != http.StatusConflict {
		t.Errorf("once more: %d %s", res.Status, res.Body)
	}
	h.audit()
}

// audit is reconcile where operators had texts sent again and receipts were lost.
func (h *house) audit() {
	h.t.Helper()
	resent := make(map[string]int)
	var rows []struct {
		Message string `db:"message"`
		N       int    `db:"n"`
	}
	if err := h.app.DB().NewQuery("SELECT message, COUNT(*) AS n FROM resends GROUP BY message").All(&rows); err != nil {
		h.t.Fatal(err)
	}
	for _, r := range rows {
		resent[r.Message] = r.N
	}
	for _, v := range invariants.Check(h.app.DB(), invariants.Options{
		Ledger: h.sandbox.Ledger(), Moment: invariants.AtRest, Resent: func(id string) int { return resent[id] },
	}) {
		h.t.Error(v)
	}
}
