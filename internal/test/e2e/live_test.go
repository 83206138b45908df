package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// follow reads one member's events of a topic until the one that is wanted, and returns its record.
func (s *stream) follow(t *testing.T, topic string, wanted func(action string, record object) bool) {
	t.Helper()
	for {
		e := s.next(t)
		if e.name != topic {
			continue
		}
		var told struct {
			Action string
			Record object
		}
		if err := json.Unmarshal([]byte(e.data), &told); err != nil {
			t.Fatalf("event %s: %v", e.data, err)
		}
		if wanted(told.Action, told.Record) {
			return
		}
	}
}

func TestMembersWatchTheirRunsAndTextsLive(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	n := mobile("646", 1)
	h.person(n)
	other := h.app.Member(h.app.Org("Borealis"), "owner")
	topics := []string{"runs/*", "messages/*", "subscribers/*", "lists/*"}
	mine := connect(t, h.url, h.viewer.Token, h.org, topics)
	theirs := connect(t, h.url, other.Token, other.Org, topics)
	sneaky := connect(t, h.url, other.Token, h.org, topics)

	run := h.launch(h.campaign(), nil)
	mine.follow(t, "runs/*", func(action string, r object) bool { return action == "create" && r["id"] == run })
	mine.follow(t, "runs/*", func(action string, r object) bool {
		return action == "update" && r["id"] == run && r["status"] == "finished" && r["recipients"] == 1.0
	})
	h.finish(run)
	h.write(n, "Do you deliver?")
	mine.follow(t, "messages/*", func(action string, r object) bool {
		if r["direction"] != "inbound" {
			t.Errorf("an outbound text was told of: %v", r["id"])
		}
		return action == "create" && r["body"] == "Do you deliver?" && r["phoneNumber"] == n
	})
	h.write(n, "STOP")
	mine.follow(t, "subscribers/*", func(action string, r object) bool { return action == "update" && r["status"] == "unsubscribed" })

	// What somebody else sees first is what is his own: all that was told before did not reach him.
	// A list of each organisation: the one who names ours though he is not of it sees neither.
	h.create("lists", object{"name": "Ours"})
	h.must(other, "POST", "/api/collections/lists/records", object{"org": other.Org, "name": "Theirs"}, http.StatusOK)
	e := theirs.next(t)
	if e.name != "lists/*" || !strings.Contains(e.data, `"Theirs"`) {
		t.Errorf("a member of another organisation was told of %s: %s", e.name, e.data)
	}
	select {
	case e := <-sneaky.events:
		t.Errorf("one who names ours was told of %s: %s", e.name, e.data)
	default:
	}
}
