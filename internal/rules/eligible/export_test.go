package eligible

import "tidings/internal/rules/hours"

// In stands for somebody in the zones, bound by the hours and by nothing else.
func In(r hours.Rules, zones ...string) *Where {
	return &Where{Zones: zones, windows: &windows{early: r, full: r}}
}
