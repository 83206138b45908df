package receipt_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tidings/internal/engine/receipt"
	"tidings/internal/rules/message"
)

// fakeStore keeps what it was given.
type fakeStore struct {
	err      error
	attempts []receipt.Attempt
	reports  []receipt.Report
}

func (s *fakeStore) Apply(_ context.Context, a receipt.Attempt, r receipt.Report) error {
	s.attempts, s.reports = append(s.attempts, a), append(s.reports, r)
	return s.err
}

func TestACallbackIsAppliedToTheAttemptOfItsToken(t *testing.T) {
	t.Parallel()
	store, tokens := &fakeStore{}, receipt.NewTokens([]byte("secret"))
	r := receipt.New(store, tokens)
	e := receipt.Event{
		Token: tokens.Make(id, 3), UUID: "u", Status: "delivered", Raw: "delivered", ErrorCode: "30", Sequence: 4,
		Segments: 2, CostMicros: 11_000, HasCost: true, Network: "310-260", Nonce: "n", BodyHash: "h",
	}
	if err := r.Apply(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	want := receipt.Report{Nonce: "n", BodyHash: "h", Receipt: message.Receipt{
		Status: message.Delivered, Sequence: 4, UUID: "u", ErrorCode: "30", Segments: 2, CostMicros: 11_000, HasCost: true, Network: "310-260",
	}}
	if diff := cmp.Diff(want, store.reports[0]); diff != "" || store.attempts[0] != (receipt.Attempt{ID: id, Number: 3}) {
		t.Errorf("applied to %+v:\n%s", store.attempts[0], diff)
	}
}

func TestAForgedTokenTouchesNothing(t *testing.T) {
	t.Parallel()
	store, tokens := &fakeStore{}, receipt.NewTokens([]byte("secret"))
	r := receipt.New(store, tokens)
	forged := receipt.NewTokens([]byte("guess")).Make(id, 1)
	if err := r.Apply(t.Context(), receipt.Event{Token: forged, Status: "delivered"}); !errors.Is(err, receipt.ErrBadToken) {
		t.Errorf("Apply = %v, want ErrBadToken", err)
	}
	if len(store.reports) != 0 {
		t.Error("a forged callback reached the rows")
	}
	if r.Known(forged) || !r.Known(tokens.Make(id, 1)) {
		t.Error("Known tells forged and true tokens apart wrongly")
	}
}

func TestAnErrorOfTheRowsIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	for _, want := range []error{receipt.ErrReplayed, errors.New("disk full")} {
		store, tokens := &fakeStore{err: want}, receipt.NewTokens([]byte("secret"))
		if err := receipt.New(store, tokens).Apply(t.Context(), receipt.Event{Token: tokens.Make(id, 1)}); !errors.Is(err, want) {
			t.Errorf("Apply = %v, want %v", err, want)
		}
	}
}
