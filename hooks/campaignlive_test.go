package hooks_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

func TestACampaignDoesNotChangeUnderALiveRun(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	when := func(d time.Duration) string { return noon.Add(d).Format("2006-01-02 15:04:05.000Z") }
	sender := func(number string) string {
		return m.make("senders", map[string]any{"name": "S", "kind": "long_code", "number": number}).String("id")
	}
	first, second := sender("+12125550100"), sender("+12125550199")
	news := m.make("lists", map[string]any{"name": "News"}).String("id")
	offers := m.make("lists", map[string]any{"name": "Offers"}).String("id")
	segment := m.make("segments", map[string]any{"name": "All", "filter": "state = 'NY'"}).String("id")
	id := m.make("campaigns", map[string]any{"name": "C", "messageBody": "Hi", "sender": first, "lists": []string{news, offers},
		"sendAt": when(time.Hour), "expiresAt": when(5 * time.Hour)}).String("id")
	run := m.Insert("runs", dbx.Params{"org": m.org, "key": "aaaaa", "campaign": id, "status": "scheduled"})

	changes := map[string]any{"sender": second, "lists": []string{news}, "segment": segment, "everyone": true,
		"sendAt": when(2 * time.Hour), "expiresAt": when(6 * time.Hour)}
	for _, status := range []string{"scheduled", "queued", "sending", "waiting", "paused"} {
		m.Exec("UPDATE runs SET status = {:status} WHERE id = {:id}", dbx.Params{"status": status, "id": run})
		for field, value := range changes {
			want(t, status+": "+field, m.change("campaigns", id, map[string]any{field: value}), 400, field, "campaign_has_run")
		}
		want(t, status+": sendAt cleared", m.change("campaigns", id, map[string]any{"sendAt": ""}), 400, "sendAt", "campaign_has_run")
		want(t, status+": lists cleared", m.change("campaigns", id, map[string]any{"lists": []string{}}), 400, "lists", "campaign_has_run")
		want(t, status+": what is there already", m.change("campaigns", id, map[string]any{"sender": first, "lists": []string{offers, news},
			"segment": "", "everyone": false, "sendAt": when(time.Hour), "expiresAt": when(5 * time.Hour)}), 200, "", "")
		want(t, status+": what the run does not take", m.change("campaigns", id, map[string]any{"name": status, "archived": status == "queued"}), 200, "", "")
	}
	all := m.change("campaigns", id, changes)
	for field := range changes {
		want(t, "all at once", all, 400, field, "campaign_has_run")
	}
	m.Exec("UPDATE campaigns SET sendAt = {:at} WHERE id = {:id}", dbx.Params{"at": when(-time.Hour), "id": id})
	want(t, "after its time", m.change("campaigns", id, map[string]any{"name": "D", "sendAt": when(-time.Hour)}), 200, "", "")

	for _, status := range []string{"finished", "canceled"} {
		m.Exec("UPDATE runs SET status = {:status} WHERE id = {:id}", dbx.Params{"status": status, "id": run})
		want(t, status, m.change("campaigns", id, changes), 200, "", "")
		want(t, status+": back", m.change("campaigns", id, map[string]any{"sender": first, "lists": []string{news, offers}, "segment": "", "everyone": false,
			"sendAt": when(time.Hour), "expiresAt": when(5 * time.Hour)}), 200, "", "")
	}
}
