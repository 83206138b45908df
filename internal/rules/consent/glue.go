package consent

import "strings"

// glued are the words of which opt-outs without spaces are made, in any language.
var glued = set(`stop dont text texting texts txt message messages messaging msg me my mine us this these the it now please pls off
	from list number phone remove take no not more leave alone unsubscribe quit send sending contact contacting want opt out again
	anymore ever spam spamming delete lose get
	no me mas mensajes manden envien escriban mandar quiten borren de la lista baja basta dejen paz numero mi
	ne plus pas moi envoyez arretez vos sms de mon numero retirez supprimez enlevez
	keine nachrichten mehr mich meine nummer bitte nicht schreiben loschen lasst ruhe werbung
	nao mande mandem mais mensagem mensagens pare parem tira tire lista meu`)

// mend respells words and takes glued ones apart.
func (g *grammar) mend(words []word) []word {
	out := make([]word, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		if n := dialled(words[i:]); n > 0 {
			out = append(out, word{text: "number"})
			i += n - 1
			continue
		}
		if meant, ok := g.respell(w.text); ok {
			for _, part := range strings.Fields(meant) {
				out = append(out, word{text: part})
			}
			continue
		}
		if parts := g.unglue(w.text); parts != nil {
			for _, part := range parts {
				out = append(out, word{text: part})
			}
			continue
		}
		out = append(out, w)
	}
	if len(out) > mostWords { // glued words are more than they were
		out = append(out[:mostWords], word{})
	}
	return out
}

// dialled counts the words at the beginning that are the digits of a telephone number.
func dialled(words []word) int {
	digits := 0
	for n, w := range words {
		if w.edge() || strings.Trim(w.text, "0123456789") != "" {
			if digits >= 7 && digits <= 15 {
				return n
			}
			return 0
		}
		digits += len(w.text)
	}
	return 0
}

// shortestGlued and longestGlued bound what is taken apart, in letters.
const (
	shortestGlued = 8
	longestGlued  = 60
)

// unglue takes apart what was written without spaces, as in "stoptextingme". It
// gives nothing unless every letter belongs to one of the words.
func (g *grammar) unglue(text string) []string {
	if len(text) < shortestGlued || len(text) > longestGlued || realWords[text] {
		return nil
	}
	// from[i] is where the last word of the best cut of text[:i] begins: the one
	// with the fewest words.
	from, count := make([]int, len(text)+1), make([]int, len(text)+1)
	for end := 1; end <= len(text); end++ {
		for start := max(0, end-11); start < end; start++ {
			if (start == 0 || count[start] > 0) && glued[text[start:end]] && (count[end] == 0 || count[start]+1 < count[end]) {
				from[end], count[end] = start, count[start]+1
			}
		}
	}
	if n := count[len(text)]; n < 2 || n == 2 && !strings.HasPrefix(text, "stop") && g.known(text) {
		return nil // "demandar" is a word that we know, not "de mandar"
	}
	out := make([]string, count[len(text)])
	for end, n := len(text), len(out)-1; n >= 0; end, n = from[end], n-1 {
		out[n] = text[from[end]:end]
	}
	return out
}
