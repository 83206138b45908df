package hooks_test

import (
	"errors"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

// facts inserts one row of each collection that the engine owns.
func (m *team) facts() map[string]string {
	return map[string]string{
		"consent_events": m.Insert("consent_events", dbx.Params{"org": m.org, "seq": 1, "phoneNumber": "+12125550123", "action": "granted", "method": "api"}),
		"runs":           m.Insert("runs", dbx.Params{"org": m.org, "key": "aaaaa", "campaign": "none", "status": "sending"}),
		"reviews":        m.Insert("reviews", dbx.Params{"org": m.org, "phoneNumber": "+12125550123", "status": "open"}),
		"imports":        m.Insert("imports", dbx.Params{"org": m.org, "status": "running"}),
		"messages":       m.Insert("messages", dbx.Params{"org": m.org, "direction": "outbound", "status": "queued"}),
	}
}

func TestNobodyWritesFactsThroughRecords(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for name, id := range m.facts() {
		path := "/api/collections/" + name + "/records"
		want(t, "create "+name, m.Do("POST", path, m.root_.Token, "", m.with(map[string]any{
			"status": "finished", "key": "bbbbb", "direction": "inbound", "phoneNumber": "+12125550124", "action": "granted", "method": "api",
		})), 403, "collection", "engine_owned")
		want(t, "update "+name, m.Do("PATCH", path+"/"+id, m.root_.Token, "", map[string]any{"status": "finished"}),
			403, "collection", "engine_owned")
		want(t, "delete "+name, m.Do("DELETE", path+"/"+id, m.root_.Token, "", nil), 403, "collection", "engine_owned")
		want(t, "an owner's update of "+name, m.change(name, id, map[string]any{"status": "finished"}), 403, "", "")

		var refused *router.ApiError
		if err := m.SaveNoValidate(m.Record(name, id)); !errors.As(err, &refused) {
			t.Errorf("our own code saved a record of %s: %v", name, err)
		}
		if err := m.TruncateCollection(m.collection(t, name)); err == nil {
			t.Errorf("our own code emptied %s", name)
		}
	}
}

func TestNobodyChangesTheCollectionsOfFacts(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	for name, id := range m.facts() {
		c := m.collection(t, name)
		for _, ref := range []string{name, c.Id} {
			path := "/api/collections/" + ref
			want(t, "edit "+ref, m.Do("PATCH", path, m.root_.Token, "", map[string]any{"deleteRule": "", "name": "renamed"}),
				403, "collection", "engine_owned")
			want(t, "drop "+ref, m.Do("DELETE", path, m.root_.Token, "", nil), 403, "collection", "engine_owned")
			want(t, "empty "+ref, m.Do("DELETE", path+"/truncate", m.root_.Token, "", nil), 403, "collection", "engine_owned")
			want(t, "import "+ref, m.Do("PUT", "/api/collections/import", m.root_.Token, "", map[string]any{
				"collections": []any{map[string]any{"id": c.Id, "name": "renamed", "type": "base", "fields": []any{}}},
			}), 403, "collection", "engine_owned")
		}
		m.Record(name, id)
	}
	want(t, "import that drops the rest", m.Do("PUT", "/api/collections/import", m.root_.Token, "", map[string]any{
		"deleteMissing": true, "collections": []any{map[string]any{"name": "only", "type": "base"}},
	}), 403, "deleteMissing", "engine_owned")
}

func TestOtherCollectionsStayEditable(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	want(t, "edit", m.Do("PATCH", "/api/collections/segments", m.root_.Token, "", map[string]any{"deleteRule": nil}), 200, "", "")
	want(t, "empty", m.Do("DELETE", "/api/collections/segments/truncate", m.root_.Token, "", nil), 204, "", "")
	want(t, "a guest's truncate", m.Do("DELETE", "/api/collections/runs/truncate", "", "", nil), 401, "", "")
}

func TestOrganisationsAndListsAreArchivedInstead(t *testing.T) {
	t.Parallel()
	m := newTeam(t)
	list := m.Create("lists", map[string]any{"org": m.org, "name": "L"}).Id
	want(t, "delete the list", m.remove("lists", list, m.root_.Token), 400, "list", "archive_instead")
	want(t, "delete the organisation", m.remove("organizations", m.other, m.root_.Token), 400, "org", "archive_instead")
	want(t, "empty the lists", m.Do("DELETE", "/api/collections/lists/truncate", m.root_.Token, "", nil), 400, "", "")
	want(t, "archive the list", m.change("lists", list, map[string]any{"archived": true}), 200, "", "")
	m.Record("lists", list)
	m.Record("organizations", m.other)
}

func (m *team) collection(t *testing.T, name string) *core.Collection {
	t.Helper()
	c, err := m.FindCollectionByNameOrId(name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
