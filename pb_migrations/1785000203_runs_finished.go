package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Which runs of an organisation ended not long ago: they may have sent something lately. Asked where a
// limit of texts per day applies. By SQL: see idx_runs_unfinished_status.
func init() {
	m.Register(func(app core.App) error {
		return execute(app, `CREATE INDEX idx_runs_ended ON runs (org, finishedAt) WHERE finishedAt != ''`)
	}, func(app core.App) error {
		return execute(app, `DROP INDEX idx_runs_ended`)
	})
}
