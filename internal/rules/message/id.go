package message

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Row ids have 15 characters of [0-9a-z]:
//
//	run key (5) + digits of the number in base 36 (10)   a campaign's message
//	"q" + 14 characters of a hash or of randomness       a single outbound message
//	"i" + 14 characters of a hash of the provider's id   an inbound message
//
// Ten base-36 characters hold 15 digits, the most that E.164 allows, so a run
// and a number give the same id always: planning an audience twice changes
// nothing. Run keys begin with 0-9 or a-h.
const (
	keyLength    = 5
	numberLength = 10
	firstKey     = "00001"
)

// ErrKeysExhausted says that all run keys of the installation are used.
var ErrKeysExhausted = errors.New("message: all 30 million run keys are used; archive old runs into a new installation")

// NextKey gives the run key after last, the first one for an empty last.
func NextKey(last string) (string, error) {
	if last == "" {
		return firstKey, nil
	}
	n, err := strconv.ParseInt(last, 36, 64)
	if err != nil || len(last) != keyLength {
		return "", fmt.Errorf("message: %q is no run key", last)
	}
	next := strconv.FormatInt(n+1, 36)
	next = strings.Repeat("0", max(0, keyLength-len(next))) + next
	if len(next) > keyLength || next[0] > 'h' {
		return "", ErrKeysExhausted
	}
	return next, nil
}

// RunRecordID is the id of the run with a key, an "r" and the key: six
// characters, as every message of the run has them twice, in its row and in the
// index of runs. The letter keeps spreadsheets from taking it for a number.
func RunRecordID(key string) string { return "r" + key }

// RunID names the message of one run to one number.
func RunID(key, e164 string) (string, error) {
	digits := strings.TrimPrefix(e164, "+")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || len(key) != keyLength || len(digits) < 7 || len(digits) > 15 || digits[0] == '0' {
		return "", fmt.Errorf("message: no id for run key %q and a number of %d digits", key, len(digits))
	}
	s := strconv.FormatUint(n, 36)
	return key + strings.Repeat("0", numberLength-len(s)) + s, nil
}

// KeyOf gives the run key of a campaign's message; false for other messages.
func KeyOf(id string) (key string, ok bool) {
	if len(id) != keyLength+numberLength || id[0] > 'h' {
		return "", false
	}
	return id[:keyLength], true
}

// KeyRange gives the lowest and the highest id that a run can have.
func KeyRange(key string) (low, high string) {
	return key + strings.Repeat("0", numberLength), key + strings.Repeat("z", numberLength)
}

// InboundID names an inbound message by the provider's id, so that the same
// webhook received twice is one row.
func InboundID(uuid string) string { return "i" + hash14(uuid) }

// SingleID names a single outbound message. The same seed gives the same id:
// an answer to an inbound message is made once.
func SingleID(seed string) string { return "q" + hash14(seed) }

func hash14(s string) string {
	sum := sha256.Sum256([]byte(s))
	n := new(big.Int).SetUint64(binary.BigEndian.Uint64(sum[:8]))
	n.Lsh(n, 16).Or(n, big.NewInt(int64(binary.BigEndian.Uint16(sum[8:10]))))
	text := n.Text(36)
	text = strings.Repeat("0", 16) + text
	return text[len(text)-14:]
}
