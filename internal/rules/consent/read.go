package consent

import "strings"

// Reading is what was understood of a reply, and why, for the record.
type Reading struct {
	Intent   Intent
	Keyword  string // the row of the table that matched, without marks
	Language string // ISO 639-1 of that row
	Tier     int    // TierExact, or TierNone
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

// Read says what a reply asks for, and by which keyword.
func Read(text string) Reading { return read(text, byJoined, false) }

// ClassifyPending is Classify for a number that has been asked to answer YES.
func ClassifyPending(text string) Intent { return ReadPending(text).Intent }

// ReadPending is Read for a number that has been asked to answer YES.
func ReadPending(text string) Reading { return read(text, byJoined, true) }

func read(text string, rows map[string]keyword, pending bool) Reading {
	if len(text) > longestReply {
		return Reading{}
	}
	words, stopSigns := fold(text)
	if len(words) == 0 {
		if stopSigns {
			return Reading{Intent: OptOut, Keyword: string(stopSign), Tier: TierExact}
		}
		return Reading{}
	}
	words = once(words)
	row, ok := rows[strings.Join(words, "")]
	if !ok || row.pending && !pending {
		return Reading{}
	}
	// Letters set apart ("S T O P") and words torn ("un subscribe") count for an
	// opt-out or for help. An opt-in must be plain: "un stop" is not UNSTOP.
	if row.intent == OptIn && len(words) > 1 && !spelled(words) {
		return Reading{}
	}
	return Reading{Intent: row.intent, Keyword: row.words, Language: row.language, Tier: TierExact}
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
