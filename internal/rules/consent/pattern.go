package consent

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A pattern is a row of words as people say them, in a small language of its own:
//
//	stop          the word itself
//	send*         words that begin so; "borr*me" begin and end so
//	@msg          a word of that class of the language; "@es.msg" of another's
//	a|b|@c        one of these
//	!a|b          a word that is none of these
//	a|b!c|@d      one of the first that is none of the rest: "*ing!@contacting"
//	a?            perhaps
//	..3           up to three words of any kind, within the clause
//	~3            the same, across clauses
//	a|$           a word, or the end of the clause
//	^  $          the beginning and the end of a clause, politeness aside
//	?             the end of a question, and what follows it is looked at
//	-ask          not in a question
//
// It matches anywhere in a message.
type pattern struct {
	id    string
	items []item
	calm  bool // not in a question
}

type itemKind int

const (
	one itemKind = iota
	none
	gap
	leap
	beginning
	ending
	question
)

type item struct {
	kind  itemKind
	any   []int // symbols
	but   []int // symbols that a word of any must not have
	end   bool  // the end of the clause does as well
	maybe bool
	upTo  int
}

// symbols is a set of small numbers: what a word may stand for.
type symbols []uint64

func (s symbols) has(n int) bool { return n>>6 < len(s) && s[n>>6]&(1<<(n&63)) != 0 }

// add takes in what another set has.
func (s symbols) add(more symbols) {
	for i, part := range more {
		s[i] |= part
	}
}

func (s symbols) hasAny(of []int) bool {
	for _, n := range of {
		if s.has(n) {
			return true
		}
	}
	return false
}

// vocabulary numbers the words and classes that patterns speak of.
type vocabulary struct {
	count   int
	numbers map[string]int   // of a literal, a glob or "language@class"
	words   map[string][]int // what an exact word stands for
	globs   []*glob
	begin   [256][]*glob // of globs, by the first byte of their prefix
	end     [256][]*glob // of those without a prefix, by the last byte of their suffix
}

type glob struct {
	prefix, suffix string
	means          []int
}

func newVocabulary() *vocabulary {
	return &vocabulary{numbers: map[string]int{}, words: map[string][]int{}}
}

func (v *vocabulary) number(name string) int {
	n, ok := v.numbers[name]
	if !ok {
		n = v.count
		v.count++
		v.numbers[name] = n
	}
	return n
}

// mean notes that a word or glob stands for a symbol.
func (v *vocabulary) mean(text string, symbol int) {
	prefix, suffix, wild := strings.Cut(text, "*")
	if !wild {
		if !slices.Contains(v.words[text], symbol) {
			v.words[text] = append(v.words[text], symbol)
		}
		return
	}
	for i, g := range v.globs {
		if g.prefix == prefix && g.suffix == suffix {
			v.globs[i].means = append(g.means, symbol)
			return
		}
	}
	g := &glob{prefix, suffix, []int{symbol}}
	v.globs = append(v.globs, g)
	if prefix != "" {
		v.begin[prefix[0]] = append(v.begin[prefix[0]], g)
	} else {
		last := suffix[len(suffix)-1]
		v.end[last] = append(v.end[last], g)
	}
}

// literal is the number of a word or glob that stands in a pattern itself.
func (v *vocabulary) literal(text string) int {
	if n, ok := v.numbers[text]; ok {
		return n
	}
	n := v.number(text)
	v.mean(text, n)
	return n
}

// look says what a word stands for, and whether it is in a table. To have an
// ending that a pattern asks for ("*ing") does not make it known.
func (v *vocabulary) look(text string) (set symbols, known bool) {
	set = make(symbols, v.count>>6+1)
	for _, n := range v.words[text] {
		set[n>>6] |= 1 << (n & 63)
		known = true
	}
	for _, g := range slices.Concat(v.begin[text[0]], v.end[text[len(text)-1]]) {
		if len(text) >= len(g.prefix)+len(g.suffix) && strings.HasPrefix(text, g.prefix) && strings.HasSuffix(text, g.suffix) {
			for _, n := range g.means {
				set[n>>6] |= 1 << (n & 63)
			}
			known = known || g.prefix != ""
		}
	}
	return set, known
}

// compile reads a pattern. A mistake in the table is a programmer's and panics.
func (v *vocabulary) compile(language, id, text string) pattern {
	p := pattern{id: language + "." + id}
	for _, field := range strings.Fields(text) {
		it := item{}
		switch {
		case field == "-ask":
			p.calm = true
			continue
		case field == "^":
			it.kind = beginning
		case field == "$":
			it.kind = ending
		case field == "?":
			it.kind = question
		case strings.HasPrefix(field, ".."), strings.HasPrefix(field, "~"):
			it.kind = gap
			if field[0] == '~' {
				it.kind = leap
			}
			n, err := strconv.Atoi(strings.TrimLeft(field, ".~"))
			if err != nil {
				panic(fmt.Sprintf("pattern %s: %q is no number of words", p.id, field))
			}
			it.upTo = n
		default:
			field, it.maybe = strings.CutSuffix(field, "?")
			rest, not := strings.CutPrefix(field, "!")
			if not {
				it.kind = none
			}
			wanted, unwanted, _ := strings.Cut(rest, "!")
			if strings.Contains(unwanted, "!") {
				panic(fmt.Sprintf("pattern %s: %q has two exceptions", p.id, field))
			}
			it.any, it.end = v.choice(language, p.id, wanted)
			it.but, _ = v.choice(language, p.id, unwanted)
		}
		p.items = append(p.items, it)
	}
	if len(p.items) == 0 {
		panic("pattern " + p.id + " is empty")
	}
	return p
}

// choice is the symbols of "a|@b", and whether the end of the clause is one of them.
func (v *vocabulary) choice(language, id, text string) (any []int, end bool) {
	if text == "" {
		return nil, false
	}
	for _, name := range strings.Split(text, "|") {
		class, isClass := strings.CutPrefix(name, "@")
		switch {
		case name == "$":
			end = true
		case isClass:
			of := language
			if other, name, foreign := strings.Cut(class, "."); foreign {
				of, class = other, name
			}
			n, known := v.numbers[of+"@"+class]
			if !known {
				panic(fmt.Sprintf("pattern %s: no class %q", id, class))
			}
			any = append(any, n)
		default:
			any = append(any, v.literal(name))
		}
	}
	return any, end
}

// possible reports whether a message that says these things can match at all,
// which spares most patterns a look at each word.
func (p pattern) possible(said symbols) bool {
	for _, it := range p.items {
		if it.kind == one && !it.maybe && !it.end && !said.hasAny(it.any) {
			return false
		}
	}
	return true
}

// find looks for the pattern from a place on and gives the words that it spans.
func (p pattern) find(words []word, from int) (start, end int, ok bool) {
	for i := from; i < len(words); i++ {
		if words[i].edge() {
			continue
		}
		if end, ok := p.match(words, i, 0); ok && !(p.calm && asked(words, end-1)) {
			return i, end, true
		}
	}
	return 0, 0, false
}

// match tries the items from n on at a place and gives the place behind them.
func (p pattern) match(words []word, at, n int) (int, bool) {
	if n == len(p.items) {
		return at, true
	}
	it := p.items[n]
	switch it.kind {
	case beginning:
		i := at - 1
		for !words[i].edge() && words[i].filler {
			i--
		}
		if !words[i].edge() {
			return 0, false
		}
		return p.match(words, at, n+1)
	case ending:
		if !ends(words, at) {
			return 0, false
		}
		return p.match(words, at, n+1)
	case question:
		for at < len(words) && !words[at].edge() && words[at].filler {
			at++
		}
		if at >= len(words) || !words[at].asks {
			return 0, false
		}
		return p.match(words, at+1, n+1)
	case gap, leap:
		for i, left := at, it.upTo; ; i++ {
			if end, ok := p.match(words, i, n+1); ok {
				return end, true
			}
			if i >= len(words) || words[i].edge() && it.kind == gap || !words[i].edge() && left == 0 {
				return 0, false
			}
			if !words[i].edge() {
				left--
			}
		}
	}
	if it.end && ends(words, at) {
		if end, ok := p.match(words, at, n+1); ok {
			return end, true
		}
	}
	if at < len(words) && !words[at].edge() && words[at].marks.hasAny(it.any) == (it.kind == one) && !words[at].marks.hasAny(it.but) {
		if end, ok := p.match(words, at+1, n+1); ok {
			return end, true
		}
	}
	if it.maybe {
		return p.match(words, at, n+1)
	}
	return 0, false
}

// ends reports whether a clause ends at a place, politeness aside.
func ends(words []word, at int) bool {
	for at < len(words) && !words[at].edge() && words[at].filler {
		at++
	}
	return at >= len(words) || words[at].edge()
}

// asked reports whether the clause that a word stands in is a question.
func asked(words []word, at int) bool {
	for ; at < len(words); at++ {
		if words[at].edge() {
			return words[at].asks
		}
	}
	return false
}
