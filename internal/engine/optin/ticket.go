package optin

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// Tickets prove that a form was fetched here a while ago before it was sent. A
// script can fetch one too; it costs it a request and ties it to the page.
type Tickets struct{ key []byte }

// ticketLife is how long a page may lie open. After it the form comes back
// filled in, and one more press sends it.
const ticketLife = time.Hour

const macLength = 16

// NewTickets makes tickets under the installation's secret.
func NewTickets(secret []byte) *Tickets {
	if len(secret) == 0 {
		panic("optin: tickets need a secret")
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("tidings form ticket v1"))
	return &Tickets{key: mac.Sum(nil)}
}

// Make gives a ticket for a form.
func (t *Tickets) Make(slug string, at time.Time) string {
	raw := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
	return base64.RawURLEncoding.EncodeToString(append(raw, t.mac(slug, raw)...))
}

// Valid reports whether the ticket was made for that form and is not too old.
func (t *Tickets) Valid(ticket, slug string, at time.Time) bool {
	raw, err := base64.RawURLEncoding.DecodeString(ticket)
	if err != nil || len(raw) != 8+macLength || !hmac.Equal(raw[8:], t.mac(slug, raw[:8])) {
		return false
	}
	age := at.Sub(time.Unix(int64(binary.BigEndian.Uint64(raw)), 0))
	return age >= -time.Minute && age < ticketLife
}

func (t *Tickets) mac(slug string, at []byte) []byte {
	mac := hmac.New(sha256.New, t.key)
	mac.Write(at)
	mac.Write([]byte(slug))
	return mac.Sum(nil)[:macLength]
}
