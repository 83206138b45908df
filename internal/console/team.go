package console

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/ui"
)

// teamPolicy lets the team's pages load from us alone: no inline script, and no inline style either,
// as neither our pages nor the chart library write any into the markup.
const teamPolicy = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// The parts of PocketBase's package that the pages stand on. A release that moves them is noticed at
// start and by the tests, not by a person before an empty page.
var needed = []string{
	"libs/shablon/shablon.iife.js",
	"libs/uplot/uplot.iife.js",
	"libs/uplot/uplot.css",
	"fonts/remixicon",
	"images/logo_white.svg",
}

// mountTeam serves /console/: the entry page, the pages under their content's name, and the
// dashboard's style sheet, fonts and libraries under addresses of our own.
func mountTeam(e *core.ServeEvent, files stamped, fresh bool) error {
	sheet, err := dashboardSheet(ui.DistDirFS)
	if err != nil {
		return err
	}
	for _, name := range needed {
		if _, err := fs.Stat(ui.DistDirFS, name); err != nil {
			return fmt.Errorf("pocketbase's interface has moved: %w", err)
		}
	}
	// Files under a hashed name never change; PocketBase's may with an upgrade, and are asked after.
	forever, briefly := "public, max-age=31536000, immutable", "max-age=3600"
	if fresh {
		forever, briefly = "no-cache", "no-cache"
	}
	part := func(dir string) fs.FS { return apis.MustSubFS(ui.DistDirFS, dir) }

	g := e.Router.Group("/console")
	g.Bind(apis.Gzip(), apis.SkipSuccessActivityLog())
	g.GET("", func(e *core.RequestEvent) error {
		return e.Redirect(http.StatusMovedPermanently, "/console/")
	})
	g.GET("/{$}", func(e *core.RequestEvent) error {
		policy(e, "no-cache")
		return e.FileFS(files, "team/index.html")
	})
	g.GET("/"+files.name+"/{path...}", static(files, forever))
	g.GET("/libs/{path...}", static(part("libs"), briefly))
	g.GET("/fonts/{path...}", static(part("fonts"), briefly))
	g.GET("/images/{path...}", static(part("images"), briefly))
	g.GET("/theme/dashboard.css", func(e *core.RequestEvent) error {
		policy(e, briefly)
		return e.FileFS(ui.DistDirFS, sheet)
	})
	return nil
}

// static serves a folder. An unknown file is a plain 404 that nobody keeps.
func static(files fs.FS, keep string) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		name := e.Request.PathValue(apis.StaticWildcardParam)
		if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
			return e.NotFoundError("", err)
		}
		policy(e, keep)
		return e.FileFS(files, name)
	}
}

func policy(e *core.RequestEvent, keep string) {
	h := e.Response.Header()
	h.Set("Content-Security-Policy", teamPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", keep)
}

// dashboardSheet is the name of the dashboard's style sheet, which carries a hash.
func dashboardSheet(dist fs.FS) (string, error) {
	found, err := fs.Glob(dist, "assets/index-*.css")
	if err != nil {
		return "", err
	}
	if len(found) != 1 {
		return "", errors.New("pocketbase's interface has moved: its style sheet assets/index-*.css is not there")
	}
	return found[0], nil
}
