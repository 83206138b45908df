package receipt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"sync"
)

// macLength is 128 bits of an HMAC-SHA256: enough that none is ever guessed.
const macLength = 16

// Tokens makes and checks the tokens of callback paths:
//
//	<message id>-<attempt in base 36>-<MAC in base64url>
//
// The provider's older signature covers only scheme, host and path, so what
// names the attempt stands in the path, and it carries a MAC of its own.
type Tokens struct{ macs sync.Pool } // of HMACs under one key: making one costs as much as using it

// NewTokens makes tokens under the installation's secret, which must not be
// empty.
func NewTokens(secret []byte) *Tokens {
	if len(secret) == 0 {
		panic("receipt: tokens need a secret")
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("tidings callback token v1"))
	key := mac.Sum(nil)
	return &Tokens{macs: sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

// Make gives the token of one attempt.
func (t *Tokens) Make(id string, attempt int) string {
	name := id + "-" + strconv.FormatInt(int64(attempt), 36)
	return name + "-" + t.mac(name)
}

// Parse gives the attempt that a token names, or ErrBadToken.
func (t *Tokens) Parse(token string) (Attempt, error) {
	// The MAC may itself hold a "-", so the name is cut from the front.
	id, rest, ok := strings.Cut(token, "-")
	number, mac, ok2 := strings.Cut(rest, "-")
	if !ok || !ok2 || !hmac.Equal([]byte(mac), []byte(t.mac(id+"-"+number))) {
		return Attempt{}, ErrBadToken
	}
	n, err := strconv.ParseInt(number, 36, 32)
	if err != nil {
		return Attempt{}, fmt.Errorf("%w: %w", ErrBadToken, err)
	}
	return Attempt{ID: id, Number: int(n)}, nil
}

func (t *Tokens) mac(name string) string {
	mac := t.macs.Get().(hash.Hash)
	defer t.macs.Put(mac)
	mac.Reset()
	mac.Write([]byte(name))
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(mac.Sum(sum[:0])[:macLength])
}
