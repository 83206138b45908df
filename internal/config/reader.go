package config

import (
	"log/slog"
	"net/mail"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// reader reads variables and collects what is wrong with them.
type reader struct {
	getenv   func(string) string
	problems []error
}

func (r *reader) fail(variable, wrong, example string) {
	r.problems = append(r.problems, &Problem{Variable: variable, Wrong: wrong, Example: example})
}

// get drops blanks at the ends, which come with copying and mean nothing.
func (r *reader) get(name string) string { return strings.TrimSpace(r.getenv(name)) }

// pair wants both or neither.
func (r *reader) pair(a, b string) {
	switch hasA, hasB := r.get(a) != "", r.get(b) != ""; {
	case hasA && !hasB:
		r.fail(b, "is missing while "+a+" is set; set both or neither", "")
	case hasB && !hasA:
		r.fail(a, "is missing while "+b+" is set; set both or neither", "")
	}
}

var authIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func (r *reader) authID() string {
	v := r.get("PLIVO_AUTH_ID")
	if v != "" && !authIDForm.MatchString(v) {
		r.fail("PLIVO_AUTH_ID", "may hold letters and digits only; copy it from the Plivo console", "MAEXAMPLE00000000000")
	}
	return v
}

// token reads a secret of one word.
func (r *reader) token(name, example string) Secret {
	v := r.get(name)
	if strings.ContainsFunc(v, func(c rune) bool { return c <= ' ' || c > '~' }) {
		r.fail(name, "holds a blank or a character that no token has; copy it again", example)
	}
	return NewSecret(v)
}

var (
	fullNumber = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	// NANP numbers as Plivo's console shows them.
	consoleNumber = regexp.MustCompile(`^1[2-9][0-9]{9}$`)
	shortCode     = regexp.MustCompile(`^[0-9]{3,6}$`)
	// Plivo takes names of up to 11 characters.
	senderName = regexp.MustCompile(`^[A-Za-z0-9]{1,11}$`)
	hasLetter  = regexp.MustCompile(`[A-Za-z]`)
	separators = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "/", "")
)

func (r *reader) sender() string {
	v := r.get("PLIVO_SENDER_NUMBER")
	bare := separators.Replace(v)
	switch {
	case v == "":
		return ""
	case fullNumber.MatchString(bare), shortCode.MatchString(bare):
		return bare
	case consoleNumber.MatchString(bare):
		return "+" + bare
	case hasLetter.MatchString(v) && senderName.MatchString(v):
		return v
	}
	r.fail("PLIVO_SENDER_NUMBER", "is no number in international form, no short code of 3 to 6 digits and no name of up to 11 letters and digits", "+12125550100")
	return ""
}

func (r *reader) apiURL() string {
	const name, example = "PLIVO_API_URL", DefaultAPIURL
	v := r.get(name)
	if v == "" {
		return DefaultAPIURL
	}
	u := parseAddress(v)
	if u == nil {
		r.fail(name, "is no address with http or https and a host, without user, query and fragment", example)
		return ""
	}
	if u.Scheme == "http" && !isNearby(u.Hostname()) {
		r.fail(name, "would send the auth token in the clear; use https, or a host on this machine or network", example)
	}
	return strings.TrimRight(v, "/")
}

// publicPath is what Plivo's SDKs sign alike: they disagree about percent signs.
var publicPath = regexp.MustCompile(`^(/[A-Za-z0-9_-]+)*/?$`)

func (r *reader) publicURL() string {
	const name, example = "TIDINGS_PUBLIC_URL", "https://sms.example.com"
	v := r.get(name)
	if v == "" {
		return ""
	}
	u := parseAddress(v)
	if u == nil {
		r.fail(name, "is no address with https and a host, without user, query and fragment", example)
		return ""
	}
	if !publicPath.MatchString(u.EscapedPath()) {
		r.fail(name, "has a path with other characters than letters, digits, - and _, which webhook signatures do not survive", example+"/tidings")
	}
	if u.Scheme == "http" && !isLoopback(v) {
		r.fail(name, "needs https: Plivo's callbacks and people's links carry secrets", example)
	}
	return strings.TrimRight(v, "/")
}

// parseAddress accepts an absolute http or https address that stands for a
// place and nothing else.
func parseAddress(v string) *url.URL {
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(v, "?#") || u.Opaque != "" {
		return nil
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
			return nil
		}
	}
	return u
}

func (r *reader) rate() float64 {
	v := r.get("PLIVO_ACCOUNT_RATE")
	if v == "" {
		return 0
	}
	n, err := strconv.ParseFloat(v, 64)
	// The negation also catches what is not a number at all.
	if err != nil || !(n > 0 && n <= 1000) {
		r.fail("PLIVO_ACCOUNT_RATE", "is no number of texts a second above 0 and up to 1000", "5")
		return 0
	}
	return n
}

func (r *reader) encryptionKey() Secret {
	v := r.get("TIDINGS_ENCRYPTION_KEY")
	if v != "" && len(v) != 32 {
		r.fail("TIDINGS_ENCRYPTION_KEY", "has "+strconv.Itoa(len(v))+" characters and needs exactly 32; make one with: openssl rand -hex 16", "")
	}
	return NewSecret(v)
}

func (r *reader) email() string {
	v := r.get("TIDINGS_ADMIN_EMAIL")
	if v == "" {
		return ""
	}
	a, err := mail.ParseAddress(v)
	if err != nil || a.Address != v {
		r.fail("TIDINGS_ADMIN_EMAIL", "is no e-mail address", "owner@example.com")
	}
	return v
}

const minPassword = 10

// password keeps blanks at the ends: they may be meant.
func (r *reader) password() Secret {
	v := r.getenv("TIDINGS_ADMIN_PASSWORD")
	if v != "" && len([]rune(v)) < minPassword {
		r.fail("TIDINGS_ADMIN_PASSWORD", "is shorter than "+strconv.Itoa(minPassword)+" characters; choose a longer one", "")
	}
	return NewSecret(v)
}

func (r *reader) level() slog.Level {
	switch strings.ToLower(r.get("TIDINGS_LOG_LEVEL")) {
	case "", "info":
		return slog.LevelInfo
	case "debug":
		return slog.LevelDebug
	case "warn", "warning":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	}
	r.fail("TIDINGS_LOG_LEVEL", "is none of debug, info, warn and error", "info")
	return slog.LevelInfo
}

func (r *reader) format() string {
	switch v := strings.ToLower(r.get("TIDINGS_LOG_FORMAT")); v {
	case "", "text", "json":
		return v
	}
	r.fail("TIDINGS_LOG_FORMAT", "is neither text nor json", "json")
	return ""
}

func (r *reader) sentry() Secret {
	v := r.get("SENTRY_DSN")
	if v == "" {
		return Secret{}
	}
	u, err := url.Parse(v)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || u.User.Username() == "" || strings.Trim(u.Path, "/") == "" {
		r.fail("SENTRY_DSN", "is no DSN; copy it from the project's settings in Sentry", "https://key@sentry.example.com/1")
	}
	return NewSecret(v)
}

func (r *reader) clock() time.Time {
	v := r.get("TIDINGS_CLOCK")
	if v == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, v)
	if err != nil || t.IsZero() {
		r.fail("TIDINGS_CLOCK", "is no time of RFC 3339", "2026-03-03T16:00:00Z")
		return time.Time{}
	}
	return t
}
