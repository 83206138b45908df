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
func (b *bucket) take(now time.Time) { b.takeWithin(now, slack) }

func (b *bucket) takeWithin(now time.Time, slack time.Duration) {
	if earliest := now.Add(-slack); b.next.Before(earliest) {
		b.next = earliest
	}
	b.next = b.next.Add(b.interval)
}

// refund gives back the turn of a text that was not sent after all.
func (b *bucket) refund() { b.next = b.next.Add(-b.interval) }

// brisk says that a text more or less in a millisecond is within the pace.
func (b *bucket) brisk() bool { return b.interval < time.Millisecond }

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
	// breath is how long an account rests after a 429 that names no time, and
	// longestBreath if nothing but 429 comes. They are short, as the slower pace
	// does the work: holding for the five seconds in which the provider counts
	// calls left most of what it allows unused.
	breath        = 250 * time.Millisecond
	longestBreath = time.Second
	// plateau is how long an account stays just below the pace at which it was
	// slowed before it tries whether the limit is still there. Each such try may
	// cost a rest.
	plateau = 30 * time.Second
)

// account is the bucket over all senders. The provider's 429 slows it: to half
// while the limit is far away, by a tenth once it is near. Each quiet second
// gives some back, much below the pace at which it was last slowed and little
// near it, so that it stays close to a limit that nobody has told us.
type account struct {
	bucket
	full   time.Duration // the configured interval; 0: the senders' own paces are the limit
	usual  time.Duration // the interval of the senders' sum; 0: unlimited
	limit  time.Duration // the interval at which it was last slowed; 0: never
	slowed time.Time     // when that was
	taken  int           // texts that the provider took since then
	rest   time.Duration // the last rest, while it takes none
	eased  time.Time     // when it was last eased; while it is held, the end of that
}

func newAccount(perSecond float64) account {
	b := newBucket(perSecond)
	return account{bucket: b, full: b.interval}
}

// slow reacts to a 429 of a request that began at a moment. One that began
// before the account was last held tells nothing of the pace since, so a burst
// of them slows it once. And while the provider takes nothing at all, its window
// is used up: going slower would not help, waiting does.
func (a *account) slow(now, began time.Time, retryAfter time.Duration) {
	if !began.Before(a.eased) {
		if a.rest = min(max(2*a.rest, breath), longestBreath); a.limit == 0 || a.taken > 0 {
			a.slower(now)
		}
	}
	if retryAfter <= 0 {
		retryAfter = max(a.rest, breath)
	}
	until := now.Add(retryAfter)
	a.hold(until)
	if until.After(a.eased) {
		a.eased = until
	}
}

func (a *account) slower(now time.Time) {
	from := a.interval
	if from == 0 {
		from = max(a.usual, fastestSlowed/2)
	}
	to := 2 * from
	if a.limit != 0 && time.Duration(a.taken)*from >= time.Second/2 {
		to = from * 10 / 9 // half a second went well: the limit is near
	}
	a.limit, a.slowed, a.taken, a.rest = from, now, 0, breath
	a.interval = max(a.interval, min(max(to, fastestSlowed), slowest))
}

// took counts texts that the provider has taken.
func (a *account) took(n int) {
	if n > 0 {
		a.taken, a.rest = a.taken+n, 0
	}
}

// ease gives a slowed account some of its rate back.
func (a *account) ease(now time.Time) {
	if a.interval == a.full || now.Sub(a.eased) < time.Second {
		return
	}
	a.eased = now
	switch {
	case a.interval > a.limit*10/9:
		a.interval = a.interval * 9 / 10
	case a.interval > a.limit*33/32 || now.Sub(a.slowed) > plateau:
		a.interval = a.interval * 99 / 100
	}
	if a.interval <= max(a.full, a.usual, time.Millisecond) {
		a.interval = a.full
	}
}
