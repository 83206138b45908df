// Package console is what people see of Tidings: pages inside PocketBase's dashboard for superusers,
// and the same pages at /console/ for the members of an organisation.
//
// It decides nothing: every number on a page comes from the API, and every button calls a route that
// checks the caller's role itself. What is served here is public (the dashboard loads extensions
// before anybody signs in), so the files hold neither secrets nor customers' data.
//
// The pages use what PocketBase's own dashboard ships inside the binary: its style sheet, fonts,
// icons, the view library and the chart library. It is therefore the only package that imports
// pocketbase/ui, and a build without that (tag no_ui) has no console.
package console

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/ui"
)

//go:embed ui
var embedded embed.FS

// Options is what the pages need to know about the server. The zero value works.
type Options struct {
	// SandboxURL is where the simulator's phones are, such as "/simulator/". Empty: no link.
	SandboxURL string
	// Source replaces the embedded files while one works on them, such as os.DirFS("internal/console/ui").
	Source fs.FS
}

// localPath is what a sandbox address may look like: it is written into a script and a page.
var localPath = regexp.MustCompile(`^/[A-Za-z0-9/_-]*$`)

// Register adds the pages to the dashboard and mounts /console/. Call it once, before the app starts.
func Register(app core.App, o Options) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "tidingsConsole",
		Func: func(e *core.ServeEvent) error {
			if ui.DistDirFS == nil {
				return e.Next()
			}
			files, err := stamp(o)
			if err != nil {
				return fmt.Errorf("prepare the console: %w", err)
			}
			addExtension(e, files)
			if err := mountTeam(e, files, app.IsDev()); err != nil {
				return fmt.Errorf("mount the console: %w", err)
			}
			return e.Next()
		},
	})
}

// addExtension hands the pages to the dashboard. The hash in the extension's name lets browsers keep
// its files for PocketBase's two weeks; the one file without a hash in its address must not be kept,
// or a new release would run with the pages of the old one.
func addExtension(e *core.ServeEvent, files stamped) {
	e.UIExtensions = append(e.UIExtensions, core.UIExtension{Name: files.name, FS: files})
	e.Router.BindFunc(func(e *core.RequestEvent) error {
		if e.Request.URL.Path == "/_/extensions.js" {
			e.Response.Header().Set("Cache-Control", "no-cache")
		}
		return e.Next()
	})
}
