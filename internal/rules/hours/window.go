package hours

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// minutesPerDay is the wall clock's day. A day of 23 or 25 hours still shows
// each of these minutes at most twice and never one beyond them.
const minutesPerDay = 24 * 60

// Window is a half-open part of a local day in minutes since midnight:
// From 480, Until 1260 is [08:00, 21:00). From is 0..1439, Until at most 1440.
type Window struct{ From, Until int }

// Valid reports whether the window lies inside one day and holds a minute.
func (w Window) Valid() bool {
	return w.From >= 0 && w.From < w.Until && w.Until <= minutesPerDay
}

// String writes the window as people do: "08:00-21:00".
func (w Window) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", w.From/60, w.From%60, w.Until/60, w.Until%60)
}

// merged returns the windows sorted, with those that touch or overlap joined.
func merged(windows []Window) []Window {
	sorted := slices.Clone(windows)
	slices.SortFunc(sorted, func(a, b Window) int { return a.From - b.From })
	var out []Window
	for _, w := range sorted {
		if n := len(out); n > 0 && w.From <= out[n-1].Until {
			out[n-1].Until = max(out[n-1].Until, w.Until)
			continue
		}
		out = append(out, w)
	}
	return out
}

// common returns the minutes that both sorted lists hold.
func common(a, b []Window) []Window {
	var out []Window
	for len(a) > 0 && len(b) > 0 {
		w := Window{From: max(a[0].From, b[0].From), Until: min(a[0].Until, b[0].Until)}
		if w.From < w.Until {
			out = append(out, w)
		}
		if a[0].Until < b[0].Until {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// ending returns the windows, each ending some minutes early; the last one of a day
// that goes on at midnight does not.
func ending(windows []Window, minutes int, goesOn bool) []Window {
	var out []Window
	for _, w := range windows {
		if !goesOn || w.Until < minutesPerDay {
			w.Until -= minutes
		}
		if w.From < w.Until {
			out = append(out, w)
		}
	}
	return out
}

// ParseWindows reads the windows of a day as people write them, "08:00-21:00" or
// "08:00-12:00,13:00-20:00"; "-" is a day without any.
func ParseWindows(text string) ([]Window, error) {
	if text == "-" {
		return nil, nil
	}
	var windows []Window
	for part := range strings.SplitSeq(text, ",") {
		from, until, _ := strings.Cut(strings.TrimSpace(part), "-")
		var w Window
		var okFrom, okUntil bool
		w.From, okFrom = parseClock(from)
		w.Until, okUntil = parseClock(until)
		if !okFrom || !okUntil || !w.Valid() {
			return nil, &Error{CodeHoursInvalid, fmt.Sprintf("%q is no window of a day; write it as 08:00-21:00, or - for none", part)}
		}
		windows = append(windows, w)
	}
	return merged(windows), nil
}

// parseClock reads HH:MM from 00:00 to 24:00 as minutes since midnight.
func parseClock(text string) (int, bool) {
	if len(text) != len("00:00") || text[2] != ':' {
		return 0, false
	}
	for _, i := range []int{0, 1, 3, 4} {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
	}
	hour, _ := strconv.Atoi(text[:2])
	minute, _ := strconv.Atoi(text[3:])
	total := hour*60 + minute
	if minute > 59 || total > minutesPerDay {
		return 0, false
	}
	return total, true
}
