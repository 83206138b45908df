package store

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	_ "modernc.org/sqlite" // PocketBase's own driver, registered as "sqlite"
)

// pragmas are set on every connection of both pools and of the log database, in this order.
var pragmas = [...]string{
	// First, because the others may already meet a lock: wait 10 s for it instead of failing.
	"busy_timeout(10000)",
	// Readers go on while one writes.
	"journal_mode(WAL)",
	// A commit folds the log back into the database itself once the log is so many pages, 32 MB, long; what
	// it writes then, everybody waits for. Before it comes to that the store has done so beside the commits.
	"wal_autocheckpoint(8000)",
	// The log file is cut back to 200 MB after a checkpoint, else it keeps its largest size for good.
	"journal_size_limit(200000000)",
	// PocketBase's NORMAL may forget the last few hundred commits at a power cut. A forgotten mark is
	// a double text and a forgotten STOP an illegal one, so every commit is flushed.
	"synchronous(FULL)",
	// SQLite does not check references unless told to.
	"foreign_keys(ON)",
	// Sorting spills to memory: the data folder may be the only writable place, and slow.
	"temp_store(MEMORY)",
	// 4 MB a connection. PocketBase's 32 MB times its connections breaks any memory goal.
	"cache_size(-4000)",
	// INSERT OR REPLACE would otherwise delete a ledger row without asking the delete trigger.
	"recursive_triggers(ON)",
}

// MaxOpenConns is how many connections read at once: enough for two cores, and eight caches of 4 MB
// stay inside the memory goal.
const MaxOpenConns = 8

// Connect opens a database file as PocketBase does, with the settings that the promises of the engine
// need. It is meant for pocketbase.Config.DBConnect.
//
// Transactions take the write lock when they begin. One that reads first and writes then would fail,
// and not wait, where another process (an import from the shell) wrote in between.
func Connect(dbPath string) (*dbx.DB, error) { return ConnectWith(dbPath) }

// ConnectWith is Connect with more parameters of the driver's own, such as
// "vfs=recorder", for tests that watch or weaken a connection. A pragma among
// them overrides ours.
func ConnectWith(dbPath string, parameters ...string) (*dbx.DB, error) {
	all := append([]string{"_txlock=immediate", "_pragma=" + strings.Join(pragmas[:], "&_pragma=")}, parameters...)
	connector, err := newConnector(dbPath + "?" + strings.Join(all, "&"))
	if err != nil {
		return nil, fmt.Errorf("open the database %s: %w", dbPath, err)
	}
	return dbx.NewFromDB(sql.OpenDB(connector), "sqlite"), nil
}
