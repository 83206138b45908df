package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
)

// Snapshot writes a consistent copy of a database to a path where nothing is
// yet, through a connection that reads: who writes goes on meanwhile. Give it
// one of the pools for reading.
func Snapshot(ctx context.Context, pool dbx.Builder, to string) error {
	db, ok := pool.(*dbx.DB)
	if !ok {
		return errors.New("store: copy the database itself, not a transaction")
	}
	if _, err := db.DB().ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}
