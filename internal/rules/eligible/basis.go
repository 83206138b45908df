package eligible

import (
	"strings"
	"time"

	"tidings/internal/rules/message"
)

// Basis is what a decision about one message needed, apart from its kind, its moment
// and its expiry, which its row and its run keep. Equal situations have equal bases,
// so few are kept for many messages.
type Basis struct {
	Rules       string // hash of the rule set
	Country     string
	Zones       string // separated by spaces
	States      string
	From, Until string // the organisation's own hours
	Cap         int    // likewise
	Status      string
	Suppression Suppression
	Recent      int // texts of the 24 hours before, where a cap applied
}

// Basis is what a question was answered by.
func (q *Question) Basis() Basis {
	b := Basis{Status: q.Status, Suppression: q.Suppression, Recent: q.Recent}
	if w := q.Where; w != nil {
		b.Rules, b.Country, b.Zones, b.States = w.rules, w.Country, w.zones, w.states
		b.From, b.Until, b.Cap = w.Own.From, w.Own.Until, w.Own.Cap
	}
	return b
}

// Replay asks the question of a basis again, by a book of the same rules.
func (b *Book) Replay(basis Basis, kind message.Kind, at, expires time.Time) Question {
	return Question{
		Kind: kind, Status: basis.Status, Suppression: basis.Suppression, Recent: basis.Recent, At: at, Expires: expires,
		Where: b.at(basis.Country, strings.Fields(basis.Zones), strings.Fields(basis.States),
			Own{From: basis.From, Until: basis.Until, Cap: basis.Cap}),
	}
}
