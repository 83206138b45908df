package store

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

const (
	idLength = 15 // PocketBase's length of a record id
	timeLen  = 9  // base 36 digits of milliseconds: 36^9 ms last until the year 5188
	digits   = "0123456789abcdefghijklmnopqrstuvwxyz"
)

// randomSpan is 36^6, the number of ids that share a millisecond: with 1,000 new rows in one
// millisecond the chance of a pair is one in 4,000, and the primary key refuses it.
const randomSpan = 36 * 36 * 36 * 36 * 36 * 36

// NewID makes a record id that sorts by the moment it was made at: pages in order of id are pages in
// order of creation, and new rows land at the end of the index instead of all over it. Within one
// millisecond the order is random. Times before 1970 count as 1970.
func NewID(t time.Time) string {
	var b [idLength]byte
	base36(b[:timeLen], uint64(max(t.UnixMilli(), 0)))
	base36(b[timeLen:], randomBelow(randomSpan))
	return string(b[:])
}

// IDTime is the moment that an id of NewID was made at, to the millisecond.
func IDTime(id string) (time.Time, error) {
	if len(id) != idLength {
		return time.Time{}, fmt.Errorf("read the time of id %q: want %d characters", id, idLength)
	}
	var ms int64
	for _, c := range []byte(id[:timeLen]) {
		d := strings.IndexByte(digits, c)
		if d < 0 {
			return time.Time{}, fmt.Errorf("read the time of id %q: %q is no base 36 digit", id, c)
		}
		ms = ms*36 + int64(d)
	}
	return time.UnixMilli(ms).UTC(), nil
}

// base36 fills b with the lowest digits of n, most significant first.
func base36(b []byte, n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[n%36]
		n /= 36
	}
}

// randomBelow is a number in [0, n). n is far below 2^63, so the bias of the remainder is nothing.
func randomBelow(n uint64) uint64 {
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // documented never to fail
	return binary.BigEndian.Uint64(raw[:]) % n
}
