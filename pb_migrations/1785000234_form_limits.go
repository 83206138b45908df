package migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A person sends a form once or twice; a counter with one address for all its customers stays far
// below one a second. What a form may cost is capped elsewhere; this saves the work of looking.
func init() {
	limits := []core.RateLimitRule{
		{Label: "POST /join/", MaxRequests: 60, Duration: 60},
		{Label: "POST /p/", MaxRequests: 60, Duration: 60},
	}
	without := func(rules []core.RateLimitRule) []core.RateLimitRule {
		return slices.DeleteFunc(slices.Clone(rules), func(r core.RateLimitRule) bool {
			return slices.ContainsFunc(limits, func(l core.RateLimitRule) bool { return l.Label == r.Label })
		})
	}
	m.Register(func(app core.App) error {
		s := app.Settings()
		s.RateLimits.Rules = append(without(s.RateLimits.Rules), limits...)
		return app.Save(s)
	}, func(app core.App) error {
		s := app.Settings()
		s.RateLimits.Rules = without(s.RateLimits.Rules)
		return app.Save(s)
	})
}
