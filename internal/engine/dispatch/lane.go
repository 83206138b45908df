package dispatch

import "time"

// lane is one sender's share of the work: its pace and the queues that feed it.
type lane struct {
	sender Sender
	pace   pace
	queues []*queue // answers and tests first, then runs in rotation
}

// queue is the due rows of one run, or the single messages, that wait in memory.
type queue struct {
	run     Run // ID is empty for single messages
	waiting []Candidate
	after   Cursor
	dry     bool             // nothing more was due when last read
	ahead   <-chan pageOfDue // the next page, which is being read; nil: none is
}

func newLane(s Sender) *lane {
	return &lane{sender: s, pace: pace{bucket: newBucket(s.RatePerSecond)}, queues: []*queue{{run: Run{Sender: s.ID}}}}
}

// update takes the newest settings and runs. Queues of runs that no longer feed
// are dropped; dry ones will be read again from the start, as rows come back
// with other due times.
func (l *lane) update(s Sender, runs []Run) {
	if s.RatePerSecond != l.sender.RatePerSecond {
		l.pace.interval = interval(s.RatePerSecond)
	}
	l.sender = s
	feeding := make(map[string]Run)
	for _, r := range runs {
		if r.Sender == s.ID {
			feeding[r.ID] = r
		}
	}
	kept := []*queue{l.queues[0]} // the single messages stay first
	for _, q := range l.queues[1:] {
		if _, ok := feeding[q.run.ID]; ok {
			kept = append(kept, q)
			delete(feeding, q.run.ID)
		}
	}
	for _, r := range runs {
		if _, isNew := feeding[r.ID]; isNew {
			kept = append(kept, &queue{run: r})
		}
	}
	l.queues = kept
	for _, q := range l.queues {
		if q.dry && len(q.waiting) == 0 {
			q.dry, q.after = false, Cursor{}
		}
	}
}

// dry reports whether nothing of the run waits in memory and nothing more was
// due when it was last read.
func (l *lane) dry(run string) bool {
	for _, q := range l.queues {
		if q.run.ID == run {
			return q.dry && len(q.waiting) == 0
		}
	}
	return false
}

// open reports whether the sender may send now, and if not, for how long.
func (l *lane) open(now time.Time, lead time.Duration) (bool, time.Duration) {
	if l.sender.LeftToday == 0 {
		return false, refreshEvery
	}
	if at := l.pace.open(now, lead); at.After(now) {
		return false, at.Sub(now)
	}
	return true, 0
}

// next takes the next candidate: an answer if there is one, else the runs of
// the lane in turn. It reads a page when a queue is empty.
func (l *lane) next(read reader, until time.Time) (Candidate, bool, error) {
	for i := range l.queues {
		q := l.queues[i]
		if err := q.fill(read, l.sender.ID, until); err != nil {
			return Candidate{}, false, err
		}
		if len(q.waiting) == 0 {
			continue
		}
		c := q.waiting[0]
		q.waiting = q.waiting[1:]
		if c.Body == "" {
			c.Body = q.run.Text
		}
		c.Sender, c.Expires = l.sender.ID, q.run.Expires
		if i > 0 { // the others come before this run's next
			l.queues = append(append(l.queues[:i:i], l.queues[i+1:]...), q)
		}
		return c, true, nil
	}
	return Candidate{}, false, nil
}

// take uses up one turn of the sender.
func (l *lane) take(now time.Time) *departure {
	if l.sender.LeftToday > 0 {
		l.sender.LeftToday--
	}
	return l.pace.take(now)
}

// refund gives the turn back.
func (l *lane) refund(text *departure) {
	l.pace.refund(text)
	if l.sender.LeftToday >= 0 {
		l.sender.LeftToday++
	}
}
