package consent

import (
	"strings"
	"unicode"
)

// word is one word of a message, or the edge of a clause.
type word struct {
	text   string // folded, without marks; empty at an edge
	filler bool   // politeness and the like: says nothing for or against
	asks   bool   // of an edge: the clause before it is a question
	marks  symbols
}

func (w word) edge() bool { return w.text == "" }

// mostWords bounds the work on one message. The longest that the network carries
// has about 300.
const mostWords = 400

// elided are words that stand before an apostrophe for themselves, as in French
// "m'envoyez". Elsewhere an apostrophe joins: "don't" is one word.
const elided = " c d j jusqu l m n qu quelqu s t "

// split cuts a message into folded words and the edges between its clauses. It
// begins and ends with an edge.
func split(text string) []word {
	s := splitter{out: []word{{}}}
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r):
			s.flush()
			if r == '\n' {
				s.edge(false)
			}
		case r == stopSign:
			s.flush()
			s.add("stop")
		case strings.ContainsRune(noEntry, r):
			s.flush()
			s.add("no")
		case r == '$' && i+1 < len(runes) && unicode.IsLetter(runes[i+1]):
			s.letter('s') // "$top"
		case strings.ContainsRune("'’ʼ`´‘", r):
			if elision := s.word.String(); elision != "" && strings.Contains(elided, " "+elision+" ") {
				s.flush()
			}
		case strings.ContainsRune(".·_*~^#\"“”«»", r), unicode.Is(unicode.Pd, r) && inside(runes, i):
			if inside(runes, i) {
				s.flush() // "no.more.texts", "opt-out"
			} else if r == '.' {
				s.flush()
				s.edge(false)
			}
		case r == '?' || r == '¿' || r == '？':
			s.flush()
			s.edge(true)
		default:
			s.letter(r)
		}
	}
	s.flush()
	s.edge(false)
	return s.out
}

// inside reports whether a mark stands between two letters.
func inside(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && wordRune(runes[i-1]) && wordRune(runes[i+1])
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

type splitter struct {
	out  []word
	word strings.Builder
}

func (s *splitter) letter(r rune) {
	folded := foldRune(r)
	switch {
	case folded != "":
		s.word.WriteString(folded)
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == '\ufe0f':
		// Accents of their own and invisible characters.
	default: // punctuation, symbols and emoji
		s.flush()
		s.edge(false)
	}
}

func (s *splitter) flush() {
	if s.word.Len() > 0 {
		s.add(calm(s.word.String()))
		s.word.Reset()
	}
}

func (s *splitter) add(text string) {
	if len(s.out) < mostWords {
		s.out = append(s.out, word{text: text})
	}
}

func (s *splitter) edge(asks bool) {
	if last := &s.out[len(s.out)-1]; last.edge() {
		last.asks = last.asks || asks
		return
	}
	s.out = append(s.out, word{asks: asks})
}

// calm takes the drawl out of a word: "stoooop" is "stop".
func calm(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		n := 1
		for i+n < len(text) && text[i+n] == text[i] {
			n++
		}
		if n == 2 {
			out.WriteByte(text[i])
		}
		if n > 2 && text[i] >= '0' && text[i] <= '9' { // a number is no drawl
			out.WriteString(text[i : i+n-1])
		}
		out.WriteByte(text[i])
		i += n
	}
	return out.String()
}

// pairs are words that people write apart, or as two where we have one.
var pairs = map[string]string{
	"do not": "dont", "don t": "dont", "dont not": "dont", "can not": "cant", "can t": "cant", "will not": "wont", "won t": "wont", "did not": "didnt",
	"does not": "doesnt", "is not": "isnt", "would not": "wouldnt", "never again": "neveragain", "any more": "anymore", "no longer": "nolonger",
	"thank you": "thankyou", "thank u": "thankyou", "opt out": "optout", "opting out": "optout", "opted out": "optout", "op out": "optout", "un subscribe": "unsubscribe", "un subscribed": "unsubscribe",
	"i m": "im", "i d": "id", "i ll": "ill", "i am": "im", "i will": "ill", "i would": "id", "i ve": "ive", "u guys": "you", "you guys": "you",
	"st p": "stop", "x favor": "porfavor", "f ck": "fuck", "fu k": "fuck", "f cking": "fucking", "fu king": "fucking", "sh t": "shit", "b tch": "bitch", "por favor": "porfavor", "no one": "nobody", "why r": "why are",
	"you all": "you", "y all": "you", "stop all": "stopall", "nomore": "no more",
}

// spaced are the words that people also write letter by letter.
var spaced = set("stop end quit cancel remove unsubscribe")

// merge joins the pairs, and letters that stand apart.
func merge(words []word) []word {
	out := words[:0]
	for i := 0; i < len(words); i++ {
		if one, n := letters(words[i:]); n > 0 {
			out = append(out, word{text: one})
			i += n - 1
			continue
		}
		if i+1 < len(words) && !words[i].edge() && !words[i+1].edge() {
			if one, ok := pairs[words[i].text+" "+words[i+1].text]; ok {
				out = append(out, word{text: one})
				i++
				continue
			}
		}
		out = append(out, words[i])
	}
	return out
}

// letters joins single letters that spell one of the words, and says how many.
func letters(words []word) (string, int) {
	var text strings.Builder
	for i, w := range words {
		if len(w.text) != 1 {
			return "", 0
		}
		text.WriteString(w.text)
		if spaced[text.String()] {
			return text.String(), i + 1
		}
	}
	return "", 0
}
