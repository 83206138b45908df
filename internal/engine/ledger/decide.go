package ledger

import (
	"context"
	"fmt"
	"time"
)

// Decision is what a person made of a reply that may have been an opt-out.
type Decision struct {
	Review   string
	Number   string // whose reply it was, E.164
	OptOut   bool
	By       string         // whom to name: an address, or an id
	Evidence map[string]any // of the person who decides
}

// Word is the decision as the wire has it.
func (d Decision) Word() string {
	if d.OptOut {
		return "opt_out"
	}
	return "not_opt_out"
}

// Reviews keeps the replies that wait for a decision.
type Reviews interface {
	// Decide closes a review with all that follows from it in one durable commit. The
	// error is a *Refusal with the code already_decided where somebody was quicker.
	Decide(ctx context.Context, d Decision, at time.Time) error
}

// Decide records a person's decision. An opt-out closes the number's gate first,
// as every revocation does.
func (l *Ledger) Decide(ctx context.Context, reviews Reviews, d Decision) error {
	if !d.OptOut {
		return reviews.Decide(ctx, d, l.now())
	}
	waiting, cancel := context.WithTimeout(ctx, closeWithin)
	defer cancel()
	closed := l.gate.Close(waiting, d.Number)
	if closed == nil {
		defer l.gate.Open(d.Number)
	}
	if err := reviews.Decide(ctx, d, l.now()); err != nil {
		return err
	}
	if closed != nil {
		return fmt.Errorf("the opt-out is recorded, but a text may be leaving at this moment: %w", closed)
	}
	return nil
}
