package inbox

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// canonical writes a number as E.164. The provider sends digits with or without
// a plus; what is no full number (a short code, a word) is returned as it is
// for a sender, and never taken for a person: it has no plus.
func canonical(number string) string {
	digits := strings.TrimPrefix(strings.TrimSpace(number), "+")
	if len(digits) < 7 || len(digits) > 15 || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return digits
	}
	return "+" + digits
}

// person is the E.164 number of whoever wrote, empty when it is no number that
// could be texted back.
func person(number string) string {
	if n := canonical(number); strings.HasPrefix(n, "+") {
		return n
	}
	return ""
}

// hashBody fingerprints what a weak signature does not cover.
func hashBody(m Message) string {
	sum := sha256.Sum256([]byte(m.UUID + "\x00" + m.From + "\x00" + m.To + "\x00" + m.Text))
	return hex.EncodeToString(sum[:])
}
