package consent

import "strings"

// digitLetters are the digits that stand for letters in "st0p" and "un5ub".
var digitLetters = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b")

// sounds are spellings by ear, each with the letters of the dictionary: Spanish
// "kiero" for "quiero", "kancelar" for "cancelar".
var sounds = []*strings.Replacer{
	strings.NewReplacer("k", "qu"),
	strings.NewReplacer("k", "c"),
}

// respell gives the words that were meant by one as thumbs, slang and digits write
// it. It changes nothing that is a word of the tables as it stands.
func (g *grammar) respell(text string) (string, bool) {
	if meant, ok := respelled[text]; ok {
		return meant, true
	}
	digits := strings.ContainsAny(text, "0134578")
	if letters := strings.Trim(text, "0123456789"); !(digits && letters != "" || strings.Contains(text, "k")) || g.known(text) {
		return "", false
	}
	if digits {
		plain := calm(digitLetters.Replace(text))
		if meant, ok := respelled[plain]; ok {
			return meant, true
		}
		return plain, g.known(plain)
	}
	for _, sound := range sounds {
		if plain := sound.Replace(text); g.known(plain) {
			return plain, true
		}
	}
	return "", false
}

// known reports whether a word is in a table.
func (g *grammar) known(text string) bool {
	_, known := g.words.look(text)
	return known
}
