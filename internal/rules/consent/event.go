package consent

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
)

// What can happen to a person's consent.
const (
	ActionGranted   = "granted"
	ActionConfirmed = "confirmed"
	ActionRevoked   = "revoked"
	ActionExpired   = "expired"
)

// How it can happen.
const (
	MethodWebForm  = "web_form"
	MethodKeyword  = "keyword"
	MethodPaper    = "paper"
	MethodVerbal   = "verbal"
	MethodImport   = "import"
	MethodAPI      = "api"
	MethodQR       = "qr"
	MethodReply    = "reply"
	MethodOperator = "operator"
	MethodCarrier  = "carrier"
)

// Actions lists the actions.
func Actions() []string {
	return []string{ActionGranted, ActionConfirmed, ActionRevoked, ActionExpired}
}

// Methods lists the methods.
func Methods() []string {
	return []string{
		MethodWebForm, MethodKeyword, MethodPaper, MethodVerbal, MethodImport,
		MethodAPI, MethodQR, MethodReply, MethodOperator, MethodCarrier,
	}
}

// KnownAction reports whether the ledger has that action.
func KnownAction(action string) bool { return slices.Contains(Actions(), action) }

// KnownMethod reports whether the ledger has that method.
func KnownMethod(method string) bool { return slices.Contains(Methods(), method) }

// Event is one row of an organisation's ledger. It is never changed.
type Event struct {
	ID, Org                           string
	Seq                               int64 // 1, 2, 3 ... in the organisation
	PhoneNumber, Action, Method, Text string
	Evidence                          []byte    // canonical JSON (CanonicalJSON), or empty
	At                                time.Time // to the millisecond
	PrevHash, Hash                    string    // lower-case hex; PrevHash is "" in the first row
}

// The form of what is hashed, so that a later form can stand beside it.
const canonicalVersion = "tidings-consent-v1"

// The precision of times in the database.
const canonicalTime = "2006-01-02T15:04:05.000Z07:00"

// CanonicalBytes is what the hash covers: the version and every field but Hash,
// each behind its length in four bytes, so that no two events have the same bytes.
func (e Event) CanonicalBytes() []byte {
	out := make([]byte, 0, 256+len(e.Text)+len(e.Evidence))
	for _, field := range []string{
		canonicalVersion, e.ID, e.Org, strconv.FormatInt(e.Seq, 10),
		e.PhoneNumber, e.Action, e.Method, e.Text, string(e.Evidence),
		e.At.UTC().Format(canonicalTime), e.PrevHash,
	} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(field)))
		out = append(out, field...)
	}
	return out
}

// ComputeHash is the SHA-256 of CanonicalBytes in lower-case hex.
func (e Event) ComputeHash() string {
	sum := sha256.Sum256(e.CanonicalBytes())
	return hex.EncodeToString(sum[:])
}

// Chain returns the event as it is to be stored behind the row with the hash
// prev: its time in UTC and milliseconds, its two hashes filled in.
func Chain(prev string, e Event) Event {
	e.At = e.At.UTC().Truncate(time.Millisecond)
	e.PrevHash = prev
	e.Hash = e.ComputeHash()
	return e
}
