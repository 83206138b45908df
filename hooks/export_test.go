package hooks

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"tidings/internal/engine/importer"
	"tidings/internal/store"
)

// MountImports mounts the routes of imports alone, for tests of them, and gives
// the importer behind them.
func MountImports(app core.App, api *router.RouterGroup[*core.RequestEvent], rows *store.Store, o Options) *importer.Importer {
	d := newImports(app, rows, nil, o.withDefaults())
	bindImports(api, d)
	return d.importer
}
