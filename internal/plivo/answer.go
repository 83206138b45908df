package plivo

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// An honest answer has a few hundred bytes; a list page has 20 records.
const maxBody = 1 << 20

// A longer wait than this is a mistake of the answer, not a plan.
const maxRetryAfter = time.Hour

// answer is what came back for one call, read defensively: the type of "error"
// is not promised, a 401 may be plain text, and a proxy answers in HTML.
type answer struct {
	status     int
	retryAfter time.Duration
	raw        []byte
	readable   bool // raw is one whole JSON object
	body       struct {
		Error         any     `json:"error"`
		Message       any     `json:"message"`
		MessageUUID   strList `json:"message_uuid"`
		InvalidNumber strList `json:"invalid_number"`
	}
}

func readAnswer(resp *http.Response) answer {
	a := answer{status: resp.StatusCode, retryAfter: retryAfter(resp.Header)}
	// A cut body leaves what was read; only whole JSON counts below.
	a.raw, _ = io.ReadAll(io.LimitReader(resp.Body, maxBody))
	a.readable = json.Unmarshal(a.raw, &a.body) == nil
	return a
}

// uuid is the id of the one message that was made, or empty.
func (a answer) uuid() string {
	if !a.readable || len(a.body.MessageUUID) != 1 || !isID(a.body.MessageUUID[0]) {
		return ""
	}
	return a.body.MessageUUID[0]
}

// text is what the answer says in words, numbers and all.
func (a answer) text() string {
	if a.readable {
		for _, v := range []any{a.body.Error, a.body.Message} {
			switch v := v.(type) {
			case nil:
			case string:
				if v != "" {
					return v
				}
			default:
				if b, err := json.Marshal(v); err == nil {
					return string(b)
				}
			}
		}
		return ""
	}
	s := strings.TrimSpace(string(a.raw[:min(len(a.raw), 2000)]))
	if strings.HasPrefix(s, "<") || strings.HasPrefix(s, "{") { // a proxy's page, half an object
		return ""
	}
	return s
}

func (a answer) detail() string {
	s := "HTTP " + strconv.Itoa(a.status)
	if t := http.StatusText(a.status); t != "" {
		s += " " + t
	}
	if d := detail(a.text()); d != "" {
		s += ": " + d
	}
	return s
}

// words is the text as lower case letters and digits alone, so that
// "InsufficientCredit" and "insufficient credit" are the same.
func (a answer) words() string { return squeeze(a.text()) }

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

func has(words string, parts ...string) bool {
	for _, w := range parts {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

var (
	digitRun   = regexp.MustCompile(`\d{5,}`)
	spacedRuns = regexp.MustCompile(`\d(?:[ ().\-/]{0,3}\d){4,}`)
)

// names tells whether the answer's text shows exactly this number, plain or
// with separators. A short code inside a longer number does not count.
func (a answer) names(number string) bool {
	want := strings.TrimPrefix(number, "+")
	if len(want) < 5 || !allDigits(want) {
		return false
	}
	text := a.text()
	for _, form := range []*regexp.Regexp{digitRun, spacedRuns} {
		for _, run := range form.FindAllString(text, -1) {
			if squeeze(run) == want {
				return true
			}
		}
	}
	return false
}

// numberLike finds seven or more digits with the separators that people write.
var numberLike = regexp.MustCompile(`\+?\d(?:[ ().\-/]{0,3}\d){6,}`)

// detail makes foreign words fit for a log or a page: one line, no phone
// numbers, at most 200 characters.
func detail(s string) string {
	s = numberLike.ReplaceAllString(strings.ToValidUTF8(s, ""), "(number)")
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:199]) + "…"
	}
	return s
}

// retryAfter reads seconds or an HTTP date. Plivo documents neither.
func retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	var d time.Duration
	if n, err := strconv.ParseUint(v, 10, 31); err == nil {
		d = time.Duration(n) * time.Second
	} else if at, err := http.ParseTime(v); err == nil {
		now, err := http.ParseTime(h.Get("Date"))
		if err != nil {
			now = time.Now()
		}
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// strList accepts a list of strings, a single string or null.
type strList []string

// UnmarshalJSON implements json.Unmarshaler.
func (l *strList) UnmarshalJSON(b []byte) error {
	*l = nil
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		if s != "" {
			*l = strList{s}
		}
		return nil
	}
	var many []string
	if err := json.Unmarshal(b, &many); err != nil {
		return err
	}
	*l = many
	return nil
}

// scalar accepts a string, a number, a truth value or null as text: Plivo's
// records show the same field in different types.
type scalar string

// UnmarshalJSON implements json.Unmarshaler.
func (s *scalar) UnmarshalJSON(b []byte) error {
	*s = ""
	if len(b) == 0 || string(b) == "null" {
		return nil
	}
	if b[0] == '"' {
		return json.Unmarshal(b, (*string)(s))
	}
	if b[0] != '{' && b[0] != '[' {
		*s = scalar(b)
	}
	return nil
}
