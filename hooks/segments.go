package hooks

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/search"

	"tidings/internal/store"
)

// registerSegments checks a filter when it is saved, with PocketBase's own parser and resolver, so
// that a campaign never finds out at sending.
func registerSegments(app core.App) {
	bindNotUnique(app, "segments", "name")
	app.OnRecordValidate("segments").Bind(&hook.Handler[*core.RecordEvent]{
		Id: "tidingsSegment",
		Func: func(e *core.RecordEvent) error {
			filter := strings.TrimSpace(e.Record.GetString("filter"))
			e.Record.Set("filter", filter)
			if filter != "" {
				if err := checkFilter(e.App, filter); err != nil {
					return fault("filter", "bad_filter", fmt.Sprintf("This filter cannot be used: %v", err))
				}
			}
			return e.Next()
		},
	})
	app.OnRecordDelete("segments").Bind(&hook.Handler[*core.RecordEvent]{
		Id:       "tidingsSegmentInUse",
		Priority: -1000,
		Func: func(e *core.RecordEvent) error {
			// PocketBase would empty the campaign's segment, and its audience would become everybody
			// on its lists.
			n, err := e.App.CountRecords("campaigns", dbx.HashExp{"segment": e.Record.Id})
			if err != nil {
				return fmt.Errorf("count the campaigns of the segment: %w", err)
			}
			if n > 0 {
				return refuse(http.StatusBadRequest, "segment", "segment_in_use",
					"A campaign uses this segment, and without it would reach more people. Take it out of the campaign first")
			}
			return e.Next()
		},
	})
}

// checkFilter compiles a filter over subscribers and has SQLite prepare the query. The empty org
// matches no row, so nothing is read.
func checkFilter(app core.App, filter string) error {
	c, err := app.FindCachedCollectionByNameOrId("subscribers")
	if err != nil {
		return fmt.Errorf("find subscribers: %w", err)
	}
	resolver := core.NewRecordFieldResolver(app, c, nil, true)
	resolver.SetAllowedFields(store.SegmentFields())
	expr, err := search.FilterData(filter).BuildExpr(resolver)
	if err != nil {
		return err
	}
	q := app.RecordQuery(c).Select("subscribers.id").AndWhere(dbx.HashExp{"subscribers.org": ""}).AndWhere(expr)
	if err := resolver.UpdateQuery(q); err != nil {
		return err
	}
	var ids []string
	return q.Limit(1).Column(&ids)
}
