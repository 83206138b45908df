package importer

import (
	"context"
	"time"

	"tidings/internal/engine/ledger"
	"tidings/internal/rules/consent"
)

// Status is where an import stands.
type Status string

// An import is queued, then running, and ends finished or failed. One that was
// running when the process ended goes on at the next start.
const (
	Queued   Status = "queued"
	Running  Status = "running"
	Finished Status = "finished"
	Failed   Status = "failed"
)

// Import is one file on its way in.
type Import struct {
	ID string
	Order
	SHA256 string // of the file, in hex
	Status Status
	// SortedRows is how many rows of the file are sorted together by number: all
	// of them, fewer where an older version began, 0 where that one wrote in the
	// order of the file.
	SortedRows int
	Progress
}

// Progress counts rows. Done is Created, Updated and Rejected together, and
// reaches Rows at the end.
type Progress struct {
	Rows, Done, Created, Updated, Rejected int
}

// Chunk is the next stretch of an import.
type Chunk struct {
	Import  *Import
	From    int // rows done before it
	Rows    []Row
	Rejects []Reject
}

// To is the number of rows done after the chunk.
func (c Chunk) To() int { return c.From + len(c.Rows) + len(c.Rejects) }

// Outcome is what became of a chunk. Moved is false where the import did not
// stand at the chunk's begin: another process works on it, and nothing was
// written.
type Outcome struct {
	Moved                      bool
	Created, Updated, Rejected int
}

// Store keeps imports and writes what they bring.
type Store interface {
	// QueueImport makes the import with its status.
	QueueImport(ctx context.Context, im Import, at time.Time) error
	// UnfinishedImports gives those that are queued or running, the oldest first.
	UnfinishedImports(ctx context.Context) ([]Import, error)
	// BeginImport moves an import to running.
	BeginImport(ctx context.Context, id string, at time.Time) error
	// ImportRows writes a chunk, its rejects and the import's progress in one
	// commit. A number that is there already gains the list and its blank fields
	// only. With consent each row is first asked for with Permit, and becomes the
	// event that Grant gives, unless the number has consented in these words
	// before. On a dry run people are looked at and not written.
	ImportRows(ctx context.Context, c Chunk, at time.Time) (Outcome, error)
	// EndImport ends an import: finished, or failed if why is not empty.
	EndImport(ctx context.Context, id, why string, at time.Time) error
}

// Consented says whether consent is attested for the rows.
func (im *Import) Consented() bool { return im.ConsentMethod != "" }

// Permit decides whether an attested row may be taken, knowing what stands
// against its number. Without attested consent every row may: it then stands as
// it stood. A row lifts nothing, also where the same consent recorded by itself
// would: nobody has looked at that person, and the file may be older than the wish.
func (im *Import) Permit(row Row, s ledger.Standing) *Reject {
	reject := &Reject{Row: row.Row, PhoneNumber: row.Written}
	switch {
	case !im.Consented():
		return nil
	case s.Installation:
		reject.Code, reject.Detail = CodeSuppressed, "this number is blocked for the whole installation"
	case s.OptedOut:
		reject.Code, reject.Detail = CodeOptedOut, "this person opted out; only she can opt in again, by texting START"
	case s.Doubtful:
		reject.Code, reject.Detail = CodeSuppressed, "a reply of this person may be an opt-out; decide it under Reviews first"
	case s.Manual:
		reject.Code, reject.Detail = CodeSuppressed, "this number is on the do-not-text list, and a file does not lift that; if the person has agreed since, record that consent by itself"
	default:
		return nil
	}
	return reject
}

// Grant is the ledger event of an attested row.
func (im *Import) Grant(row Row) ledger.Act {
	return ledger.Act{
		Org: im.Org, Number: row.Number.E164, Action: consent.ActionGranted, Method: im.ConsentMethod, Text: im.ConsentText,
		Evidence: map[string]any{
			"import": im.ID, "file": im.FileName, "sha256": im.SHA256, "row": row.Row, "actor": im.By,
		},
	}
}
