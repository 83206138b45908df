package migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

func init() {
	m.Register(func(app core.App) error {
		s := app.Settings()
		s.Meta.AppName = "Tidings"
		s.Meta.SenderName = "Tidings"

		// Per address and window. A person logs in once, an SDK client refreshes now and then; a
		// guesser of passwords gets 10 tries in 10 s. Page loads and bulk editors stay far below 60
		// requests a second. The password mails cost money and annoy, hence few.
		s.RateLimits.Enabled = true
		s.RateLimits.Rules = []core.RateLimitRule{
			{Label: "*:auth", MaxRequests: 10, Duration: 10},
			{Label: "*:authWithPassword", MaxRequests: 10, Duration: 10},
			{Label: "*:requestPasswordReset", MaxRequests: 5, Duration: 60},
			{Label: "*:requestVerification", MaxRequests: 5, Duration: 60},
			{Label: "*:requestEmailChange", MaxRequests: 5, Duration: 60},
			{Label: "*:requestOTP", MaxRequests: 5, Duration: 60},
			{Label: "/api/", MaxRequests: 600, Duration: 10},
		}

		// A batch is one transaction over up to 50 requests with a 128 MB body: nothing needs it, and
		// it would stall the writer.
		s.Batch.Enabled = false

		// Without a proxy in front a client could claim any address; operators behind one set its
		// single-value header in the settings.
		s.TrustedProxy = core.TrustedProxyConfig{}
		return app.Save(s)
	}, func(app core.App) error {
		s := app.Settings()
		s.RateLimits.Enabled = false
		return app.Save(s)
	})
}
