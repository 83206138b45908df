package config

// Variable describes one environment variable, for help texts and checks.
type Variable struct {
	Name    string
	Meaning string
	Secret  bool
}

// Variables lists everything that Load reads, in the order of the manual.
func Variables() []Variable {
	return []Variable{
		{"PLIVO_AUTH_ID", "the account at Plivo", false},
		{"PLIVO_AUTH_TOKEN", "its token, also for checking webhooks", true},
		{"PLIVO_SENDER_NUMBER", "makes the first sender", false},
		{"PLIVO_API_URL", "where texts are sent to", false},
		{"PLIVO_ACCOUNT_RATE", "texts a second over all senders", false},
		{"TIDINGS_PUBLIC_URL", "what Plivo and phones reach; signatures are computed over it", false},
		{"TIDINGS_ENCRYPTION_KEY", "32 characters; encrypts secrets in the database", true},
		{"TIDINGS_ADMIN_EMAIL", "makes this superuser if there is none", false},
		{"TIDINGS_ADMIN_PASSWORD", "the superuser's first password", true},
		{"TIDINGS_LOG_LEVEL", "debug, info, warn or error", false},
		{"TIDINGS_LOG_FORMAT", "text or json", false},
		{"TIDINGS_METRICS_TOKEN", "opens /metrics", true},
		{"SENTRY_DSN", "where errors are reported", true},
		{"TIDINGS_CLOCK", "start of the clock, with a simulator only", false},
	}
}
