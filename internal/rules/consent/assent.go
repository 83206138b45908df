package consent

import "strings"

// assurance is what people put behind their yes without changing it, folded.
var assurance = func() map[string]bool {
	words := make(map[string]bool)
	for _, w := range strings.Fields(`
		please pls plz thanks thank thx you i agree do sure ok okay
		por favor gracias claro merci svp bitte gern gerne danke obrigado obrigada`) {
		words[w] = true
	}
	return words
}()

// assent reads the yes to an open question with assurances behind it: "Yes please",
// "yes, I agree". Any other word makes it something that a person has to read.
func assent(text string, rows map[string]keyword) (Reading, bool) {
	if len(text) > longestReply {
		return Reading{}, false
	}
	words, _ := fold(text)
	if len(words) < 2 {
		return Reading{}, false
	}
	row, ok := rows[words[0]]
	if !ok || !row.pending {
		return Reading{}, false
	}
	for _, w := range words[1:] {
		if !assurance[w] {
			return Reading{}, false
		}
	}
	return Reading{Intent: row.intent, Tier: TierExact, Keyword: row.words, Language: row.language}, true
}
