package reconcile

import (
	"context"
	"time"

	"tidings/internal/rules/message"
)

// Store keeps the rows.
type Store interface {
	// Doubts lists attempts whose outcome is unknown and which are due to be
	// asked about, oldest first.
	Doubts(ctx context.Context, q DoubtQuery) ([]Doubt, error)
	// Siblings lists every attempt to one number that may have left in a stretch
	// of time, whatever became of it.
	Siblings(ctx context.Context, reach Reach) ([]Sibling, error)
	// Bind merges a text of the provider into the row of an attempt in one
	// commit, if that attempt is still unknown and no other row has the text.
	Bind(ctx context.Context, b Binding) (bool, error)
	// Asked remembers that the provider was asked and did not settle it.
	Asked(ctx context.Context, a Asked) error
}

// DoubtQuery asks for attempts that began in [Since, Until] and whose next
// question is due by Due.
type DoubtQuery struct {
	Since, Until time.Time
	Due          time.Time
	Limit        int
}

// Doubt is an attempt whose outcome is unknown.
type Doubt struct {
	ID      string // of the message
	Attempt int
	Org     string
	Number  string // E.164
	Source
	Segments int64     // as we counted them
	At       time.Time // when the request began
	Asks     int       // how often the provider was asked
}

// Source is whom a text comes from. Both are empty where the sender is gone.
type Source struct {
	SenderNumber  string
	PowerpackUUID string
}

// Reach is a number and a stretch of time.
type Reach struct {
	Org, Number  string
	Since, Until time.Time
}

// Sibling is an attempt to the same number.
type Sibling struct {
	ID      string
	Attempt int
	Source
	At   time.Time
	UUID string // of the text that it is known to be; empty: none
	Open bool   // it may have left, and it is not known as which text
}

// Binding is a text of the provider that is one attempt's beyond doubt.
type Binding struct {
	ID      string
	Attempt int
	Org     string
	Number  string
	Text    Text
}

// Asked is a question that brought no settlement.
type Asked struct {
	ID      string
	Attempt int
	At      time.Time
	Next    time.Time // zero: do not ask again
	Found   int       // how many texts it could be
}

// Provider lists what it has recorded. An implementation never retries.
type Provider interface {
	// Texts reads one page of at most 20 records, newest first.
	Texts(ctx context.Context, q Query) (Page, error)
}

// Query narrows the list. The provider may not know the filters From and To:
// what comes back has to be looked at.
type Query struct {
	From, To     string
	Inbound      bool      // what people wrote to us, instead of what we wrote
	Since, Until time.Time // Since is included, Until is not
	Offset       int
}

// Page is one page of records.
type Page struct {
	Texts []Text
	More  bool
}

// Text is the provider's record of one text.
type Text struct {
	UUID          string
	From, To      string // as the provider wrote them: compare with same
	PowerpackUUID string // the pool that it was sent from; empty: none
	Segments      int64  // 0: the list does not tell
	At            time.Time
	Receipt       message.Receipt
	Body          string // of an inbound one, where the list tells it
}
