package dispatch

import "time"

// slack is how far behind its pace a bucket may fall and still catch up. A
// commit takes one to five milliseconds, in which no text leaves: without slack
// a sender of a thousand texts a second loses half of its turns to commits. It
// is also the whole burst: no sender is ever more than this ahead.
const slack = 10 * time.Millisecond

// bucket lets one text through every interval. It holds no tokens but the
// moment of the next text, so that an idle sender gathers no burst.
type bucket struct {
	interval time.Duration // 0: unlimited
	next     time.Time
}

func newBucket(perSecond float64) bucket { return bucket{interval: interval(perSecond)} }

func interval(perSecond float64) time.Duration {
	if perSecond <= 0 {
		return 0
	}
	return time.Duration(float64(time.Second) / perSecond)
}

func (b *bucket) ready(now time.Time) bool { return !b.next.After(now) }

// take uses up one turn.
func (b *bucket) take(now time.Time) {
	if earliest := now.Add(-slack); b.next.Before(earliest) {
		b.next = earliest
	}
	b.next = b.next.Add(b.interval)
}

// refund gives back the turn of a text that was not sent after all.
func (b *bucket) refund() { b.next = b.next.Add(-b.interval) }

// hold lets nothing through for a while.
func (b *bucket) hold(until time.Time) {
	if until.After(b.next) {
		b.next = until
	}
}

const (
	// fastestSlowed is what a throttled account is slowed to at least, whatever it
	// ran at: a hundred texts a second.
	fastestSlowed = 10 * time.Millisecond
	// slowest is what it is slowed to at most: a text a second.
	slowest = time.Second
	// quiet is how long an account rests after a 429 that names no time: the
	// provider counts calls in windows of five seconds.
	quiet = 5 * time.Second
)

// account is the bucket over all senders. The provider's 429 halves its rate;
// each quiet second gives a tenth back.
type account struct {
	bucket
	full  time.Duration // the configured interval; 0: the senders' own paces are the limit
	usual time.Duration // the interval of the senders' sum; 0: unlimited
	eased time.Time     // when it was last eased; while it is held, the end of that
}

func newAccount(perSecond float64) account {
	b := newBucket(perSecond)
	return account{bucket: b, full: b.interval}
}

// slow reacts to a 429. Answers that come while the account is held are about
// requests of before, so a burst of them slows it once.
func (a *account) slow(now time.Time, retryAfter time.Duration) {
	if retryAfter <= 0 {
		retryAfter = quiet
	}
	if !now.Before(a.eased) {
		from := a.interval
		if from == 0 {
			from = a.usual
		}
		a.interval = max(a.interval, min(max(2*from, fastestSlowed), slowest))
	}
	until := now.Add(retryAfter)
	a.hold(until)
	if until.After(a.eased) {
		a.eased = until
	}
}

// ease gives a slowed account some of its rate back.
func (a *account) ease(now time.Time) {
	if a.interval == a.full || now.Sub(a.eased) < time.Second {
		return
	}
	a.eased = now
	a.interval = a.interval * 9 / 10
	if a.interval <= max(a.full, a.usual, time.Millisecond) {
		a.interval = a.full
	}
}
