package e2e

import (
	"net/http"
	"net/url"
	"testing"
)

// The text is stored with the run alone; whoever lists messages sees it all the same.
func TestTheMessagesOfARunShowWhatTheyShare(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n, object{"firstName": "Ann"})
	for text, want := range map[string]string{"Coffee is half price.": "Coffee is half price.", "Hi {{firstName}}!": "Hi Ann!"} {
		c := h.campaign(object{"name": text, "messageBody": text})
		run := h.finish(h.launch(c, nil))
		filter := url.QueryEscape(`run = "` + run.Id + `" && campaign = "` + c + `"`)
		page := h.must(h.viewer, "GET", "/api/collections/messages/records?skipTotal=1&filter="+filter, nil, http.StatusOK).JSON()
		items, _ := page["items"].([]any)
		if len(items) != 1 {
			t.Fatalf("the run has %d messages: %v", len(items), page)
		}
		if m := items[0].(map[string]any); m["body"] != want || m["campaign"] != c || m["encoding"] != "GSM_7" || m["phoneNumber"] != n {
			t.Errorf("the message shows %v, %v; want %q, %s", m["body"], m["campaign"], want, c)
		}
	}
}
