package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"
)

const (
	// A copy is a little younger than its newest step, and clocks differ.
	beforeCopy = 5 * time.Minute
	// mostTexts bounds what is read after a restore: 10,000 pages, nine hours.
	mostTexts = 200_000
)

// Archive keeps what is asked about a data folder that was restored or copied.
type Archive interface {
	// Restored gives what is still to be asked; false when nothing is.
	Restored(ctx context.Context) (Restored, bool, error)
	// Held lists rows of one number that a text since then may belong to, and
	// those that have one.
	Held(ctx context.Context, number string, since time.Time) ([]Held, error)
	// Claim does for one number what the list says, in one commit.
	Claim(ctx context.Context, c Claim) error
	// Replayed remembers that all was asked.
	Replayed(ctx context.Context, r Replay) error
}

// Restored is a folder of which it is not known what has left since Since.
type Restored struct {
	Since   time.Time
	Sources []Source // our senders; others of the account are none of our business
}

// Held is one row.
type Held struct {
	ID       string
	Source   Source
	Segments int64
	UUID     string
	Queued   bool // it would be sent
	Open     bool // queued, or unknown without a text
}

// Claim is what the list says about one number.
type Claim struct {
	Number    string
	Bind      []Bound
	Known     []Bound  // texts that have their row: what became of them since
	Doubt     []string // queued rows that may have left
	Strangers []Text   // texts of ours that no row stands for
}

// Bound is a row and its text.
type Bound struct {
	ID   string
	Text Text
}

// Replay is what was found.
type Replay struct{ Bound, Doubted, Strangers, Heard, Wordless int }

// replay asks what left, and what people wrote, since a copy was made. Until it
// has ended nobody can resume what the restore paused.
func (r *Reconciler) replay(ctx context.Context) error {
	folder, ok, err := r.Archive.Restored(ctx)
	if err != nil || !ok {
		return err
	}
	now := r.Now()
	since := folder.Since.Add(-beforeCopy)
	if oldest := now.Add(-keptFor); since.Before(oldest) {
		since = oldest
	}
	r.Log.Warn("this data folder was restored or copied; asking the provider what happened since", "since", since)
	var sum Replay
	// What left first: the row of somebody who got her text and then said STOP is that text's, and not
	// one that the STOP skips.
	if err := r.claim(ctx, folder, since, now, &sum); err != nil {
		return err
	}
	if err := r.hear(ctx, since, now, &sum); err != nil {
		return err
	}
	if err := r.Archive.Replayed(ctx, sum); err != nil {
		return err
	}
	r.Log.Warn("the provider has told what happened since the copy; runs can be resumed now",
		"bound", sum.Bound, "unknown", sum.Doubted, "without a row", sum.Strangers, "heard", sum.Heard)
	return nil
}

func (r *Reconciler) claim(ctx context.Context, folder Restored, since, until time.Time, sum *Replay) error {
	texts, err := r.list.stretch(ctx, Query{Since: since, Until: until}, mostTexts/pageSize)
	if err != nil {
		return fmt.Errorf("what left: %w", err)
	}
	for number, texts := range byNumber(texts, folder.Sources) {
		held, err := r.Archive.Held(ctx, number, since)
		if err != nil {
			return err
		}
		c := assign(number, texts, held)
		sum.Bound += len(c.Bind)
		sum.Doubted += len(c.Doubt)
		sum.Strangers += len(c.Strangers)
		if len(c.Bind)+len(c.Known)+len(c.Doubt)+len(c.Strangers) == 0 {
			continue
		}
		if err := r.Archive.Claim(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// byNumber gives the texts that some senders sent, by whom they went to.
func byNumber(texts []Text, senders []Source) map[string][]Text {
	to := make(map[string][]Text)
	for _, t := range texts {
		if slices.ContainsFunc(senders, func(s Source) bool { return from(t, s) }) {
			number := "+" + strip(t.To)
			to[number] = append(to[number], t)
		}
	}
	return to
}

// assign gives the texts to one number to its rows. Where one text meets one
// row, of the same sender and size, it is bound. Where it is not so clear,
// nothing that waits for that number may leave any more: it becomes unknown.
func assign(number string, texts []Text, held []Held) Claim {
	c := Claim{Number: number}
	taken := make(map[string]string)
	for _, h := range held {
		if h.UUID != "" {
			taken[h.UUID] = h.ID
		}
	}
	doubted := make(map[string]bool)
	for _, t := range texts {
		if id := taken[t.UUID]; id != "" {
			c.Known = append(c.Known, Bound{id, t})
			continue
		}
		var rows []Held
		for _, h := range held {
			if h.Open && from(t, h.Source) {
				rows = append(rows, h)
			}
		}
		rivals := 0
		for _, o := range texts {
			if taken[o.UUID] == "" && same(o.From, t.From) && o.PowerpackUUID == t.PowerpackUUID {
				rivals++
			}
		}
		switch {
		case len(rows) == 0:
			c.Strangers = append(c.Strangers, t)
		case len(rows) == 1 && rivals == 1 && size(t, rows[0].Segments):
			c.Bind = append(c.Bind, Bound{rows[0].ID, t})
		default:
			for _, h := range rows {
				if h.Queued && !doubted[h.ID] {
					doubted[h.ID] = true
					c.Doubt = append(c.Doubt, h.ID)
				}
			}
		}
	}
	slices.SortFunc(c.Bind, func(a, b Bound) int { return cmp.Compare(a.ID, b.ID) })
	return c
}

// Fenced is how things stand with a folder that was restored or copied.
type Fenced struct {
	Reason   string
	Since    time.Time // of the copy; zero: not known
	FoundAt  time.Time
	Replayed bool
	Paused   int // runs that wait for a person
	Replay
}

// Raised reports whether people have to be told.
func (f Fenced) Raised() bool { return !f.FoundAt.IsZero() && (!f.Replayed || f.Paused > 0) }

// Pending reports whether nobody may send yet.
func (f Fenced) Pending() bool { return !f.FoundAt.IsZero() && !f.Replayed }

// Notice says how things stand and what to do.
func (f Fenced) Notice() string {
	if !f.Raised() {
		return ""
	}
	text := "This data folder was restored or copied: " + f.Reason + ". Nothing is sent from it by itself. "
	if !f.Replayed {
		return text + "Plivo is being asked what left since the copy; nothing can be sent before it has answered."
	}
	text += fmt.Sprintf("Plivo knows of %d texts that left since the copy and now have their row", f.Bound)
	if f.Doubted > 0 {
		text += fmt.Sprintf(", of %d people who may have got theirs (now unknown)", f.Doubted)
	}
	if f.Strangers > 0 {
		text += fmt.Sprintf(", and of %d texts that this folder knows nothing of: a campaign may have gone out after the copy was made", f.Strangers)
	}
	text += ". "
	if f.Wordless > 0 {
		text += fmt.Sprintf("It did not tell the words of %d texts that people wrote: look for STOP in the Plivo console. ", f.Wordless)
	}
	return text + fmt.Sprintf("%d paused runs wait: resume each, or cancel it.", f.Paused)
}
