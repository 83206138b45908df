package hours

import "time"

// Horizon is how far ahead an opening is looked for. A text that finds none in
// eight days would arrive long after its reason.
const Horizon = 8 * 24 * time.Hour

// Allowed reports whether the local clock stands inside a window of r in every
// one of the zones. Without zones, or with a name that is no zone, it is false.
func Allowed(at time.Time, zones []string, r Rules) bool {
	var room [8]*zone
	known, ok := resolve(room[:0], zones)
	return ok && openInAll(known, &r, at.Unix())
}

// NextOpen returns the first moment not before at that is allowed in all zones,
// in UTC; at itself if it is allowed. It reports false if there is none within
// Horizon, or where Allowed could never be true.
func NextOpen(at time.Time, zones []string, r Rules) (time.Time, bool) {
	var room [8]*zone
	known, ok := resolve(room[:0], zones)
	if !ok {
		return time.Time{}, false
	}
	start := at.Unix()
	limit := start + int64(Horizon/time.Second)
	moment := start
	for settled := 0; settled < len(known); {
		// A zone that opens later moves the moment, and all others are asked
		// again: windows may be disjoint.
		for _, z := range known {
			opens, ok := z.opening(&r, moment, limit)
			if !ok {
				return time.Time{}, false
			}
			if opens > moment {
				moment, settled = opens, 0
			}
			settled++
			if settled == len(known) {
				break
			}
		}
	}
	if moment == start {
		return at.Round(0).UTC(), true
	}
	return time.Unix(moment, 0).UTC(), true
}

// WindowEnd returns the first moment after at that is no longer allowed, in UTC,
// for an at that is allowed. If at is not allowed it returns at. It looks no
// further than Horizon and returns at plus Horizon if the window is still open.
func WindowEnd(at time.Time, zones []string, r Rules) time.Time {
	var room [8]*zone
	known, ok := resolve(room[:0], zones)
	if !ok || !openInAll(known, &r, at.Unix()) {
		return at.Round(0).UTC()
	}
	limit := at.Unix() + int64(Horizon/time.Second)
	end := limit
	for _, z := range known {
		end = min(end, z.closing(&r, at.Unix(), limit))
	}
	if end == limit {
		return at.Round(0).UTC().Add(Horizon)
	}
	return time.Unix(end, 0).UTC()
}

// resolve fills into with the zones of the names; false if there are none or one
// is unknown.
func resolve(into []*zone, names []string) ([]*zone, bool) {
	for _, name := range names {
		z, err := load(name)
		if err != nil {
			return nil, false
		}
		into = append(into, z)
	}
	return into, len(into) > 0
}

func openInAll(known []*zone, r *Rules, unix int64) bool {
	for _, z := range known {
		if _, ok := z.window(r, unix); !ok {
			return false
		}
	}
	return true
}

// window returns the end, in Unix seconds, of the window that holds the moment
// on that local day, as if the clock ran on evenly.
func (z *zone) window(r *Rules, unix int64) (int64, bool) {
	s := z.at(unix)
	local := unix + s.offset
	day := floorDiv(local, secondsPerDay)
	second := local - day*secondsPerDay
	for _, w := range r.on(day) {
		if second < int64(w.From)*60 {
			return 0, false
		}
		if second < int64(w.Until)*60 {
			return min(day*secondsPerDay+int64(w.Until)*60-s.offset, s.until), true
		}
	}
	return 0, false
}

// opening returns the first open second not before unix and not after limit. It
// walks the evenly running spans of the clock one by one: in each, local time
// and UTC differ by a constant, so gaps and doubled hours need no special case.
func (z *zone) opening(r *Rules, unix, limit int64) (int64, bool) {
	for unix <= limit {
		s := z.at(unix)
		local := unix + s.offset
		day := floorDiv(local, secondsPerDay)
		second := local - day*secondsPerDay
		next := min((day+1)*secondsPerDay-s.offset, s.until)
		for _, w := range r.on(day) {
			if second >= int64(w.Until)*60 {
				continue
			}
			opens := day*secondsPerDay + max(second, int64(w.From)*60) - s.offset
			if opens < next {
				return opens, opens <= limit
			}
			break
		}
		unix = next
	}
	return 0, false
}

// closing returns the first closed second after unix, which is open, or limit.
// Windows that meet at midnight, or across a clock change, are one opening.
func (z *zone) closing(r *Rules, unix, limit int64) int64 {
	for unix < limit {
		end, ok := z.window(r, unix)
		if !ok {
			return unix
		}
		unix = end
	}
	return limit
}
