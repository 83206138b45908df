package campaign

import (
	"context"
	"fmt"
	"time"

	"tidings/internal/rules/eligible"
	"tidings/internal/rules/message"
	"tidings/internal/rules/price"
	"tidings/internal/rules/quota"
)

// Campaign is what Send needs to know of the record and its organisation.
type Campaign struct {
	ID            string
	Org           string
	Name          string
	Text          string
	Sender        string // id
	SenderName    string
	SenderEnabled bool
	RatePerSecond float64
	Quota         quota.Quota // of the sender, today
	Lists         []string
	Segment       string // the filter's text; empty without a segment
	BlankSegment  bool   // a segment was chosen whose filter is empty
	Everyone      bool
	SendAt        time.Time
	ExpiresAt     time.Time
	Archived      bool
	Brand         string
	SendFrom      string
	SendUntil     string
	FrequencyCap  int            // marketing texts to a number in 24 hours; 0: no limit
	Rules         *eligible.Book // those in force; nil: the built-in ones
}

// Person is one of the audience as the rows know her.
type Person struct {
	ID          string
	Number      string
	FirstName   string
	LastName    string
	Language    string
	Timezone    string
	State       string
	Attributes  string // a JSON object
	OwnPage     string // address of the person's own page, where it was asked for
	Status      string
	Suppression eligible.Suppression
}

// Audience asks for people in the order of their numbers.
type Audience struct {
	Org     string
	Lists   []string // any of them; none means everybody
	Segment string   // filter, AND
	// OwnPages asks for the address of each person's own page.
	OwnPages bool
	Unnamed  bool   // names, language and attributes may stay empty: the text does not ask for them
	After    string // a number; those behind it are asked for
}

// People reads an audience on. Close it.
type People interface {
	// Next gives at most so many; fewer only at the end.
	Next(ctx context.Context, most int) ([]Person, error)
	Close() error
}

// Run is the part of a run that planning works on.
type Run struct {
	ID       string
	Key      string
	Campaign string
	Org      string
	Cursor   string // number of the last person planned
	Snapshot Snapshot
	Rules    *eligible.Book // those in force; nil: the built-in ones
}

// Snapshot is what a run keeps of its campaign from the moment Send was
// pressed; later edits of the campaign do not touch it.
type Snapshot struct {
	Name         string    `json:"name"`
	Text         string    `json:"text"`
	Sender       string    `json:"sender"`
	Lists        []string  `json:"lists"`
	Segment      string    `json:"segment"`
	Everyone     bool      `json:"everyone"`
	NewOnly      bool      `json:"newOnly"`
	ExpiresAt    time.Time `json:"expiresAt,omitzero"`
	Brand        string    `json:"brand"`
	SendFrom     string    `json:"sendFrom"`
	SendUntil    string    `json:"sendUntil"`
	FrequencyCap int       `json:"frequencyCap,omitempty"`
	RuleSet      string    `json:"ruleSet"`     // version of the rules when Send was pressed; each message keeps its own
	ZoneData     string    `json:"zoneData"`    // version of the zone data
	EarlierKeys  []string  `json:"earlierKeys"` // of runs whose people are left out
}

// Launch is a run to be made.
type Launch struct {
	Campaign    Campaign
	Snapshot    Snapshot
	NewOnly     bool
	SendAt      time.Time // zero: at once
	By          string
	Recipients  int
	Idempotency *Idempotency
}

// Idempotency lets the same call get its first answer again for a day.
type Idempotency struct {
	User, Route, Key, BodyHash string
}

// Kept is the first answer to such a call, kept in the commit of what it tells of.
type Kept struct {
	Idempotency
	Status int
	Answer any // kept as JSON
}

// Launched is the answer to Send.
type Launched struct {
	RunID               string            `json:"runId"`
	CampaignID          string            `json:"campaignId"`
	Status              message.RunStatus `json:"status"`
	EstimatedRecipients int               `json:"estimatedRecipients"`
}

// Row is one planned message.
type Row struct {
	ID         string
	Subscriber string
	Number     string
	Body       string // empty: the run's text
	Encoding   string
	Segments   int
	Status     message.Status // queued, skipped or failed
	Reason     message.Reason
	ErrorCode  string
	DueAt      time.Time      // of a skipped one: when that was decided
	Basis      eligible.Basis // with Skipped: what was decided by
}

// Chunk is a stretch of the audience, planned.
type Chunk struct {
	Run    Run
	Rows   []Row
	Cursor string
	Last   bool
}

// Single is one outbound message that belongs to no run.
type Single struct {
	ID, Org, Campaign string
	Kind              message.Kind
	Number, Sender    string
	Body              string
	DueAt             time.Time
	Kept              *Kept // nil: no answer is kept
}

// Store is what campaigns need of the rows.
type Store interface {
	Campaign(ctx context.Context, id string) (Campaign, error)
	People(a Audience) People
	// Keys lists the run keys of a campaign, and its newest run's id.
	Keys(ctx context.Context, campaign string) (keys []string, newest string, err error)
	// Reached says which message ids stand for somebody who was not skipped. What
	// an ended run left queued has reached nobody.
	Reached(ctx context.Context, ids []string) (map[string]bool, error)
	// Recent gives when the numbers, which are sorted, were texted in the 24 hours
	// before a moment, in order.
	Recent(ctx context.Context, org string, numbers []string, at time.Time) (map[string][]time.Time, error)
	// Start makes the run in one durable commit; *AlreadySent if one is under way.
	Start(ctx context.Context, l Launch, at time.Time) (Launched, error)
	// Plannable lists runs to plan, after starting the scheduled ones that are due.
	Plannable(ctx context.Context, now time.Time) ([]Run, error)
	// Plan writes a chunk. It reports false when the run is not being planned any more.
	Plan(ctx context.Context, c Chunk) (bool, error)
	// Sweep skips the queued rows of canceled runs, a stretch at a time, and
	// reports whether there may be more.
	Sweep(ctx context.Context) (bool, error)
	// Single queues one message.
	Single(ctx context.Context, m Single) error
	// Standing reads one person's row by number; a zero Person without one.
	Standing(ctx context.Context, org, number string) (Person, error)
	Pause(ctx context.Context, run, reason string) error
	// Steer moves a run; false when its state does not allow it.
	Steer(ctx context.Context, run string, to message.RunStatus, at time.Time) (bool, error)
}

// Prices gives what a segment to a country costs.
type Prices interface {
	Rate(ctx context.Context, country string) price.Rate
}

// Refusal is an answer that a person can act on. Nothing was changed.
type Refusal struct {
	Code    string
	Field   string // the record's field at fault; empty for the campaign as a whole
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// AlreadySent says that the campaign has a run.
type AlreadySent struct {
	RunID  string
	GoesOn bool // a campaign has one run at a time
}

func (a *AlreadySent) Error() string {
	if a.GoesOn {
		return fmt.Sprintf("run %s of this campaign has not ended; send to new people when it has, or cancel it first", a.RunID)
	}
	return fmt.Sprintf("this campaign was already sent (run %s); send it to new people only with newOnly", a.RunID)
}
