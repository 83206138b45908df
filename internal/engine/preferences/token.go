package preferences

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// macLength is 128 bits of an HMAC-SHA256: enough that none is ever guessed.
const macLength = 16

// Tokens makes and checks the secret parts of addresses:
//
//	<subscriber id>.<MAC in base64url>
type Tokens struct{ key []byte }

// NewTokens makes tokens under the installation's secret, which must not be
// empty.
func NewTokens(secret []byte) *Tokens {
	if len(secret) == 0 {
		panic("preferences: tokens need a secret")
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("tidings preferences token v1"))
	return &Tokens{key: mac.Sum(nil)}
}

// Make gives the token of a subscriber.
func (t *Tokens) Make(subscriber string) string { return subscriber + "." + t.mac(subscriber) }

func (t *Tokens) parse(token string) (subscriber string, ok bool) {
	subscriber, mac, ok := strings.Cut(token, ".")
	return subscriber, ok && hmac.Equal([]byte(mac), []byte(t.mac(subscriber)))
}

func (t *Tokens) mac(subscriber string) string {
	mac := hmac.New(sha256.New, t.key)
	mac.Write([]byte(subscriber))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:macLength])
}
