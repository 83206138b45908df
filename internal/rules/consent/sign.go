package consent

import (
	"strings"
	"unicode"
)

// stopSign says stop by itself, also among signs of its mind. The signs of noEntry
// say no to what follows; alone they leave open to what.
const (
	stopSign  = '\U0001F6D1'
	noEntry   = "\U0001F6AB\u26d4\U0001F4F5"                                                                               // 🚫 ⛔ 📵
	ofOneMind = noEntry + "\u270b\U0001F91A\U0001F590\U0001F64F\U0001F620\U0001F621\U0001F92C\U0001F595\u274c\u2757\u203c" // ✋ 🤚 🖐 🙏 😠 😡 🤬 🖕 ❌ ❗ ‼
)

// signs are the emoji of a message, as far as they matter.
type signs struct{ stop, no, other bool }

func (s *signs) add(r rune) {
	switch {
	case r == stopSign:
		s.stop = true
	case strings.ContainsRune(noEntry, r):
		s.no = true
	case strings.ContainsRune(ofOneMind, r), !unicode.Is(unicode.So, plainLetter(r)):
	default:
		s.other = true
	}
}

// reading is what a message of signs alone says. "🛑👍" is left alone.
func (s signs) reading() Reading {
	switch {
	case s.other:
	case s.stop:
		return Reading{Intent: OptOut, Keyword: string(stopSign), Tier: TierExact}
	case s.no:
		return Reading{Intent: Doubtful, Pattern: "sign.no", Tier: TierDoubt}
	}
	return Reading{}
}
