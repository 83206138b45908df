package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// customers writes a file of 50 rows: one cannot be a number, one is there twice.
func customers(t *testing.T) string {
	t.Helper()
	var file strings.Builder
	file.WriteString("Mobile;firstName\n")
	for i := range 48 {
		fmt.Fprintf(&file, "(646) 555-01%02d;Ana\n", i)
	}
	file.WriteString("12;Nobody\n646.555.0100;Again\n")
	path := filepath.Join(t.TempDir(), "customers.csv")
	if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFileIsTriedAndThenImported(t *testing.T) {
	w, b := start(t), open(t)
	w.make("lists", map[string]any{"name": "Regulars", "optIn": "single"})
	w.signIn(b)
	b.goTo(w.url + "/_/#/texts/import")
	b.see(".tx-drop")
	b.do("choose a file", chromedp.SetUploadFiles("input[type=file]", []string{customers(t)}, chromedp.ByQuery))
	b.until("the column of numbers is found", `document.querySelector(".tx-peek th.tx-phone")?.textContent === "Mobile"`)
	b.do("say how they agreed", chromedp.SetValue("select[name=consentMethod]", "paper", chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelector("select[name=consentMethod]").dispatchEvent(new Event("change"))`, nil))
	const words = "Card at the till: yes, text me offers."
	b.write("textarea[name=consentText]", words)

	people := func() int {
		var found struct{ TotalItems int }
		w.call("GET", "/api/collections/subscribers/records?perPage=1", nil, &found)
		return found.TotalItems
	}
	b.click(".tx-dry")
	b.until("the try is over", `document.querySelector(".tx-import-row.current .tx-tag.success") !== null`)
	if got := people(); got != 0 {
		t.Fatalf("a try saved %d people", got)
	}
	b.click(".tx-import-now")
	b.until("the import is over",
		`document.querySelectorAll(".tx-import-row .tx-tag.success").length === 2`)
	if got := people(); got != 48 {
		t.Errorf("%d people came in, want 48", got)
	}
	var events struct {
		Items []struct{ Text, Method string }
	}
	w.call("GET", "/api/collections/consent_events/records?perPage=1", nil, &events)
	if e := events.Items[0]; e.Text != words || e.Method != "paper" {
		t.Errorf("the ledger says %q by %q, want the words as they were typed", e.Text, e.Method)
	}
	if got := b.text(".tx-import-row.current"); !strings.Contains(got, "48") || !strings.Contains(got, "rejected") {
		t.Errorf("the import says %q", got)
	}
	b.calm()
}
