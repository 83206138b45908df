package dispatch

import "time"

const (
	// fast is the interval from which on a sender may catch up more than slack: a
	// commit on a slow disk takes several of its turns.
	fast = 50 * time.Millisecond
	// catchUp is how far behind its pace a fast sender may fall and still catch up.
	catchUp = 100 * time.Millisecond
	// wobble is how much longer the way to the provider may be for one text than
	// for another. Windows are so much longer for it.
	wobble = 2 * time.Millisecond

	fewestTurns = 5
	mostTurns   = 5000
)

// pace is a sender's bucket with a memory: whoever catches up stays within the
// limit of every second, as the moments of the last texts are known. For a
// sender of less than five a second it is as many seconds as five texts take.
type pace struct {
	bucket
	taken []time.Time // in order; the last texts of a window, and some before them. Their marks are on disk, or about to be
}

// window is how many texts may leave within which time.
func (p *pace) window() (texts int, within time.Duration) {
	texts = min(max(int(time.Second/p.interval), fewestTurns), mostTurns)
	return texts, time.Duration(texts)*p.interval + wobble
}

// open is when the next text may leave.
func (p *pace) open() time.Time {
	if p.interval == 0 {
		return p.next
	}
	at := p.next
	texts, within := p.window()
	if n := len(p.taken); n >= texts {
		if room := p.taken[n-texts].Add(within); room.After(at) {
			at = room
		}
	}
	return at
}

func (p *pace) take(now time.Time) {
	if p.interval == 0 {
		p.bucket.take(now)
		return
	}
	behind := slack
	if p.interval <= fast && !p.next.Before(now.Add(-catchUp)) { // else it was idle, and gathers no burst
		behind = catchUp
	}
	p.takeWithin(now, behind)
	texts, _ := p.window()
	if p.taken = append(p.taken, now); len(p.taken) >= 2*texts {
		p.taken = p.taken[:copy(p.taken, p.taken[len(p.taken)-texts:])]
	}
}

// leave tells when the last n texts left after all: their commit may have taken
// long, and the provider counts from then.
func (p *pace) leave(now time.Time, n int) {
	for i := max(len(p.taken)-n, 0); i < len(p.taken); i++ {
		p.taken[i] = now
	}
}

// refund gives back the turn of a text that was not sent after all: one of the
// last, all of which are of nearly the same moment.
func (p *pace) refund() {
	p.bucket.refund()
	if n := len(p.taken); n > 0 {
		p.taken = p.taken[:n-1]
	}
}
