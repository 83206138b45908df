package dispatch

import (
	"context"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
)

// Store is what the dispatcher needs of the rows. One writer serves it: what is
// handed over first is on disk first, or in the same commit.
type Store interface {
	// Work lists what may be sent now: enabled senders and the runs that feed them.
	Work(ctx context.Context, now time.Time) (Work, error)
	// Due reads queued rows in the order of (due, id), after the cursor, changing nothing.
	Due(ctx context.Context, q DueQuery) ([]Candidate, error)
	// Mark reads each candidate's facts again and does as judge says, all in one
	// durable commit. It returns what each candidate became, in their order. An
	// error says that nothing was marked.
	Mark(ctx context.Context, m MarkRequest) ([]Marked, error)
	// Settle hands over the outcome of an attempt without waiting for the disk.
	Settle(s Settlement) error
	// Rest moves runs whose rows all wait for a later moment to "waiting".
	Rest(ctx context.Context, runs []string, now time.Time) error
	// Pause stops a run on the engine's own account, with the reason in words.
	Pause(ctx context.Context, run, reason string) error
	// Recover settles what a crash left in "sending" as unknown and says how many.
	Recover(ctx context.Context) (int, error)
}

// Work is what may be sent at one moment.
type Work struct {
	Senders []Sender
	Runs    []Run
}

// Sender is one source of texts with its own pace.
type Sender struct {
	ID            string
	Number        string
	PowerpackUUID string
	RatePerSecond float64 // 0: unlimited
	LeftToday     int     // texts left under the daily cap; negative: no cap
}

// Run is one press of Send whose rows may be due.
type Run struct {
	ID      string
	Sender  string
	Text    string // the body of rows that have none of their own
	Expires time.Time
}

// DueQuery asks for a page of due rows. An empty Run asks for single messages
// (answers and tests) of the sender.
type DueQuery struct {
	Run    string
	Sender string
	Until  time.Time
	After  Cursor
	Limit  int
}

// Cursor is a place in the order of due rows.
type Cursor struct {
	DueAt string
	ID    string
}

// Candidate is a row that is due. It is only a hint: the mark looks again.
type Candidate struct {
	ID      string
	Run     string
	Org     string
	Sender  string
	Number  string
	Body    string
	Kind    message.Kind
	Cursor  Cursor
	Expires time.Time
	// Attempts that were made so far; a row that has had another since is left alone.
	Attempts int
	Segments int64 // as planned
}

// MarkRequest is one micro-batch.
type MarkRequest struct {
	Candidates []Candidate
	At         time.Time
	Judge      func(Facts) Decision
}

// Facts is what the rows say about a candidate inside the mark's transaction.
type Facts struct {
	Candidate   Candidate
	RunFeeds    bool // false: the run was paused, canceled or has ended
	Status      string
	Suppression eligible.Suppression
	Timezone    string
	State       string
	SendFrom    string
	SendUntil   string
	Cap         int            // the organisation's own, of marketing texts to a number in 24 hours; 0: none
	Rules       *eligible.Book // those in force; nil: the built-in ones
	Recent      int            // texts to the number in the 24 hours before, where a cap applies
	DueAt       time.Time
}

// Action is what becomes of a candidate.
type Action int

const (
	// Leave the row as it is; its run does not feed now.
	Leave Action = iota
	// Go: mark it as sending.
	Go
	// Skip it for good, with Decision.Reason.
	Skip
	// Defer it to Decision.Next.
	Defer
)

// Decision is the verdict on one candidate.
type Decision struct {
	Action Action
	Reason message.Reason
	Next   time.Time
	Due    time.Time      // with Go: when the row was due
	Until  time.Time      // with Go: the request may begin only before; zero: no limit
	Basis  eligible.Basis // with Go and Skip: what was decided by
	Arrive time.Time      // with Go: the text must have arrived before; zero: no limit
}

// Marked is what became of one candidate.
type Marked struct {
	Decision
	Attempt int // with Go: the number of this attempt, from 1
}

// Settlement is the outcome of one attempt, as the rows are to know it.
type Settlement struct {
	ID      string
	Run     string
	Attempt int
	// Segments of the row when it was read: a hint that saves the store a look.
	Segments int64
	Reply    Reply
	At       time.Time // legal time
	RetryAt  time.Time // with Throttled and NotSent: when the row is due again
}
