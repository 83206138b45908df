package hours

import (
	"math"
	"sort"
	"time"
)

const secondsPerDay = 24 * 60 * 60

// The years whose clock changes are laid out when a zone is first used. Outside
// of them the standard library is asked, which is slower and just as right.
const (
	firstYear = 2020
	lastYear  = 2050
)

// span is a stretch of time in which a zone's clock runs evenly: local time is
// UTC plus offset for every second of [from, until).
type span struct{ from, until, offset int64 }

type zone struct {
	location *time.Location
	spans    []span // without holes, from the span of firstYear on
}

func newZone(location *time.Location) *zone {
	z := &zone{location: location}
	end := time.Date(lastYear, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
	next := time.Date(firstYear, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
	for next < end {
		s := spanOf(location, next)
		next = s.until
		if n := len(z.spans); n > 0 && z.spans[n-1].offset == s.offset {
			z.spans[n-1].until = s.until
			continue
		}
		if n := len(z.spans); n > 0 {
			s.from = z.spans[n-1].until
		}
		z.spans = append(z.spans, s)
	}
	return z
}

// at returns the span that holds the moment.
func (z *zone) at(unix int64) span {
	if n := len(z.spans); unix < z.spans[0].from || unix >= z.spans[n-1].until {
		return spanOf(z.location, unix)
	}
	i := sort.Search(len(z.spans), func(i int) bool { return z.spans[i].until > unix })
	return z.spans[i]
}

// spanOf asks the standard library. The span it returns holds the moment; it may
// end before the clock really changes.
func spanOf(location *time.Location, unix int64) span {
	at := time.Unix(unix, 0).In(location)
	_, offset := at.Zone()
	s := span{from: math.MinInt64, until: math.MaxInt64, offset: int64(offset)}
	from, until := at.ZoneBounds()
	if !from.IsZero() {
		s.from = from.Unix()
	}
	if !until.IsZero() {
		s.until = until.Unix()
	}
	// On 31 December of a leap year Go 1.26 says that the span ended that
	// midnight, because it counts 365 days to the year. No zone changes its clock
	// on that day, so the span holds to the next midnight, UTC, at least.
	if s.until <= unix {
		s.until = (floorDiv(unix, secondsPerDay) + 1) * secondsPerDay
	}
	return s
}

// floorDiv rounds towards minus infinity, so that times before 1970 fall on the
// right day.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
