package hooks

import (
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
)

// planFields are what a run takes from its campaign when Send is pressed. messageBody is not among them:
// it stays for good.
var planFields = []string{"sender", "lists", "segment", "everyone", "sendAt", "expiresAt"}

// checkLive refuses to change a campaign under a run that has not ended. The run has its own copy and
// would go on by it, so an answer of 200 would promise what does not happen. After the end the plan is
// free again: a run for those who are new takes it as it is then.
func checkLive(e *core.RecordEvent) error {
	if e.Record.IsNew() {
		return nil
	}
	refused := validation.Errors{}
	for _, field := range planFields {
		if planChanged(e.Record, field) {
			refused[field] = validation.NewError("campaign_has_run",
				"A run of this campaign has not ended, and it goes by what was set when Send was pressed. "+
					"Cancel the run, change the campaign, and send it again to those it has not reached")
		}
	}
	if len(refused) == 0 {
		return nil
	}
	// idx_runs_unfinished_campaign
	n, err := e.App.CountRecords("runs", dbx.NewExp("status NOT IN ('finished', 'canceled') AND campaign = {:campaign}",
		dbx.Params{"campaign": e.Record.Id}))
	if err != nil {
		return fmt.Errorf("count the live runs of the campaign: %w", err)
	}
	if n == 0 {
		return nil
	}
	return refused
}

// planChanged tells whether a save gives a field another meaning: the order of lists has none.
func planChanged(r *core.Record, field string) bool {
	was := r.Original()
	switch field {
	case "sendAt", "expiresAt":
		return !r.GetDateTime(field).Equal(was.GetDateTime(field))
	case "lists":
		return !slices.Equal(slices.Sorted(slices.Values(r.GetStringSlice(field))), slices.Sorted(slices.Values(was.GetStringSlice(field))))
	case "everyone":
		return r.GetBool(field) != was.GetBool(field)
	default:
		return r.GetString(field) != was.GetString(field)
	}
}
