package hooks

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"
)

// pagePolicy lets our own pages load from us alone. Styles may be inline, as charts need it.
const pagePolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// registerSecurity sets what holds for every answer.
func registerSecurity(app core.App, o Options) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsSecurity",
		Func: func(e *core.ServeEvent) error {
			// PocketBase binds its own with "*" before this hook, whatever the command line says.
			e.Router.Unbind(apis.DefaultCorsMiddlewareId)
			cors := apis.CORS(apis.CORSConfig{
				AllowOriginFunc: func(origin string) (bool, error) { return slices.Contains(o.Origins, origin), nil },
				AllowMethods:    []string{"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"},
				ExposeHeaders:   []string{"Retry-After"},
			})
			// Unbind has also barred the old id from every route that is there already.
			cors.Id = corsID
			e.Router.Bind(cors)
			e.Router.Bind(
				&hook.Handler[*core.RequestEvent]{
					Id: pageHeadersID,
					// After PocketBase's own headers, to be the last word.
					Priority: apis.DefaultSecurityHeadersMiddlewarePriority + 1,
					Func:     func(e *core.RequestEvent) error { return pageHeaders(e, o) },
				},
				&hook.Handler[*core.RequestEvent]{
					Id:       retryAfterID,
					Priority: apis.DefaultRateLimitMiddlewarePriority - 1,
					Func:     retryAfter,
				},
				&hook.Handler[*core.RequestEvent]{Id: readOnlySQLID, Func: readOnlySQL},
			)
			return e.Next()
		},
	})
}

// pageHeaders covers what we serve ourselves. The dashboard has a policy of its own, and files under
// /api/ get a stricter one from PocketBase where none is set.
func pageHeaders(e *core.RequestEvent, o Options) error {
	h, path := e.Response.Header(), e.Request.URL.Path
	h.Set("Referrer-Policy", "no-referrer")
	if strings.HasPrefix(o.PublicURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if !strings.HasPrefix(path, "/_/") && !strings.HasPrefix(path, "/api/") {
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Frame-Options", "DENY")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	return e.Next()
}

// retryAfter tells a client that asked too often when to come again, which PocketBase leaves out. Its
// windows are fixed and their ends not known here, but after a whole one the limit is open again.
func retryAfter(e *core.RequestEvent) error {
	err := e.Next()
	var answer *router.ApiError
	if errors.As(err, &answer) && answer.Status == http.StatusTooManyRequests {
		e.Response.Header().Set("Retry-After", strconv.FormatInt(limitWindow(answer), 10))
	}
	return err
}

// longestWindow is the longest of our rate limits, in seconds.
const longestWindow = 60

// limitWindow is the length in seconds of the limit that an answer speaks of. PocketBase passes the
// rule on only as JSON at the end of the internal error's text.
func limitWindow(answer *router.ApiError) int64 {
	cause, ok := answer.RawData().(error)
	if !ok {
		return longestWindow
	}
	var rule core.RateLimitRule
	_, text, _ := strings.Cut(cause.Error(), "{")
	if err := json.Unmarshal([]byte("{"+text), &rule); err != nil || rule.Duration <= 0 {
		return longestWindow
	}
	return rule.Duration
}
