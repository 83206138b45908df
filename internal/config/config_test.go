package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(k string) string { return m[k] }
}

func TestLoadReadsEverything(t *testing.T) {
	t.Parallel()
	got, err := Load(env(
		"PLIVO_AUTH_ID", " MAEXAMPLE ", "PLIVO_AUTH_TOKEN", "tok\n", "PLIVO_SENDER_NUMBER", "+1 (212) 555-0100", "PLIVO_API_URL", "http://127.0.0.1:9090/",
		"PLIVO_ACCOUNT_RATE", "2.5", "TIDINGS_PUBLIC_URL", "https://sms.example.com/tidings/", "TIDINGS_ENCRYPTION_KEY", strings.Repeat("k", 32),
		"TIDINGS_ADMIN_EMAIL", "owner@example.com", "TIDINGS_ADMIN_PASSWORD", " ten chars ", "TIDINGS_LOG_LEVEL", "DEBUG", "TIDINGS_LOG_FORMAT", "JSON",
		"TIDINGS_METRICS_TOKEN", "m", "SENTRY_DSN", "https://key@sentry.example.com/1", "TIDINGS_CLOCK", "2026-03-03T11:00:00-05:00"))
	if err != nil {
		t.Fatal(err)
	}
	clock := got.Clock
	got.Clock = time.Time{}
	want := Config{PlivoAuthID: "MAEXAMPLE", PlivoAuthToken: NewSecret("tok"), SenderNumber: "+12125550100", PlivoAPIURL: "http://127.0.0.1:9090", AccountRate: 2.5,
		PublicURL: "https://sms.example.com/tidings", EncryptionKey: NewSecret(strings.Repeat("k", 32)), AdminEmail: "owner@example.com", AdminPassword: NewSecret(" ten chars "),
		LogLevel: slog.LevelDebug, LogFormat: "json", MetricsToken: NewSecret("m"), SentryDSN: NewSecret("https://key@sentry.example.com/1")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !clock.Equal(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("clock %v", clock)
	}
	if !got.HasPlivo() || !got.Simulated() {
		t.Error("credentials and a loopback address were given")
	}
}

func TestLoadOfAnEmptyEnvironmentServes(t *testing.T) {
	t.Parallel()
	got, err := Load(env())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Config{PlivoAPIURL: DefaultAPIURL}, got); diff != "" {
		t.Error(diff)
	}
	if got.HasPlivo() || got.Simulated() {
		t.Error("nothing was given")
	}
}

func TestLoadReadsEachVariableOfTheList(t *testing.T) {
	t.Parallel()
	listed, read := map[string]bool{}, map[string]bool{}
	for _, v := range Variables() {
		listed[v.Name] = true
	}
	if _, err := Load(func(name string) string { read[name] = true; return "" }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed, read); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	tests := map[string][]string{ // name: variable at fault, then the environment
		"id with a path":          {"PLIVO_AUTH_ID", "PLIVO_AUTH_ID", "MA/../x", "PLIVO_AUTH_TOKEN", "t"},
		"id alone":                {"PLIVO_AUTH_TOKEN", "PLIVO_AUTH_ID", "MA"},
		"token alone":             {"PLIVO_AUTH_ID", "PLIVO_AUTH_TOKEN", "t"},
		"token with a blank":      {"PLIVO_AUTH_TOKEN", "PLIVO_AUTH_ID", "MA", "PLIVO_AUTH_TOKEN", "a b"},
		"national number":         {"PLIVO_SENDER_NUMBER", "PLIVO_SENDER_NUMBER", "212 555 0100"},
		"long name":               {"PLIVO_SENDER_NUMBER", "PLIVO_SENDER_NUMBER", "BeanAndLeafShop"},
		"two numbers":             {"PLIVO_SENDER_NUMBER", "PLIVO_SENDER_NUMBER", "+12125550100<+12125550101"},
		"API without scheme":      {"PLIVO_API_URL", "PLIVO_API_URL", "api.plivo.com"},
		"API in the clear":        {"PLIVO_API_URL", "PLIVO_API_URL", "http://api.plivo.com"},
		"API with a user":         {"PLIVO_API_URL", "PLIVO_API_URL", "https://a:b@api.plivo.com"},
		"API broken":              {"PLIVO_API_URL", "PLIVO_API_URL", "http://x:port"},
		"API port":                {"PLIVO_API_URL", "PLIVO_API_URL", "http://localhost:70000"},
		"rate zero":               {"PLIVO_ACCOUNT_RATE", "PLIVO_ACCOUNT_RATE", "0"},
		"rate negative":           {"PLIVO_ACCOUNT_RATE", "PLIVO_ACCOUNT_RATE", "-1"},
		"rate not a number":       {"PLIVO_ACCOUNT_RATE", "PLIVO_ACCOUNT_RATE", "NaN"},
		"rate endless":            {"PLIVO_ACCOUNT_RATE", "PLIVO_ACCOUNT_RATE", "Inf"},
		"rate in words":           {"PLIVO_ACCOUNT_RATE", "PLIVO_ACCOUNT_RATE", "5/s"},
		"public relative":         {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "/tidings"},
		"public with query":       {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "https://sms.example.com/?a=b"},
		"public with empty query": {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "https://sms.example.com/?"},
		"public with fragment":    {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "https://sms.example.com/#x"},
		"public in the clear":     {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "http://sms.example.com"},
		"public with escapes":     {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "https://sms.example.com/a%20b"},
		"public odd scheme":       {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "ftp://sms.example.com"},
		"public like loopback":    {"TIDINGS_PUBLIC_URL", "TIDINGS_PUBLIC_URL", "http://localhost.evil.example"},
		"short key":               {"TIDINGS_ENCRYPTION_KEY", "TIDINGS_ENCRYPTION_KEY", "short"},
		"no e-mail":               {"TIDINGS_ADMIN_EMAIL", "TIDINGS_ADMIN_EMAIL", "owner", "TIDINGS_ADMIN_PASSWORD", "long enough"},
		"e-mail with a name":      {"TIDINGS_ADMIN_EMAIL", "TIDINGS_ADMIN_EMAIL", "O <o@example.com>", "TIDINGS_ADMIN_PASSWORD", "long enough"},
		"e-mail alone":            {"TIDINGS_ADMIN_PASSWORD", "TIDINGS_ADMIN_EMAIL", "owner@example.com"},
		"password alone":          {"TIDINGS_ADMIN_EMAIL", "TIDINGS_ADMIN_PASSWORD", "long enough"},
		"short password":          {"TIDINGS_ADMIN_PASSWORD", "TIDINGS_ADMIN_EMAIL", "owner@example.com", "TIDINGS_ADMIN_PASSWORD", "nine char"},
		"unknown level":           {"TIDINGS_LOG_LEVEL", "TIDINGS_LOG_LEVEL", "loud"},
		"unknown format":          {"TIDINGS_LOG_FORMAT", "TIDINGS_LOG_FORMAT", "xml"},
		"metrics token":           {"TIDINGS_METRICS_TOKEN", "TIDINGS_METRICS_TOKEN", "a b"},
		"DSN without key":         {"SENTRY_DSN", "SENTRY_DSN", "https://sentry.example.com/1"},
		"DSN without project":     {"SENTRY_DSN", "SENTRY_DSN", "https://key@sentry.example.com/"},
		"clock of no form":        {"TIDINGS_CLOCK", "TIDINGS_CLOCK", "tomorrow", "PLIVO_API_URL", "http://localhost:1"},
		"clock at Plivo":          {"TIDINGS_CLOCK", "TIDINGS_CLOCK", "2026-03-03T16:00:00Z"},
		"clock on the network":    {"TIDINGS_CLOCK", "TIDINGS_CLOCK", "2026-03-03T16:00:00Z", "PLIVO_API_URL", "http://10.0.0.7:9090"},
		"clock, look-alike":       {"TIDINGS_CLOCK", "TIDINGS_CLOCK", "2026-03-03T16:00:00Z", "PLIVO_API_URL", "https://127.0.0.1.evil.example"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, err := Load(env(tt[1:]...))
			var p *Problem
			if !errors.As(err, &p) || p.Variable != tt[0] {
				t.Fatalf("got %v, want a problem of %s", err, tt[0])
			}
			if diff := cmp.Diff(Config{}, cfg); diff != "" {
				t.Error("a configuration came with the error")
			}
		})
	}
}

func TestLoadAcceptsWhatIsUnusualButFine(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		env  []string
		get  func(Config) string
		want string
	}{
		"short code":        {[]string{"PLIVO_SENDER_NUMBER", "555 01"}, func(c Config) string { return c.SenderNumber }, "55501"},
		"name":              {[]string{"PLIVO_SENDER_NUMBER", "BeanLeaf"}, func(c Config) string { return c.SenderNumber }, "BeanLeaf"},
		"as in the console": {[]string{"PLIVO_SENDER_NUMBER", "12125550100"}, func(c Config) string { return c.SenderNumber }, "+12125550100"},
		"public loopback":   {[]string{"TIDINGS_PUBLIC_URL", "http://[::1]:8090/"}, func(c Config) string { return c.PublicURL }, "http://[::1]:8090"},
		"public localhost":  {[]string{"TIDINGS_PUBLIC_URL", "http://localhost:8090/a/b"}, func(c Config) string { return c.PublicURL }, "http://localhost:8090/a/b"},
		"simulator nearby":  {[]string{"PLIVO_API_URL", "http://simulator:9090"}, func(c Config) string { return c.PlivoAPIURL }, "http://simulator:9090"},
		"clock on loopback": {[]string{"TIDINGS_CLOCK", "2026-03-03T16:00:00Z", "PLIVO_API_URL", "http://[::ffff:127.0.0.1]:1"}, func(c Config) string { return c.Clock.Format(time.RFC3339) }, "2026-03-03T16:00:00Z"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, err := Load(env(tt.env...))
			if err != nil {
				t.Fatal(err)
			}
			if got := tt.get(cfg); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLoadReportsEveryProblemAndNoValue(t *testing.T) {
	t.Parallel()
	const canary = "canary/7 value?"
	var names []string
	for _, v := range Variables() {
		names = append(names, v.Name)
	}
	_, err := Load(func(name string) string {
		if name == "TIDINGS_ADMIN_PASSWORD" {
			return "canary/7"
		}
		return canary
	})
	if err == nil {
		t.Fatal("accepted nonsense")
	}
	for _, n := range names {
		if !strings.Contains(err.Error(), n) {
			t.Errorf("%s is not reported", n)
		}
	}
	if strings.Contains(err.Error(), "canary") {
		t.Errorf("the report shows a value:\n%v", err)
	}
}

func TestSecretIsNeverShown(t *testing.T) {
	t.Parallel()
	cfg := Config{PlivoAuthToken: NewSecret("canary"), AdminPassword: NewSecret("canary")}
	encoded, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	for _, h := range []slog.Handler{slog.NewTextHandler(&logged, nil), slog.NewJSONHandler(&logged, nil)} {
		slog.New(h).Info("start", "config", cfg, "token", cfg.PlivoAuthToken, "pointer", &cfg)
	}
	shown := string(encoded) + logged.String()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		shown += fmt.Sprintf(verb, cfg.PlivoAuthToken) + fmt.Sprintf(verb, cfg) + fmt.Sprintf(verb, &cfg.PlivoAuthToken)
	}
	shown += fmt.Sprint(cfg, []Secret{cfg.PlivoAuthToken}, map[string]Secret{"a": cfg.PlivoAuthToken})
	for _, form := range []string{"canary", "63616e617279", "{99 97"} {
		if strings.Contains(shown, form) {
			t.Errorf("shown as %q in\n%s", form, shown)
		}
	}
	if !strings.Contains(shown, "[set]") || !strings.Contains(shown, "[not set]") {
		t.Error("it does not say whether it is set")
	}
	if !cfg.PlivoAuthToken.Equal(NewSecret("canary")) || cfg.PlivoAuthToken.Equal(NewSecret("other")) || cfg.PlivoAuthToken.Reveal() != "canary" {
		t.Error("the value is lost")
	}
}
