package message

import "cmp"

// State is what a row knows about its own delivery.
type State struct {
	Status     Status
	Sequence   int64 // of the receipt that set Status; 0 when none did
	UUID       string
	ErrorCode  string
	Segments   int64
	CostMicros int64
	Network    string
}

// Receipt is one thing the provider said about a message. Zero values mean
// that it did not say.
type Receipt struct {
	Status     Status
	Sequence   int64
	UUID       string
	ErrorCode  string
	Segments   int64
	CostMicros int64
	HasCost    bool
	Network    string
}

// rank orders what can be known of a message that may have left. A late
// "delivered" overrules a failure; nothing overrules "delivered".
func rank(s Status) int {
	switch s {
	case Accepted:
		return 1
	case Sent:
		return 2
	case Failed, Undelivered:
		return 3
	case Delivered:
		return 4
	default: // queued, sending, unknown: nothing is known yet
		return 0
	}
}

// Merge applies one receipt to a row and reports whether anything changed.
//
// The status of highest rank wins; among receipts of one rank the highest
// Sequence, so a sequence never beats a rank. What is billed is the largest
// figure reported, and our own count of segments gives way to the provider's.
// The outcome does not depend on the order in which receipts come, nor on how
// often. A receipt for another UUID, or for a row that was skipped or came in,
// changes nothing.
func Merge(s State, r Receipt) (State, bool) {
	if s.Status == Skipped || s.Status == Received {
		return s, false
	}
	if s.UUID != "" && r.UUID != "" && s.UUID != r.UUID {
		return s, false
	}
	next := s
	if overrules(r, s) {
		next.Status, next.Sequence, next.ErrorCode = r.Status, r.Sequence, r.ErrorCode
	}
	if next.UUID == "" {
		next.UUID = r.UUID
	}
	if r.HasCost && charged(r.Status) && r.CostMicros > 0 {
		// The first that was charged, then the most. A charge that does not say for
		// how many is for one: were our own count to stand, the next receipt could
		// not tell it from the provider's, and the order would matter.
		if billed := max(r.Segments, 1); s.CostMicros == 0 || billed > s.Segments {
			next.Segments = billed
		}
		next.CostMicros = max(next.CostMicros, r.CostMicros)
	}
	if next.Network == "" {
		next.Network = r.Network
	}
	return next, next != s
}

// charged reports whether what a receipt of this status says of the cost was
// charged: Plivo charges when it hands a text to the carrier. Before, the figure
// is a forecast, and a text that fails is free.
func charged(s Status) bool { return s == Sent || s == Delivered || s == Undelivered }

// overrules orders receipts totally: rank, sequence, then the words themselves
// so that even contradictory receipts of one sequence settle alike.
func overrules(r Receipt, s State) bool {
	if rank(r.Status) == 0 {
		return false
	}
	return cmp.Or(
		cmp.Compare(rank(r.Status), rank(s.Status)),
		cmp.Compare(r.Sequence, s.Sequence),
		cmp.Compare(r.Status, s.Status),
		cmp.Compare(r.ErrorCode, s.ErrorCode),
	) > 0
}

// Billed reports whether the provider charges for a message in this state.
// A refused message is free; one that the carrier could not deliver is not.
func (s Status) Billed() bool {
	switch s {
	case Accepted, Sent, Delivered, Undelivered:
		return true
	}
	return false
}
