package store

import (
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/search"
)

// Lists that people and programs ask the record API for, in its own words.
func TestListsOfMessagesUseAnIndex(t *testing.T) {
	t.Parallel()
	f := open(t)
	messages, err := f.app.FindCachedCollectionByNameOrId("messages")
	if err != nil {
		t.Fatal(err)
	}
	for filter, index := range map[string]string{
		"run = 'x'":                      "idx_messages_run (run=?)",
		"run = 'x' && status = 'failed'": "idx_messages_run (run=?)",
		"phoneNumber = '+12125550123'":   "idx_messages_number (phoneNumber=?)",
		"org = 'o' && phoneNumber = '+12125550123' && run = ''": "idx_messages_number (phoneNumber=?)",
		"run = 'x' && phoneNumber = '+12125550123'":             "idx_messages_number (phoneNumber=?)",
		"org = 'o' && direction = 'inbound'":                    "idx_messages_inbox (org=?)",
		"status = 'unknown'":                                    "idx_messages_doubtful (status=?)",
		"id = 'x'":                                              "sqlite_autoindex_messages_1 (id=?)",
	} {
		resolver := core.NewRecordFieldResolver(f.app, messages, nil, true)
		expr, err := search.FilterData(filter).BuildExpr(resolver)
		if err != nil {
			t.Fatal(err)
		}
		built := f.app.ConcurrentDB().Select("messages.*").From("messages").AndWhere(expr).OrderBy("messages._rowid_ DESC").Limit(40).Build()
		var steps []struct {
			Detail string `db:"detail"`
		}
		if err := f.app.ConcurrentDB().NewQuery("EXPLAIN QUERY PLAN " + built.SQL()).Bind(built.Params()).All(&steps); err != nil {
			t.Fatal(err)
		}
		if len(steps) == 0 || !strings.Contains(steps[0].Detail, index) {
			t.Errorf("%s: %v, want %s", filter, steps, index)
		}
	}
}
