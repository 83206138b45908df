package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The condition of this partial index in the words of the record API, which asks for a status by
// itself: a list of messages whose outcome is unknown reads the whole table otherwise. What the engine
// asks implies it as well.
func init() {
	m.Register(func(app core.App) error {
		return execute(app,
			"DROP INDEX idx_messages_doubtful",
			"CREATE INDEX idx_messages_doubtful ON messages (status) WHERE status = 'sending' OR status = 'unknown'",
		)
	}, func(app core.App) error {
		return execute(app,
			"DROP INDEX idx_messages_doubtful",
			"CREATE INDEX idx_messages_doubtful ON messages (status) WHERE status IN ('sending', 'unknown')",
		)
	})
}
