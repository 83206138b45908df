package plivo

import (
	"net/url"
	"strconv"
	"strings"

	"tidings/internal/engine/inbox"
)

const (
	maxParty = 32
	maxMedia = 10 // Plivo's own limit for one MMS
)

// ParseInbound translates an inbound text. Whether the signature covered the
// fields, and its nonce, are the caller's to add.
func ParseInbound(form url.Values) (inbox.Message, error) {
	f, err := oneOfEach(form)
	if err != nil {
		return inbox.Message{}, err
	}
	m := inbox.Message{
		UUID:          f.get("MessageUUID"),
		From:          f.get("From"),
		To:            f.get("To"),
		PowerpackUUID: f.get("PowerpackUUID"),
		Text:          f.text("Text"),
		Intent:        intent(f.get("MessageIntent")),
		Segments:      count(f.get("Units"), maxSegments),
		Media:         f.media(),
	}
	if m.Text == "" { // MMS
		m.Text = f.text("Body")
	}
	if !isID(m.UUID) || !party(m.From) || !party(m.To) {
		return inbox.Message{}, ErrMissingField
	}
	m.CostMicros, _ = cost(f, m.Segments)
	return m, nil
}

// text keeps blanks, which count in keywords, and repairs broken UTF-8. NUL
// goes: it ends a text in too many places.
func (f fields) text(name string) string {
	if vs := f[name]; len(vs) == 1 {
		return strings.ReplaceAll(strings.ToValidUTF8(vs[0], "\uFFFD"), "\x00", "")
	}
	return ""
}

// party accepts a number, a short code or a name. A "+" that was not escaped
// arrives as a blank and is gone by now.
func party(s string) bool {
	return s != "" && len(s) <= maxParty && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' })
}

func intent(word string) string {
	switch w := strings.ToLower(word); w {
	case "optout", "optin", "help":
		return w
	}
	return ""
}

// media reads Media0 to MediaN; one page of Plivo counts from 1, so both ends
// are open.
func (f fields) media() []string {
	var all []string
	for i := range maxMedia + 1 {
		addr := f.get("Media" + strconv.Itoa(i))
		u, err := url.Parse(addr)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "" || len(addr) > 2000 {
			continue
		}
		all = append(all, addr)
	}
	return all
}
