package consent

import "strings"

// signatures are how the line begins that a phone or a mail program adds.
var signatures = []string{
	"sent from", "sent via", "get outlook for", "enviado desde", "enviado do", "enviado de", "enviado a partir", "envoye de", "envoye depuis",
	"gesendet von", "von meinem iphone", "von meinem handy",
}

// trim takes away what the writer did not write into this message: lines quoted
// from ours, the line of his phone, and what follows the dashes of a signature.
// A message of such lines alone stays as it is.
func trim(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	var kept []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "--" || line == "—" {
			break
		}
		if line == "" || strings.HasPrefix(line, ">") || signature(line) {
			continue
		}
		kept = append(kept, line)
	}
	if len(kept) == 0 {
		return text
	}
	return strings.Join(kept, "\n")
}

func signature(line string) bool {
	words, _ := fold(line)
	folded := strings.Join(words, " ")
	for _, s := range signatures {
		if strings.HasPrefix(folded, s) {
			return true
		}
	}
	return false
}

// oneLine reads a message of several lines of which one is an opt-out keyword and
// nothing else.
func oneLine(text string, rows map[string]keyword) (Reading, bool) {
	if !strings.Contains(text, "\n") {
		return Reading{}, false
	}
	for l := range strings.Lines(text) {
		if r, ok := exact(l, rows, false); ok && r.Intent == OptOut {
			r.Pattern, r.Tier = r.Language+".line", TierPhrase
			return r, true
		}
	}
	return Reading{}, false
}
