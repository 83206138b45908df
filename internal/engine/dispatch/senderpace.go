package dispatch

import (
	"slices"
	"sync/atomic"
	"time"
)

const (
	// fast is the interval from which on a sender may catch up more than slack: a
	// commit on a slow disk takes several of its turns.
	fast = 50 * time.Millisecond
	// catchUp is how far behind its pace a fast sender may fall and still catch up.
	catchUp = 100 * time.Millisecond
	// wobble is how much longer the way to the provider may be for one text than
	// for another. Windows are so much longer for it.
	wobble = 4 * time.Millisecond
	// late is how long after its moment a text leaves, on average or more. The turns
	// of a window are so much further apart together, and for wobble: would they
	// come sooner than the window lets texts through, they would crowd behind the
	// first that has to wait, in a burst that grows from second to second.
	late = time.Millisecond
	// mostLead is how much earlier than its text may leave a turn is taken at most.
	mostLead = 10 * time.Millisecond
	// lookAgain is how soon to look again for a text that should have left by now.
	lookAgain = time.Millisecond

	fewestTurns = 5
	mostTurns   = 5000
)

// departure is a text whose turn was taken. Its worker tells when it has left.
type departure struct {
	taken time.Time
	from  time.Time    // the text leaves then, or later
	left  atomic.Int64 // nanoseconds after taken; 0: it has not left
}

// gone tells that the text has left, or never will. Senders without a limit have
// no departures, but nil.
func (d *departure) gone(now time.Time) {
	if d != nil {
		d.left.CompareAndSwap(0, max(int64(now.Sub(d.taken)), 1))
	}
}

// early is how long the text has to wait before it leaves.
func (d *departure) early(now time.Time) time.Duration {
	if d == nil {
		return 0
	}
	return d.from.Sub(now)
}

// pace is a sender's bucket with a memory: whoever catches up stays within the
// limit of every second, as it is known when each of the last texts left. For a
// sender of less than five a second it is as many seconds as five texts take.
//
// Each text follows one that left a window earlier, and no two follow the same. So
// texts stand in as many lines as a window may hold, those of one line are a
// window apart, and no window holds two of a line.
//
// What counts is when the bytes left and not when the turn was taken: between
// the two are the commit of the mark and the wait for a core. A turn may be taken
// earlier by as long as that lately took, and its text then waits for the moment;
// else every text would shift those after it, a second later, by one commit.
type pace struct {
	bucket
	taken time.Time    // when the last turn was
	last  []*departure // whom nobody follows yet, in the order in which their turns were taken
	rooms []time.Time  // when others, whom nobody follows either, are out of the window
}

// window is how many texts may leave within which time.
func (p *pace) window() (texts int, within time.Duration) {
	texts = min(max(int(time.Second/p.interval), fewestTurns), mostTurns)
	return texts, time.Duration(texts)*p.interval + wobble
}

// open is when the next turn may be taken, a lead before its text may leave.
func (p *pace) open(now time.Time, lead time.Duration) time.Time {
	if p.interval == 0 {
		return p.next
	}
	texts, within := p.window()
	if over := len(p.last) + len(p.rooms) - texts; over > 0 { // the pace was lowered
		p.rooms = p.rooms[min(over, len(p.rooms)):]
		p.last = p.last[max(len(p.last)-texts, 0):]
	}
	if len(p.last) == texts {
		first, left := p.first()
		if first < 0 {
			return now.Add(lookAgain)
		}
		p.rooms = append(p.rooms, left.Add(within))
		p.last = slices.Delete(p.last, first, first+1)
	}
	if len(p.rooms) == 0 {
		return p.next
	}
	return later(p.next, p.rooms[len(p.rooms)-1].Add(-min(lead, mostLead)))
}

// first finds the text that left first of those whom nobody follows; -1 when none
// has left. One that is held up, in a dial for example, keeps its place, and the
// others pass.
func (p *pace) first() (first int, left time.Time) {
	first = -1
	for i, d := range p.last {
		if first >= 0 && d.taken.After(left) {
			break // nor did any that comes after it leave before
		}
		after := time.Duration(d.left.Load())
		if at := d.taken.Add(after); after > 0 && (first < 0 || at.Before(left)) {
			first, left = i, at
		}
	}
	return first, left
}

// take uses up a turn that is open.
func (p *pace) take(now time.Time) *departure {
	if p.interval == 0 {
		p.bucket.take(now)
		return nil
	}
	behind := slack
	if p.interval <= fast && now.Sub(p.taken) <= catchUp { // else it was idle, and gathers no burst
		behind = catchUp
	}
	p.taken = now
	p.takeWithin(now, behind)
	texts, _ := p.window()
	p.next = p.next.Add((wobble + late) / time.Duration(texts))
	d := &departure{taken: now}
	if n := len(p.rooms); n > 0 {
		d.from, p.rooms = p.rooms[n-1], p.rooms[:n-1]
	}
	p.last = append(p.last, d)
	return d
}

// refund gives back the turn of a text that was not sent after all, one of the
// last. The next takes its place.
func (p *pace) refund(d *departure) {
	p.bucket.refund()
	if p.interval > 0 {
		texts, _ := p.window()
		p.next = p.next.Add(-(wobble + late) / time.Duration(texts))
	}
	for i := len(p.last) - 1; i >= 0; i-- {
		if p.last[i] == d {
			p.last = slices.Delete(p.last, i, i+1)
			p.rooms = append(p.rooms, d.from)
			return
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
