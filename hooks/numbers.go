package hooks

import (
	"math"
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// registerNumbers refuses what is no number where a number belongs. PocketBase would read it as 0, and
// a cap of 0 is none.
func registerNumbers(app core.App) {
	app.OnRecordCreateRequest(written...).Bind(&hook.Handler[*core.RecordRequestEvent]{Id: "tidingsCreateNumbers", Func: refuseNoNumbers})
	app.OnRecordUpdateRequest(written...).Bind(&hook.Handler[*core.RecordRequestEvent]{Id: "tidingsUpdateNumbers", Func: refuseNoNumbers})
}

func refuseNoNumbers(e *core.RecordRequestEvent) error {
	// As it was sent: in RequestInfo the values are converted already.
	body := make(map[string]any)
	if err := e.BindBody(&body); err != nil {
		return badBody(err)
	}
	for _, f := range e.Collection.Fields {
		if f.Type() != core.FieldTypeNumber {
			continue
		}
		for _, key := range []string{f.GetName(), f.GetName() + "+", f.GetName() + "-"} { // to set, add and take off
			given, ok := body[key]
			if !ok || isNumber(given) {
				continue
			}
			// PocketBase's own code for a number that is none.
			return refuse(http.StatusBadRequest, f.GetName(), "validation_not_a_number", "This is no number; write it in digits, such as 25 or 0.5")
		}
	}
	return e.Next()
}

// isNumber reports whether a value of a body is a number, a text that is one, or none: null, or the
// empty text of a field that somebody has cleared.
func isNumber(given any) bool {
	switch v := given.(type) {
	case nil, float64:
		return true
	case string:
		if v == "" {
			return true
		}
		n, err := strconv.ParseFloat(v, 64)
		return err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
	default:
		return false
	}
}
