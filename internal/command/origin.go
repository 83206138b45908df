package command

import (
	"context"

	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/store"
)

// checkOrigin tells whether the data folder is the one that it was, or a copy.
func checkOrigin(ctx context.Context, app core.App) []finding {
	if _, err := app.FindCollectionByNameOrId("messages"); err != nil {
		return nil // new
	}
	copied, found, err := store.Origin(ctx, app)
	switch {
	case err != nil:
		return []finding{{warn, "it cannot be told whether the data folder is a copy: " + err.Error(), "start the server once: it brings the schema up to date"}}
	case copied != "":
		return []finding{{warn, "this data folder was restored or copied: " + copied, "that is fine: at its next start the server pauses every run and asks Plivo what left since; resume each run then"}}
	case found.Pending():
		return []finding{{bad, found.Notice(), "let the server run with the account's credentials; it asks Plivo by itself"}}
	case found.Raised():
		return []finding{{warn, found.Notice(), "resume or cancel each paused run on its page"}}
	}
	return []finding{{good, "the data folder is no copy", ""}}
}
