package hooks

import (
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/pocketbase/pocketbase/tools/router"

	"tidings/internal/web"
)

// webhooksFirst gives the provider's webhooks to the front door and everything else
// to PocketBase's handler, whose router and middlewares guard people and pages and
// made a third of a webhook's cost. A webhook goes without them: it has no session,
// no origin and no page, a provider is not a visitor to be slowed, and its signature
// is its guard. The front door bounds its body and says in the log what it refuses;
// the request log would keep the token of its path.
func webhooksFirst(door, rest http.Handler, log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !web.IsWebhook(r) {
			rest.ServeHTTP(w, r)
			return
		}
		defer func() {
			if p := recover(); p != nil {
				log.Error("a webhook panicked; the provider will call again", "panic", p, "stack", string(debug.Stack()))
				router.ErrorHandler(w, r, router.NewInternalServerError("", nil))
			}
		}()
		door.ServeHTTP(w, r)
	})
}
