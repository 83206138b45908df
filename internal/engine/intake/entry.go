package intake

import (
	"bytes"
	"encoding/gob"
	"fmt"

	"tidings/internal/engine/inbox"
	"tidings/internal/engine/receipt"
)

// entry is one event as it stands in the spool: one of the two. Its signature
// was checked before. It is written as gob, which keeps texts byte for byte
// (their fingerprint guards against replays) and lets a later version add fields.
type entry struct {
	Status *receipt.Event
	Text   *inbox.Message

	fault error // why it cannot be read
}

func (e entry) record() ([]byte, error) {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(e); err != nil {
		return nil, fmt.Errorf("write an event for the spool: %w", err)
	}
	return b.Bytes(), nil
}

func parse(record []byte) (entry, error) {
	var e entry
	if err := gob.NewDecoder(bytes.NewReader(record)).Decode(&e); err != nil {
		return e, fmt.Errorf("read an event of the spool: %w", err)
	}
	if (e.Status == nil) == (e.Text == nil) {
		return e, fmt.Errorf("read an event of the spool: it is neither a receipt nor a message")
	}
	return e, nil
}

// kind names the event in logs.
func (e entry) kind() string {
	switch {
	case e.Status != nil:
		return "receipt"
	case e.Text != nil:
		return "text"
	}
	return "unreadable"
}

// optsOut is the number that the event shuts; empty when it shuts none.
func (e entry) optsOut() string {
	if e.Text == nil {
		return ""
	}
	return inbox.OptsOut(*e.Text)
}
