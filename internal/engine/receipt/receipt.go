// Package receipt applies the provider's status callbacks to message rows.
//
// A callback names its attempt by the token in its path, so it finds its row
// even if the answer to the request was lost: receipts resolve what a crash
// left unknown. Rows take receipts in any order, any number of times
// (rules/message). A callback is answered only when its change is on disk.
package receipt

import (
	"context"
	"errors"

	"tidings/internal/rules/message"
)

var (
	// ErrBadToken says that a token was not made here.
	ErrBadToken = errors.New("receipt: the token is not one of ours")
	// ErrReplayed says that a signature was used again for another body.
	ErrReplayed = errors.New("receipt: this signature was used before for another callback")
)

// Attempt is what a token names.
type Attempt struct {
	ID     string // of the message
	Number int    // of the attempt, from 1
}

// Store applies receipts to rows.
type Store interface {
	// Apply merges a report in one durable commit. A row that is gone is no error;
	// ErrReplayed as above.
	Apply(ctx context.Context, a Attempt, r Report) error
}

// Report is a receipt with what guards it where its signature did not cover the
// body.
type Report struct {
	message.Receipt
	Nonce    string
	BodyHash string // empty when the signature covered the body
}

// Receipts is the use case. Make it with New.
type Receipts struct {
	store  Store
	tokens *Tokens
}

// New makes it over a store, with the tokens that the sender hands out.
func New(store Store, tokens *Tokens) *Receipts { return &Receipts{store: store, tokens: tokens} }

// Known checks a token before anything else of a request is looked at.
func (r *Receipts) Known(token string) bool {
	_, err := r.tokens.Parse(token)
	return err == nil
}

// Apply takes one callback in. When it returns nil, its change is on disk.
func (r *Receipts) Apply(ctx context.Context, e Event) error {
	attempt, err := r.tokens.Parse(e.Token)
	if err != nil {
		return err
	}
	return r.store.Apply(ctx, attempt, Report{Nonce: e.Nonce, BodyHash: e.BodyHash, Receipt: message.Receipt{
		Status:     message.Status(e.Status),
		Sequence:   e.Sequence,
		UUID:       e.UUID,
		ErrorCode:  e.ErrorCode,
		Segments:   e.Segments,
		CostMicros: e.CostMicros,
		HasCost:    e.HasCost,
		Network:    e.Network,
	}})
}
