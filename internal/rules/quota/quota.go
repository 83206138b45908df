// Package quota reckons with the texts that a sender may send in a day: which
// day a moment belongs to, when it ends, and how many days a number of texts
// takes. The hours of the recipients it does not know.
//
//	q := quota.Quota{Cap: 2, Used: 1}
//	q.Spread([]int{5}) // First 0, Last 2, OnLast 2: one today, two tomorrow, two the day after
package quota

import "time"

const (
	dayLength = 24 * time.Hour
	// behind is how far the day of carriers is behind that of UTC: they reset
	// their caps at midnight Pacific. A fixed offset keeps the day free of zone
	// data.
	behind = 8 * time.Hour
)

// Day is the key of the day that a moment belongs to, as 2006-01-02.
func Day(t time.Time) string { return t.UTC().Add(-behind).Format(time.DateOnly) }

// Begin is when the n-th day after that of a moment begins; 0 is its own.
func Begin(t time.Time, n int) time.Time {
	return start(t).AddDate(0, 0, n).Add(behind)
}

// Between is how many days after that of one moment another one is, no fewer
// than 0.
func Between(from, to time.Time) int {
	return max(0, int(start(to).Sub(start(from))/dayLength))
}

// start is the midnight that begins the day of a moment, on the carriers' clock.
func start(t time.Time) time.Time { return t.UTC().Add(-behind).Truncate(dayLength) }

// Quota is what a sender may send in a day, and what it has sent of that.
type Quota struct {
	Cap  int // texts a day; 0: no limit
	Used int // on the day that is asked about
}

// Left is how many texts may leave on the day still; negative: as many as there are.
func (q Quota) Left() int {
	if q.Cap <= 0 {
		return -1
	}
	return max(0, q.Cap-q.Used)
}

// Spread is how texts come to lie on days, which are counted from 0.
type Spread struct {
	First  int // day on which the first leaves
	Last   int // day on which the last leaves
	OnLast int // how many leave on it
}

// Spread lays texts on days: due[n] of them may leave from the n-th day on. What
// finds no room waits for the next day. Without texts it is zero.
func (q Quota) Spread(due []int) Spread {
	s := Spread{First: -1}
	waiting := 0
	leave := func(day, n int) {
		if n <= 0 {
			return
		}
		if s.First < 0 {
			s.First = day
		}
		s.Last, s.OnLast = day, n
		waiting -= n
	}
	for day, n := range due {
		waiting += n
		room := waiting
		switch {
		case q.Cap <= 0:
		case day == 0:
			room = q.Left()
		default:
			room = q.Cap
		}
		leave(day, min(waiting, room))
	}
	if waiting > 0 { // only with a cap
		whole := (waiting - 1) / q.Cap
		if whole > 0 {
			leave(len(due), whole*q.Cap)
		}
		leave(len(due)+whole, waiting)
	}
	s.First = max(0, s.First)
	return s
}
