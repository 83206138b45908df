// Package evidence puts everything that is known of one number into one file, for
// whoever has to show it: consent with its wording, each message with its time
// where the person was and the rules that let it go, each reply, and how soon an
// opt-out was honoured. The same data give the same bytes.
package evidence

import (
	"context"
	"time"

	"tidings/internal/rules/consent"
	"tidings/internal/rules/message"
)

// Dossier is what one organisation knows of a number.
type Dossier struct {
	OrgID        string
	Slug         string
	Name         string
	Number       string   // E.164
	Zones        []string // in which the person may be
	Subscriber   *Subscriber
	Events       []consent.Event // in their order
	Head         consent.Link    // of the organisation's ledger, where it stands now
	HeadMAC      string          // which seals Head
	Messages     []Message       // both directions, in their order
	Suppressions []Suppression
	Reviews      []Review
}

// Subscriber is the person's record; a deleted one leaves none.
type Subscriber struct {
	ID          string    `json:"id"`
	FirstName   string    `json:"firstName"`
	LastName    string    `json:"lastName"`
	Language    string    `json:"language"`
	Timezone    string    `json:"timezone"`
	State       string    `json:"state"`
	Status      string    `json:"status"`
	ConsentedAt time.Time `json:"consentedAt,omitzero"`
	Created     time.Time `json:"created,omitzero"`
}

// Message is one text.
type Message struct {
	ID        string
	Inbound   bool
	Kind      message.Kind // of ours; a campaign's is empty or "campaign"
	Campaign  string       // its name
	Run       string
	Sender    string // the number that it came from, or was sent to
	Body      string
	Segments  int
	Status    string
	Reason    string
	DueAt     time.Time
	SentAt    time.Time // when the request began, or the reply came
	UUID      string    // the provider's
	ErrorCode string
	Verdict   *Verdict // what let it go or held it; nil where none was asked
}

// Verdict is what a message was decided by.
type Verdict struct {
	Rules   string    `json:"rules"` // version of the rule set
	At      time.Time `json:"at"`
	Allowed bool      `json:"allowed"`
	Reason  string    `json:"reason"`
	Answers []Answer  `json:"answers"`
}

// Answer is one rule's.
type Answer struct {
	Rule    string `json:"rule"`
	Allowed bool   `json:"allowed"`
	Detail  string `json:"detail"`
}

// Suppression is what keeps the number from being texted now.
type Suppression struct {
	Everywhere bool      `json:"wholeInstallation"`
	Reason     string    `json:"reason"`
	Source     string    `json:"source"`
	Created    time.Time `json:"created"`
}

// Review is a reply that a person had to decide on.
type Review struct {
	ID      string    `json:"id"`
	Message string    `json:"message"`
	Text    string    `json:"text"`
	Pattern string    `json:"pattern"`
	Status  string    `json:"status"`
	By      string    `json:"by"`
	Opened  time.Time `json:"opened"`
	DueAt   time.Time `json:"dueAt"`
	At      time.Time `json:"decidedAt,omitzero"`
}

// Source knows the rows.
type Source interface {
	// Dossiers gives what an organisation knows of a number, or each of them where
	// org is empty; none where nobody knows it.
	Dossiers(ctx context.Context, org, number string) ([]Dossier, error)
}

// Empty reports whether nothing at all is known.
func (d Dossier) Empty() bool {
	return d.Subscriber == nil && len(d.Events) == 0 && len(d.Messages) == 0 && len(d.Suppressions) == 0 && len(d.Reviews) == 0
}
