// Package hours decides at which moments a marketing text may go out.
//
// A text is allowed at a moment when the recipient's local clock stands inside
// a window of that weekday in every zone the recipient may be in. A recipient
// of unknown place (no zones, or a name that is no zone) has no window at all:
// the package refuses to guess.
//
//	r, err := hours.Federal().Narrow("09:00", "17:00")
//	at, ok := hours.NextOpen(now, []string{"America/New_York", "America/Chicago"}, r)
//
// Windows narrow and never widen: Intersect and Narrow only take time away.
//
// The zone data is the package's own (see DESIGN.md), because the data that
// comes with Go lags behind the changes of 2026 in Canada by an hour.
package hours

//go:generate go run ./_gen/zones.go -out zones.bin
