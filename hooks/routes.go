package hooks

import (
	"net"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"tidings/internal/web"
)

// bindRoutes is the index of our routes. Those that SDK clients call stand on
// PocketBase's router; strangers come in through package web, whose handler it returns.
func bindRoutes(s *core.ServeEvent, e *engine, o Options) (door http.Handler) {
	api := s.Router.Group("/api/sms")
	api.POST("/preview", preview)
	api.GET("/state", e.state)
	api.POST("/consents", e.recordConsent)
	api.POST("/reviews/{id}", e.decideReview)
	api.POST("/campaigns/{id}/estimate", e.estimate)
	api.POST("/campaigns/{id}/send", e.send)
	api.POST("/campaigns/{id}/test", e.sendTest)
	api.POST("/runs/{id}/pause", e.pause)
	api.POST("/runs/{id}/resume", e.resume)
	api.POST("/runs/{id}/cancel", e.cancel)
	api.POST("/runs/{id}/resend-unknown", func(r *core.RequestEvent) error { return e.resendUnknown(r, o) })
	api.POST("/messages/{id}/resend-unknown", func(r *core.RequestEvent) error { return e.resendMessage(r, o) })
	api.GET("/runs/{id}/report", func(r *core.RequestEvent) error { return e.report(r, o) })
	api.GET("/subscribers/{id}/eligibility", func(r *core.RequestEvent) error { return e.eligibility(r, o) })
	api.GET("/messages/{id}/decision", e.decision)
	api.GET("/rules", e.rules)
	api.GET("/subscribers/{id}/evidence", e.evidencePack)
	bindImports(api, e.imports)
	api.POST("/conversations/{phoneNumber}/reply", func(r *core.RequestEvent) error { return e.reply(r, o) })

	// Who types the bare address is a member of the team.
	s.Router.GET("/{$}", func(r *core.RequestEvent) error { return r.Redirect(http.StatusFound, "/console/") })
	s.Router.GET("/healthz", live)
	s.Router.GET("/readyz", e.ready)

	bindMetrics(s, e, o.MetricsToken)

	if o.Simulator != nil {
		bindPhones(s, o.Simulator)
	}
	door = web.New(web.Options{
		PublicURL: o.PublicURL, Provider: o.Webhooks, Receipts: e.intake, Inbox: e.intake, Forms: e.forms, Preferences: e.preferences, Log: o.Log,
	})
	bindDoor(s, door)
	return door
}

// bindDoor mounts the pages of the front door for strangers, each path by its own
// method: a catch-all beside the static files panics.
func bindDoor(s *core.ServeEvent, door http.Handler) {
	handler := func(e *core.RequestEvent) error {
		door.ServeHTTP(e.Response, web.WithClient(e.Request, e.RealIP()))
		return nil
	}
	// Own pages carry a token in their path; a form is filled in by anybody.
	for _, path := range []string{web.JoinPath + "{slug}", web.PreferencesPath + "{token}"} {
		s.Router.GET(path, handler).Bind(apis.SkipSuccessActivityLog())
		s.Router.POST(path, handler).Bind(apis.SkipSuccessActivityLog(), apis.BodyLimit(formBody))
	}
	s.Router.GET(web.JoinPath+"{slug}/code.svg", handler).Bind(apis.SkipSuccessActivityLog())
}

// Names of our own middlewares.
const (
	corsID        = "tidingsCors"
	noTruncateID  = "tidingsNoTruncate"
	orgHeaderID   = "tidingsOrgHeader"
	pageHeadersID = "tidingsPageHeaders"
	readOnlySQLID = "tidingsReadOnlySQL"
	retryAfterID  = "tidingsRetryAfter"
)

// formBody is above the front door's own limit, so that the door answers 413 itself; PocketBase's
// limit shows it only as a body that cannot be read where no length was announced.
const formBody = 128 << 10

func live(e *core.RequestEvent) error {
	return e.JSON(http.StatusOK, map[string]any{"status": "ok"})
}

// bindPhones shows the sandbox's phones to whoever sits at this machine and to
// superusers. A proxy on this machine forwards for strangers, so a forwarded
// request does not count as local.
func bindPhones(s *core.ServeEvent, phones http.Handler) {
	guarded := func(e *core.RequestEvent) error {
		if !e.HasSuperuserAuth() && !local(e.Request) {
			return notFound()
		}
		phones.ServeHTTP(e.Response, e.Request)
		return nil
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		s.Router.Route(method, "/simulator/{path...}", guarded).
			Bind(apis.SkipSuccessActivityLog()).Unbind(apis.DefaultRateLimitMiddlewareId)
	}
}

func local(r *http.Request) bool {
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Fly-Client-Ip", "Cf-Connecting-Ip"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	// A page elsewhere may have its name resolve to this machine; its requests
	// come from here, but under that name.
	return loopback(r.RemoteAddr) && loopback(r.Host)
}

// loopback reports whether an address, with or without a port, is this
// machine's own.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
