package consent

import (
	"fmt"
	"iter"
)

// Link is where a chain stands: the last row's number and hash. The zero Link is
// the beginning.
type Link struct {
	Seq  int64
	Hash string
}

// BrokenError names the first row at which a ledger is not what was written.
type BrokenError struct {
	Seq int64 // the number that the row has, or should have if it is missing
	Why string
}

func (e *BrokenError) Error() string { return fmt.Sprintf("ledger row %d: %s", e.Seq, e.Why) }

// Verify checks rows of one organisation in their order, from the one behind
// start. The error is a *BrokenError. Rows missing at the end do not show in the
// chain itself: compare the Link that Walk returns with the one kept elsewhere.
func Verify(events iter.Seq[Event], start Link) error {
	_, err := Walk(events, start)
	return err
}

// Walk is Verify, and returns where the sound part of the chain ends.
func Walk(events iter.Seq[Event], start Link) (Link, error) {
	at, org, first := start, "", true
	for e := range events {
		if first {
			org, first = e.Org, false
		}
		switch want := at.Seq + 1; {
		case e.Seq > want:
			return at, &BrokenError{want, fmt.Sprintf("is missing; the next row is %d", e.Seq)}
		case e.Seq < want:
			return at, &BrokenError{e.Seq, fmt.Sprintf("stands where row %d should", want)}
		case e.Org != org:
			return at, &BrokenError{e.Seq, "belongs to another organisation than the rows before it"}
		case e.PrevHash != at.Hash:
			return at, &BrokenError{e.Seq, "does not continue the row before it; one of the two was changed or replaced"}
		case e.Hash != e.ComputeHash():
			return at, &BrokenError{e.Seq, "was changed after it was written; its content does not give its hash"}
		}
		at = Link{e.Seq, e.Hash}
	}
	return at, nil
}
