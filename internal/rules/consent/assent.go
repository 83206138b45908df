package consent

import "strings"

// assurances are what people put behind their yes without changing it, folded and
// written as one.
var assurances = func() map[string]bool {
	all := make(map[string]bool)
	for _, a := range strings.Split("please,pls,plz,thanks,thank you,thx,i agree,i do,i consent,sure,of course,ok,okay,"+
		"por favor,gracias,claro,acepto,merci,svp,s il vous plait,d accord,bitte,gern,gerne,danke,obrigado,obrigada,aceito", ",") {
		all[strings.ReplaceAll(a, " ", "")] = true
	}
	return all
}()

// assent reads the yes to an open question with an assurance behind it: "Yes please",
// "yes, I agree". With anything else it is something that a person has to read.
func assent(text string, rows map[string]keyword) (Reading, bool) {
	if len(text) > longestReply {
		return Reading{}, false
	}
	words, seen := fold(text)
	if len(words) < 2 || seen != (signs{}) {
		return Reading{}, false
	}
	row, ok := rows[words[0]]
	if !ok || !row.pending || len(words[0]) < 2 || !assurances[strings.Join(words[1:], "")] {
		return Reading{}, false
	}
	return Reading{Intent: row.intent, Keyword: row.words, Language: row.language, Tier: TierExact}, true
}
