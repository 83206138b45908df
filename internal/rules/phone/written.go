package phone

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// longestWritten bounds what is looked at, in characters. Fifteen digits with a
// label and generous punctuation stay far below it.
const longestWritten = 64

var (
	label = regexp.MustCompile(`(?i)^(?:tel|telephone|phone|ph|mobile|mob|cell|m|t|sms|callto|whatsapp)(?:[.:]| )[ ]*(?://)?`)
	// A spreadsheet that took the number for a quantity.
	scientific = regexp.MustCompile(`^[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+$`)
	fraction   = regexp.MustCompile(`^\+?[0-9]{8,15}\.0$`)
)

// written is what is left of somebody's writing: digits, and whether they begin
// with a country code.
type written struct {
	digits        string
	international bool
}

// read takes the digits out of any writing of one number.
func read(raw string) (written, *Error) {
	text, refusal := plain(raw)
	if refusal != nil {
		return written{}, refusal
	}
	if scientific.MatchString(text) {
		return written{}, refuse(CodeInvalid, "a spreadsheet has shortened this number; format the column as text and enter it again")
	}
	text = label.ReplaceAllString(text, "")
	if fraction.MatchString(text) {
		text = strings.TrimSuffix(text, ".0")
	}
	if _, extension := phonenumbers.MaybeSeparateExtensionFromPhone(text); extension != "" {
		return written{}, errExtension()
	}
	var w written
	digits := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case r == '+':
			if len(digits) > 0 {
				return written{}, errInvalid()
			}
			w.international = true
		case unicode.IsLetter(r):
			return written{}, errLetters()
		case !strings.ContainsRune(" -.()[]/~", r):
			return written{}, errInvalid()
		}
	}
	w.digits = string(digits)
	switch {
	case len(digits) == 0:
		return written{}, errInvalid()
	case len(digits) > 20: // 15 by E.164, and room for dialling prefixes
		return written{}, errTooLong()
	}
	return w, nil
}

// plain folds the many writings of digits, spaces, dashes, dots and brackets to
// their ASCII forms and drops marks that cannot be seen.
func plain(raw string) (string, *Error) {
	if !utf8.ValidString(raw) {
		return "", errInvalid()
	}
	raw = strings.TrimSpace(raw)
	if utf8.RuneCountInString(raw) > longestWritten {
		return "", errTooLong()
	}
	out := make([]rune, 0, len(raw))
	for _, r := range raw {
		switch {
		case r >= ' ' && r <= '~':
			out = append(out, r)
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			out = append(out, ' ')
		case unicode.IsControl(r):
			return "", errInvalid()
		case unicode.Is(unicode.Cf, r):
			// Direction marks and zero-width characters come with copied contacts.
		case unicode.Is(unicode.Nd, r):
			out = append(out, '0'+digitValue(r))
		case unicode.Is(unicode.Pd, r) || strings.ContainsRune("\u2212\u2043\u30fc\uff70", r):
			out = append(out, '-')
		case strings.ContainsRune("\uff0b\ufe62\u207a", r):
			out = append(out, '+')
		case strings.ContainsRune("\u00b7\u2022\u2024\u2027\u3002\uff0e", r):
			out = append(out, '.')
		case strings.ContainsRune("\uff08\uff3b\u3010", r):
			out = append(out, '(')
		case strings.ContainsRune("\uff09\uff3d\u3011", r):
			out = append(out, ')')
		case r == '\uff0f' || r == '\u2044':
			out = append(out, '/')
		case r == '\uff03':
			out = append(out, '#')
		case strings.ContainsRune("\u2018\u2019\u201c\u201d", r):
			out = append(out, '\'')
		default:
			out = append(out, r)
		}
	}
	text := strings.TrimSpace(strings.Trim(strings.TrimSpace(string(out)), `'"`))
	if text == "" {
		return "", refuse(CodeRequired, "a telephone number is needed; write it with its area code, for example (212) 555-0123")
	}
	return text, nil
}

// digitValue is the value of a decimal digit of any script. Unicode keeps the ten
// digits of a script in order and its table starts each run with a zero.
func digitValue(r rune) rune {
	for _, run := range unicode.Nd.R16 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	for _, run := range unicode.Nd.R32 {
		if r >= rune(run.Lo) && r <= rune(run.Hi) {
			return (r - rune(run.Lo)) % 10
		}
	}
	return 0
}
