package reconcile

import (
	"context"
	"fmt"
	"time"
)

// Order is an operator's wish to have sent again what may have left: all
// unknown messages of a run, or one message outside of runs.
type Order struct {
	Org     string
	Run     string
	Message string // instead of Run
	Confirm int64  // how many messages the operator was shown
	Actor   string // id
	Name    string // as people know the actor
	At      time.Time
}

// Verdict is what became of an order.
type Verdict struct {
	Resent  int64
	Unknown int64 // how many there are, where that is not what was confirmed
	State   State
}

// State says why an order was not carried out.
type State int

// The states in which an order is refused.
const (
	Fine     State = iota
	Changed        // the number shown is not the number that is there
	Canceled       // the run was canceled
	Busy           // another run of the campaign has begun meanwhile
	Answer         // confirmations of keywords are of no use later
)

// Orders keeps orders.
type Orders interface {
	// Resend makes unknown messages queued again and logs who had it done, in one
	// commit, or does nothing and says why.
	Resend(ctx context.Context, o Order) (Verdict, error)
}

// Refusal is an answer that a person can act on. Nothing was changed.
type Refusal struct {
	Code, Message string
	Params        map[string]any
}

func (r *Refusal) Error() string { return r.Message }

// Resend has unknown messages sent again. Each then waits its turn as any other
// does, with consent, do-not-text and hours looked at before it leaves. People
// whose first text did arrive get it twice, so the number that the operator was
// shown has to be given back and still be right.
func Resend(ctx context.Context, orders Orders, o Order) (int64, error) {
	if o.Confirm < 1 {
		return 0, &Refusal{Code: "confirm_required", Message: "give back the number of unknown messages that the report shows, as confirm"}
	}
	v, err := orders.Resend(ctx, o)
	if err != nil {
		return 0, fmt.Errorf("send unknown messages again: %w", err)
	}
	switch v.State {
	case Changed:
		return 0, &Refusal{"count_changed", fmt.Sprintf("%d messages are unknown now; look again before you send them again", v.Unknown),
			map[string]any{"count": v.Unknown}}
	case Canceled:
		return 0, &Refusal{Code: "wrong_state", Message: "this run was canceled; nothing of it is sent any more"}
	case Busy:
		return 0, &Refusal{Code: "wrong_state", Message: "another run of this campaign is under way; wait until it has ended"}
	case Answer:
		return 0, &Refusal{Code: "wrong_state", Message: "this answered what somebody had just written, and is of no use later"}
	}
	return v.Resent, nil
}

// Outstanding is what a run's report says of messages whose outcome is unknown.
type Outstanding struct {
	Count    int64     `json:"count"`
	NewestAt time.Time `json:"-"`    // when the latest of them began
	Rows     []Pending `json:"rows"` // the oldest of them
	Resends  []Resent  `json:"resends"`
	// Doubles are people of whom it is proven that a resend gave them a second
	// text, and what the first texts cost; the run's own cost counts each
	// message once.
	Doubles          int64 `json:"doubles"`
	DoubleCostMicros int64 `json:"doubleCostMicros"`
}

// Pending is one message whose outcome is unknown.
type Pending struct {
	ID          string `json:"id"`
	PhoneNumber string `json:"phoneNumber"`
	SentAt      string `json:"sentAt"`
	Asked       int    `json:"asked"`     // how often the provider's list was asked
	Found       int    `json:"found"`     // how many texts of the list it could be, when last asked
	NextAskAt   string `json:"nextAskAt"` // empty: it has not been asked, or will not be again
}

// Resent is one order that was carried out.
type Resent struct {
	At    string `json:"at"`
	Actor string `json:"actor"`
	Name  string `json:"name"`
	N     int64  `json:"n"`
}
