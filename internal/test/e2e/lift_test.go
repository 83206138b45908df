package e2e

import (
	"net/http"
	"testing"

	"github.com/pocketbase/dbx"
)

// What the team put on the list itself: one person's consent takes her off it, a file does not, however
// its consent is called.
func TestAFileLiftsNoDoNotText(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	rows := 0
	listed := func(number string) bool {
		return h.count("SELECT COUNT(*) FROM suppressions WHERE phoneNumber = '"+number+"'") == 1
	}
	put := func(reason string) string {
		rows++
		number := mobile("646", rows)
		h.person(number)
		h.create("suppressions", object{"phoneNumber": number, "reason": reason})
		return number
	}
	for _, reason := range []string{"", "complaint", "called us"} {
		filed := put(reason)
		if im := h.importFile(filed); im.GetInt("rejected") != 1 || !listed(filed) {
			t.Errorf("%q by a file: %d rejected, on the list: %v", reason, im.GetInt("rejected"), listed(filed))
		}
		reject, err := h.rejection(filed)
		if err != nil || reject != "suppressed" {
			t.Errorf("%q by a file: rejected as %q (%v)", reason, reject, err)
		}
		if a := h.consent(h.editor, filed, "granted", "import", "list of 2019"); a.Status != http.StatusConflict || a.Code("phoneNumber") != "suppressed" || !listed(filed) {
			t.Errorf("%q by what says that it is of a file: %d %s", reason, a.Status, a.Body)
		}
		// The same words about her alone.
		if a := h.consent(h.editor, filed, "granted", "paper", "I agree to get texts of Acme"); a.Status != http.StatusOK || listed(filed) {
			t.Errorf("%q by a card: %d %s, on the list: %v", reason, a.Status, a.Body, listed(filed))
		}
		if im := h.importFile(filed); im.GetInt("rejected") != 0 {
			t.Errorf("%q once she has agreed: %d rejected", reason, im.GetInt("rejected"))
		}
	}
	number := put("")
	id := h.must(h.viewer, "GET", "/api/collections/subscribers/records?filter=phoneNumber%3D%22%2B"+number[1:]+"%22", nil, http.StatusOK).IDs()
	h.must(h.editor, "DELETE", "/api/collections/subscribers/records/"+id[0], nil, http.StatusNoContent)
	if !listed(number) {
		t.Error("the list forgot her with her record")
	}
	if h.person(number); listed(number) {
		t.Error("a new record with her consent does not count as one about her")
	}
}

// rejection is the code of a number's rejected row.
func (h *house) rejection(number string) (code string, err error) {
	err = h.app.DB().NewQuery("SELECT code FROM import_errors WHERE phoneNumber = {:number}").
		Bind(dbx.Params{"number": number}).Row(&code)
	return code, err
}
