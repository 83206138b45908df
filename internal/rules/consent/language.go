package consent

import (
	"fmt"
	"strings"
)

// language is how one language revokes consent, as tables of text. A row of
// classes is "name: words"; a row of the rest is "id: pattern" (see pattern).
type language struct {
	code    string
	filler  string // words of politeness, which change nothing
	typos   string // words that are also recognised with one letter wrong
	classes string
	guards  string // what looks like an opt-out and is none; what it spans is not looked at again
	limits  string // what asks for less than everything: a person has to decide
	phrases string // an opt-out
	doubts  string // perhaps an opt-out: a person has to decide
}

// tongue is a language made ready.
type tongue struct {
	code                            string
	filler, common                  map[string]bool
	guards, limits, phrases, doubts []pattern
}

// grammar is all languages over one vocabulary.
type grammar struct {
	words   *vocabulary
	tongues []tongue
	typos   []string
}

// courtesy is what is polite in all languages: "stop bitte", "no more svp".
const courtesy = " please pls plz thanks thx porfavor gracias svp merci bitte danke obrigado obrigada pf pfv"

var spoken = newGrammar(english, spanish, french, german, portuguese)

func newGrammar(languages ...language) *grammar {
	g := &grammar{words: newVocabulary()}
	for _, l := range languages {
		for name, text := range rows(l.classes) {
			n := g.words.number(l.code + "@" + name)
			for _, w := range strings.Fields(text) {
				g.words.mean(w, n)
			}
		}
	}
	for _, l := range languages {
		t := tongue{code: l.code, filler: map[string]bool{}, common: common[l.code]}
		for _, w := range strings.Fields(l.filler + courtesy) {
			t.filler[w] = true
		}
		t.guards, t.limits = g.patterns(l.code, l.guards), g.patterns(l.code, l.limits)
		t.phrases, t.doubts = g.patterns(l.code, l.phrases), g.patterns(l.code, l.doubts)
		g.tongues = append(g.tongues, t)
		g.typos = append(g.typos, strings.Fields(l.typos)...)
	}
	return g
}

func (g *grammar) patterns(code, table string) []pattern {
	var out []pattern
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if line == "" {
			continue
		}
		id, text, ok := strings.Cut(line, ": ")
		if !ok {
			panic(fmt.Sprintf("pattern of %s: %q has no id", code, line))
		}
		out = append(out, g.words.compile(code, id, text))
	}
	return out
}

// rows yields the rows of a table of classes.
func rows(table string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
			name, text, ok := strings.Cut(line, ": ")
			if ok && !yield(name, text) {
				return
			}
		}
	}
}

// understand cuts a message into words and looks each up.
func (g *grammar) understand(text string) []word {
	words := merge(g.mend(split(text)))
	for i, w := range words {
		if w.edge() {
			continue
		}
		marks, known := g.words.look(w.text)
		if !known {
			if meant := g.meant(w.text); meant != "" {
				more, _ := g.words.look(meant)
				marks.add(more)
			}
		}
		if meant := also[w.text]; meant != "" {
			more, _ := g.words.look(meant)
			marks.add(more)
		}
		words[i].marks = marks
	}
	return words
}

// also are words that stand for another one in one language, and for themselves in
// another: English "em", Portuguese "em".
var also = map[string]string{"em": "them", "nd": "nada", "pra": "para"}

// meant is the word that was probably meant by one that is in no table.
func (g *grammar) meant(text string) string {
	if len(text) < 5 || realWords[text] {
		return ""
	}
	for _, known := range g.typos {
		if text[0] != known[0] && len(known) < 9 {
			continue // a slip in the first letter of a short word is rare, and it is then another word
		}
		if n := slips(text, known); n == 1 || len(known) >= 8 && n == 2 || n == 2 && single(text) == single(known) {
			return known
		}
	}
	return ""
}

// in marks which words are mere politeness in a language.
func (t tongue) in(words []word) {
	for i := range words {
		words[i].filler = t.filler[words[i].text]
	}
}

// said is all that the words of a message stand for.
func (g *grammar) said(words []word) symbols {
	all := make(symbols, g.words.count>>6+1)
	for _, w := range words {
		all.add(w.marks)
	}
	return all
}

// mask takes what innocent phrases span out of sight.
func mask(patterns []pattern, words []word, said symbols) (hit string) {
	for _, p := range patterns {
		if !p.possible(said) {
			continue
		}
		for from := 0; ; {
			start, end, ok := p.find(words, from)
			if !ok {
				break
			}
			hit = p.id
			for i := start; i < end; i++ {
				if !words[i].edge() {
					words[i].marks = nil
				}
			}
			from = max(end, start+1)
		}
	}
	return hit
}

// first finds the first pattern that matches.
func first(patterns []pattern, words []word, said symbols) string {
	for _, p := range patterns {
		if !p.possible(said) {
			continue
		}
		if _, _, ok := p.find(words, 0); ok {
			return p.id
		}
	}
	return ""
}
