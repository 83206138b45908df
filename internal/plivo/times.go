package plivo

import (
	"strings"
	"time"
)

// Plivo writes "2024-08-21 18:28:49.244057", in records with a zone whose
// offset varies. Without one it is UTC, as in webhooks, so that form is tried first. Go reads fractions by itself.
var timeForms = []string{"2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04", time.RFC3339}

// readTime reads one of Plivo's times as UTC; a text that is none of them gives
// the zero time, because a receipt is worth more than its clock.
func readTime(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, form := range timeForms {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// wireTime writes a time for a filter; Plivo takes it as UTC.
func wireTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04:05.000000")
}
