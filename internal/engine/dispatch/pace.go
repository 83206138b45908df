package dispatch

import "time"

// slack is how far a bucket may fall behind and still catch up. A commit takes
// one to five milliseconds, which at a thousand texts a second would otherwise
// be lost to every batch.
const slack = 10 * time.Millisecond

// slowest is the least that a throttled account is slowed to: a text a second.
const slowest = time.Second

// bucket lets one text through every interval. It holds no tokens but the
// moment of the next text, so that an idle sender never bursts.
type bucket struct {
	interval time.Duration // 0: unlimited
	next     time.Time
}

func newBucket(perSecond float64) bucket {
	var b bucket
	b.setRate(perSecond)
	return b
}

func (b *bucket) setRate(perSecond float64) {
	b.interval = 0
	if perSecond > 0 {
		b.interval = time.Duration(float64(time.Second) / perSecond)
	}
}

func (b *bucket) ready(now time.Time) bool { return !b.next.After(now) }

// take uses up one turn. Only fast senders, with less than slack between two
// texts, may catch up on what a slow commit cost them.
func (b *bucket) take(now time.Time) {
	floor := now
	if b.interval < slack {
		floor = now.Add(-slack)
	}
	if b.next.Before(floor) {
		b.next = floor
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

// account is the bucket over all senders. The provider's 429 halves its rate;
// each quiet second gives a tenth back.
type account struct {
	bucket
	full  time.Duration // the configured interval
	eased time.Time
}

func newAccount(perSecond float64) account {
	a := account{bucket: newBucket(perSecond)}
	a.full = a.interval
	return a
}

// configure sets another full rate; a slowed account stays slowed.
func (a *account) configure(perSecond float64) {
	full := newBucket(perSecond).interval
	if a.interval == a.full {
		a.interval = full
	}
	a.full = full
}

func (a *account) slow(now time.Time, retryAfter time.Duration) {
	if retryAfter <= 0 {
		retryAfter = 5 * time.Second // the provider counts calls in windows of five seconds
	}
	a.interval = min(max(2*a.interval, 10*time.Millisecond), slowest)
	a.hold(now.Add(retryAfter))
	a.eased = now.Add(retryAfter)
}

func (a *account) ease(now time.Time) {
	if a.interval <= a.full || now.Sub(a.eased) < time.Second {
		return
	}
	a.eased = now
	a.interval = max(a.interval*9/10, a.full)
	if a.interval < time.Millisecond && a.full == 0 {
		a.interval = 0
	}
}
