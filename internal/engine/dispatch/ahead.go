package dispatch

import (
	"context"
	"time"

	"tidings/internal/failpoint"
)

// low is how many candidates are left of a page when the next is read, beside
// the sending. A page takes three to six milliseconds on two cores; at 10,000
// texts a second those are sixty texts.
const low = page / 4

// pageOfDue is what came of reading a page.
type pageOfDue struct {
	rows []Candidate
	err  error
}

// reader starts to read a page. The answer comes once, and need not be fetched.
type reader func(DueQuery) <-chan pageOfDue

// reader reads pages in goroutines that the end of Run waits for.
func (d *Dispatcher) reader(ctx context.Context) reader {
	return func(q DueQuery) <-chan pageOfDue {
		answer := make(chan pageOfDue, 1)
		d.wg.Go(func() {
			rows, err := d.Store.Due(ctx, q)
			failpoint.Hit(failpoint.FeedRead)
			answer <- pageOfDue{rows, err}
		})
		return answer
	}
}

// fill waits for a page when the queue is empty, and has the next one read when
// it soon will be. What a queue that is dropped was reading is dropped with it:
// the rows are as they were.
func (q *queue) fill(read reader, sender string, until time.Time) error {
	if len(q.waiting) > low || q.dry {
		return nil
	}
	if q.ahead == nil {
		q.ahead = read(DueQuery{Run: q.run.ID, Sender: sender, Until: until, After: q.after, Limit: page})
	}
	if len(q.waiting) > 0 {
		return nil
	}
	got := <-q.ahead
	q.ahead = nil
	if got.err != nil {
		return got.err
	}
	q.waiting = got.rows
	q.dry = len(got.rows) < page
	if len(got.rows) > 0 {
		q.after = got.rows[len(got.rows)-1].Cursor
	}
	return nil
}
