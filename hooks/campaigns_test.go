package hooks_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

func TestCampaignsAreChecked(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	when := func(d time.Duration) string { return noon.Add(d).Format("2006-01-02 15:04:05.000Z") }
	for _, tc := range []struct {
		name        string
		data        map[string]any
		status      int
		field, code string
	}{
		{"at once", map[string]any{}, 200, "", ""},
		{"later", map[string]any{"sendAt": when(time.Hour), "expiresAt": when(2 * time.Hour)}, 200, "", ""},
		{"now", map[string]any{"sendAt": when(0)}, 200, "", ""},
		{"in the past", map[string]any{"sendAt": when(-time.Second)}, 400, "sendAt", "send_at_past"},
		{"expired before", map[string]any{"sendAt": when(2 * time.Hour), "expiresAt": when(time.Hour)}, 400, "expiresAt", "expires_before_send"},
		{"expired already", map[string]any{"expiresAt": when(-time.Hour)}, 400, "expiresAt", "expires_at_past"},
		{"no text", map[string]any{"messageBody": ""}, 400, "messageBody", "validation_required"},
		{"a long text", map[string]any{"messageBody": strings.Repeat("a", 1601)}, 400, "messageBody", "validation_max_text_constraint"},
		{"the longest text", map[string]any{"messageBody": strings.Repeat("a", 1600)}, 200, "", ""},
		{"no name", map[string]any{"name": ""}, 400, "name", "validation_required"},
	} {
		body := map[string]any{"name": "C", "messageBody": "Hello"}
		for k, v := range tc.data {
			body[k] = v
		}
		want(t, tc.name, m.make("campaigns", body), tc.status, tc.field, tc.code)
	}
	got := m.make("campaigns", map[string]any{"name": "C", "messageBody": "Hello {{firstName"})
	if got.Status != 400 || got.Code("messageBody") == "" {
		t.Errorf("a field that is not closed: %d %s", got.Status, got.Body)
	}
}

func TestAnOldCampaignKeepsItsTimes(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	id := m.make("campaigns", map[string]any{"name": "C", "messageBody": "Hi"}).String("id")
	m.Exec("UPDATE campaigns SET sendAt = '2026-01-01 10:00:00.000Z', expiresAt = '2026-01-02 10:00:00.000Z' WHERE id = {:id}",
		dbx.Params{"id": id})
	want(t, "rename", m.change("campaigns", id, map[string]any{"name": "D", "sendAt": "2026-01-01 10:00:00.000Z"}), 200, "", "")
	want(t, "set it again", m.change("campaigns", id, map[string]any{"sendAt": "2026-01-01 11:00:00.000Z"}), 400, "sendAt", "send_at_past")
}

func TestASentCampaignKeepsItsText(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	id := m.make("campaigns", map[string]any{"name": "C", "messageBody": "Hi"}).String("id")
	want(t, "before", m.change("campaigns", id, map[string]any{"messageBody": "Hello"}), 200, "", "")
	m.Insert("runs", dbx.Params{"org": m.org, "key": "aaaaa", "campaign": id, "status": "finished"})
	want(t, "text", m.change("campaigns", id, map[string]any{"messageBody": "Bye"}), 400, "messageBody", "campaign_has_run")
	want(t, "the same text", m.change("campaigns", id, map[string]any{"messageBody": "Hello", "name": "D"}), 200, "", "")
	want(t, "archive", m.change("campaigns", id, map[string]any{"archived": true}), 200, "", "")
	for name, token := range map[string]string{"owner": m.owner.Token, "superuser": m.root_.Token} {
		want(t, name+" deletes", m.remove("campaigns", id, token), 400, "campaign", "campaign_has_run")
	}
	fresh := m.make("campaigns", map[string]any{"name": "E", "messageBody": "Hi"}).String("id")
	want(t, "delete a plan", m.remove("campaigns", fresh, m.editor.Token), 204, "", "")
}
