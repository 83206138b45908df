package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"
)

// stream is one realtime connection.
type stream struct {
	id     string
	events chan event
}

type event struct{ name, data string }

// connect opens a realtime connection and subscribes. options are put into every topic when not empty.
func connect(t *testing.T, base, token, org string, topics []string) *stream {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", base+"/api/realtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	s := &stream{events: make(chan event, 1000)}
	go s.read(res)
	first := s.next(t)
	var hello struct{ ClientID string }
	if err := json.Unmarshal([]byte(first.data), &hello); err != nil || hello.ClientID == "" {
		t.Fatalf("the first event is %v (%v)", first, err)
	}
	s.id = hello.ClientID

	body, err := json.Marshal(map[string]any{"clientId": s.id, "subscriptions": topics})
	if err != nil {
		t.Fatal(err)
	}
	req, err = http.NewRequestWithContext(ctx, "POST", base+"/api/realtime", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	if org != "" {
		req.Header.Set("X-Org", org)
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusNoContent {
		t.Fatalf("subscribe: %d", answer.StatusCode)
	}
	return s
}

func (s *stream) read(res *http.Response) {
	defer close(s.events)
	var e event
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ":")
		switch key {
		case "event":
			e.name = value
		case "data":
			e.data = value
		case "":
			if e.name != "" {
				s.events <- e
			}
			e = event{}
		}
	}
}

func (s *stream) next(t *testing.T) event {
	t.Helper()
	select {
	case e, ok := <-s.events:
		if !ok {
			t.Fatal("the connection ended")
		}
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("no event in 20 s")
	}
	return event{}
}

// until collects the names of the events up to the one called last.
func (s *stream) until(t *testing.T, last string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for {
		e := s.next(t)
		if e.name == last {
			return seen
		}
		seen[e.name] = true
	}
}

// touch makes an update event of a row, as a save or as the engine does after its SQL.
func (w *world) touch(t *testing.T, collection, id string) {
	t.Helper()
	r := w.app.Record(collection, id)
	if _, engine := map[string]bool{"runs": true, "imports": true, "messages": true, "consent_events": true, "suppressions": true, "reviews": true}[collection]; !engine {
		if err := w.app.Save(r); err != nil {
			t.Fatalf("save %s: %v", collection, err)
		}
		return
	}
	e := &core.ModelEvent{App: w.app.BaseApp, Context: context.Background(), Type: core.ModelEventTypeUpdate}
	e.Model = r
	if err := w.app.OnModelAfterUpdateSuccess().Trigger(e); err != nil {
		t.Fatalf("trigger %s: %v", collection, err)
	}
}

func TestRealtimeKeepsOrganisationsApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	base := w.app.Listen()

	rows, topics := map[string]string{}, []string{}
	for name, e := range contract {
		rows[name] = e.row(w, w.a)
		topics = append(topics, name+"/*")
	}

	type watcher struct {
		p      principal
		h      header
		stream *stream
	}
	var watchers []watcher
	for _, p := range w.principals {
		for _, h := range w.headers() {
			watchers = append(watchers, watcher{p, h, connect(t, base, p.token, h.value, topics)})
		}
	}

	// PocketBase hands events to goroutines, so one may still be on its way when the mark that follows
	// it is sent. Nothing of the first round is still on its way at the end of the second.
	seen := make([]map[string]bool, len(watchers))
	for round := range 2 {
		for name, id := range rows {
			w.touch(t, name, id)
		}
		mark := fmt.Sprintf("round-%d", round)
		for i, wa := range watchers {
			c, err := w.app.SubscriptionsBroker().ClientById(wa.stream.id)
			if err != nil {
				t.Fatal(err)
			}
			c.Send(subscriptions.Message{Name: mark, Data: []byte("{}")})
			got := wa.stream.until(t, mark)
			if seen[i] == nil {
				seen[i] = map[string]bool{}
			}
			for name := range got {
				seen[i][name] = true
			}
		}
	}
	for i, wa := range watchers {
		want := map[string]bool{}
		for name, e := range contract {
			if e.sees(w, wa.p, wa.h, w.a) {
				want[name+"/*"] = true
			}
		}
		if diff := cmp.Diff(want, seen[i]); diff != "" {
			t.Errorf("%s, header %s (-want +got):\n%s", wa.p.name, wa.h.name, diff)
		}
	}
}

func TestASubscriptionsOwnHeaderWins(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	base := w.app.Listen()
	list := w.app.Create("lists", map[string]any{"org": w.a, "name": "L"}).Id
	editor := w.principals[1]
	topic := func(org string) string {
		return `lists/*?options={"headers":{"X-Org":"` + org + `"}}`
	}
	right := connect(t, base, editor.token, w.b, []string{topic(w.a)})
	wrong := connect(t, base, editor.token, w.a, []string{topic(w.b), "lists/" + list})
	for range 2 {
		w.touch(t, "lists", list)
	}
	if got := right.next(t); got.name != topic(w.a) {
		t.Errorf("the topic that names the organisation got %v", got)
	}
	for range 2 {
		if got := wrong.next(t); got.name != "lists/"+list {
			t.Errorf("got %v; the topic that names another organisation gets nothing", got)
		}
	}
}
