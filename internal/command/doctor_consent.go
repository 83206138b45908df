package command

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"tidings/internal/rules/consent"
)

// checkReviews looks for replies that may be opt-outs and wait too long: nothing is
// sent to those numbers, but the law's ten business days run.
func checkReviews(app core.App) []finding {
	if _, err := app.FindCollectionByNameOrId("reviews"); err != nil {
		return nil // the folder is new, or of an older version
	}
	var opened []struct {
		At types.DateTime `db:"opened"`
	}
	err := app.ConcurrentDB().Select("opened").From("reviews").Where(dbx.HashExp{"status": "open"}).OrderBy("opened").All(&opened)
	if err != nil {
		return []finding{{bad, "the reviews cannot be read: " + err.Error(), "start the server once: it brings the schema up to date"}}
	}
	if len(opened) == 0 {
		return nil
	}
	oldest, now := opened[0].At.Time(), time.Now()
	text := fmt.Sprintf("%d replies that may be opt-outs wait for a decision, the oldest since %s", len(opened), oldest.Format(time.DateOnly))
	const remedy = "open the console and decide them under Reviews; ten business days is the law's limit"
	switch {
	case now.After(consent.ReviewDue(oldest)):
		return []finding{{bad, text, remedy}}
	case now.After(consent.ReviewAlarm(oldest)):
		return []finding{{warn, text, remedy}}
	}
	return []finding{{good, text, ""}}
}
