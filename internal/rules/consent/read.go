package consent

import "strings"

// Reading is what was understood of a reply, and why, for the record.
type Reading struct {
	Intent   Intent
	Keyword  string // the keyword that was recognised, without marks; empty for a phrase
	Pattern  string // the row of the tables that decided, as "en.stop-messages"; empty for an exact keyword
	Language string // ISO 639-1 of that row
	Tier     int    // TierExact, TierPhrase, TierDoubt or TierNone
}

// byJoined finds a row by its words written as one.
var byJoined = func() map[string]keyword {
	rows := make(map[string]keyword, len(keywords))
	for _, k := range keywords {
		rows[strings.ReplaceAll(k.words, " ", "")] = k
	}
	return rows
}()

// longestReply bounds what may be a keyword, in bytes. The longest has 17 letters;
// the rest is for letters set apart and adorned.
const longestReply = 400

// Classify says what a reply asks for.
func Classify(text string) Intent { return Read(text).Intent }

// Read says what a reply asks for, and by which row of the tables.
func Read(text string) Reading { return read(text, byJoined, false) }

// ClassifyPending is Classify for a number that has been asked to answer YES.
func ClassifyPending(text string) Intent { return ReadPending(text).Intent }

// ReadPending is Read for a number that has been asked to answer YES.
func ReadPending(text string) Reading { return read(text, byJoined, true) }

func read(text string, rows map[string]keyword, pending bool) Reading {
	text = trim(text)
	if r, ok := exact(text, rows, pending); ok {
		return r
	}
	if r, ok := assent(text, rows); ok && pending {
		return r
	}
	if r, ok := oneLine(text, rows); ok {
		return r
	}
	words := spoken.understand(text)
	if len(words) < 3 { // two edges
		return Reading{}
	}
	if r, ok := polite(words, rows); ok {
		return r
	}
	return spoken.phrase(words)
}

// exact reads a message that is a keyword and nothing else.
func exact(text string, rows map[string]keyword, pending bool) (Reading, bool) {
	if len(text) > longestReply {
		return Reading{}, false
	}
	words, signs := fold(text)
	if len(words) == 0 {
		return signs.reading(), true
	}
	words = once(words)
	row, ok := rows[strings.Join(words, "")]
	if !ok || row.pending && !pending {
		return Reading{}, false
	}
	// Letters set apart ("S T O P") and words torn ("un subscribe") count for an
	// opt-out or for help. An opt-in must be plain: "un stop" is not UNSTOP.
	if row.intent == OptIn && len(words) > 1 && !spelled(words) {
		return Reading{}, true
	}
	return Reading{Intent: row.intent, Keyword: row.words, Language: row.language, Tier: TierExact}, true
}

// polite reads a message that is a keyword among politeness ("please stop, thank
// you"), or an opt-out with a slip of the thumb. An opt-in must be plain: what the
// provider does not take for START leaves its own block where it is.
func polite(words []word, rows map[string]keyword) (Reading, bool) {
	for _, t := range spoken.tongues {
		var core []string
		for _, w := range words {
			if !w.edge() && !t.filler[w.text] {
				core = append(core, w.text)
			}
		}
		if len(core) == 0 || len(core) > 4 {
			continue
		}
		joined := strings.Join(once(core), "")
		if row, ok := rows[joined]; ok && (row.intent == OptOut || row.intent == Help) && (row.language == t.code || row.language == "en") {
			return Reading{row.intent, row.words, t.code + ".keyword", row.language, TierPhrase}, true
		}
		if len(once(core)) > 1 {
			if optOuts(core, rows) {
				return Reading{OptOut, core[0], t.code + ".keywords", rows[core[0]].language, TierPhrase}, true
			}
			continue
		}
		if keyword, language := typed(joined); keyword != "" && !rows[joined].pending && rows[joined].intent == None {
			return Reading{OptOut, keyword, language + ".typo", language, TierPhrase}, true
		}
	}
	return Reading{}, false
}

// optOuts reports whether every word is an opt-out keyword, as in "STOP END QUIT".
func optOuts(words []string, rows map[string]keyword) bool {
	for _, w := range words {
		if rows[w].intent != OptOut {
			return false
		}
	}
	return true
}

// phrase reads free text. What is certain goes before what is doubtful, in
// whatever language that may be spoken; innocent phrases are set aside first.
func (g *grammar) phrase(words []word) Reading {
	limited, said, tongues := Reading{}, g.said(words), g.heard(words)
	for _, t := range tongues {
		t.in(words)
		mask(t.guards, words, said)
	}
	for _, t := range tongues {
		t.in(words)
		if hit := mask(t.limits, words, said); hit != "" && limited.Intent == None {
			limited = Reading{Intent: Doubtful, Pattern: hit, Language: t.code, Tier: TierDoubt}
		}
	}
	for _, t := range tongues {
		t.in(words)
		if hit := first(t.phrases, words, said); hit != "" {
			return Reading{Intent: OptOut, Pattern: hit, Language: t.code, Tier: TierPhrase}
		}
	}
	if limited.Intent != None {
		return limited
	}
	for _, t := range tongues {
		t.in(words)
		if hit := first(t.doubts, words, said); hit != "" {
			return Reading{Intent: Doubtful, Pattern: hit, Language: t.code, Tier: TierDoubt}
		}
	}
	return Reading{}
}

// once reduces a message that says one word again and again to that word.
func once(words []string) []string {
	for _, w := range words[1:] {
		if w != words[0] || len(w) == 1 {
			return words
		}
	}
	return words[:1]
}

// spelled reports whether every word is a single letter.
func spelled(words []string) bool {
	for _, w := range words {
		if len(w) > 1 {
			return false
		}
	}
	return true
}
