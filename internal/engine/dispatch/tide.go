package dispatch

import "time"

const (
	// furthestBack is how far the legal clock may step back and what was due stay
	// due: an hour that somebody set wrongly, and some.
	furthestBack = 2 * time.Hour
	// ebb is how long rows that are not due by the clock are left alone after
	// one of them had to wait for its hours.
	ebb = time.Minute
)

// tide is how far the legal clock has ever been. A row that was due stays due if
// the clock is set back, else a run would stand still until the clock is there
// again. Whether a row may go out is judged by what the clock shows.
type tide struct {
	high time.Time // legal
	rest time.Time // real; until then the clock alone counts
}

// until is the moment up to which rows are due.
func (t *tide) until(now, legal time.Time) time.Time {
	if !legal.Before(t.high) {
		t.high = legal
		return legal
	}
	if now.Before(t.rest) {
		return legal
	}
	return earlier(t.high, legal.Add(furthestBack))
}

// deferred says that a row was put off at a moment. Its new moment may lie
// behind the tide, where it would be read and put off all the time.
func (t *tide) deferred(now, legal time.Time) {
	if legal.Before(t.high) {
		t.rest = now.Add(ebb)
	}
}
