package store

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ErrNotDurable says that a commit may be forgotten at a power cut. A forgotten
// mark is a double text and a forgotten STOP an illegal one, so nothing may be
// sent.
var ErrNotDurable = errors.New("commits are not flushed to disk; open the data folder with the tidings binary itself and with no other program")

// Durable asks both pools of both databases whether they flush every commit
// (PRAGMA synchronous of at least 2, FULL). A pragma belongs to a connection
// and all of a pool are opened alike, so one of each is asked. The error names
// the pool and is ErrNotDurable, unless the question itself failed.
func Durable(app core.App) error {
	for _, pool := range []struct {
		name string
		db   dbx.Builder
	}{
		{"the reading connection of the data", app.ConcurrentDB()},
		{"the writing connection of the data", app.NonconcurrentDB()},
		{"the reading connection of the log", app.AuxConcurrentDB()},
		{"the writing connection of the log", app.AuxNonconcurrentDB()},
	} {
		const full = 2
		var mode int
		if err := pool.db.NewQuery("PRAGMA synchronous").Row(&mode); err != nil {
			return fmt.Errorf("ask %s how it flushes: %w", pool.name, err)
		}
		if mode < full {
			return fmt.Errorf("%s has synchronous=%d and needs %d: %w", pool.name, mode, full, ErrNotDurable)
		}
	}
	return nil
}
