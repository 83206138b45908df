package reconcile

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

const (
	// Plivo answers 20 of these calls a minute. One every 3.2 seconds is 19 in
	// any minute.
	callEvery = 3200 * time.Millisecond
	// After a call that failed the list is left in peace, at first for
	// restAtFirst, then twice as long each time.
	restAtFirst = 30 * time.Second
	restAtMost  = 15 * time.Minute

	pageSize = 20
	// mostPages bounds one look at a stretch: 6,000 texts, a quarter of an hour.
	// A busier stretch is read number by number, or not at all.
	mostPages = 300
)

// errTooMany says that a stretch holds more texts than one look may read.
var errTooMany = errors.New("more texts in this stretch than can be read")

// list asks the provider at the pace that it allows.
type list struct {
	provider Provider
	free     time.Time // no call before
	rest     time.Duration
	// unfiltered: the provider ignores the filter by number, so a question about
	// one number is answered about all of them.
	unfiltered bool
	pages      atomic.Int64 // that were read
}

func newList(p Provider) *list { return &list{provider: p} }

// answer is what the list says about one number.
type answer struct {
	texts []Text
	whole bool // everything in the stretch was read
}

// page makes one call, when its time has come.
func (l *list) page(ctx context.Context, q Query) (Page, error) {
	timer := time.NewTimer(time.Until(l.free))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return Page{}, ctx.Err()
	case <-timer.C:
	}
	p, err := l.provider.Texts(ctx, q)
	l.free = time.Now().Add(callEvery)
	if err != nil {
		l.rest = min(max(2*l.rest, restAtFirst), restAtMost)
		var later interface{ RetryIn() time.Duration }
		if errors.As(err, &later) {
			l.rest = max(l.rest, min(later.RetryIn(), restAtMost))
		}
		l.free = time.Now().Add(l.rest)
		return p, fmt.Errorf("read the provider's list: %w", err)
	}
	l.rest = 0
	l.pages.Add(1)
	return p, nil
}

// stretch reads all of a stretch, each text once, in at most so many pages. Beside an
// error it gives what was read before.
func (l *list) stretch(ctx context.Context, q Query, pages int) ([]Text, error) {
	var texts []Text
	seen := make(map[string]bool)
	for q.Offset = 0; q.Offset < pages*pageSize; q.Offset += pageSize {
		p, err := l.page(ctx, q)
		if err != nil {
			return texts, err
		}
		for _, t := range p.Texts {
			if !seen[t.UUID] { // what becomes visible late moves the pages by a few
				seen[t.UUID] = true
				texts = append(texts, t)
			}
		}
		if !p.More {
			return texts, nil
		}
	}
	return texts, errTooMany
}

// about finds the texts that may answer the doubts of a cluster. It reads the
// whole stretch as long as that takes no more pages than there are numbers, and
// asks for each number where the stretch is busier: never more than twice the
// calls of the cheaper way.
func (l *list) about(ctx context.Context, c cluster) (map[string]answer, error) {
	numbers := c.byNumber()
	q := Query{From: c.doubts[0].SenderNumber, Since: c.since(), Until: c.until()}
	pages := mostPages
	if !l.unfiltered {
		pages = min(len(numbers), mostPages)
	}
	texts, err := l.stretch(ctx, q, pages)
	switch {
	case err == nil:
		return sorted(numbers, texts, true), nil
	case !errors.Is(err, errTooMany):
		return nil, err
	case l.unfiltered:
		return sorted(numbers, texts, false), nil
	}
	answers := make(map[string]answer)
	for number := range numbers {
		q.To = number
		texts, err := l.stretch(ctx, q, 1)
		if err != nil && !errors.Is(err, errTooMany) {
			return nil, err
		}
		for _, t := range texts {
			if !same(t.To, number) {
				l.unfiltered = true
				return l.about(ctx, c)
			}
		}
		answers[number] = answer{texts: texts, whole: err == nil}
	}
	return answers, nil
}

func sorted(numbers map[string][]Doubt, texts []Text, whole bool) map[string]answer {
	answers := make(map[string]answer)
	for number := range numbers {
		a := answer{whole: whole}
		for _, t := range texts {
			if same(t.To, number) {
				a.texts = append(a.texts, t)
			}
		}
		answers[number] = a
	}
	return answers
}
